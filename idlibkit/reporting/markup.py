"""annotate: one article as it was published, with all that was found in it marked up in place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from itertools import accumulate
from pathlib import Path

import numpy as np
import pandas as pd

from ..cleaning import lines
from ..tables import IdlibkitError, check_columns, listed, source_text
from ..text import is_foreign

__all__ = ["MarkedArticle", "STYLE", "annotate"]


# Okabe & Ito (2008), thin enough to lie under black as well as under white letters.
TINTS = ["0,114,178", "213,94,0", "0,158,115", "204,121,167", "230,159,0", "86,180,233"]
UNDERLINES = ["solid", "double", "dotted", "dashed", "wavy"]
UNSEEN = str.maketrans({i: "\ufffd" for i in range(32) if chr(i) not in "\t\n\r"})
STYLE = """<style>
.ik-article{max-width:46em;line-height:1.6;overflow-wrap:break-word;text-align:start}
.ik-article p{margin:.5em 0;padding:0 .4em;white-space:pre-wrap;color:inherit}
.ik-article h3,.ik-article h4{margin:.6em 0 .3em;padding:0 .4em;white-space:pre-wrap;color:inherit}
.ik-article mark{color:inherit;border-radius:.15em;padding:.05em 0;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.ik-article mark.ik-reported{border-bottom:1px dashed currentColor}
.ik-article mark.ik-fragment{border-bottom:1px dotted currentColor}
.ik-article u{text-decoration-thickness:.12em;text-underline-offset:.18em}
.ik-article b.ik-figure{font-weight:inherit;border:1px solid currentColor;border-radius:.2em;padding:0 .15em}
.ik-article del{text-decoration:none;opacity:.62}
.ik-article p.ik-out{border-left:3px dashed currentColor;font-size:.9em}
.ik-article small,.ik-article sup{font-size:.72em;user-select:none;-webkit-user-select:none;white-space:normal}
.ik-article ul{margin:.3em 0;padding:0 .4em;list-style:none;display:flex;flex-wrap:wrap;gap:.2em 1em}
.ik-article li{margin:0}
</style>"""

Span = tuple[int, int, str, str]  # start, end, what opens the mark, what closes it
Layer = tuple[list[Span], list[int], list[int]]


@dataclass(frozen=True)
class MarkedArticle:
    """An article marked up: shown as HTML in a notebook, as one line of text elsewhere; `html` is the fragment itself."""

    html: str
    summary: str

    def __repr__(self) -> str:
        return self.summary

    def _repr_html_(self) -> str:
        return self.html


def annotate(
    articles: pd.DataFrame,
    article_id: str,
    *,
    actors: Mapping[str, Iterable[str]] | str | Path | None = None,
) -> MarkedArticle:
    """Show an article as it was published, with everything that was found in it marked up in place.

    Quotations are shaded by speaker and followed by the speaker's name in brackets; reported speech has a dashed line
    under it, a fragment in quote marks a dotted one. What an actor is called is underlined in the actor's own style and
    carries the actor's number. Figures are boxed (dates are not). Lines that were left out are grey, with the reason. Nothing depends on
    colour alone, and what the marks say in brackets and numbers is not copied with the text.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, `outlet`, and `raw` or `text`; see `read_articles`.
    article_id : str
        The article to show.
    actors : mapping or path, optional
        As for `labels`; without it no labels are marked.

    Returns
    -------
    MarkedArticle
        Its `_repr_html_` is what a notebook shows: a fragment of HTML with its own style, everything in it escaped,
        without scripts or anything from outside. `repr` is one line of text.

    Raises
    ------
    IdlibkitError
        If there is no such article, or more than one.

    Notes
    -----
    The marks are the rows of `lines`, `quotes`, `labels` and `quantities`, with their errors: see there for how often
    they are right. Resting the pointer on a mark shows the row. Figures are read in English texts only.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"],
    ...                          "text": ["The talks failed, and 250 people left the town."]})
    >>> annotate(articles, "a")
    a (Gazette): 1 line, 0 left out; 0 quotations, 0 speakers; 1 figure
    """
    check_columns(articles, ["article_id", "outlet"], "articles")
    ids = articles["article_id"].astype("str")
    one = articles[(ids == str(article_id)).to_numpy()].reset_index(drop=True)
    if len(one) != 1:
        close = get_close_matches(str(article_id), ids.tolist(), 1, 0.6)
        hint = f" Did you mean {close[0]!r}?" if close else f" There are {listed(ids)}."
        what = (
            "is there more than once; each article needs its own."
            if len(one)
            else f"not found in articles.{hint}"
        )
        raise IdlibkitError(f"article_id {str(article_id)!r} {what}")
    text = source_text(one).iloc[0]
    page = lines(one).sort_values("start")
    layers, legend, found = _marks(one, actors)

    parts = []
    for line in page.itertuples():
        inner = _written(text, line.start, line.end, layers if line.kept else [])
        if not line.kept:
            parts.append(
                f'<p class="ik-out" dir="auto"><del>{inner}</del> <small>[left out: {escape(line.role)}'
                f"{'; ' + escape(line.reason) if isinstance(line.reason, str) and line.reason else ''}]</small></p>"
            )
        else:
            tag = {"headline": "h3", "subheadline": "h4", "heading": "h4"}.get(
                line.role, "p"
            )
            parts.append(f'<{tag} dir="auto">{inner}</{tag}>')
    out = int((~page["kept"].astype(bool)).sum())
    row = one.iloc[0]
    day = (
        f", {row['published']:%Y-%m-%d}"
        if "published" in one and pd.notna(row["published"])
        else ""
    )
    head = f"{escape(str(row['outlet']))}{day} · {escape(str(article_id))}"
    count = [f"{_n(len(page), 'line')}, {out} left out", *found]
    html = (
        f'{STYLE}\n<article class="ik-article"{_language(one)}>\n<p><small>{head}</small></p>\n'
        f"{legend}\n"
        + "\n".join(parts)
        + f"\n<p><small>{escape('; '.join(count))}</small></p>\n</article>"
    )
    return MarkedArticle(html, f"{article_id} ({row['outlet']}): {'; '.join(count)}")


def _marks(
    one: pd.DataFrame, actors: Mapping[str, Iterable[str]] | str | Path | None
) -> tuple[list[Layer], str, list[str]]:
    """The marks of an article, outer ones first; the key to them; and how many there are."""
    from ..actors import labels
    from ..figures import quantities
    from ..voices import passages, quotes

    said, parts = quotes(one), passages(one)
    layers, legend = [], []
    people = sorted({str(name) for name in said["speaker"].dropna()})
    tint = {name: TINTS[i % len(TINTS)] for i, name in enumerate(people)}
    whole = said[said["kind"] != "fragment"].sort_values(
        "start"
    )  # these do not overlap
    starts, ends = whole["start"].to_numpy(), np.append(whole["end"].to_numpy(), 0)
    for kind, alpha in (("indirect", 0.1), ("direct", 0.24), ("fragment", 0.1)):
        rows = said[said["kind"] == kind]
        inside = (
            rows["start"].to_numpy()
            < ends[np.searchsorted(starts, rows["start"], "right") - 1]
        )
        layers.append(
            [
                _quote(row, tint, alpha, held)
                for row, held in zip(rows.itertuples(), inside, strict=True)
            ]
        )
    if people:
        legend.append("<li>Who speaks:</li>")
    legend += [
        f'<li><mark style="background:rgba({tint[name]},.24)">{escape(name)}</mark></li>'
        for name in people
    ]
    found = [f"{_n(len(said), 'quotation')}, {_n(len(people), 'speaker')}"]
    if actors is not None:
        named = labels(parts, actors)
        order = sorted({str(actor) for actor in named["actor"]})
        style = {
            actor: UNDERLINES[i % len(UNDERLINES)] for i, actor in enumerate(order)
        }
        number = {actor: i for i, actor in enumerate(order, 1)}
        layers.append(
            [
                (
                    row.start,
                    row.end,
                    f'<u style="text-decoration-style:{style[row.actor]}" title="{_tip(row, ["actor", "label", "modifiers"])}">',
                    f"</u><sup>{number[row.actor]}</sup>",
                )
                for row in named.itertuples()
            ]
        )
        if order:
            legend.append("<li>Who is named:</li>")
        legend += [
            f'<li><u style="text-decoration-style:{style[actor]}">{escape(actor)}</u><sup>{number[actor]}</sup></li>'
            for actor in order
        ]
        found.append(f"{_n(len(named), 'mention')} of {_n(len(order), 'actor')}")
    english = (
        "language" not in parts
        or not is_foreign(parts["language"].dropna().astype("str")).any()
    )
    figures = quantities(parts if english else parts.drop(columns="language").head(0))
    figures = figures[~figures["kind"].isin(["date", "year"])]
    shown = [
        c
        for c in ("value", "low", "high", "hedge", "unit", "counted", "attributed_to")
        if c in figures
    ]
    layers.append(
        [
            (
                row.start,
                row.end,
                f'<b class="ik-figure" title="{_tip(row, shown)}">',
                "</b>",
            )
            for row in figures.itertuples()
        ]
    )
    if len(figures):
        legend.append('<li><b class="ik-figure">figure</b></li>')
    found.append(_n(len(figures), "figure"))
    return (
        [_sorted(layer) for layer in layers],
        f"<ul>{''.join(legend)}</ul>" if legend else "",
        found,
    )


def _quote(row: object, tint: Mapping[str, str], alpha: float, inside: bool) -> Span:
    known = isinstance(row.speaker, str)
    name = row.speaker if known else "no one named"
    word = {"indirect": "reported", "direct": "quoted", "fragment": "fragment"}[
        row.kind
    ]
    shade = f"rgba({tint[name] if known else '128,128,128'},{alpha})"
    tip = _tip(row, ["kind", "speaker", "cue", "cue_stance"])
    opened = f'<mark class="ik-{word}" style="background:{shade}" title="{tip}">'
    if row.kind == "fragment" and (
        inside or not known
    ):  # named where the larger passage ends, or by no one
        return row.start, row.end, opened, "</mark>"
    says = f"reported: {name}" if row.kind == "indirect" else name
    return row.start, row.end, opened, f"</mark><small> [{escape(says)}]</small>"


def _tip(row: object, columns: list[str]) -> str:
    shown = []
    for name in columns:
        value = getattr(row, name, None)
        if pd.isna(value) or (
            name in ("low", "high") and (value == row.value or value == float("inf"))
        ):
            continue
        shown.append(
            f"{name}: {value:,.12g}" if isinstance(value, float) else f"{name}: {value}"
        )
    return escape("; ".join(shown).translate(UNSEEN))


def _sorted(spans: list[Span]) -> Layer:
    """A layer's marks in their order, with their starts and how far any up to each reaches, to find those of a stretch."""
    spans = sorted(spans, key=lambda span: (span[0], -span[1]))
    return (
        spans,
        [span[0] for span in spans],
        list(accumulate((span[1] for span in spans), max)),
    )


def _written(text: str, start: int, end: int, layers: list[Layer]) -> str:
    """text[start:end] escaped, each layer's marks inside those of the layer before it."""
    if not layers:
        return escape(text[start:end].translate(UNSEEN))
    (spans, starts, reach), rest = layers[0], layers[1:]
    out, at = [], start
    for low, high, opened, closed in spans[
        bisect_right(reach, start) : bisect_left(starts, end)
    ]:
        low = max(low, at)
        stop = min(high, end)
        if low >= stop:
            continue
        out += [_written(text, at, low, rest), opened, _written(text, low, stop, rest)]
        # a mark that goes on beyond this stretch is closed here and named where it ends
        out.append(closed if high <= end else closed[: closed.index(">") + 1])
        at = stop
    return "".join(out) + _written(text, at, end, rest)


def _language(one: pd.DataFrame) -> str:
    language = one["language"].iloc[0] if "language" in one else None
    return (
        f' lang="{escape(language)}"' if isinstance(language, str) and language else ""
    )


def _n(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")
