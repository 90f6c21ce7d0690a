"""What of the corpus as a whole a reader of results must know."""

from __future__ import annotations

import pandas as pd

from ..tables import listed, source_text
from ..text import counted, is_foreign
from .notes import Notes

__all__ = ["survey"]

# Tags that writers of articles use, and entities: "<p>", "<br />", "&amp;", "&#8217;"
HTML = (
    r"</?(?:p|br|div|span|a|b|i|em|strong|li|h[1-6])(?: [^<>]*)?/?>"
    r"|&(?:amp|nbsp|quot|lt|gt|#x?[0-9a-fA-F]+);"
)
# Words and characters; what has fewer of both is no sentence (some languages write
# without spaces).
FEW_WORDS, FEW_CHARACTERS = 4, 40


def survey(articles: pd.DataFrame, notes: Notes) -> None:
    """Add to `notes` what stands out: little text, doubles, markup, one outlet."""
    source = source_text(articles)
    for look in (_short, _same, _markup, _one_outlet, _foreign):
        look(articles, source, notes)


def _short(articles: pd.DataFrame, source: pd.Series, notes: Notes) -> None:
    words = articles["text"].str.count(r"\w+")
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


def _one_outlet(articles: pd.DataFrame, source: pd.Series, notes: Notes) -> None:
    if articles["outlet"].nunique() == 1:
        notes.add(
            f"all articles are from one outlet ({articles['outlet'].iloc[0]!r}), so "
            "there is nothing to compare it with."
        )


def _foreign(articles: pd.DataFrame, source: pd.Series, notes: Notes) -> None:
    foreign = is_foreign(articles["language"])
    if foreign.any():
        notes.add(
            f"{foreign.sum()} of {len(articles)} articles are not in English "
            f"({counted(articles['language'][foreign])}): "
            f"{listed(articles['article_id'][foreign], 4)}. Measures that know only "
            "English will say so; the others are articles[articles['language'] == "
            "'en']."
        )
