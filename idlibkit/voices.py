"""Who is quoted or reported, where, and by which word: direct quotations, scare quotes and indirect speech."""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from .attribution import Paragraph, attributions, subjects
from .cleaning import lines
from .quotemarks import HAS_MARKS, quoted_spans
from .speakers import Resolver, Speaker
from .tables import check_columns
from .text import TOKEN, to_polars

__all__ = ["quotes"]

MIN_WORDS = 4  # inside marks; fewer are a fragment
COLUMNS = {
    "article_id": "str",
    "outlet": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "kind": "str",
    "speaker": "str",
    "speaker_text": "str",
    "speaker_start": "Int64",
    "speaker_end": "Int64",
    "cue": "str",
    "cue_stance": "str",
    "named": "str",
    "position": "float64",
    "role": "str",
    "line": "int64",
    "n_words": "int64",
}


def quotes(articles: pd.DataFrame) -> pd.DataFrame:
    """Find quoted and reported speech, and who is given it.

    Parameters
    ----------
    articles : DataFrame
        As `read_articles` returns it: `article_id`, `outlet`, and `raw` or `text`.

    Returns
    -------
    DataFrame
        One row per quotation: `article_id`, `outlet`, `start`, `end`, `text` (without the marks;
        ``raw[start:end] == text``), `kind`, `speaker`, `speaker_text`, `speaker_start`, `speaker_end`, `cue`,
        `cue_stance`, `named`, `position`, `role`, `line`, `n_words`.
    """
    check_columns(articles, ["article_id", "outlet"], "articles")
    found = lines(articles)
    return find_quotes(articles, found[found["kept"]])


def find_quotes(articles: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """`quotes` of lines already chosen: `kept` has `article_id`, `line`, `start`, `end`, `text`, `role`."""
    check_columns(articles, ["article_id", "outlet"], "articles")
    texts = to_polars(kept["text"])
    marked = texts.str.contains(HAS_MARKS).to_list()
    ids = kept["article_id"].tolist()
    line, start, role = kept["line"].tolist(), kept["start"].tolist(), kept["role"].tolist()
    text = texts.to_list()
    rows = []
    for article, members in groupby(range(len(ids)), key=ids.__getitem__):
        members = list(members)
        paragraphs = [text[i] for i in members]
        spans = quoted_spans([text[i] if marked[i] else "" for i in members])
        first, last = start[members[0]], start[members[-1]] + len(paragraphs[-1])
        for number, row in _article(paragraphs, spans):
            i, at = members[number], start[members[number]]
            begin, end, kind, said = row
            place = (at + begin - first) / max(1, last - first)
            rows.append((article, at + begin, at + end, text[i][begin:end], kind, *_voice(said, start, members), place, role[i], line[i]))
    names = ["article_id", "start", "end", "text", "kind", *VOICE, "position", "role", "line"]
    table = pd.DataFrame(rows, columns=names)
    table["n_words"] = to_polars(table["text"].astype("str")).str.count_matches(TOKEN).to_numpy().astype(int)
    outlets = dict(zip(articles["article_id"], articles["outlet"], strict=True))
    table["outlet"] = table["article_id"].map(outlets)
    return table[list(COLUMNS)].astype(COLUMNS)


VOICE = ["speaker", "speaker_text", "speaker_start", "speaker_end", "cue", "cue_stance", "named"]


class Said(NamedTuple):
    """Who said a quotation: paragraph and place of the mention, the mention, whom it means, and the cue."""

    paragraph: int
    start: int
    end: int
    mention: str
    speaker: Speaker | None
    cue: str | None
    stance: str | None


def _voice(said: Said | None, start, members) -> tuple:
    if said is None:
        return (None,) * 7
    cue, stance = said.cue, said.stance
    if said.start < 0:
        return None, None, None, None, cue, stance, None
    at = start[members[said.paragraph]]
    name, named = said.speaker if said.speaker else (None, None)
    return name, said.mention, at + said.start, at + said.end, cue, stance, named


WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def _sorted_spans(text: str, found) -> tuple[list, list]:
    """Spans that stand as a quotation of their own in the grammar, with their kinds, and fragments that do not."""
    whole, fragments = [], []
    for span in found:
        content = text[span.start : span.end]
        size = sum(1 for _ in zip(WORD.finditer(content), range(MIN_WORDS), strict=False))
        before = text[max(0, span.start - 4) : span.start].strip("\"“‘'«„ ")[-1:]
        if size >= MIN_WORDS:
            whole.append((span.start, span.end, "direct"))
        elif content[-1:] in ",.!?" and before in ("", ".", "!", "?", ":", ","):
            whole.append((span.start, span.end, "fragment"))
        else:
            fragments.append(span)
    return whole, fragments


def _article(texts, spans):
    """(paragraph, (start, end, kind, said)) of each row of one article, in order."""
    resolver = Resolver(texts)
    parsed = {}
    wholes = [_sorted_spans(text, found) for text, found in zip(texts, spans, strict=True)]

    def paragraph(number: int) -> Paragraph:
        if number not in parsed:
            parsed[number] = Paragraph(texts[number], [(a, b) for a, b, _ in wholes[number][0]])
        return parsed[number]

    history: list[tuple[int, int, str | Speaker]] = []  # who was last spoken of: paragraph, place, phrase or speaker
    last: Said | None = None
    out = []
    for number, text in enumerate(texts):
        whole, fragments = wholes[number]
        parse = paragraph(number)
        rows, by_quote = [], {}
        order = [i for i, code in enumerate(parse.codes) if code == "Q"]
        rank = {token: i for i, token in enumerate(order)}
        spoken = []  # (place, said) of this paragraph
        for one in attributions(parse):
            said = Said(number, -1, -1, "", None, text[slice(*one.cue)].lower() if one.cue else None, one.verb.stance if one.verb else None)
            if one.speaker:
                start, end = one.speaker
                mention = text[start:end]
                speaker = resolver.resolve(mention, _before(mention, number, start, history, paragraph, texts))
                if speaker:
                    history.append((number, start, speaker))
                said = said._replace(start=start, end=end, mention=mention, speaker=speaker)
            author = said.mention.lower() in ("i", "we", "you", "my")
            for q in one.quotes:
                by_quote[rank[q]] = said
            if not author:
                rows += [(a, b, "indirect", said) for a, b in one.contents]
            if said.start >= 0 and one.cue and not author:
                spoken.append((one.cue[0], said))
        for i, (start, end, kind) in enumerate(whole):
            said = by_quote.get(i)
            if said is None or said.start < 0:
                earlier = [one for place, one in spoken if place < start]
                later = [by_quote[j] for j in range(i + 1, len(whole)) if j in by_quote and by_quote[j].cue and by_quote[j].start >= 0]
                said = earlier[-1] if earlier else later[0] if later else said if said and said.start >= 0 else last
                if said and kind == "direct":
                    spoken.append((start, said))
                    spoken.sort(key=lambda item: item[0])
            rows.append((start, end, kind, said))
            if kind == "fragment" and said and said.cue:
                rows.append((start, end, "indirect", said))
        for span in fragments:
            cover = next((r for r in rows if r[0] <= span.start and span.end <= r[1] + 1 and r[2] != "fragment"), None)
            rows.append((span.start, span.end, "fragment", cover[3] if cover else None))
        if spoken:
            last = spoken[-1][1]
        elif text.rstrip().endswith(":"):
            found = subjects(parse)
            if found:
                start, end = found[-1]
                last = Said(number, start, end, text[start:end], resolver.resolve(text[start:end]), None, None)
        out += [(number, row) for row in sorted(rows, key=lambda r: r[:2])]
    return out


def _before(mention: str, number: int, start: int, history, paragraph, texts) -> list[str | Speaker]:
    """Whom a pronoun can mean: speakers and subjects of sentences before it, the nearest first."""
    if mention.lower() not in ("he", "she"):
        return []
    found: list[tuple[int, int, str | Speaker]] = [item for item in history[-6:] if item[0] >= number - 2]
    for back in range(max(0, number - 2), number + 1):
        for a, b in subjects(paragraph(back)):
            if back < number or b <= start:
                found.append((back, a, texts[back][a:b]))
    found.sort(key=lambda item: item[:2], reverse=True)
    return [item[2] for item in found]
