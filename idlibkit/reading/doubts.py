"""What of the corpus as a whole a reader of results must know."""

from __future__ import annotations

import re

import pandas as pd

from ..cleaning import lines
from ..lexicons import table as lexicon
from ..tables import listed, source_text
from ..text import count_words, counted, is_foreign
from .copies import near_copies
from .notes import Notes
from .outlets import similar_outlets

__all__ = ["survey", "survey_source"]

# Tags that writers of articles use, and entities: "<p>", "<br />", "&amp;", "&#8217;"
HTML = (
    r"</?(?:p|br|div|span|a|b|i|em|strong|li|h[1-6])(?: [^<>]*)?/?>"
    r"|&(?:amp|nbsp|quot|lt|gt|#x?[0-9a-fA-F]+);"
)
# Words and characters; what has fewer of both is no sentence (some languages write
# without spaces).
FEW_WORDS, FEW_CHARACTERS = 4, 40
STUB = 50  # words of a text that is called a stub where most are thrice as long
STUB_CHARACTERS = 400  # some languages write without spaces
ENOUGH = 5  # articles of which a usual length can be told
WALLED = 150  # words up to which a subscription line tells of a text that was cut
WALL_CHARACTERS = 600  # at the end, where a subscription line stands
# A text is called a page where `lines` would leave out so much: 2 of 150 clean news
# articles reach it (benchmarks/measure_quotes.py), 86 of 88 pages saved as text.
LEAST_LINES, LEAST_SHARE = 3, 0.05
SAMPLE = 50  # articles looked at, and the share of them that makes it worth saying
WORTH_SAYING = 0.25
CELL = (32_766, 32_767)  # characters that a cell of a spreadsheet holds


def survey(articles: pd.DataFrame, notes: Notes) -> None:
    """Add to `notes` what stands out: little text, doubles, markup, one outlet."""
    words = pd.Series(count_words(articles["text"]), index=articles.index)
    source = source_text(articles)
    _short(articles, words, notes)
    _stubs(articles, source, words, notes)
    _same(articles, source, notes)
    _near(articles, notes)
    _markup(articles, source, notes)
    _pages(articles, notes)
    _outlets(articles, notes)
    _foreign(articles, notes)


def survey_source(texts: pd.Series, ids: pd.Series, notes: Notes) -> None:
    """Add to `notes` what shows that texts came in cut or with letters lost."""
    full = texts.str.len().isin(CELL)
    if full.any():
        notes.add(
            f"as long as a cell of a spreadsheet can be (32,767 characters), and so "
            f"probably cut there: {listed(ids[full], 4)}; get their whole texts."
        )


def _stubs(
    articles: pd.DataFrame, source: pd.Series, words: pd.Series, notes: Notes
) -> None:
    """Beginnings of articles: a subscription line below, or far shorter than others."""
    behind = (words < WALLED) & (words > 0)
    end = source[behind].str[-WALL_CHARACTERS:].str.casefold()
    walls = "|".join(map(re.escape, lexicon("walls.toml")["phrases"]))
    walled = end.index[end.str.contains(walls, regex=True)]
    if len(walled):
        notes.add(
            f"a subscription line ends {listed(articles['article_id'][walled], 4)}, so "
            "only its beginning is here; get the whole text, or leave it out."
        )
    usual = float(words.median())
    stub = (words < STUB) & (words >= FEW_WORDS) & ~words.index.isin(walled)
    stub &= articles["text"].str.len() < STUB_CHARACTERS
    if len(words) >= ENOUGH and usual >= 3 * STUB and stub.any():
        notes.add(
            f"{stub.sum()} of {len(articles)} articles have fewer than {STUB} words "
            f"({listed(articles['article_id'][stub], 4)}), where {usual:.0f} are usual "
            "here; leave out what is only a beginning."
        )


def _short(articles: pd.DataFrame, words: pd.Series, notes: Notes) -> None:
    short = (words < FEW_WORDS) & (articles["text"].str.len() < FEW_CHARACTERS)
    short &= words > 0
    if short.any():
        notes.add(
            f"hardly any text in {listed(articles['article_id'][short], 4)} (fewer "
            f"than {FEW_WORDS} words); leave out what is no article, or get its whole "
            "text."
        )


def _same(articles: pd.DataFrame, source: pd.Series, notes: Notes) -> None:
    same = source.duplicated(keep=False) & (source != "")
    if not same.any():
        return
    ids = articles["article_id"][same]
    groups = sorted(sorted(group) for _, group in ids.groupby(source[same]))
    shown = "; ".join(" and ".join(map(repr, group[:3])) for group in groups[:4])
    more = f" and {len(groups) - 4} more groups" if len(groups) > 4 else ""
    notes.add(
        f"exactly the same text, all kept: {shown}{more}. Leave out all but one where "
        "it is one article."
    )


def _markup(articles: pd.DataFrame, source: pd.Series, notes: Notes) -> None:
    marked = source.str.contains(HTML)
    if marked.any():
        notes.add(
            f"HTML tags or entities stand in the text of {marked.sum()} of "
            f"{len(articles)} articles ({listed(articles['article_id'][marked], 4)}) "
            "and are counted as words. Save each as a page (.html) in a folder, or "
            "turn it into text first."
        )


def _pages(articles: pd.DataFrame, notes: Notes) -> None:
    """Texts taken as clean that have the menus and credits of their pages around."""
    clean = articles["raw"].isna() if "raw" in articles else articles["text"].notna()
    sample = articles[clean].sort_values("article_id").head(SAMPLE)
    if sample.empty:
        return
    texts = sample[["article_id", "title"]].assign(raw=sample["text"])
    table = lines(texts)
    table["size"] = table["text"].str.len()
    size = table.groupby("article_id")["size"].sum()
    out = table[~table["kept"]].groupby("article_id")["size"].agg(["size", "sum"])
    is_page = (out["size"] >= LEAST_LINES) & (
        out["sum"] > LEAST_SHARE * size[out.index]
    )
    if is_page.sum() < max(1, WORTH_SAYING * len(sample)):
        return
    found = (
        f"menus, bylines or other parts of pages seem to stand in the texts (in "
        f"{is_page.sum()} of {len(sample)} looked at, such as "
        f"{listed(is_page.index[is_page], 3)}) and are counted as reporting; "
    )
    notes.add(
        f"{found}columns={{'its name': 'raw'}} has them found and left out.",
        command=f"{found}--column 'its name=raw' has them found and left out.",
    )


def _outlets(articles: pd.DataFrame, notes: Notes) -> None:
    if articles["outlet"].nunique() == 1:
        notes.add(
            f"all articles are from one outlet ({articles['outlet'].iloc[0]!r}), so "
            "there is nothing to compare it with."
        )
    for names in similar_outlets(articles["outlet"]):
        notes.add(
            f"{listed(names, 4)} are taken for different outlets; give them one name "
            "if they are the same."
        )


def _near(articles: pd.DataFrame, notes: Notes) -> None:
    pairs = near_copies(articles)
    if pairs:
        shown = "; ".join(f"{a!r} and {b!r}" for a, b in pairs[:4])
        more = f" and {len(pairs) - 4} more pairs" if len(pairs) > 4 else ""
        notes.add(
            f"nearly the same text in one outlet, all kept: {shown}{more}. Leave out "
            "all but one where it is one article, printed and online or updated."
        )


def _foreign(articles: pd.DataFrame, notes: Notes) -> None:
    foreign = is_foreign(articles["language"])
    if foreign.any():
        what = (
            f"{foreign.sum()} of {len(articles)} articles are not in English "
            f"({counted(articles['language'][foreign])}): "
            f"{listed(articles['article_id'][foreign], 4)}. Measures that know only "
            "English will say so; "
        )
        notes.add(
            f"{what}the others are articles[articles['language'] == 'en'].",
            command=f"{what}leave them out if they are not meant.",
        )
