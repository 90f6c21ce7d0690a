"""Who is quoted or reported, where, and by which word: direct quotations, scare quotes and indirect speech."""

from __future__ import annotations

import re
from itertools import groupby

import pandas as pd

from .attribution import Paragraph, attributions
from .cleaning import lines
from .quotemarks import HAS_MARKS, quoted_spans
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
        spans = quoted_spans([text[i] if marked[i] else "" for i in members])
        first, last = start[members[0]], start[members[-1]] + len(text[members[-1]])
        for i, row in _article([text[i] for i in members], spans):
            i = members[i]
            begin, end, kind, speaker, cue, stance = row
            mention = (None, None, None) if speaker is None else speaker
            place = (start[i] + begin - first) / max(1, last - first)
            rows.append((article, start[i] + begin, start[i] + end, text[i][begin:end], kind, place, role[i], line[i],
                         mention[2], mention[0] if speaker is None else mention[0] + start[members[mention[3]]],
                         mention[1] if speaker is None else mention[1] + start[members[mention[3]]], cue, stance))
    names = ["article_id", "start", "end", "text", "kind", "position", "role", "line", "speaker_text", "speaker_start",
             "speaker_end", "cue", "cue_stance"]
    table = pd.DataFrame(rows, columns=names)
    table["n_words"] = to_polars(table["text"].astype("str")).str.count_matches(TOKEN).to_numpy().astype(int)
    table["outlet"] = table["article_id"].map(dict(zip(articles["article_id"], articles["outlet"], strict=True)))
    for column in COLUMNS.keys() - set(table.columns):
        table[column] = pd.Series([None] * len(table), dtype="str")
    return table[list(COLUMNS)].astype(COLUMNS)


WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def _article(texts, spans):
    """(line, row) of one article."""
    last = None
    out = []
    for number, (text, found) in enumerate(zip(texts, spans, strict=True)):
        whole, fragments = [], []
        for span in found:
            content = text[span.start : span.end]
            size = 0
            for _ in WORD.finditer(content):
                size += 1
                if size == MIN_WORDS:
                    break
            before = text[max(0, span.start - 4) : span.start].strip("\"“‘'«„ ")[-1:]
            if size >= MIN_WORDS:
                whole.append((span, "direct"))
            elif content[-1:] in ",.!?" and before in ("", ".", "!", "?", ":", ","):
                whole.append((span, "fragment"))
            else:
                fragments.append(span)
        paragraph = Paragraph(text, [(s.start, s.end) for s, _ in whole])
        order = [i for i, code in enumerate(paragraph.codes) if code == "Q"]
        rank = {token: i for i, token in enumerate(order)}
        done = {}
        rows = []
        spoken = None
        for one in attributions(paragraph):
            speaker = None
            if one.speaker:
                speaker = (*one.speaker, text[slice(*one.speaker)], number)
            cue = text[slice(*one.cue)].lower() if one.cue else None
            stance = one.verb.stance if one.verb else None
            for q in one.quotes:
                done[rank[q]] = (speaker, cue, stance)
            rows += [(a, b, "indirect", speaker, cue, stance) for a, b in one.contents]
            if speaker and (one.contents or one.quotes) and one.cue:
                spoken = speaker
        previous = None
        for i, (span, kind) in enumerate(whole):
            got = done.get(i)
            if got is None or got[0] is None or got[1] is None and (previous or last):
                if previous is None and i + 1 < len(whole):
                    following = [done[j] for j in range(i + 1, len(whole)) if j in done and done[j][0] and done[j][1]]
                    if following and not got:
                        previous = following[0]
                got = previous if previous else got if got and got[0] else (last, None, None)
            if got and got[0]:
                previous = got
            rows.append((span.start, span.end, kind, *got))
            if got[0]:
                spoken = got[0]
        for span in fragments:
            cover = next((r for r in rows if r[0] <= span.start and span.end <= r[1]), None)
            rows.append((span.start, span.end, "fragment", *(cover[3:] if cover else (None, None, None))))
        if spoken:
            last = spoken
        out += [(number, row) for row in sorted(rows, key=lambda r: r[:2])]
    return out
