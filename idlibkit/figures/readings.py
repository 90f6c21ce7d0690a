"""Figures with what they count. English only.

A figure is found by a compiled pattern over the whole column (`numerals`); unit, hedge, counted noun, event, time, place and
source are then read from the words beside it (`contexts`). The words themselves are in ``lexicons/numbers.toml`` and
``lexicons/counted.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
import pyarrow as pa

from ..tables import check_columns
from ..text import check_english, to_polars
from .context import Reading, read_context
from .numerals import find_figures, read_figure
from .source import in_aside, is_share, of_the_saying, survey_of

__all__ = ["quantities"]


COLUMNS = [
    "article_id",
    "outlet",
    "voice",
    "start",
    "end",
    "text",
    "kind",
    "value",
    "low",
    "high",
    "hedge",
    "unit",
]
COLUMNS += [
    "conversion",
    "counted",
    "event",
    "modal",
    "per",
    "place",
    "date",
    "attributed_to",
    "context",
]
FROM_SURVEYS = ("count", "measure", "money", "percent")
TOLD = re.compile(r"\b(?:told|tells?|telling) $")
BESIDE, CONTEXT = (
    100,
    500,
)  # characters either side of a figure: read for its words; kept of a long sentence


def quantities(passages: pd.DataFrame) -> pd.DataFrame:
    """Find every figure in `passages`, with what it counts, its bounds and its source.

    Parameters
    ----------
    passages : DataFrame
        At least `article_id`, `outlet`, `voice`, `start` (of the passage in the article) and `text`; `speaker` and `published`
        are used where they are there. Best taken from :func:`idlibkit.passages`.

    Returns
    -------
    DataFrame
        One row per figure, sorted by `article_id` and `start`:

        - `article_id`, `outlet`, `voice`; `start`, `end`, `text`: the expression from its hedge to its unit, in the article.
        - `kind`: count, measure, money, percent, age, year or date. Ordinals, clock times, scores and formats are no rows.
        - `value`: the number printed; missing for ranges and for words such as "dozens". For years and dates the year.
        - `low`, `high`: what the hedge leaves open. "about" a tenth either way; "nearly" a tenth below; "more than" and "at least"
          no upper end; "up to" and "fewer than" from nought; "dozens" 24 to 120 (all in `lexicons/numbers.toml`).
        - `hedge`: as printed; `unit`: its short name (km, year, %, USD); `conversion`: "9 miles" in "15 km (9 miles)".
        - `counted`: the noun with the modifiers before it, or the participle where there is none ("2,000 were rescued"); for shares
          and sums the noun behind "of" or after a determiner ("10% of voters", "a 30% decline"), else missing.
        - `event`: what happened to it (killed, displaced, deployed ...; groups in `lexicons/counted.toml`).
        - `modal`: "could" in "280,000 people could be displaced": a figure of what has not happened.
        - `per`, `place`: the nearest "since", "on" or "a year", and the nearest "in" or "near" with a name.
        - `date`: ISO 8601 of a year or date, `--02-03` where no year is printed; "last year" is counted from `published`.
        - `attributed_to`: the passage's speaker; in the outlet's own voice the survey that a figure is from, or a name beside
          "said" or "according to". Missing for what reporters add to reported speech: between dashes, in brackets, in a relative
          clause; the number of hearers; the day when it was said.
        - `context`: the sentence, or the passage where `passages` has no `sentence`; of a very long one 500 characters either side.

    Raises
    ------
    IdlibkitError
        If a column is missing.

    Notes
    -----
    English only; "$" is read as US dollars. Bare ages ("voters under 30", "ages 18 to 29") are of kind age.

    *Accuracy.* No public set has figures with what they count; the authors coded expressions drawn from 150 US news articles
    (texts of PolNeAR) by hand, before looking at the output: rules were adjusted on 100, these figures are from 100 others, of
    which 3 were no figures and no longer are rows (``benchmarks/measure_coded.py``, with the answers). Right, with 95 % intervals:
    `value` or `low` and `high` 97 of 97 (.96 to 1); the head of `counted` 41 of 43 given (.95, .84 to .99), and 41 of the 43 that
    should be; `hedge` 17 of 17 given (.82 to 1), of 18;
    `attributed_to`, by the same script, in own and reported voice: of 70 figures drawn from 75 of the articles and coded by hand 64
    are right (.91, .82 to .96; 58 have no source), 10 of 14 given (.71, .45 to .88), 9 of 12 that should be; against the set's own
    annotation of these articles 169 of 201 given (.84, .77 to .90), and of the 252 that stand in what somebody says or thinks (.67,
    .58 to .76). Rules were adjusted on the other 75 articles (given: .71 before, .81 after; here .82 and .84), those of reported
    speech, whose errors it inherits, on all of them. Commonest errors: reported speech that is none, a phrase taken for its
    speaker; a verb or a quoted word taken for the counted noun.

    Examples
    --------
    >>> import pandas as pd
    >>> text = "At least 23 Norwegian sailors were rescued on May 3, 15 km (9 miles) off the coast."
    >>> table = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "voice": ["own"], "start": [0], "text": [text]})
    >>> quantities(table)[["text", "kind", "value", "counted", "event", "unit", "per"]].fillna({"value": 0}).fillna("-")
                  text     kind  value            counted  event unit       per
    0      At least 23    count   23.0  Norwegian sailors  freed    -  on May 3
    1            May 3     date    0.0                  -      -    -         -
    2  15 km (9 miles)  measure   15.0                  -      -   km         -
    """
    check_columns(
        passages, ["article_id", "outlet", "voice", "start", "text"], "passages"
    )
    check_english(passages, "quantities()")
    frame = passages.reset_index(drop=True)
    speakers = (
        frame["speaker"].astype("str").fillna("").to_list()
        if "speaker" in frame
        else [""] * len(frame)
    )
    quoted = (frame["voice"] == "quoted").to_list()
    beside = _neighbours(frame)
    figures: dict[str, tuple | None] = {}
    readings, at, spans, texts, contexts, sources = [], [], [], [], [], []
    last, before, behind, sentence, speaker = (-1, 0), "", "", "", ""
    for row, start, core, text in sorted(find_figures(to_polars(frame["text"]))):
        if core not in figures:
            figures[core] = read_figure(core)
        if not (figure := figures[core]) or (row, start) < last:
            continue  # a conversion in brackets was read with its figure
        if row != last[0]:
            before, behind = beside(row)
            last = row, 0
            speaker = (
                "" if not quoted[row] and is_share(speakers[row]) else speakers[row]
            )
            sentence = before + text + behind
        stop = start + len(core)
        left, right = text[max(0, start - BESIDE) : start], text[stop : stop + BESIDE]
        if before:
            left = before[-BESIDE:] + left
        if behind:
            right += behind[:BESIDE]
        if not left.isascii() or not right.isascii():
            left, right = left.replace("\u00a0", " "), right.replace("\u00a0", " ")
        survey, place = "", len(before) + start
        if not quoted[row]:
            survey = survey_of(
                sentence, place, place + len(core), according=bool(speaker)
            )
        if read := read_context(
            core, figure, left, right, not speakers[row] and not survey, not before
        ):
            # A hedge or a conversion may stand in the next passage of the sentence; a row stays inside its own.
            start, stop = (
                max(0, start - read.before),
                min(len(text), stop + read.behind),
            )
            last = row, stop
            whole = len(sentence) < 2 * CONTEXT
            readings.append(read)
            source = (
                survey
                if survey and read.kind in FROM_SURVEYS
                else speaker or read.attributed_to
            )
            spoken = source == speaker and not quoted[row]
            if spoken and _not_said(
                read.kind, text[max(0, start - 300) : start], left, before
            ):
                source = ""
            sources.append(source)
            at.append(row)
            spans.append((start, stop))
            texts.append(text[start:stop])
            contexts.append(
                sentence if whole else text[max(0, start - CONTEXT) : stop + CONTEXT]
            )
    fields = dict(
        zip(Reading._fields, zip(*readings, strict=True), strict=bool(readings))
    ) | {
        "text": texts,
        "context": contexts,
        "attributed_to": sources,
    }
    out = frame[["article_id", "outlet", "voice"]].iloc[at].reset_index(drop=True)
    span = (
        np.array(spans, dtype="int64").reshape(-1, 2)
        + frame["start"].to_numpy("int64")[at][:, None]
    )
    out["start"], out["end"] = span[:, 0], span[:, 1]
    for name in COLUMNS[5:]:
        number = name in ("value", "low", "high")
        out[name] = (
            np.array(fields.get(name, ()), "float64")
            if number
            else _strings(fields.get(name, ()))
        )
    if "published" in frame:
        out["published"] = frame["published"].iloc[at].reset_index(drop=True)
        shift = out["date"].map({"last": -1, "this": 0, "next": 1}).astype("float64")
        years = pd.to_datetime(out["published"]).dt.year + shift
        for name in ("value", "low", "high"):
            out[name] = out[name].where(years.isna(), years)
        out["date"] = out["date"].where(years.isna(), years.map("{:.0f}".format))
    return out.sort_values(
        ["article_id", "start", "end"], kind="stable", ignore_index=True
    )


def _not_said(kind: str, here: str, left: str, before: str) -> bool:
    """Whether a figure of a reported passage is not what its speaker said: Doe told 40 farmers in 2008 that ..., or an aside.

    `here` is the passage before the figure, `left` the sentence, `before` what stands before the passage.
    """
    return bool(
        (not here and TOLD.search(before))
        or (before and in_aside(here))
        or of_the_saying(kind, left)
    )


def _neighbours(frame: pd.DataFrame) -> Callable[[int], tuple[str, str]]:
    """A function from a passage to what stands before and behind it in its own sentence, where that was cut into voices."""
    if "sentence" not in frame:
        return lambda row: ("", "")
    rows = np.lexsort([frame["start"].to_numpy(), pd.factorize(frame["article_id"])[0]])
    article, sentence = (
        pd.factorize(frame[name])[0][rows] for name in ("article_id", "sentence")
    )
    new = np.r_[True, (article[1:] != article[:-1]) | (sentence[1:] != sentence[:-1])][
        : len(frame)
    ]
    number, edges = (
        (new.cumsum() - 1).tolist(),
        [*np.flatnonzero(new).tolist(), len(frame)],
    )
    place, order, texts = (
        np.argsort(rows).tolist(),
        rows.tolist(),
        frame["text"].fillna("").to_list(),
    )

    def beside(row: int) -> tuple[str, str]:
        here = place[row]
        begin, end = edges[number[here]], edges[number[here] + 1]
        if end - begin == 1:
            return "", ""
        # A passage has a character at least: more than CONTEXT of them are never needed.
        before = " ".join([texts[n] for n in order[max(begin, here - CONTEXT) : here]])[
            -CONTEXT:
        ]
        behind = " ".join(
            [texts[n] for n in order[here + 1 : min(end, here + CONTEXT)]]
        )[:CONTEXT]
        return before + " " * (here > begin), " " * (here + 1 < end) + behind

    return beside


def _strings(items: Iterable[str]) -> pd.Series:
    """A column of text, empty ones missing; through Arrow, since pandas looks at each string of a list twice."""
    return pd.Series(
        pd.array(
            pa.array([item or None for item in items], pa.large_string()), dtype="str"
        )
    )
