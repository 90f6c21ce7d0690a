"""Who is quoted or reported, where, and by which word: direct quotations, scare quotes and indirect speech."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pandas as pd

from .attribution import first_subjects, read_sentence, sentences
from .cleaning import lines
from .quotemarks import DOUBLED, HAS_MARKS, quoted_spans
from .speakers import Resolver, Speaker, title_case
from .tables import check_by, check_columns
from .text import APOSTROPHES, HYPHENS, TOKEN, to_polars
from .uncertainty import in_range, ratio_by, unit_sums
from .wordclasses import Tokens, is_code, read_tokens

__all__ = ["quotes", "voices_by"]

MIN_WORDS = 4  # inside marks; fewer are a fragment
# Of what stands in '' '', as some archives transcribe double marks; they are no quotation marks of the design's.
DOUBLED_KIND = "indirect"
BATCH = 1 << 18  # characters read at once: arrays of this size stay in the processor's cache
# English text has a quarter of its words among the commonest, other languages nearly none; a short text may have none too.
ENGLISH, FEW_WORDS = 0.08, 12
NEAR = 12  # sentences in which whom a pronoun means is looked for
SPEAKERS = 50  # the most that `voices_by` tells apart
_MIN_WORDS = re.compile(rf"(?:[\W_]*+[^\W_]++(?:[{HYPHENS}{APOSTROPHES}][^\W_]++)*+){{{MIN_WORDS}}}")
COLUMNS = {
    "article_id": "str",
    "outlet": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "kind": "str",
    "speaker": "str",
    "speaker_text": "str",
    "speaker_start": "object",  # int, or NaN: text[start:end] works, and so does every way of asking what is missing
    "speaker_end": "object",
    "cue": "str",
    "cue_stance": "str",
    "named": "str",
    "position": "float64",
    "role": "str",
    "line": "int64",
    "n_words": "int64",
}
Range = tuple[int, int]


class Said(NamedTuple):
    """By whom and how: the line and place of the speaker's mention (-1 for none), whom it means, and the cue."""

    line: int
    start: int
    end: int
    speaker: Speaker | None
    cue: str | None
    stance: str | None
    author: bool  # I, we and you outside quotation marks are the outlet's own voice


NOBODY = Said(-1, -1, -1, None, None, None, False)
Row = tuple[int, int, int, str, Said]  # a quotation: the number of its line, its place in it, its kind, and who said it


def quotes(articles: pd.DataFrame) -> pd.DataFrame:
    """Find quoted and reported speech, and whom it is given to.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, `outlet`, and `raw` or `text`, as `read_articles` returns them. Only lines that `lines` keeps are read.

    Returns
    -------
    DataFrame
        One row per quotation, in the order of the text:

        - `article_id`, `outlet`, `start`, `end`, `text` (without the marks; ``raw[start:end] == text``), `role` and `line` of the
          line it stands in, `n_words`, `position` (0 at the article's first kept character, 1 at its last);
        - `kind`: "direct" (four words or more in marks, one row for each pair of marks and paragraph), "fragment" (fewer),
          "indirect" (attributed without marks; may hold fragments, never a direct row). Quotations inside quotations are not rows;
        - `speaker_text`, `speaker_start`, `speaker_end`: the mention printed with the cue ("he", "the minister"), which for a
          quotation that only goes on is the mention of the one before; missing where nobody is mentioned (the places are
          int, or NaN, in columns of dtype object);
        - `speaker`: the fullest name in the article that the mention means, accents folded, or its description; missing
          where it could not be told. `named`: "person", "institution" or "unnamed";
        - `cue` and `cue_stance` (neutral, doubting, endorsing, conflict): the reporting verb, see
          `lexicons/reporting_verbs.csv`; missing where a quotation stands by itself.

        What the author says as I, we or you is the outlet's own voice and no row.

    Raises
    ------
    IdlibkitError
        Where a column is missing.

    Notes
    -----
    Rules, no model: marks first, then reporting verbs and their subjects over word classes. English only; in other languages
    quotations are found by their marks, without speakers and without indirect rows.

    Measured by ``benchmarks/measure_quotes.py`` on 74 US news articles of PolNeAR 1.0 that the rules were not tuned to (95 %
    intervals over articles): direct quotations found .98 [.97, .99], their speaker's mention right .92 [.88, .94]. Of the
    direct rows .98 [.96, .99] are attributed speech by the gold; .92 [.87, .95] by its stricter marks, which count a
    quotation over paragraphs or with one straight and one curly mark as wrong. Word by word, attributed or not: F1 .87 [.85, .89],
    precision .91, recall .82 (quote marks alone .50 to .60). Not measured: `speaker`, `named`, `cue_stance`, British and other
    single-mark styles.

    What goes wrong most: attributions without a listed verb ("for them, socialism is ..."; "the view that"), block quotations
    without marks, a bare quotation after a paragraph about somebody else, a clause that goes on after the reported one
    has ended. Doubled apostrophes ('' ''), in which some archives print quotation marks, are read as indirect speech.

    Examples
    --------
    >>> import pandas as pd
    >>> text = "Mayor Ada Okoye said the road was closed. “It will not open soon,” she told reporters."
    >>> rows = quotes(pd.DataFrame({"article_id": ["1"], "outlet": ["A"], "text": [text]}))
    >>> rows[["kind", "speaker", "speaker_text", "cue", "text"]].to_dict("records")[1]
    {'kind': 'direct', 'speaker': 'Ada Okoye', 'speaker_text': 'she', 'cue': 'told', 'text': 'It will not open soon,'}
    """
    check_columns(articles, ["article_id", "outlet"], "articles")
    found = lines(articles)
    return find_quotes(articles, found[found["kept"]])


def find_quotes(articles: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """`quotes` of lines already chosen: `kept` has `article_id`, `line`, `start`, `end`, `text`, `role`."""
    check_columns(articles, ["article_id", "outlet"], "articles")
    check_columns(kept, ["article_id", "line", "start", "end", "text", "role"], "the lines")
    column = to_polars(kept["text"])
    marked = column.str.contains(HAS_MARKS).to_list()
    texts, ids, roles = column.to_list(), kept["article_id"].tolist(), kept["role"].tolist()
    columns: tuple[list, ...] = tuple([] for _ in range(10))
    for first, last in _batches(ids, texts):
        batch = _Batch(first, ids[first:last], texts[first:last], marked[first:last], roles[first:last])
        rows = [(*row[:4], *row[4][:6]) for row in batch.read()]
        for values, more in zip(columns, zip(*rows, strict=True), strict=False):
            values.extend(more)

    line, start, end, kinds, on_line, from_, to, speakers, cues, stances = columns
    at = np.array(line, int)
    begin = kept["start"].to_numpy(dtype=int)
    who = np.array(on_line, int)
    table = pd.DataFrame(
        {
            "article_id": kept["article_id"].to_numpy(dtype=object)[at],
            "start": begin[at] + np.array(start, int),
            "end": begin[at] + np.array(end, int),
            "text": [texts[i][a:b] for i, a, b in zip(line, start, end, strict=True)],
            "kind": kinds,
            "speaker": [one[0] if one else None for one in speakers],
            "speaker_text": [texts[i][a:b] if i >= 0 else None for i, a, b in zip(on_line, from_, to, strict=True)],
            "cue": cues,
            "cue_stance": stances,
            "named": [one[1] if one else None for one in speakers],
            "role": kept["role"].to_numpy(dtype=object)[at],
            "line": kept["line"].to_numpy(dtype=int)[at],
        }
    )
    for name, places in (("speaker_start", from_), ("speaker_end", to)):
        values = (begin[who] + np.array(places, int)).astype(object) if line else np.array([], object)
        values[who < 0] = np.nan
        table[name] = pd.Series(values, dtype=object)
    # Place in the article, from the first kept character (0) to the last (1).
    article, ids_once = pd.factorize(kept["article_id"], use_na_sentinel=False)
    low, high = np.full(len(ids_once), sys.maxsize), np.zeros(len(ids_once), int)
    np.minimum.at(low, article, begin)
    np.maximum.at(high, article, kept["end"].to_numpy(dtype=int))
    low, high = low[article[at]], high[article[at]]
    table["position"] = (table["start"].to_numpy() - low) / np.maximum(high - low, 1)
    table["n_words"] = to_polars(table["text"].astype("str")).str.count_matches(TOKEN).to_numpy().astype(int)
    outlets = pd.Series(articles["outlet"].to_numpy(), index=articles["article_id"].to_numpy())
    table["outlet"] = outlets.reindex(table["article_id"]).to_numpy()
    return table[list(COLUMNS)].astype(COLUMNS)


def voices_by(quotes: pd.DataFrame, *, by: str | Sequence[str] = "outlet") -> pd.DataFrame:
    """Whom each outlet gives the word: shares of the quoted and reported words, by speaker and by kind of source.

    Parameters
    ----------
    quotes : DataFrame
        What `quotes` returns. Direct and indirect rows count; a fragment's words are in the indirect row around it.
    by : str or sequence of str
        The groups: columns of `quotes`.

    Returns
    -------
    DataFrame
        For each group, one row per category and way of counting: `by`, `share_of` ("named" or "speaker"), `category`,
        `estimate` (0 to 1; the categories of one group and `share_of` add up to 1), `ci_low`, `ci_high`, `difference` (from
        the other groups pooled), `difference_low`, `difference_high`, `n_articles`, `n_passages`, `unit` (what was
        resampled, see `uncertainty.ratio_by`). With ``share_of == "named"`` the categories are person, institution,
        unnamed and none (nobody is given the words); with ``"speaker"`` they are the 50 speakers with the most words,
        ``"(others)"`` and ``"(none)"``.

    Notes
    -----
    Shares inherit the errors of `quotes`; whether a source is rightly called named or unnamed has not been measured.

    Examples
    --------
    >>> import pandas as pd
    >>> said = "“We will not leave the town,” Ada Okoye said. Officials said the road was closed."
    >>> articles = pd.DataFrame({"article_id": ["1"], "outlet": ["A"], "text": [said]})
    >>> shares = voices_by(quotes(articles))
    >>> shares.loc[shares["share_of"] == "named", ["category", "estimate"]].round(2).to_string(index=False)
    'category  estimate\\n  person       0.6\\n unnamed       0.4'
    """
    check_columns(quotes, ["article_id", "kind", "speaker", "named", "line", "n_words"], "quotes")
    by = check_by(quotes, by, "quotes")
    told = quotes[quotes["kind"].isin(["direct", "indirect"]) & (quotes["n_words"] > 0)]
    total = (
        told.groupby("speaker", as_index=False)["n_words"]
        .sum()
        .sort_values(["n_words", "speaker"], ascending=[False, True])
    )
    largest = set(total["speaker"].head(SPEAKERS))
    speaker = told["speaker"].where(told["speaker"].isin(largest) | told["speaker"].isna(), "(others)").fillna("(none)")
    out = []
    for share_of, category in (("named", told["named"].fillna("none")), ("speaker", speaker)):
        table = told.assign(category=category, paragraph=told["line"])
        sums = unit_sums(table, by, top="n_words", bottom="n_words", category=["category"])
        shares = in_range(ratio_by(sums, by, category=["category"]))
        shares.insert(len(by), "share_of", pd.Series([share_of] * len(shares), dtype="str"))
        out.append(shares)
    return pd.concat(out, ignore_index=True)


def _batches(ids: Sequence, texts: Sequence[str]) -> Iterator[Range]:
    """Runs of lines of whole articles, with about BATCH characters each."""
    first = size = 0
    for at, text in enumerate(texts):
        if size > BATCH and ids[at] != ids[at - 1]:
            yield first, at
            first, size = at, 0
        size += len(text) + 1
    if first < len(ids):
        yield first, len(ids)


def _small_letters(text: str) -> str:
    """A headline in title case in small letters but for its first, so that its verbs are seen; else as it is."""
    if title_case(text):
        small = text[:1] + text[1:].lower()
        return small if len(small) == len(text) else text
    return text


class _Batch:
    """Some articles while they are read; places are in the lines joined by line ends."""

    def __init__(
        self, first: int, ids: Sequence, texts: Sequence[str], marked: Sequence[bool], roles: Sequence[str]
    ) -> None:
        self.first, self.texts = first, texts
        self.offsets = [0, *accumulate(len(text) + 1 for text in texts)]
        edges = [i for i in range(len(ids)) if i == 0 or ids[i] != ids[i - 1]]
        self.articles = list(zip(edges, [*edges[1:], len(ids)], strict=True))
        self.whole: list[tuple[int, int, str]] = []  # quotations that are one token of the grammar
        self.fragments: list[list[Range]] = [[] for _ in texts]
        for begin, end in self.articles:
            if any(marked[begin:end]):
                spans = quoted_spans([texts[i] if marked[i] else "" for i in range(begin, end)])
                for i, found in zip(range(begin, end), spans, strict=True):
                    self._sort(i, found)
        read = [
            _small_letters(text) if role in ("headline", "subheadline", "heading") else text
            for text, role in zip(texts, roles, strict=True)
        ]
        self.tokens: Tokens = read_tokens("\n".join(read), [(a, b) for a, b, _ in self.whole])
        self.ranges = sentences(self.tokens)
        self.whole_at = [a for a, _, _ in self.whole]

    def _sort(self, line: int, found: list) -> None:
        text, offset = self.texts[line], self.offsets[line]
        for start, end, mark in found:
            content = text[start:end]
            direct = _is_direct(content)
            if direct or content[-1] in ",.!?" and _begins_sentence(text, start):
                kind = "fragment" if not direct else DOUBLED_KIND if mark in DOUBLED else "direct"
                self.whole.append((offset + start, offset + end, kind))
            else:
                self.fragments[line].append((start, end))

    def line_of(self, place: int) -> int:
        return bisect_right(self.offsets, place) - 1

    def read(self) -> list[Row]:
        tokens = self.tokens
        codes = np.frombuffer(tokens.codes.encode("latin-1"), np.uint8)
        telling = is_code(codes, "CBGRQ")
        telling[list(tokens.clause_nouns)] = True
        count = np.concatenate([[0], np.cumsum(telling)])
        edges = np.array(self.ranges, int).reshape(-1, 2)
        starts = np.asarray(tokens.starts)
        at = starts[edges[:, 0]] if len(edges) else edges[:, 0]
        lone = (edges[:, 1] - edges[:, 0] == 1) & (codes[edges[:, 0]] == ord("Q"))  # nobody is named beside it
        told = (count[edges[:, 1]] > count[edges[:, 0]]) & ~lone
        self.sentence_at, self.told_at, self.told = at.tolist(), at[told].tolist(), edges[told].tolist()
        edges = np.searchsorted(starts, [self.offsets[begin] for begin, _ in self.articles] + self.offsets[-1:])
        common = np.diff(np.append(0, np.cumsum(tokens.common))[edges])
        n_words = np.diff(np.append(0, np.cumsum(~is_code(codes, ".,:;-!Q\n")))[edges])
        english = (n_words < FEW_WORDS) | (common >= ENGLISH * n_words)
        rows: list[Row] = []
        for (begin, end), in_english in zip(self.articles, english.tolist(), strict=True):
            rows += _Article(self, begin, end).read(in_english)
        return rows


_FIRST, _BY_PLACE = itemgetter(0), itemgetter(0, 1, 2)


def _in_order(row: Row) -> tuple[int, int, str]:
    return row[1], -row[2], row[3]


def _begins_sentence(text: str, start: int) -> bool:
    """Whether what is quoted from `start` begins a sentence, or follows a pause."""
    return text[max(0, start - 4) : start].strip("\"“‘'«„` ")[-1:] in ("", ".", "!", "?", ":", ",")


def _is_direct(text: str) -> bool:
    """Whether what stands in marks has MIN_WORDS words or more."""
    return _MIN_WORDS.match(text) is not None


class _Article:
    """One article of a batch while it is read, paragraph by paragraph."""

    def __init__(self, batch: _Batch, begin: int, end: int) -> None:
        self.batch, self.begin, self.end = batch, begin, end
        self.resolver = Resolver(batch.texts[begin:end])
        self.history: list[tuple[int, Speaker]] = []  # who was last spoken of, and where

    def read(self, english: bool) -> list[Row]:
        batch, rows = self.batch, []
        last: Said | None = None
        place = batch.offsets[self.begin] - 1
        sentence, quote = bisect_right(batch.told_at, place), bisect_right(batch.whole_at, place)
        told_at, whole_at, n_told, n_whole = batch.told_at, batch.whole_at, len(batch.told_at), len(batch.whole_at)
        for line in range(self.begin, self.end):
            offset, beyond = batch.offsets[line], batch.offsets[line + 1]
            inside = []
            while quote < n_whole and whole_at[quote] < beyond:
                inside.append(quote)
                quote += 1
            told = []
            while sentence < n_told and told_at[sentence] < beyond:
                if english:
                    told += read_sentence(batch.tokens, *batch.told[sentence])
                sentence += 1
            if told or inside or batch.fragments[line]:
                last = self.paragraph(line, told, inside, last, rows)
            elif english and batch.texts[line].rstrip()[-1:] == ":":
                last = self.introduced(offset, beyond) or last
        return rows

    def paragraph(self, line: int, told: list, inside: list[int], last: Said | None, rows: list[Row]) -> Said | None:
        """Add the rows of one paragraph; returns who speaks at its end."""
        batch, offset = self.batch, self.batch.offsets[line]
        found: list[tuple[int, int, str, Said | None]] = []
        by_quote: dict[int, Said] = {}
        spoken: list[tuple[int, Said]] = []
        starts = batch.tokens.starts
        for one in told:
            said = self.said(one)
            for token in one[4]:
                by_quote[starts[token]] = said
            if not said.author:
                for a, b in one[3]:
                    found.append((a, b, "indirect", said))
                if said.start >= 0 and one[1]:
                    spoken.append((one[1][0], said))
        if len(spoken) > 1:
            spoken.sort(key=_FIRST)
        told_at = [place for place, _ in spoken]
        following: list[Said | None] = []  # for each quotation, who is beside a later one
        ahead: Said | None = None
        for number in reversed(inside):
            following.append(ahead)
            said = by_quote.get(batch.whole[number][0])
            ahead = said if said and said.cue and said.start >= 0 else ahead
        quoted: Said | None = None
        quoted_at = -1
        for number, later in zip(inside, reversed(following), strict=True):
            start, end, kind = batch.whole[number]
            said = by_quote.get(start)
            if (said is None or not said.cue) and self.is_title(
                batch.texts[line][start - offset : end - offset], line, start - offset
            ):
                said = None
            elif said is None or said.start < 0:
                # Nothing beside it says whose it is: who spoke before it in the paragraph, who speaks after, or last.
                at = bisect_left(told_at, start) - 1
                if at >= 0 and told_at[at] > quoted_at:
                    said = spoken[at][1]
                else:
                    own = said if said and said.start >= 0 else None
                    said = quoted or (spoken[at][1] if at >= 0 else None) or later or own or last
            if said and said.start >= 0 and kind != "fragment":
                quoted, quoted_at = said, start
            found.append((start, end, kind, said))
            if kind == "fragment" and said and said.cue:
                found.append((start, end, "indirect", said))  # `"Yes," he said`: all that is reported is the fragment
        if len(found) > 1:
            found.sort(key=_BY_PLACE)
        rows_here: list[Row] = []
        number, reach = batch.first + line, -1
        for start, end, kind, said in found:
            if kind == "indirect":
                start = max(start, reach)
                reach = max(reach, end)
                if start >= end:
                    continue
            rows_here.append((number, start - offset, end - offset, kind, said or NOBODY))
        if batch.fragments[line]:
            wide = [row for row in rows_here if row[3] != "fragment"]
            begins = [row[1] for row in wide]
            for a, b in batch.fragments[line]:
                at = bisect_right(begins, a) - 1
                cover = at >= 0 and b <= wide[at][2] + 1
                rows_here.append((number, a, b, "fragment", wide[at][4] if cover else NOBODY))
        if len(rows_here) > 1:
            rows_here.sort(key=_in_order)
        rows += rows_here
        if quoted and (not spoken or quoted_at > told_at[-1]):
            return quoted
        return spoken[-1][1] if spoken else last

    def is_title(self, text: str, line: int, place: int) -> bool:
        """Whether words in marks inside a sentence are the name of a book, a show or a campaign."""
        if self.batch.texts[line][max(0, place - 4) : place - 1].rstrip()[-1:] in ("", ".", "!", "?", ":", ","):
            return False
        words = [word for word in text.split() if len(word) > 3]
        return bool(words) and all(word[0].isupper() for word in words)

    def said(self, one) -> Said:
        """What an attribution says of its speaker, with the mention brought to a name."""
        batch = self.batch
        place, shown, verb, _, _ = one
        cue = batch.tokens.text[shown[0] : shown[1]].lower() if shown else None
        stance = verb.stance if verb else "neutral" if cue else None
        if not place:
            return Said(-1, -1, -1, None, cue, stance, False)
        start, end = place
        line = bisect_right(batch.offsets, start) - 1
        offset = batch.offsets[line]
        mention = batch.texts[line][start - offset : end - offset]
        low = mention.lower()
        speaker = self.resolver.resolve(mention, self.candidates(line, start) if low in ("he", "she") else ())
        if speaker:
            self.history.append((start, speaker))
        return Said(
            batch.first + line, start - offset, end - offset, speaker, cue, stance, low in ("i", "we", "you", "my")
        )

    def candidates(self, line: int, place: int) -> list[str | Speaker]:
        """Whom a pronoun can mean: speakers and subjects in this paragraph and the two before it, the nearest first."""
        batch = self.batch
        begin = batch.offsets[max(self.begin, line - 2)]
        found: list[tuple[int, str | Speaker]] = [one for one in self.history[-6:] if one[0] >= begin]
        first, last = bisect_right(batch.sentence_at, begin - 1), bisect_right(batch.sentence_at, place)
        for a, b in first_subjects(batch.tokens, batch.ranges[max(first, last - NEAR) : last]):
            if b <= place:
                at = batch.line_of(a)
                found.append((a, batch.texts[at][a - batch.offsets[at] : b - batch.offsets[at]]))
        found.sort(key=lambda item: item[0], reverse=True)
        return [item for _, item in found]

    def introduced(self, begin: int, end: int) -> Said | None:
        """Who is about to speak: the subject of the last sentence of a paragraph that ends in a colon."""
        batch = self.batch
        first, last = bisect_right(batch.sentence_at, begin - 1), bisect_right(batch.sentence_at, end - 1)
        found = list(first_subjects(batch.tokens, batch.ranges[first:last]))
        if not found:
            return None
        start, stop = found[-1]
        line = batch.line_of(start)
        offset = batch.offsets[line]
        speaker = self.resolver.resolve(batch.texts[line][start - offset : stop - offset])
        return Said(batch.first + line, start - offset, stop - offset, speaker, None, None, False)
