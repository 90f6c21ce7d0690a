"""Who is quoted or reported, where, and by which word: direct quotations, scare quotes
and indirect speech."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..cleaning import Flow, flowing, lines
from ..scale import by_parts, per_partition
from ..tables import check_articles, check_columns
from ..text import count_words, to_polars
from .batches import Kind, read_speech
from .quote_columns import COLUMNS, parts_of, positions, speaker_columns, strings
from .turns import turn_rows

__all__ = ["find_quotes", "quotes", "readable_quotes"]


@per_partition
def quotes(articles: pd.DataFrame) -> pd.DataFrame:
    """Find quoted and reported speech, and whom it is given to.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, `outlet`, and `raw` or `text`, as `read_articles` returns them.
        Only lines that `lines` keeps are read.

    Returns
    -------
    DataFrame
        One row per quotation, in the order of the text:

        - `article_id`, `outlet`, `start`, `end`, `text` (without the marks;
          ``raw[start:end] == text``), `role` and `line` of the line it stands in,
          `n_words`, `position` (0 at the article's first kept character, 1 at its
          last);
        - `kind`: "direct" (four words or more in marks, one row for each pair of marks
          and paragraph), "fragment" (fewer, or the name of a work), "indirect"
          (attributed without marks; may hold fragments, never a direct row). Quotations
          inside quotations are not rows;
        - `speaker_text`, `speaker_start`, `speaker_end`: the mention printed with the
          cue ("he", "the minister"), which for a quotation that only goes on is the
          mention of the one before; missing where nobody is mentioned (the places are
          int, or NaN, in columns of dtype object);
        - `speaker`: the fullest name in the article that the mention means, accents
          folded, or its description; missing where it could not be told. `named`:
          "person", "institution" or "unnamed";
        - `cue` and `cue_stance` (neutral, doubting, endorsing, conflict): the reporting
          verb, see `lexicons/reporting_verbs.csv`; missing where a quotation stands by
          itself;
        - `source_start`, `source_end`, `cue_start`, `cue_end`: the whole phrases, as
          annotated corpora mark them: the mention with what stands in apposition ("Bo
          Lind, a farmer who led the talks"), the verb with its auxiliaries and adverbs
          ("has also said"). Int or NaN, as `speaker_start`.

        What the author says as I, we or you is the outlet's own voice and no row.

        Turns of speech, in interviews and transcripts whose labels recur (`Q:` and
        `A:`, `BENZ:`, `Karl Benz:`), are direct rows whatever their length, with the
        label as `speaker_text`; turns of the outlet itself (`Q:`, its name, `GNN
        ANCHOR`) are its own voice and no rows. Who answers behind `A:` is not told.
        Interviews without labels are read where questions in lines of their own and
        answers in the first person surely alternate: the answers are direct rows, of
        the one person whom the lines above name.
        Paragraphs that open with a dash are direct rows without speaker where a verb of
        saying stands behind the words (``— Non, dit le maire.``), in the languages of
        `lexicons/dialogue.toml`.

    Raises
    ------
    IdlibkitError
        Where a column is missing.

    Notes
    -----
    Rules, no model: marks first, then reporting verbs and their subjects over word
    classes. English only; in other languages quotations are found by their marks,
    without speakers and without indirect rows.

    Measured by ``benchmarks/measure_quotes.py`` on 150 US news articles of PolNeAR
    1.0; the rules were made on half of them, and a few small ones (names of works,
    contractions, signatures, addresses, pull quotes) after the errors in all had
    been read: on 74 articles held back until then, direct quotations found .98,
    attributed .92, precision .92 (before later rules, made after errors in all 150
    had been read). With 95 % intervals over articles: direct quotations found .99
    [.98, .99], their speaker's mention right .94 [.92, .96]. Of the direct rows .99
    [.98, 1.0] are attributed speech by the gold; .94 [.92, .96] by its stricter
    marks, which count a quotation over paragraphs or with one straight and one
    curly mark as wrong. Word by word, attributed or not: F1 .86 [.84, .87],
    precision .93, recall .79 (quote marks alone .50 to .60). Exact F1 of the spans
    of all attributions, direct and indirect: source .68, cue .65, content .59.
    `speaker` was right for .78 [.67, .87] of 256 quotations in 36 articles of PAC
    that were kept aside, and for .86 after the faults that they showed were mended;
    then a wrong name for .04, a description for .06
    (``benchmarks/measure_speakers.py``). Not measured: `named`, `cue_stance`,
    British and other single-mark styles.

    What goes wrong most: attributions without a listed verb ("for them, socialism is
    ..."; "the view that"), block quotations without marks, a bare quotation after a
    paragraph about somebody else, a clause that goes on after the reported one has
    ended.

    Examples
    --------
    >>> import pandas as pd
    >>> text = "Mayor Ada Okoye left. “It will not open,” she told reporters."
    >>> rows = quotes(
    ...     pd.DataFrame({"article_id": ["1"], "outlet": ["A"], "text": [text]})
    ... )
    >>> rows.iloc[-1][["kind", "speaker", "speaker_text", "cue"]].tolist()
    ['direct', 'Ada Okoye', 'she', 'told']
    """
    check_articles(articles)
    read = [
        column
        for column in ("article_id", "outlet", "title", "raw", "text", "source_file")
        if column in articles
    ]
    parts = by_parts(_quotes, articles[read].astype({"article_id": "str"}))
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _quotes(articles: pd.DataFrame) -> pd.DataFrame:
    all_lines = lines(articles)
    flow = flowing(articles, all_lines[all_lines["kept"]])
    return readable_quotes(flow, find_quotes(articles, flow.lines))


def readable_quotes(flow: Flow, quotes: pd.DataFrame) -> pd.DataFrame:
    """Quotations with the line ends in their texts and names made plain."""
    names = ("text", "speaker", "speaker_text", "cue")
    return quotes.assign(**{name: flow.readable(quotes[name]) for name in names})


def find_quotes(
    articles: pd.DataFrame, kept: pd.DataFrame, *, speakers: bool = True
) -> pd.DataFrame:
    """`quotes` of lines already chosen: `kept` has `article_id`, `line`, `start`,
    `end`, `text`, `role`.

    Without `speakers`, quotations are found by their marks alone, as in languages other
    than English.
    """
    check_columns(articles, ["article_id", "outlet"], "articles")
    columns = ["article_id", "line", "start", "end", "text", "role"]
    check_columns(kept, columns, "the lines")
    turns = turn_rows(articles, kept)
    if turns.empty:
        return _marked_and_reported(articles, kept, speakers)
    rest = np.delete(np.arange(len(kept)), turns["row"].to_numpy())
    rows = _marked_and_reported(articles, kept.iloc[rest], speakers)
    return _with_turns(articles, kept, rows, turns)


def _with_turns(
    articles: pd.DataFrame, kept: pd.DataFrame, rows: pd.DataFrame, turns: pd.DataFrame
) -> pd.DataFrame:
    """All rows in the order of the text, turns of speech among them."""
    line = kept.iloc[turns["row"].to_numpy()].reset_index(drop=True)
    outlets = pd.Series(
        articles["outlet"].to_numpy(), index=articles["article_id"].to_numpy()
    )
    spoken = turns.assign(
        article_id=line["article_id"],
        outlet=outlets.reindex(line["article_id"]).to_numpy(),
        kind="direct",
        source_start=turns["speaker_start"],
        source_end=turns["speaker_end"],
        cue_start=np.nan,
        cue_end=np.nan,
        cue=None,
        cue_stance=None,
        named=turns["speaker"].map(lambda name: "person" if name else None),
        position=0.0,
        role=line["role"],
        line=line["line"],
        n_words=count_words(turns["text"]),
    )
    columns = list(COLUMNS)
    both = pd.concat([rows, spoken[columns].astype(COLUMNS)], ignore_index=True)
    order, ids = pd.factorize(kept["article_id"], use_na_sentinel=False)
    article = pd.Index(ids).get_indexer(both["article_id"])
    sort = np.lexsort((both["start"].to_numpy(), article))
    both, article = both.iloc[sort].reset_index(drop=True), article[sort]
    start = both["start"].to_numpy(dtype=int)
    return both.assign(position=positions(kept, order, article, start))


def _marked_and_reported(
    articles: pd.DataFrame, kept: pd.DataFrame, speakers: bool
) -> pd.DataFrame:
    """What stands in marks or is reported in lines that are no turns of speech."""
    texts = to_polars(kept["text"]).to_list()
    ids, roles = kept["article_id"].tolist(), kept["role"].tolist()
    speech = read_speech(ids, texts, roles, speakers=speakers)

    line_start = kept["start"].to_numpy(dtype=int)
    start = line_start[speech.line] + speech.start
    end = line_start[speech.line] + speech.end
    text = strings(parts_of(texts, speech.line, speech.start, speech.end))
    outlets = pd.Series(
        articles["outlet"].to_numpy(), index=articles["article_id"].to_numpy()
    )
    article, ids_once = pd.factorize(kept["article_id"], use_na_sentinel=False)
    quote_article = article[speech.line]
    return pd.DataFrame(
        {
            "article_id": strings(ids_once).take(quote_article),
            "outlet": strings(outlets.reindex(ids_once)).take(quote_article),
            "start": start,
            "end": end,
            "text": text,
            "kind": strings(one.name.lower() for one in Kind).take(speech.kind),
            **speaker_columns(speech, texts, line_start),
            "position": positions(kept, article, quote_article, start),
            "role": kept["role"].astype("str").array.take(speech.line),
            "line": kept["line"].to_numpy(dtype=int)[speech.line],
            "n_words": count_words(pd.Series(text)),
        }
    )
