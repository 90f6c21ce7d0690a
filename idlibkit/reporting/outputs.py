"""What notebooks gave, as HTML: prose, what was printed, tables, pictures, failures."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from .cells import ARTICLE, NOTE, TABLE, written_table
from .templates import filled, plain_html

__all__ = ["TITLES", "cells_html", "sieved"]

# Name in the contents, and what stands in place of a notebook's own title, which speaks
# of the worked case.
TITLES = {
    "00-start-here": "Findings",
    "01-articles": "Articles",
    "02-distinctive-terms": "Distinctive terms",
    "03-sentiment": "Tone",
    "04-voices-and-labels": "Voices and labels",
    "05-frames-and-figures": "Frames and figures",
    "06-how-sure": "How sure",
    "90-your-own-corpus": "What can be claimed",
}
INDEX = "index"  # the tag of the list of notebooks: the page has its contents for that
_NEXT = r"^Next: .*$"
SENTENCE = 240  # characters; what is printed in longer lines is prose, not a finding
TAGS = ["article", "b", "del", "h3", "h4", "li", "mark", "p", "small", "sup", "u", "ul"]
CLASSES = {f"ik-{name}" for name in ("reported", "quoted", "fragment", "figure", "out")}


def cells_html(
    name: str, cells: list[Any], said: set[str], title: str | None
) -> Markup:
    """The cells of a notebook.

    Parameters
    ----------
    name : str
        Of the notebook.
    cells : list
        As nbformat has them, run.
    said : set of str
        Notes that stand elsewhere on the page and need not be said again.
    title : str or None
        What stands in place of the notebook's own title.
    """
    said, failures = set(said), set[Markup]()
    parts = []
    for cell in cells:
        tags = cell["metadata"].get("tags", [])
        if cell["cell_type"] == "markdown" and INDEX not in tags:
            parts.append(_prose(cell["source"], title))
        elif cell["cell_type"] == "code":
            parts.append(_code(cell, said, failures, hidden="hidden" in tags))
    return Markup("\n").join(parts)


def _prose(source: str, title: str | None) -> Markup:
    source = re.sub(_NEXT, "", source, flags=re.MULTILINE)
    if title is not None and source.startswith("# "):
        _, _, rest = source.partition("\n")
        source = f"# {title}\n{rest}"
    return Markup(_markdown()(source))


def _code(cell: Any, said: set[str], failures: set[Markup], hidden: bool) -> Markup:
    shown = Markup()
    for output in cell["outputs"]:
        if output["output_type"] != "error":
            shown += _output(output, said)
            continue
        failure = _failure(output)
        # A NameError after the first failure only needed the step that failed.
        if failure not in failures and not (
            failures and output["ename"] == "NameError"
        ):
            shown += failure
        failures.add(failure)
    source = Markup()
    if not hidden:
        source = Markup(
            '<details class="code"><summary>Code</summary><pre>{}</pre></details>'
        ).format(plain_html(cell["source"]))
    if not shown and not source:
        return Markup()
    return Markup('<div class="cell">{}{}</div>').format(shown, source)


def _failure(output: Mapping[str, Any]) -> Markup:
    """What stands where a step could not be taken: the package's own words, or the name
    of what went wrong.
    """
    why = output["evalue"]
    if output["ename"] != "IdlibkitError":
        why = (
            "This step needs something that they do not have "
            f"({output['ename']}: {output['evalue']})."
        )
    return Markup(
        '<p class="note" dir="auto">'
        "<strong>Not possible with these articles.</strong> {}</p>"
    ).format(plain_html(why))


def _output(output: Mapping[str, Any], said: set[str]) -> Markup:
    if output["output_type"] == "stream":
        return _printed(output["text"]) if output["name"] == "stdout" else Markup()
    data = output["data"]
    if NOTE in data:
        return _note(data[NOTE], said)
    if TABLE in data:
        return filled("table.html.j2", cells=written_table(data))
    if ARTICLE in data:
        return Markup(
            '<details class="article"><summary dir="auto">{}</summary>{}</details>'
        ).format(plain_html(data[ARTICLE]["summary"]), sieved(data[ARTICLE]["html"]))
    text = data.get("text/plain", "")
    if "image/png" in data:
        alt = output["metadata"].get("image/png", {}).get("alt", text)
        return _picture(data["image/png"], alt)
    return Markup("<pre>{}</pre>").format(plain_html(text))


def _note(note: str, said: set[str]) -> Markup:
    if note in said:
        return Markup()
    said.add(note)
    return Markup('<p class="note" dir="auto">{}</p>').format(plain_html(note))


def _printed(lines: str) -> Markup:
    if re.search(r"\S {2,}\S", lines):  # set in columns
        return Markup("<pre>{}</pre>").format(plain_html(lines))
    shown = Markup()
    for line in filter(str.strip, lines.splitlines()):
        kind = Markup(' class="said"') if len(line) <= SENTENCE else ""
        shown += Markup('<p{} dir="auto">{}</p>').format(kind, _linked(line))
    return shown


def _linked(line: str) -> Markup:
    """A line with the names of notebooks as links to their places on the page."""
    names = "|".join(map(re.escape, TITLES))
    return Markup(
        re.sub(
            rf"\b({names})\b",
            lambda match: f'<a href="#{match[0]}">{TITLES[match[0]]}</a>',
            plain_html(line),
        )
    )


def _picture(png: str, alt: str) -> Markup:
    data = base64.b64decode(png)
    # A PNG says its width and height in eight bytes from the sixteenth on.
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    source = base64.b64encode(data).decode()
    return filled("picture.html.j2", source=source, alt=alt, width=width, height=height)


def sieved(html: str) -> Markup:
    """What `annotate` made, let through a sieve all the same."""
    import nh3

    return Markup(
        nh3.clean(
            html,
            tags=set(TAGS),
            clean_content_tags={"script", "style"},
            attributes={"*": {"title", "dir", "lang", "style"}},
            allowed_classes={tag: {"ik-article", *CLASSES} for tag in TAGS},
            filter_style_properties={"background", "text-decoration-style"},
        )
    )


def _markdown() -> Any:
    """Markdown of ours to HTML: headings one level down, links between notebooks to
    places on the page.
    """
    import mistune

    class Renderer(mistune.HTMLRenderer):
        def heading(self, text: str, level: int, **attributes: Any) -> str:
            tag = f"h{min(level + 1, 6)}"
            return f"<{tag}>{text}</{tag}>\n"

        def link(self, text: str, url: str, title: str | None = None) -> str:
            notebook = re.fullmatch(r"(\d\d-[\w-]+)\.ipynb", url)
            if notebook and notebook[1] in TITLES:
                name = escape(TITLES[notebook[1]])
                return f'<a href="#{notebook[1]}">{name}</a>'
            if url.startswith("https://"):
                return f'<a href="{escape(url)}" rel="noreferrer">{text}</a>'
            return text

        def image(self, text: str, url: str, title: str | None = None) -> str:
            return text

    return mistune.create_markdown(renderer=Renderer(escape=True), plugins=["table"])
