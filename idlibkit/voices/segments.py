"""passages: the kept text of every article, cut into sentences and voices. All measures
start from this table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from ..cleaning import Flow, flowing, lines
from ..scale import by_partition, by_parts, is_apart, per_partition
from ..tables import check_articles
from .article_columns import languages_of, with_article_columns
from .canonical_names import names_in, renamed
from .pieces import QUOTED, REPORTED, VOICES, Axis, VoiceSpans, cut_pieces
from .quotations import find_quotes, quotes, readable_quotes
from .sentence_openings import opening_places, without_attribution
from .turns import is_between_turns

__all__ = ["Voices", "passages", "read_voices"]


# What is read of an article; all else only comes along.
READ = ["article_id", "outlet", "title", "raw", "text", "language", "source_file"]


@per_partition
def passages(articles: pd.DataFrame, *, speakers: bool = True) -> pd.DataFrame:
    """Cut articles into passages: runs of text in one sentence, one voice and of one
    speaker.

    Parameters
    ----------
    articles : DataFrame
        `article_id` (unique), `outlet`, and `raw` or `text`; see `read_articles`.
        Further columns come along. A Dask DataFrame gives a Dask DataFrame, partition
        by partition and in their order.
    speakers : bool
        False leaves out who speaks and what is reported without marks, which takes most
        of the time: voices are then told by quotation marks alone, as they are in
        languages other than English.

    Returns
    -------
    DataFrame
        One row per passage, in the order of the articles' ids and of the text:

        - `article_id`, `outlet`, every further column of `articles` but `raw`, `text`
          and `title`; `year` (2020) and `month` ("2020-02") where `published` is known;
        - `role` of the line (headline, subheadline, heading, body);
        - `paragraph`, `sentence`: numbers within the article, from 0;
        - `voice`: "own", "quoted" (direct quotations of four words or more) or
          "reported" (attributed without marks), and `speaker`, missing for own and
          where no one is named. One person may have several names over articles;
          `read` gives passages in which each has one;
        - `start`, `end`: the place in the source text, so that
          ``raw[start:end] == text``;
        - `n_words`, `text`.

    Raises
    ------
    IdlibkitError
        If a column is missing, or two articles have one `article_id`.

    See Also
    --------
    quotes : the quotations themselves, and how often their speakers are right.

    Notes
    -----
    Every character of the kept text is in exactly one passage, but for white space and
    quote marks at a passage's ends; passages without a letter or digit are no rows,
    nor are time stamps alone in their lines (three or more in an article) and stage
    directions between turns of speech. A
    table of more than 8 MB of text is read in several processes, one for each core (the
    environment variable LOKY_MAX_CPU_COUNT sets how many), with the same rows.
    Sentences are cut inside quotations too. How often voices and speakers
    are right is measured for `quotes`; the sentence cut is not measured here.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> text = "The talks failed. “We will come back on Friday,” Ann Lee said."
    >>> articles = pd.DataFrame(
    ...     {"article_id": ["a"], "outlet": ["Gazette"], "text": [text]}
    ... )
    >>> ik.passages(articles)[["sentence", "voice", "speaker", "text"]]
       sentence   voice  speaker                          text
    0         0     own      NaN             The talks failed.
    1         1  quoted  Ann Lee  We will come back on Friday,
    2         1     own      NaN                 Ann Lee said.
    """
    check_articles(articles)
    articles = articles.astype({"article_id": "str"})
    parts = by_parts(partial(_passages_only, speakers=speakers), _texts(articles))
    return with_article_columns(_concat(parts), articles)


@dataclass(frozen=True, slots=True)
class Voices:
    """What one reading of articles gives: the tables of `lines`, `quotes`,
    `passages`.
    """

    lines: pd.DataFrame
    quotes: pd.DataFrame
    passages: pd.DataFrame


def read_voices(articles: pd.DataFrame) -> Voices:
    """The lines, quotations and passages of articles, which are read once for all
    three.

    Parameters
    ----------
    articles : DataFrame
        See `passages`; in parts, too.

    Returns
    -------
    Voices
        `lines`, `quotes`, `passages`: the same tables as those functions give, but that
        in `passages` one person has one name over all articles: Okoye, Ada Okoye and
        Ada B. Okoye are one `speaker`. In `quotes` each article keeps its own.

    Raises
    ------
    IdlibkitError
        If a column is missing, or two articles have one `article_id`.

    Examples
    --------
    >>> import pandas as pd
    >>> text = "“We will come back on Friday,” Ann Lee said."
    >>> articles = pd.DataFrame(
    ...     {"article_id": ["a"], "outlet": ["Gazette"], "text": [text]}
    ... )
    >>> voices = read_voices(articles)
    >>> len(voices.lines), len(voices.quotes), len(voices.passages)
    (1, 1, 2)
    """
    if is_apart(articles):
        return _voices_of_parts(articles)
    check_articles(articles)
    articles = articles.astype({"article_id": "str"})
    parts = by_parts(_read, _texts(articles))
    quotes = _concat([part.quotes for part in parts])
    read = _concat([part.passages for part in parts])
    names = names_in(quotes)
    passages = _with_one_name(read, quotes, names=names)
    return Voices(
        _concat([part.lines for part in parts]),
        quotes,
        with_article_columns(passages, articles),
    )


def _voices_of_parts(articles: Any) -> Voices:
    """The tables of an archive in parts, in the same parts."""
    found = quotes(articles)
    names = names_in(found)
    named = partial(_with_one_name, names=names)
    return Voices(
        by_partition(lines, articles),
        found,
        by_partition(named, passages(articles), found),
    )


def _with_one_name(
    passages: pd.DataFrame, quotes: pd.DataFrame, *, names: pd.Series
) -> pd.DataFrame:
    """Passages in which one person has one name over all articles."""
    keys = ["article_id", "speaker"]
    spoken = quotes[quotes["speaker"].notna()]
    new = renamed(spoken["speaker"], spoken["named"], names)
    other = new != spoken["speaker"]
    known = spoken.loc[other, keys].assign(name=new[other]).drop_duplicates(keys)
    named = pd.MultiIndex.from_frame(known[keys])
    place = named.get_indexer(pd.MultiIndex.from_frame(passages[keys]))
    speaker = passages["speaker"].to_numpy(object, copy=True)
    speaker[place >= 0] = known["name"].to_numpy(object)[place[place >= 0]]
    return passages.assign(speaker=pd.array(speaker, dtype="str"))


def _texts(articles: pd.DataFrame) -> pd.DataFrame:
    """The columns that are read; all others only come along."""
    return articles[[column for column in READ if column in articles]]


def _concat(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _passages_only(articles: pd.DataFrame, *, speakers: bool) -> pd.DataFrame:
    """Of the three tables the one that is wanted: no others go from process to
    process.
    """
    return _read(articles, speakers=speakers).passages


def _read(articles: pd.DataFrame, *, speakers: bool = True) -> Voices:
    """The tables of some articles; passages without the columns of their articles."""
    all_lines = lines(articles)
    flow = flowing(articles, all_lines[all_lines["kept"]])
    quotes = find_quotes(articles, flow.lines, speakers=speakers)
    quotes = readable_quotes(flow, quotes)
    return Voices(all_lines, quotes, _passages(articles, flow, quotes))


def _passages(articles: pd.DataFrame, flow: Flow, quotes: pd.DataFrame) -> pd.DataFrame:
    """The passages of kept lines, with their quotations."""
    kept = flow.lines
    kept = kept[~is_between_turns(kept)].reset_index(drop=True)
    ids = pd.Index(articles["article_id"])
    article_of_line = ids.get_indexer(kept["article_id"])
    axis = Axis.of(flow.source, article_of_line, kept)
    quote_base = axis.base[ids.get_indexer(quotes["article_id"])]
    speaker_codes, speakers = pd.factorize(quotes["speaker"])
    spans = _voice_spans(quotes, quote_base, speaker_codes)

    languages = languages_of(articles)[article_of_line].tolist()
    starts = without_attribution(opening_places(axis, languages), quotes, quote_base)
    pieces, texts, n_words = cut_pieces(axis, starts, spans)

    article = article_of_line[pieces.line]
    base = axis.base[article]
    paragraph = np.arange(len(kept)) - np.searchsorted(article_of_line, article_of_line)
    first_sentence = np.searchsorted(starts, axis.base)[article]
    return pd.DataFrame(
        {
            "article_id": articles["article_id"].array.take(article),
            "role": kept["role"].array.take(pieces.line),
            "paragraph": paragraph[pieces.line],
            "sentence": pieces.sentence - first_sentence,
            "voice": pd.array(VOICES, dtype="str").take(pieces.voice),
            "speaker": pd.array([*speakers, None], dtype="str").take(pieces.speaker),
            "start": pieces.start - base,
            "end": pieces.end - base,
            "n_words": n_words,
            "text": texts.array,
        }
    )


def _voice_spans(
    quotes: pd.DataFrame, base: np.ndarray, speaker: np.ndarray
) -> list[VoiceSpans]:
    """Direct quotations first: they win where a reported clause holds one."""
    kind = quotes["kind"].to_numpy()
    start, end = (base + quotes[side].to_numpy() for side in ("start", "end"))
    spans = []
    for voice, name in ((QUOTED, "direct"), (REPORTED, "indirect")):
        rows = np.flatnonzero(kind == name)
        rows = rows[np.argsort(start[rows], kind="stable")]
        spans.append(VoiceSpans(voice, start[rows], end[rows], speaker[rows]))
    return spans
