"""The report as one HTML page that fetches nothing: notebook cells, tables, pictures and articles, everything escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from .cells import ARTICLE, NOTE, TABLE
from .markup import STYLE

__all__ = ["page"]


GENERATOR = "idlibkit report"
# Name in the contents, and what stands in place of a notebook's own title, which speaks of the worked case.
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
ACCURACY = "accuracy card"
_NOTEBOOK = r"\(\d\d-[\w-]+\.ipynb\)"
_NEXT = r"^Next: .*$"
SENTENCE = 240  # characters; what is printed in longer lines is prose, not a finding
# Control characters, and the characters that turn the direction of everything after them.
_UNSEEN = {
    i: "\ufffd"
    for i in [*range(32), *range(127, 160), *range(0x202A, 0x202F)]
    if chr(i) not in "\t\n\r"
}
_TAGS = [
    "article",
    "b",
    "del",
    "h3",
    "h4",
    "li",
    "mark",
    "p",
    "small",
    "sup",
    "u",
    "ul",
]
_CLASSES = [
    "ik-article",
    "ik-reported",
    "ik-quoted",
    "ik-fragment",
    "ik-figure",
    "ik-out",
]


def page(
    *,
    title: str,
    facts: Sequence[tuple[str, str]],
    notes: Iterable[str],
    outlets: Mapping[str, Any],
    notebooks: Mapping[str, list[Any]],
    marked: Sequence[Mapping[str, str]],
    n_articles: int,
    tables: Mapping[str, Any],
    methods: str,
    version: str,
    seeds: bool = False,
) -> str:
    """The whole page.

    Parameters
    ----------
    title : str
        Of the page; like all other text here it may be anybody's words, and is escaped.
    facts : pairs of str
        What and how much, for the head of the page.
    notes : iterable of str
        What reading said.
    outlets, tables : table as cells
        The outlets; the CSV files. See `showing.table_cells`.
    notebooks : mapping of name to cells
        As `running.run_notebooks` returns them, without the extra one.
    marked : sequence of mappings
        Articles marked up: article_id, outlet, title, html, summary.
    n_articles : int
        How many articles there are, marked up or not.
    methods : str
        Paragraphs with a blank line between; those after a line ``References`` are references.
    version : str
    seeds : bool
        Whether the notebooks' own titles hold.
    """
    told = set(notes)
    accuracy: list[Any] = []
    sections, contents = [], []
    for name, cells in notebooks.items():
        if name.startswith("06"):
            cells, accuracy = _split(cells)
        title_of = TITLES.get(name, name[3:].replace("-", " ").capitalize())
        contents.append((name, title_of))
        sections.append(
            _section(name, _cells(name, cells, told, None if seeds else title_of))
        )
    contents += [
        ("marked-up", "Articles marked up"),
        ("method", "Method and limits"),
        ("tables", "All tables"),
    ]
    sections.append(_section("marked-up", _marked(marked, n_articles)))
    sections.append(
        _section(
            "method",
            _method(methods) + "".join(_cells("accuracy", accuracy, told, None)),
        )
    )
    sections.append(
        _section("tables", f"<h2>All tables</h2>\n{_CSV}\n{_table(tables, links=True)}")
    )
    web = files(__package__) / "web"
    script = (web / "report.js").read_text("utf-8")
    sha = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return Template((web / "report.html").read_text("utf-8")).substitute(
        title=text(title),
        policy=f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{sha}'; "
        "base-uri 'none'; form-action 'none'",
        generator=f"{GENERATOR} {escape(version)}",
        style=(web / "report.css").read_text("utf-8") + re.sub(r"</?style>", "", STYLE),
        script=script,
        contents="".join(
            f'<li><a href="#{at}">{escape(name)}</a></li>' for at, name in contents
        ),
        facts="".join(
            f"<div><dt>{text(what)}</dt><dd>{text(value)}</dd></div>"
            for what, value in facts
        ),
        notes=_notes(notes),
        outlets=_table(outlets),
        sections="\n".join(sections),
        version=escape(version),
    )


_CSV = (
    "<p>The whole tables, unrounded, lie beside this page in the folder <code>tables</code> as CSV in UTF-8; the tables "
    "shown above are in <code>tables/shown</code>. A cell that a spreadsheet would take for a formula has an apostrophe "
    "before it.</p>"
)


def text(value: object) -> str:
    """Anybody's words as HTML text: escaped, without what is not seen or turns the line round."""
    return escape(str(value).translate(_UNSEEN))


def _section(at: str, inner: str) -> str:
    return f'<section id="{at}">\n{inner}\n</section>'


def _split(cells: list[Any]) -> tuple[list[Any], list[Any]]:
    """The cells before and from the accuracy card, which belongs to the method."""
    for place, cell in enumerate(cells):
        if cell["cell_type"] == "markdown" and re.match(
            rf"#+ {ACCURACY}", cell["source"], re.IGNORECASE
        ):
            return cells[:place], cells[place:]
    return cells, []


def _cells(name: str, cells: list[Any], told: set[str], title: str | None) -> str:
    out: list[str] = []
    told, failed = set(told), set()
    for cell in cells:
        hidden = "hidden" in cell["metadata"].get("tags", [])
        if cell["cell_type"] == "markdown":
            source = re.sub(_NEXT, "", cell["source"], flags=re.MULTILINE)
            if len(re.findall(_NOTEBOOK, source)) > 4:
                continue  # the index of notebooks, for which the page has its contents
            if title is not None and source.startswith("# "):
                source = f"# {title}" + source[len(source.split("\n", 1)[0]) :]
            out.append(_markdown(name)(source))
            continue
        if cell["cell_type"] != "code":
            continue
        shown = []
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                notice = _failure(output)
                # a NameError after the first failure only needed the step that failed
                if notice not in failed and not (
                    failed and output["ename"] == "NameError"
                ):
                    shown.append(notice)
                failed.add(notice)
            else:
                shown.append(_output(output, told))
        code = (
            ""
            if hidden
            else f'<details class="code"><summary>Code</summary><pre>{text(cell["source"])}</pre></details>'
        )
        out.append(
            f'<div class="cell">{"".join(shown)}{code}</div>' if shown or code else ""
        )
    return "\n".join(out)


def _failure(output: Mapping[str, Any]) -> str:
    """What stands where a step could not be taken: the package's own words, or the name of what went wrong."""
    if output["ename"] == "IdlibkitError":
        why = output["evalue"]
    else:
        why = f"This step needs something that they do not have ({output['ename']}: {output['evalue']})."
    return f'<p class="note" dir="auto"><strong>Not possible with these articles.</strong> {text(why)}</p>'


def _output(output: Mapping[str, Any], told: set[str]) -> str:
    if output["output_type"] == "stream":
        return _printed(output["text"]) if output["name"] == "stdout" else ""
    data = output["data"]
    if NOTE in data:
        if data[NOTE] in told:
            return ""
        told.add(data[NOTE])
        return f'<p class="note" dir="auto">{text(data[NOTE])}</p>'
    if TABLE in data:
        return _table(data[TABLE])
    if ARTICLE in data:
        return (
            f'<details class="article"><summary dir="auto">{text(data[ARTICLE]["summary"])}</summary>'
            f"{_article(data[ARTICLE]['html'])}</details>"
        )
    if "image/png" in data:
        alt = (
            output["metadata"]
            .get("image/png", {})
            .get("alt", data.get("text/plain", ""))
        )
        return _picture(data["image/png"], alt)
    return f"<pre>{text(data.get('text/plain', ''))}</pre>"


def _printed(lines: str) -> str:
    if re.search(r"\S {2,}\S", lines):  # set in columns
        return f"<pre>{text(lines)}</pre>"
    shown = []
    for line in filter(str.strip, lines.splitlines()):
        kind = ' class="said"' if len(line) <= SENTENCE else ""
        shown.append(f'<p{kind} dir="auto">{_linked(text(line))}</p>')
    return "".join(shown)


def _linked(html: str) -> str:
    """Names of notebooks as links to their places on the page."""
    names = "|".join(map(re.escape, TITLES))
    return re.sub(
        rf"\b({names})\b",
        lambda found: f'<a href="#{found[0]}">{TITLES[found[0]]}</a>',
        html,
    )


def _picture(png: str, alt: str) -> str:
    data = base64.b64decode(png)
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    source = base64.b64encode(data).decode()
    return (
        f'<figure><div tabindex="0"><img src="data:image/png;base64,{source}" alt="{text(alt)}" width="{width}" height="{height}"></div>'
        f'<figcaption aria-hidden="true" dir="auto">{text(alt)}</figcaption></figure>'
    )


def _table(cells: Mapping[str, Any], links: bool = False) -> str:
    """A table from its cells; with `links`, the first column names files beside the page."""
    if "error" in cells:
        raise OSError(cells["error"])
    numbers, index = cells["numbers"], cells["index"]
    kind = ['class="n"' if number else 'dir="auto"' for number in numbers]
    head = "".join(
        f'<th scope="col" {kind[at]}>{text(name)}</th>'
        for at, name in enumerate(cells["columns"])
    )
    body = []
    for row in cells["rows"]:
        tds = []
        for at, value in enumerate(row):
            inner = text(value)
            if links and at == 0 and value.endswith(".csv"):
                inner = f'<a href="tables/{inner}">{inner}</a>'
            tds.append(
                f'<th scope="row" {kind[at]}>{inner}</th>'
                if at < index
                else f"<td {kind[at]}>{inner}</td>"
            )
        body.append(f"<tr>{''.join(tds)}</tr>")
    n, shown = cells["n_rows"], len(cells["rows"])
    size = (
        f"First {shown:,} of {n:,} rows"
        if shown < n
        else f"{n:,} row" + ("" if n == 1 else "s")
    )
    file = (
        f' · <a href="tables/shown/{cells["file"]}">{"all as CSV" if shown < n else "CSV"}</a>'
        if "file" in cells
        else ""
    )
    return (
        f'<div class="table"><div class="scroll" role="region" aria-label="Table" tabindex="0"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
        f'<p class="size"><span role="status">{size}</span>{file}</p></div>'
    )


def _marked(marked: Sequence[Mapping[str, str]], n_articles: int) -> str:
    said = (
        f"Each of the {n_articles} articles"
        if len(marked) == n_articles
        else f"{len(marked)} of the {n_articles} articles, some of each outlet evenly over time,"
    )
    key = (
        "quotations shaded by speaker, labels underlined by actor, figures boxed, removed lines grey with their reason. "
        "Rest the pointer on a mark to see what was read from it."
    )
    out = [f"<h2>Articles marked up</h2>\n<p>{said} as published: {key}</p>"]
    before = None
    for article in marked:
        if article["outlet"] != before:
            before = article["outlet"]
            out.append(f'<h3 dir="auto">{text(before)}</h3>')
        name = article["title"] or article["article_id"]
        out.append(
            f'<details class="article"><summary dir="auto">{text(name)}</summary>'
            f"{_article(article['html']) or text(article['summary'])}</details>"
        )
    return "\n".join(out)


def _article(html: str) -> str:
    """What `annotate` made, let through a sieve all the same."""
    import nh3

    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags={"script", "style"},
        attributes={"*": {"title", "dir", "lang", "style"}},
        allowed_classes={tag: set(_CLASSES) for tag in _TAGS},
        filter_style_properties={"background", "text-decoration-style"},
    )


def _notes(notes: Iterable[str]) -> str:
    items = "".join(f'<li dir="auto">{text(note)}</li>' for note in notes)
    return (
        f'<div class="note"><p><strong>What reading the articles said</strong></p><ul>{items}</ul></div>'
        if items
        else ""
    )


def _method(methods: str) -> str:
    body, _, references = methods.partition("\n\nReferences\n\n")
    paragraphs = "".join(
        f'<p dir="auto">{text(part)}</p>' for part in body.split("\n\n")
    )
    items = "".join(
        f"<li>{text(line)}</li>" for line in references.splitlines() if line.strip()
    )
    return (
        "<h2>Method and limits</h2>\n<p>For the methods section of a paper, as it was done here:</p>\n"
        f'<blockquote id="methods-paragraph">{paragraphs}</blockquote>\n<h3>References</h3>\n<ul class="references">{items}</ul>'
    )


def _markdown(name: str) -> Any:
    """Markdown of ours to HTML: headings one level down, links between notebooks to places on the page."""
    import mistune

    class Renderer(mistune.HTMLRenderer):
        def heading(self, inner: str, level: int, **attributes: Any) -> str:
            return f"<h{min(level + 1, 6)}>{inner}</h{min(level + 1, 6)}>\n"

        def link(self, inner: str, url: str, title: str | None = None) -> str:
            found = re.fullmatch(r"(\d\d-[\w-]+)\.ipynb", url)
            if found:
                return (
                    f'<a href="#{found[1]}">{escape(TITLES[found[1]])}</a>'
                    if found[1] in TITLES
                    else inner
                )
            return (
                f'<a href="{escape(url)}" rel="noreferrer">{inner}</a>'
                if url.startswith("https://")
                else inner
            )

        def image(self, alt: str, url: str, title: str | None = None) -> str:
            return alt

    return mistune.create_markdown(renderer=Renderer(escape=True), plugins=["table"])
