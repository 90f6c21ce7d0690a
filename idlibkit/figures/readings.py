"""Figures with what they count. English only.

A figure is found by a compiled pattern over the whole column (`expressions`); unit,
hedge, counted noun, event, time, place and source are then read from the words beside
it (`context`). The words are in ``lexicons/numbers.toml`` and
``lexicons/counted.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from ..scale import per_partition, rows_by_parts
from ..tables import check_columns
from ..text import check_english, to_polars
from .context import Reading, read_context
from .expressions import Expression, find_figures
from .numerals import Figure, read_figure
from .source import in_aside, is_share, of_the_saying
from .surveys import survey_of

__all__ = ["quantities"]


FROM_SURVEYS = ("count", "measure", "money", "percent")
TOLD = re.compile(r"\b(?:told|tells?|telling) $")
# Characters either side of a figure: read for its words; kept of a long sentence.
BESIDE, CONTEXT = 100, 500
# The columns of a table without figures.
EMPTY: Sequence[Sequence[str]] = [()] * len(Reading._fields)
# Characters before a figure that are looked at for the dash or bracket it stands
# behind.
ASIDE = 300


class Passage(NamedTuple):
    """One row of `passages` with what stands beside it in its own sentence."""

    text: str
    before: str
    behind: str
    speaker: str
    has_speaker: bool
    is_quoted: bool
    sentence: str


class FigureRow(NamedTuple):
    """A figure in the passage `row`, from `start` to `end` of its text."""

    row: int
    start: int
    end: int
    text: str
    reading: Reading
    source: str
    context: str


@per_partition
def quantities(passages: pd.DataFrame) -> pd.DataFrame:
    """Find every figure in `passages`, with what it counts, its bounds and its source.

    Parameters
    ----------
    passages : DataFrame
        At least `article_id`, `outlet`, `voice`, `start` (of the passage in the
        article) and `text`; `speaker` and `published` are used where they are there.
        Best taken from :func:`idlibkit.passages`.

    Returns
    -------
    DataFrame
        One row per figure, sorted by `article_id` and `start`:

        - `article_id`, `outlet`, `voice`; `start`, `end`, `text`: the expression from
          its hedge to its unit, in the article. A change ("cut from 300 to 200") has
          two rows.
        - `kind`: count, measure, money, percent, age, year or date. Ordinals, clock
          times, scores and formats are no rows.
        - `value`: the number printed, 0 for "no one was killed"; missing for ranges and
          for words such as "dozens". For years and dates the year.
        - `low`, `high`: what the hedge leaves open. "about" a tenth either way;
          "nearly" a tenth below; "more than" and "at least" no upper end; "up to" and
          "fewer than" from nought; "dozens" 24 to 120 (all in `lexicons/numbers.toml`).
        - `hedge`: as printed; `unit`: its short name (km, year, %, USD); `conversion`:
          "9 miles" in "15 km (9 miles)".
        - `counted`: the noun with the modifiers before it, or the participle where
          there is none ("2,000 were rescued"); for shares and sums the noun behind "of"
          or after a determiner ("10% of voters", "a 30% decline"), else missing.
        - `event`: what happened to it (killed, displaced, deployed ...; groups in
          `lexicons/counted.toml`); missing where it did not ("none of the 40 was
          hurt") and where it makes no sense ("released 1,500 emails").
        - `modal`: "could" in "280,000 people could be displaced": a figure of what has
          not happened.
        - `per`, `place`: the nearest "since", "on", "a year" or "per 100,000", and the
          nearest "in" or "near" with a name.
        - `date`: ISO 8601 of a year or date, `--02-03` where no year is printed; "last
          year" is counted from `published`.
        - `attributed_to`: the passage's speaker; in the outlet's own voice the survey
          that a figure is from, or a name beside "said" or "according to". Missing for
          what reporters add to reported speech: between dashes, in brackets, in a
          relative clause; the number of hearers; the day when it was said.
        - `context`: the sentence, or the passage where `passages` has no `sentence`; of
          a very long one 500 characters either side.
        - `story`, `published`: where `passages` has them.

    Raises
    ------
    IdlibkitError
        If a column is missing.

    Notes
    -----
    English only; "$" is read as US dollars. Bare ages ("voters under 30", "ages 18 to
    29") are of kind age.

    *Accuracy.* No public set has figures with what they count; the authors coded
    expressions drawn from 150 US news articles (texts of PolNeAR) by hand, before
    looking at the output: rules were adjusted on 100, these figures are from 100
    others, of which 3 were no figures and no longer are rows
    (``benchmarks/measure_coded.py``, with the answers). Right, with 95 % intervals:
    `value` or `low` and `high` 97 of 97 (.96 to 1); the head of `counted` 41 of 43
    given (.95, .84 to .99), and 41 of the 43 that should be; `hedge` 17 of 17 given
    (.82 to 1), of 18; `attributed_to`, by the same script, in own and reported voice:
    of 70 figures drawn from 75 of the articles and coded by hand 64 are right (.91, .82
    to .96; 58 have no source), 10 of 14 given (.71, .45 to .88), 9 of 12 that should
    be; against the set's own annotation of these articles 147 of 172 given (.86, .79 to
    .92), and of the 232 that stand in what somebody says or thinks (.63, .55 to .72).
    Rules were adjusted on the other 75 articles (given: .71 before, .81 after), those
    of reported speech, whose errors it inherits, on all of them.
    Commonest errors: reported speech that is none, a phrase taken for its speaker; a
    verb or a quoted word taken for the counted noun.

    Examples
    --------
    >>> import pandas as pd
    >>> text = (
    ...     "At least 23 Norwegian sailors were rescued on May 3, 15 km (9 miles) "
    ...     "off the coast."
    ... )
    >>> table = pd.DataFrame({"article_id": ["a"], "outlet": "A", "voice": "own"})
    >>> found = quantities(table.assign(start=0, text=text))
    >>> shown = ["text", "kind", "value", "counted", "event", "unit", "per"]
    >>> found[shown].fillna({"value": 0}).fillna("-")
                  text     kind  value            counted  event unit       per
    0      At least 23    count   23.0  Norwegian sailors  freed    -  on May 3
    1            May 3     date    0.0                  -      -    -         -
    2  15 km (9 miles)  measure   15.0                  -      -   km         -
    """
    check_columns(
        passages, ["article_id", "outlet", "voice", "start", "text"], "passages"
    )
    check_english(passages, "quantities()")
    out = rows_by_parts(_figures, passages, "figures")
    return out.sort_values(
        ["article_id", "start", "end"], kind="stable", ignore_index=True
    )


def _figures(frame: pd.DataFrame) -> pd.DataFrame:
    """The figures of some passages, in their order."""
    rows = list(_rows(frame))
    places = [row.row for row in rows]
    out = frame[["article_id", "outlet", "voice"]].iloc[places].reset_index(drop=True)
    begin = frame["start"].to_numpy("int64")[places]
    out["start"] = begin + np.array([row.start for row in rows], "int64")
    out["end"] = begin + np.array([row.end for row in rows], "int64")
    out["text"] = _strings(row.text for row in rows)
    columns = zip(*(row.reading for row in rows), strict=True) if rows else EMPTY
    for name, values in zip(Reading._fields, columns, strict=True):
        if name in ("value", "low", "high"):
            out[name] = np.array(values, "float64")
        elif name not in ("before", "behind"):
            out[name] = _strings(values)
    out["attributed_to"] = _strings(row.source for row in rows)
    out["context"] = _strings(row.context for row in rows)
    if "story" in frame:
        out["story"] = frame["story"].iloc[places].reset_index(drop=True)
    if "published" in frame:
        out["published"] = frame["published"].iloc[places].reset_index(drop=True)
        out = _years_told_from_now(out)
    return out


def _years_told_from_now(figures: pd.DataFrame) -> pd.DataFrame:
    """ "last year" as a year, counted from the day of publication."""
    figures = figures.copy()
    shift = figures["date"].map({"last": -1, "this": 0, "next": 1}).astype("float64")
    years = pd.to_datetime(figures["published"]).dt.year + shift
    for name in ("value", "low", "high"):
        figures[name] = figures[name].where(years.isna(), years)
    printed = years.map("{:.0f}".format)
    figures["date"] = figures["date"].where(years.isna(), printed)
    return figures


def _rows(frame: pd.DataFrame) -> Iterator[FigureRow]:
    """Every figure of a table of passages, passage by passage."""
    figure_of = cache(read_figure)
    passage_of = _passages(frame)
    found = find_figures(to_polars(frame["text"]))
    for row, expressions in groupby(found, key=lambda expression: expression.row):
        passage, end = passage_of(row), 0
        for expression in expressions:
            figure = figure_of(expression.text)
            if figure is None or expression.start < end:
                continue  # a conversion in brackets was read with its figure
            figure_row = _row(expression, figure, passage)
            if figure_row:
                end = figure_row.end
                yield figure_row


def _row(expression: Expression, figure: Figure, passage: Passage) -> FigureRow | None:
    """What the words beside a figure say of it; None where it is none."""
    text, start, end = passage.text, expression.start, expression.end
    before = start - expression.skipped_before
    left = passage.before[-BESIDE:] + text[max(0, before - BESIDE) : before]
    behind = end + expression.skipped_behind
    right = text[behind : behind + BESIDE] + passage.behind[:BESIDE]
    left, right = left.replace("\u00a0", " "), right.replace("\u00a0", " ")
    survey = ""
    if not passage.is_quoted:
        place = len(passage.before) + start
        survey = survey_of(
            passage.sentence,
            place,
            place + len(expression.text),
            according=passage.speaker != "",
        )
    reading = read_context(
        expression.text,
        figure,
        left,
        right,
        sourced=passage.has_speaker or survey != "",
        alone=passage.before == "",
    )
    if reading is None:
        return None
    # A hedge or a conversion may stand in the next passage of the sentence; a row stays
    # inside its own.
    if not expression.skipped_before:
        start = max(0, start - reading.before)
    if not expression.skipped_behind:
        end = min(len(text), end + reading.behind)
    context = passage.sentence
    if len(context) >= 2 * CONTEXT:
        context = text[max(0, start - CONTEXT) : end + CONTEXT]
    return FigureRow(
        expression.row,
        start,
        end,
        text[start:end],
        reading,
        _source(reading, survey, passage, start, left),
        context,
    )


def _source(
    reading: Reading, survey: str, passage: Passage, start: int, left: str
) -> str:
    """Whom a figure is from: its survey, the passage's speaker, or one named beside
    it.
    """
    if survey and reading.kind in FROM_SURVEYS:
        return survey
    source = passage.speaker or reading.attributed_to
    if source != passage.speaker or passage.is_quoted:
        return source
    here = passage.text[max(0, start - ASIDE) : start]
    return "" if _is_reporters(reading.kind, here, left, passage.before) else source


def _is_reporters(kind: str, here: str, left: str, before: str) -> bool:
    """Whether a figure of a reported passage is not what its speaker said.

    Doe told 40 farmers in 2008 that ..., or an aside. `here` is the passage before the
    figure, `left` the sentence, `before` what stands before the passage.
    """
    if not here and TOLD.search(before):
        return True
    if before and in_aside(here):
        return True
    return kind in ("year", "date") and of_the_saying(left)


def _passages(frame: pd.DataFrame) -> Callable[[int], Passage]:
    """A function from a row of `passages` to it and what stands beside it."""
    beside = _neighbours(frame)
    texts = frame["text"].fillna("").to_list()
    quoted = (frame["voice"] == "quoted").to_list()
    speakers = [""] * len(frame)
    if "speaker" in frame:
        speakers = frame["speaker"].astype("str").fillna("").to_list()

    def passage(row: int) -> Passage:
        before, behind = beside(row)
        speaker = speakers[row]
        if speaker and is_share(speaker) and not quoted[row]:
            speaker = ""  # those asked in a survey say nothing of their own
        return Passage(
            texts[row],
            before,
            behind,
            speaker,
            speakers[row] != "",
            quoted[row],
            before + texts[row] + behind,
        )

    return passage


def _neighbours(frame: pd.DataFrame) -> Callable[[int], tuple[str, str]]:
    """A function from a passage to what stands before and behind it in its sentence.

    Empty where the sentence was not cut into voices.
    """
    if "sentence" not in frame:
        return lambda row: ("", "")
    article = pd.factorize(frame["article_id"])[0]
    order = np.lexsort([frame["start"].to_numpy(), article])
    article, sentence = article[order], pd.factorize(frame["sentence"])[0][order]
    is_first = np.ones(len(frame), bool)
    is_first[1:] = (article[1:] != article[:-1]) | (sentence[1:] != sentence[:-1])
    number = (is_first.cumsum() - 1).tolist()
    edges = [*np.flatnonzero(is_first).tolist(), len(frame)]
    place = np.argsort(order).tolist()
    rows, texts = order.tolist(), frame["text"].fillna("").to_list()

    def beside(row: int) -> tuple[str, str]:
        here = place[row]
        begin, end = edges[number[here]], edges[number[here] + 1]
        if end - begin == 1:
            return "", ""
        before = _joined(texts, rows[max(begin, here - CONTEXT) : here])[-CONTEXT:]
        behind = _joined(texts, rows[here + 1 : min(end, here + CONTEXT)])[:CONTEXT]
        return (
            f"{before} " if here > begin else before,
            f" {behind}" if here + 1 < end else behind,
        )

    return beside


def _joined(texts: Sequence[str], rows: Sequence[int]) -> str:
    """Passages as one text; each has a character, so CONTEXT of them are enough."""
    return " ".join(texts[row] for row in rows)


def _strings(items: Iterable[str]) -> pd.Series:
    """A column of text, empty ones missing; through Arrow, since pandas looks at each
    string of a list twice.
    """
    return pd.Series(
        pd.array(
            pa.array([item or None for item in items], pa.large_string()), dtype="str"
        )
    )
