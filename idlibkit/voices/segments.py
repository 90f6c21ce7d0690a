"""passages: the kept text of every article, cut into sentences and voices. All measures start from this table."""

from __future__ import annotations

import warnings
from functools import cache, partial
from itertools import chain

import numpy as np
import pandas as pd

from ..cleaning import lines
from ..scale import by_partition, by_parts, is_dask
from ..tables import IdlibkitWarning, check_articles, listed, source_text
from ..text import count_words
from .quotations import find_quotes

__all__ = ["passages"]


READ = [
    "article_id",
    "outlet",
    "title",
    "raw",
    "text",
    "language",
]  # what is read of an article; all else only comes along
OWN_COLUMNS = "role paragraph sentence voice speaker start end n_words text".split()
VOICES = ["own", "quoted", "reported"]
OWN, QUOTED, REPORTED = range(3)
_MARKS = '"“”„‟«»‹›‘‚'
_PAIRS = {
    "“": "”",
    "”": "“",
    "„": "“",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "’": "‘",
}
_OPENING, _CLOSING = "\"“„‟«»‹›‘'", "\"”“„‟»«‹›’'"
_FEW = 0x3001  # beyond all white space and all marks
_SPACES = "".join(filter(str.isspace, map(chr, range(_FEW))))


def passages(articles: pd.DataFrame, *, speakers: bool = True) -> pd.DataFrame:
    """Cut articles into passages: runs of text in one sentence, one voice and of one speaker.

    Parameters
    ----------
    articles : DataFrame
        `article_id` (unique), `outlet`, and `raw` or `text`; see `read_articles`. Further columns come along. A Dask
        DataFrame gives a Dask DataFrame, partition by partition and in their order.
    speakers : bool
        False leaves out who speaks and what is reported without marks, which takes most of the time: voices are then told
        by quotation marks alone, as they are in languages other than English.

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
    passages without a letter or digit are no rows. A table of more than 8 MB of text is read in several processes, one for
    each core (the environment variable LOKY_MAX_CPU_COUNT sets how many), with the same rows. Sentences are cut by
    sentencex, inside quotations too. How often voices and speakers are right is measured for `quotes`; the sentence cut
    is not measured here.

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
        return by_partition(
            partial(passages, speakers=speakers), articles, clear_divisions=True
        )
    check_articles(articles)
    articles = (
        articles.astype({"article_id": "str"})
        .sort_values("article_id")
        .reset_index(drop=True)
    )
    about = _article_columns(articles)
    parts = by_parts(
        partial(_cut, speakers=speakers),
        articles[[column for column in READ if column in articles]],
    )
    out = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    code = pd.Index(articles["article_id"]).get_indexer(out.pop("article_id"))
    return pd.concat([about.iloc[code].reset_index(drop=True), out], axis=1)


def _cut(articles: pd.DataFrame, speakers: bool) -> pd.DataFrame:
    """The passages of some articles, without the columns that are the same for all of an article."""
    kept = lines(articles)
    kept = kept[kept["kept"]].reset_index(drop=True)
    # One axis for all articles, the texts joined by line ends: place on it = base of the article + offset.
    source = source_text(articles).tolist()
    base = np.cumsum([0, *(len(text) + 1 for text in source)])
    text = "\n".join([*source, ""])
    ids = pd.Index(articles["article_id"])
    of_line = ids.get_indexer(kept["article_id"])
    line_start, line_end = (
        base[of_line] + kept[side].to_numpy(np.int64) for side in ("start", "end")
    )

    found = find_quotes(articles, kept, speakers=speakers)
    at_quote = base[ids.get_indexer(found["article_id"])]
    speaker_code, speakers = pd.factorize(found["speaker"])
    spans = {}
    for voice, rows in (
        (QUOTED, found["kind"] == "direct"),
        (REPORTED, found["kind"] == "indirect"),
    ):
        rows = rows.to_numpy(bool)
        start, end = (
            at_quote[rows] + found[side].to_numpy()[rows] for side in ("start", "end")
        )
        order = np.argsort(start, kind="stable")
        spans[voice] = start[order], end[order], speaker_code[rows][order]

    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    languages = _languages(articles)[of_line].tolist()
    sentence_start = _sentence_starts(points, line_start, line_end, languages)
    sentence_start = _with_attribution(sentence_start, found, at_quote)

    is_cut = np.zeros(len(text) + 1, bool)
    for places in (
        line_start,
        line_end,
        sentence_start,
        *(side for span in spans.values() for side in span[:2]),
    ):
        is_cut[places] = True
    cut = np.flatnonzero(is_cut)
    start, end = cut[:-1], cut[1:]
    line = np.searchsorted(line_start, start, "right") - 1
    inside = (
        (line >= 0) & (start < line_end[line])
        if len(line_start)
        else np.zeros(len(start), bool)
    )
    start, end, line = start[inside], end[inside], line[inside]
    sentence = np.searchsorted(sentence_start, start, "right") - 1
    voice, speaker = np.full(len(start), OWN), np.full(len(start), -1)
    for name, (low, high, who) in reversed(
        spans.items()
    ):  # direct quotes last: they win where both are
        if len(low):
            span = np.searchsorted(low, start, "right") - 1
            within = (span >= 0) & (start < high[span])
            voice[within], speaker[within] = name, who[span[within]]

    # Pieces that a cut inside one voice parted belong together again.
    same = np.zeros(len(start), bool)
    same[1:] = start[1:] == end[:-1]
    for column in (line, sentence, voice, speaker):
        same[1:] &= column[1:] == column[:-1]
    first = np.flatnonzero(~same)
    end = end[np.append(first[1:], len(start)) - 1] if len(first) else end
    start, line, sentence, voice, speaker = (
        column[first] for column in (start, line, sentence, voice, speaker)
    )

    is_low, is_high = np.zeros(len(text) + 1, bool), np.zeros(len(text) + 1, bool)
    for low, high, _ in spans.values():
        is_low[low] = is_high[high] = True
    start, end = _strip(
        text,
        points,
        start,
        end,
        is_high[start] & (voice != QUOTED),
        is_low[end] & (voice != QUOTED),
    )
    texts = pd.Series(
        [text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)],
        dtype="str",
    )
    n_words = count_words(texts)
    has_words = n_words > 0
    start, end, line, sentence, voice, speaker = (
        column[has_words] for column in (start, end, line, sentence, voice, speaker)
    )

    article = of_line[line]
    out = articles[["article_id"]].iloc[article].reset_index(drop=True)
    paragraph = np.arange(len(kept)) - np.searchsorted(of_line, of_line)
    out["role"] = kept["role"].array.take(line)
    out["paragraph"] = paragraph[line]
    out["sentence"] = sentence - np.searchsorted(sentence_start, base)[article]
    out["voice"] = pd.array(VOICES, dtype="str").take(voice)
    out["speaker"] = pd.array([*speakers, None], dtype="str").take(speaker)
    out["start"], out["end"] = start - base[article], end - base[article]
    out["n_words"], out["text"] = n_words[has_words], texts.array[has_words]
    return out


def _article_columns(articles: pd.DataFrame) -> pd.DataFrame:
    """What a passage knows of its article: every column but the texts, and the year and month it is from."""
    taken = [
        column for column in OWN_COLUMNS if column in articles and column != "text"
    ]
    if taken:
        warnings.warn(
            f"column {listed(taken)} of articles is left out: passages has its own. Rename it to keep it.",
            IdlibkitWarning,
            stacklevel=3,
        )
    out = articles.drop(columns=["raw", "text", "title", *taken], errors="ignore")
    out = out[
        [
            "article_id",
            "outlet",
            *(column for column in out if column not in ("article_id", "outlet")),
        ]
    ]
    if "published" in out and pd.api.types.is_datetime64_any_dtype(out["published"]):
        if "year" not in out:
            out["year"] = out["published"].dt.year.astype("Int64")
        if "month" not in out:
            out["month"] = out["published"].dt.strftime("%Y-%m").astype("str")
    return out


def _languages(articles: pd.DataFrame) -> np.ndarray:
    if "language" not in articles:
        return np.full(len(articles), "en", object)
    return articles["language"].fillna("en").to_numpy(object)


def _sentence_starts(
    points: np.ndarray, line_start: np.ndarray, line_end: np.ndarray, languages: list
) -> np.ndarray:
    from sentencex import segment

    # The cutter keeps a quotation whole, however long, and needs quadratic time where marks do not balance; so it does
    # not see them. An apostrophe inside a word or after one stays.
    mark = np.flatnonzero((points > 127) | (points == ord('"')) | (points == ord("'")))
    unseen = _is_one_of(_MARKS, points[mark])
    unseen |= (
        _is_one_of("’'", points[mark])
        & _is_one_of(".!?,…", points[mark - 1])
        & (mark > 0)
    )
    seen = points.copy()
    seen[mark[unseen]] = ord(" ")
    seen = seen.tobytes().decode("utf-32-le", "surrogatepass")
    cut = [
        list(map(len, segment(code, seen[start:end])))
        for start, end, code in zip(
            line_start.tolist(), line_end.tolist(), languages, strict=True
        )
    ]
    count = np.array([len(sizes) for sizes in cut], np.int64)
    sizes = np.fromiter(chain.from_iterable(cut), np.int64, count.sum())
    before = (
        np.cumsum(sizes) - sizes
    )  # all sentences end to end; less what is before the line:
    line = np.repeat(np.arange(len(cut)), count)
    offset = before - np.append(before, 0)[np.cumsum(count) - count][line]
    # A mark that opens a sentence was white space to the cutter.
    at = line_start[line] + offset
    opened = np.flatnonzero(offset > 1)
    opened = opened[_is_one_of(_OPENING, points[at[opened] - 1])]
    at[opened] -= _is_one_of(_SPACES, points[at[opened] - 2])
    return at


def _with_attribution(
    starts: np.ndarray, found: pd.DataFrame, at_quote: np.ndarray
) -> np.ndarray:
    """Without the cuts between a quotation that ends in ? or ! and the speaker named right after it."""
    named = (
        found["speaker_start"].notna().to_numpy()
        & (found["kind"] == "direct").to_numpy()
    )
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


def _strip(text, points, start, end, after, before):
    """Take white space off the ends, and marks whose other half is in the passage before or after."""
    start, end = start.copy(), end.copy()
    space = np.uint32(ord(" "))
    start += points[start] == space  # one space is what there is most often
    for i in np.flatnonzero(
        (start < end) & _is_one_of(_SPACES, points[start])
    ).tolist():
        start[i] = end[i] - len(text[start[i] : end[i]].lstrip())
    for i in np.flatnonzero(
        after & (start < end) & _is_one_of(_CLOSING, points[start])
    ).tolist():
        if _unpaired(text, int(start[i]), int(end[i]), text[start[i]]):
            start[i] = end[i] - len(text[start[i] : end[i]].lstrip(_CLOSING).lstrip())
    end -= (start < end) & (points[end - 1] == space)
    for i in np.flatnonzero(
        (start < end) & _is_one_of(_SPACES, points[end - 1])
    ).tolist():
        end[i] = start[i] + len(text[start[i] : end[i]].rstrip())
    for i in np.flatnonzero(
        before & (start < end) & _is_one_of(_OPENING, points[end - 1])
    ).tolist():
        if _unpaired(text, int(start[i]), int(end[i]), text[end[i] - 1]):
            end[i] = start[i] + len(text[start[i] : end[i]].rstrip(_OPENING).rstrip())
    return start, end


def _is_one_of(characters: str, points: np.ndarray) -> np.ndarray:
    """Whether each code point is one of a few characters, none of them beyond _FEW."""
    return _table(characters)[np.minimum(points, _FEW)]


@cache
def _table(characters: str) -> np.ndarray:
    table = np.zeros(_FEW + 1, bool)
    table[list(map(ord, characters))] = True
    return table


def _unpaired(text: str, start: int, end: int, mark: str) -> bool:
    other, count = _PAIRS.get(mark, mark), text.count(mark, start, end)
    return count % 2 == 1 if other == mark else count > text.count(other, start, end)
