"""passages: the kept text of every article, cut into sentences and voices. All measures start from this table."""

from __future__ import annotations

import re
import warnings

import numpy as np
import pandas as pd

from .cleaning import lines
from .cluster import by_partition, is_dask
from .tables import IdlibkitError, IdlibkitWarning, check_columns, listed, source_text
from .text import TOKEN, to_polars
from .voices import find_quotes

__all__ = ["passages"]

BATCH = 8_000_000  # characters read at a time, so that what is found on the way does not fill the memory
OWN_COLUMNS = "role paragraph sentence voice speaker start end n_words text".split()
# The cutter keeps a quotation whole, however long, and needs quadratic time where marks do not balance; so it does
# not see them. An apostrophe inside a word or after one stays.
_MARKS = re.compile("[\"“”„‟«»‹›‘‚]|(?<=[.!?,…])[’']")
_PAIRS = {"“": "”", "”": "“", "„": "“", "«": "»", "»": "«", "‹": "›", "›": "‹", "‘": "’", "’": "‘"}
_OPENING, _CLOSING = "\"“„‟«»‹›‘'", "\"”“„‟»«‹›’'"


def passages(articles: pd.DataFrame) -> pd.DataFrame:
    """Cut articles into passages: runs of text in one sentence, one voice and of one speaker.

    Parameters
    ----------
    articles : DataFrame
        `article_id` (unique), `outlet`, and `raw` or `text`; see `read_articles`. Further columns come along. A Dask
        DataFrame gives a Dask DataFrame, partition by partition and in their order.

    Returns
    -------
    DataFrame
        One row per passage, in the order of the articles' ids and of the text:

        - `article_id`, `outlet`, every further column of `articles` but `raw`, `text` and `title`; `year` (2020) and
          `month` ("2020-02") where `published` is known;
        - `role` of the line (headline, subheadline, heading, body);
        - `paragraph`, `sentence`: numbers within the article, from 0;
        - `voice`: "own", "quoted" (direct quotations of four words or more) or "reported" (attributed without marks), and
          `speaker`, missing for own and where no one is named;
        - `start`, `end`: the place in the source text, so that ``raw[start:end] == text``;
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
    Every character of the kept text is in exactly one passage, but for white space and quote marks at a passage's ends;
    passages without a letter or digit are no rows. Sentences are cut by sentencex, inside quotations too. How often voices
    and speakers are right is measured for `quotes`; the sentence cut is not measured here.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"],
    ...                          "text": ["The talks failed. “We will come back on Friday,” Ann Lee said."]})
    >>> ik.passages(articles)[["sentence", "voice", "speaker", "text"]]
       sentence   voice  speaker                          text
    0         0     own      NaN             The talks failed.
    1         1  quoted  Ann Lee  We will come back on Friday,
    2         1     own      NaN                 Ann Lee said.
    """
    if is_dask(articles):
        return by_partition(passages, articles, clear_divisions=True)
    check_columns(articles, ["article_id", "outlet"], "articles")
    repeated = articles["article_id"][articles["article_id"].duplicated()]
    if len(repeated):
        raise IdlibkitError(
            f"article_id must be unique; {listed(repeated.unique())} stands more than once in articles."
        )
    articles = articles.sort_values("article_id").reset_index(drop=True)
    about = _article_columns(articles)
    batch = source_text(articles).str.len().cumsum().to_numpy(dtype=int) // BATCH
    ends = [*(np.flatnonzero(np.diff(batch)) + 1), len(articles)]
    parts = [
        _cut(articles.iloc[low:high].reset_index(drop=True), about.iloc[low:high])
        for low, high in zip([0, *ends], ends, strict=False)
    ]
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _cut(articles: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """The passages of some articles; `about` is what goes into each of their rows."""
    kept = lines(articles)
    kept = kept[kept["kept"]].reset_index(drop=True)
    source = source_text(articles).tolist()
    # One axis for all articles: place on it = base of the article + offset.
    base = np.concatenate([[0], np.cumsum([len(text) + 1 for text in source])]).astype(np.int64)
    place_of = pd.Series(base[:-1], index=articles["article_id"])
    at_line = place_of.loc[kept["article_id"]].to_numpy()
    line_start, line_end = at_line + kept["start"].to_numpy(), at_line + kept["end"].to_numpy()

    found = find_quotes(articles, kept)
    at_quote = place_of.loc[found["article_id"]].to_numpy()
    speaker_code, speakers = pd.factorize(found["speaker"])
    spans = {}
    for voice, rows in (("quoted", found["kind"] == "direct"), ("reported", found["kind"] == "indirect")):
        rows = rows.to_numpy(bool)
        start, end = (at_quote[rows] + found[side].to_numpy()[rows] for side in ("start", "end"))
        order = np.argsort(start, kind="stable")
        spans[voice] = start[order], end[order], speaker_code[rows][order]

    sentence_start = _sentence_starts(articles, kept, line_start)
    sentence_start = _with_attribution(sentence_start, found, at_quote)

    cuts = [line_start, line_end, sentence_start, *(side for span in spans.values() for side in span[:2])]
    cut = np.unique(np.concatenate(cuts))
    start, end = cut[:-1], cut[1:]
    line = np.searchsorted(line_start, start, "right") - 1
    inside = (line >= 0) & (start < line_end[line]) if len(line_start) else np.zeros(len(start), bool)
    start, end, line = start[inside], end[inside], line[inside]
    sentence = np.searchsorted(sentence_start, start, "right") - 1
    voice, speaker = np.full(len(start), "own", object), np.full(len(start), -1)
    for name, (low, high, who) in reversed(spans.items()):  # direct quotes last: they win where both are
        if len(low):
            span = np.searchsorted(low, start, "right") - 1
            within = (span >= 0) & (start < high[span])
            voice[within], speaker[within] = name, who[span[within]]

    # Pieces that a cut inside one voice parted belong together again.
    same = np.zeros(len(start), bool)
    same[1:] = (
        (start[1:] == end[:-1])
        & (line[1:] == line[:-1])
        & (sentence[1:] == sentence[:-1])
        & (voice[1:] == voice[:-1])
        & (speaker[1:] == speaker[:-1])
    )
    first = np.flatnonzero(~same)
    end = end[np.append(first[1:], len(start)) - 1] if len(first) else end
    start, line, sentence, voice, speaker = (column[first] for column in (start, line, sentence, voice, speaker))

    article = np.searchsorted(base, start, "right") - 1
    low, high = (np.concatenate([span[side] for span in spans.values()]) for side in (0, 1))
    after, before = np.isin(start, high) & (voice != "quoted"), np.isin(end, low) & (voice != "quoted")
    start, end, texts = _strip(source, article, start - base[article], end - base[article], after, before)

    out = about.iloc[article].reset_index(drop=True)
    paragraph = np.arange(len(kept)) - np.searchsorted(at_line, at_line)
    first_sentence = np.searchsorted(sentence_start, base[article])
    out["role"] = kept["role"].to_numpy()[line] if len(kept) else pd.Series(dtype="str")
    out["paragraph"], out["sentence"] = paragraph[line], sentence - first_sentence
    out["voice"] = pd.array(voice, dtype="str")
    out["speaker"] = pd.array(np.append(np.asarray(speakers, object), np.nan)[speaker], dtype="str")
    out["start"], out["end"] = start, end
    text = pd.Series(texts, dtype="str")
    out["n_words"] = to_polars(text).str.count_matches(TOKEN).to_numpy().astype(np.int64)
    out["text"] = text
    return out[out["n_words"] > 0].reset_index(drop=True)


def _article_columns(articles: pd.DataFrame) -> pd.DataFrame:
    """What a passage knows of its article: every column but the texts, and the year and month it is from."""
    taken = [column for column in OWN_COLUMNS if column in articles and column != "text"]
    if taken:
        warnings.warn(
            f"column {listed(taken)} of articles is left out: passages has its own. Rename it to keep it.",
            IdlibkitWarning,
            stacklevel=3,
        )
    out = articles.drop(columns=["raw", "text", "title", *taken], errors="ignore")
    out = out[["article_id", "outlet", *(column for column in out if column not in ("article_id", "outlet"))]]
    if "published" in out and pd.api.types.is_datetime64_any_dtype(out["published"]):
        if "year" not in out:
            out["year"] = out["published"].dt.year.astype("Int64")
        if "month" not in out:
            out["month"] = out["published"].dt.strftime("%Y-%m").astype("str")
    return out


def _sentence_starts(articles: pd.DataFrame, kept: pd.DataFrame, line_start: np.ndarray) -> np.ndarray:
    from sentencex import segment

    language = "en"
    if "language" in articles:
        language = articles.set_index("article_id")["language"].reindex(kept["article_id"]).fillna("en").tolist()
    texts = kept["text"].tolist()
    languages = [language] * len(texts) if isinstance(language, str) else language
    starts: list[int] = []
    for line, (text, code) in enumerate(zip(texts, languages, strict=True)):
        at = 0
        for sentence in segment(code, _MARKS.sub(" ", text)):
            first = at
            while first > 1 and text[first - 1] in _OPENING and text[first - 2].isspace():
                first -= 1  # a mark that opens a sentence was white space to the cutter
            starts.append(int(line_start[line]) + first)
            at += len(sentence)
    return np.array(starts, np.int64)


def _with_attribution(starts: np.ndarray, found: pd.DataFrame, at_quote: np.ndarray) -> np.ndarray:
    """Without the cuts between a quotation that ends in ? or ! and the speaker named right after it."""
    named = found["speaker_start"].notna().to_numpy() & (found["kind"] == "direct").to_numpy()
    end = (at_quote + found["end"].to_numpy())[named]
    speaker = at_quote[named] + found["speaker_start"][named].to_numpy(np.int64)
    asks = found["text"][named].str.contains(r"[?!]$").to_numpy(bool)
    follows = asks & (speaker >= end) & (speaker < end + 40)
    end, speaker = np.sort(end[follows]), np.sort(speaker[follows])
    if not len(end):
        return starts
    row = np.searchsorted(end, starts, "right") - 1
    gap = starts - end[row]
    return starts[~((row >= 0) & (gap <= 3) & (speaker[row] >= starts))]


def _strip(source, article, start, end, after, before):
    """Take white space off the ends, and marks whose other half is in the passage before or after."""
    texts = []
    start, end = start.tolist(), end.tolist()
    for i, (a, marks_left, marks_right) in enumerate(
        zip(article.tolist(), after.tolist(), before.tolist(), strict=True)
    ):
        text = source[a][start[i] : end[i]]
        left = text.lstrip()
        if marks_left and left and left[0] in _CLOSING and _unpaired(left, left[0]):
            left = left.lstrip(_CLOSING).lstrip()
        start[i] += len(text) - len(left)
        text = left.rstrip()
        if marks_right and text and text[-1] in _OPENING and _unpaired(text, text[-1]):
            text = text.rstrip(_OPENING).rstrip()
        end[i] = start[i] + len(text)
        texts.append(text)
    return np.array(start, np.int64), np.array(end, np.int64), texts


def _unpaired(text: str, mark: str) -> bool:
    other = _PAIRS.get(mark, mark)
    return text.count(mark) % 2 == 1 if other == mark else text.count(mark) > text.count(other)
