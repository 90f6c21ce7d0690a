"""annotate: one article as it was published, with all that was found in it marked up
in place."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from ..actors import Actors, labels
from ..corpus import Corpus, articles_of
from ..tables import IdlibkitError, listed, number_of, records, source_text
from .evidence import day_of
from .layers import Layer, Mark, written
from .marked_words import Marks, mark_clauses, mark_figures, mark_labels
from .saving import save_page
from .speakers import Look, speaker_looks
from .templates import filled, fragment, plain_html, policy_of

__all__ = ["MarkedArticle", "annotate"]


GREY = Look("#808080", None)  # whoever is not named
TAGS = {"headline": "h3", "subheadline": "h4", "heading": "h4"}
KINDS = {"indirect": "reported", "direct": "quoted", "fragment": "fragment"}
# How strong the tint of each kind is (two hex digits), the weaker ones in the outer
# layers: thin enough to lie under black as well as under white letters.
STRENGTH = {"indirect": "1a", "direct": "3d", "fragment": "1a"}
SAID = {
    "indirect": "Reported without quotation marks",
    "direct": "Quoted",
    "fragment": "A few words in quotation marks",
}
STANCE = {
    "doubting": "which doubts it",
    "endorsing": "which takes it for true",
    "conflict": "which tells of a threat or a warning",
}


@dataclass(frozen=True)
class MarkedArticle:
    """An article marked up; made by `annotate`.

    A notebook shows it as HTML, anything else as one line of text.

    Attributes
    ----------
    html : str
        The fragment itself, with its own style.
    summary : str
        What is in it, in one line.
    """

    html: str
    summary: str

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write it as a page of its own, which any browser opens and which fetches
        nothing.

        Parameters
        ----------
        path : str or Path
            Of the file.

        Returns
        -------
        Path
            Where it is.

        Raises
        ------
        IdlibkitError
            If it cannot be written.
        """
        page = filled(
            "article_page.html.j2",
            policy=policy_of(""),
            title=self.summary,
            article=Markup(self.html),
        )
        return save_page("the article", path, page)

    def __repr__(self) -> str:
        return self.summary

    def _repr_html_(self) -> str:
        return self.html


def annotate(
    articles: pd.DataFrame | Corpus,
    article_id: str,
    *,
    actors: Actors | None = None,
    clauses: bool = False,
) -> MarkedArticle:
    """Show an article as it was published, with everything that was found in it marked
    up in place.

    Quotations are shaded by speaker, each in a colour of his or her own, the same in
    all articles of a Corpus, and followed by the speaker's name in brackets;
    reported speech has a dashed line under it, a fragment in quote marks a dotted one.
    What an actor is called is underlined in the actor's own style and carries the
    actor's number. Figures are boxed (dates are not). Lines that were left out are
    grey, with the reason. Nothing depends on colour alone, and what the marks say in
    brackets and numbers is not copied with the text.

    Parameters
    ----------
    articles : DataFrame or Corpus
        `article_id`, `outlet`, and `raw` or `text`; see `read_articles`. Of a Corpus
        (see `read`) nothing is read again.
    article_id : str
        The article to show.
    actors : mapping, DataFrame or path, optional
        As for `labels`; without it no labels are marked.
    clauses : bool
        Mark who does what to whom, too: words of harm in bold italics, each followed by
        who did it or that nobody is named; in italics what the actors do to somebody
        and what is done to them.

    Returns
    -------
    MarkedArticle
        Its `_repr_html_` is what a notebook shows: a fragment of HTML with its own
        style, everything in it escaped, without scripts or anything from outside.
        `repr` is one line of text; ``.save(path)`` writes a page of its own.

    Raises
    ------
    IdlibkitError
        If there is no such article, or more than one.

    Notes
    -----
    The marks are the rows of `lines`, `quotes`, `labels`, `quantities` and, where asked
    for, `agency`, with their errors: see there for how often they are right. What was
    read of a mark is shown where the pointer rests on it, and below it where it is
    touched or reached with the tabulator key. Figures and clauses are read in English
    texts only.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"],
    ...     "text": ["The talks failed, and 250 people left the town."]})
    >>> annotate(articles, "a")
    a (Gazette): 1 line, 0 left out; 0 quotations, 0 speakers; 1 figure
    """
    corpus = articles_of(articles)
    # Of a table nothing but this article is read; of a Corpus all of it, once.
    known = corpus.speakers if isinstance(articles, Corpus) else None
    one = _article(corpus, str(article_id))
    marks = _marks(one, actors, one.speakers if known is None else known, clauses)
    row = one.articles.iloc[0]
    lines = one.lines.sort_values("start")
    left_out = int((~lines["kept"].astype(bool)).sum())
    counts = "; ".join(
        [f"{number_of(len(lines), 'line')}, {left_out} left out", *marks.counts]
    )
    html = filled(
        "article.html.j2",
        style=fragment("article_style.css"),
        language=_text_or_nothing(row.get("language")),
        outlet=str(row["outlet"]),
        day=day_of(row.get("published")),
        legend=marks.legend,
        lines=list(_lines(one, lines, marks.layers)),
        counts=counts,
    )
    return MarkedArticle(str(html), f"{article_id} ({row['outlet']}): {counts}")


def _article(corpus: Corpus, article_id: str) -> Corpus:
    try:
        return corpus.article(article_id)
    except KeyError:
        ids = corpus.articles["article_id"].astype("str")
        close = get_close_matches(article_id, ids.tolist(), 1, 0.6)
        hint = f"Did you mean {close[0]!r}?" if close else f"There are {listed(ids)}."
        raise IdlibkitError(
            f"article_id {article_id!r} not found in articles. {hint}"
        ) from None


def _lines(
    one: Corpus, lines: pd.DataFrame, layers: list[Layer]
) -> Iterator[dict[str, Any]]:
    text = source_text(one.articles).iloc[0]
    for line in records(lines):
        yield {
            "kept": line.kept,
            "tag": TAGS.get(str(line.role), "p"),
            "role": line.role,
            "reason": _text_or_nothing(line.reason),
            "text": written(text, line.start, line.end, layers if line.kept else []),
        }


def _text_or_nothing(value: object) -> str:
    return value if isinstance(value, str) else ""


def _marks(
    one: Corpus, actors: Actors | None, speakers: Mapping[str, str], clauses: bool
) -> Marks:
    marks = Marks()
    _mark_quotations(marks, one.quotes, speakers)
    if actors is not None:
        mark_labels(marks, labels(one.passages, actors))
    if clauses:
        mark_clauses(marks, one.passages, actors)
    mark_figures(marks, one.passages)
    return marks


# ------------------------------------------------------------------------ quotations
def _mark_quotations(
    marks: Marks, quotes: pd.DataFrame, known: Mapping[str, str]
) -> None:
    looks = speaker_looks(known.values())
    quotes = quotes.assign(speaker=quotes["speaker"].map(known))
    speakers = sorted({str(name) for name in quotes["speaker"].dropna()})
    looks = {name: looks[name] for name in speakers}
    # Direct and indirect quotations do not overlap; a fragment may lie inside one.
    whole = quotes[quotes["kind"] != "fragment"].sort_values("start")
    starts, ends = whole["start"].to_numpy(), np.append(whole["end"].to_numpy(), 0)
    for kind, strength in STRENGTH.items():
        rows = quotes[quotes["kind"] == kind]
        begin = rows["start"].to_numpy()
        inside = begin < ends[np.searchsorted(starts, begin, "right") - 1]
        pairs = zip(records(rows), inside, strict=True)
        marks.layers.append(
            Layer.of(_quotation(row, looks, strength, held) for row, held in pairs)
        )
    if speakers:
        marks.legend.append(Markup("Who speaks:"))
    marks.legend += [
        Markup('<mark style="{}">{}</mark>').format(_tint(look, "3d"), name)
        for name, look in looks.items()
    ]
    marks.counts.append(
        f"{number_of(len(quotes), 'quotation')}, {number_of(len(speakers), 'speaker')}"
    )


def _tint(look: Look, strength: str) -> Markup:
    """The style of a speaker's words."""
    tint = f"background:{look.color}{strength}"
    if look.stripes is not None:  # more of the colour, a stripe in two
        stripe = f"{look.color}{strength} 0 .35em,transparent .35em .7em"
        tint += (
            f";background-image:repeating-linear-gradient({look.stripes}deg,{stripe})"
        )
    return Markup(tint)


def _quotation(row: Any, looks: Mapping[str, Look], strength: str, held: bool) -> Mark:
    known = isinstance(row.speaker, str)
    name = row.speaker if known else "no one named"
    tint = _tint(looks[name] if known else GREY, strength)
    opened = Markup('<mark class="ik-{}" style="{}" tabindex="0" title="{}">').format(
        KINDS[row.kind], tint, _quote_note(row, name)
    )
    closed = Markup("</mark>")
    # A fragment inside a quotation is named where the quotation ends.
    if not (row.kind == "fragment" and (held or not known)):
        says = f"reported: {name}" if row.kind == "indirect" else name
        closed += Markup("<small> [{}]</small>").format(says)
    return Mark(row.start, row.end, opened, closed)


def _quote_note(row: Any, name: str) -> Markup:
    """What a mark says of a quotation: "Quoted, Ann Lee, by “said”"."""
    cue = f", by “{row.cue}”" if isinstance(row.cue, str) and row.cue else ""
    stance = STANCE.get(row.cue_stance, "") if cue else ""
    parts = filter(None, [f"{SAID[row.kind]}, {name}{cue}", stance])
    return plain_html(", ".join(parts))
