"""Saved web pages: title, body, day and site, as trafilatura finds them."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ..cleaning import Extracts, article_bodies
from ..tables import IdlibkitError
from .addresses import site_of
from .whole_pages import page_lines

__all__ = ["extracts_of", "read_page", "with_bodies"]

# What trafilatura would say on stderr is said in our own words. A handler that does
# nothing keeps it off stderr without changing what others hear: no level is set.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())

# Only days that a page states as its own: not the year of its copyright line.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
_STAMP = r"""["'](\d{4}-\d\d-\d\d[^"'<>]{0,30})["']"""
# "datePublished": "2020-03-05T07:10:00+01:00"
# <meta property="article:published_time" content="2020-03-05T07:10:00Z">, either order
_PAGE_TIME = re.compile(
    rf"""(?:"datePublished"\s*:\s*"""
    rf"""|["']article:published_time["']\s+content\s*=\s*){_STAMP}"""
    rf"""|content\s*=\s*{_STAMP}\s+property\s*=\s*["']article:published_time"""
)

ARCHIVES = ("web.archive.org", "archive.org")
_JSON_LD = re.compile(
    r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE
)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)


def read_page(html: str) -> dict[str, str]:
    """`raw`, the body as extracted; `title`, `published`, `_site` where known; and
    `_html`, the page. `with_bodies` makes the article of it."""
    try:
        page = _extraction(html)
    except IdlibkitError:
        raise
    # any HTML at all may come in; one page must not end the reading of a thousand
    except Exception as error:
        raise UnicodeError(
            f"its HTML could not be parsed ({type(error).__name__})"
        ) from error
    if page is None:
        return {"raw": ""}
    title = " ".join((page.title or "").split())
    site = site_of(page.url) or page.hostname
    name = page.sitename if page.sitename not in ARCHIVES else None
    facts = {
        "raw": page.text.strip(),
        "title": title,
        "published": _story_time(html, title) or _page_time(html, page.date),
        "_site": name or site,
        "_html": html,
    }
    return {name: value for name, value in facts.items() if value}


def with_bodies(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of articles; those of pages with title, blank line and body as `raw`."""
    pages = [row for row in rows if "_html" in row]
    bodies = article_bodies(
        [extracts_of(row["raw"], row["_html"]) for row in pages],
        [_lines(row["_html"]) for row in pages],
        [row.get("title") for row in pages],
    )
    of_page = dict(zip(map(id, pages), bodies, strict=True))
    return [_with_body(row, of_page.get(id(row))) for row in rows]


def _with_body(row: dict[str, str], body: str | None) -> dict[str, str]:
    if body is None:
        return row
    facts = {name: value for name, value in row.items() if name != "_html"}
    return facts | {"raw": _with_title(row.get("title", ""), body)}


def _extraction(html: str, **options: bool) -> Any:
    """What trafilatura takes of a page, or None where it finds no text."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise IdlibkitError(
            f"reading HTML pages needs trafilatura ({error}). Install it with: "
            "python -m pip install 'idlibkit[files]'"
        ) from error
    settings: dict[str, Any] = {"with_metadata": True, "include_comments": False}
    settings |= {"date_extraction_params": _DATES} | options
    page: Any = bare_extraction(html, **settings)
    return page if page is not None and page.text else None


def extracts_of(usual: str, html: str) -> Extracts:
    """What trafilatura takes of a page in its other ways, beside the usual one."""

    def text(**options: bool) -> str:
        with suppress(Exception):  # the usual one is there; any HTML may come in
            page = _extraction(html, with_metadata=False, **options)
            return page.text.strip() if page is not None else ""
        return ""

    careful = text(favor_precision=True)
    return Extracts(usual, careful, lambda: text(favor_recall=True))


def _lines(html: str) -> str:
    try:
        return page_lines(html)
    except Exception:  # the extract is there already; any HTML at all may come in
        return ""


def _with_title(title: str, body: str) -> str:
    """Title, blank line and body, the title once."""
    if not title:
        return body
    first, _, rest = body.partition("\n")
    if first.strip() == title:
        body = rest.strip()
    return f"{title}\n\n{body}"


def _story_time(html: str, title: str) -> str | None:
    """The time that the page's data gives for the story of this title.

    A page may describe other stories too, and before its own.
    """
    times = {
        str(story["datePublished"])
        for story in _stories(html)
        if " ".join(str(story["headline"]).split()).casefold() == title.casefold()
    }
    return times.pop() if len(times) == 1 else None


def _stories(html: str) -> Iterator[dict]:
    """Everything with a headline and a day in the page's JSON-LD."""
    for match in _JSON_LD.finditer(html):
        end = _SCRIPT_END.search(html, match.end())
        if end is None:
            return
        waiting: list[object] = []
        with suppress(ValueError, RecursionError):
            waiting.append(json.loads(html[match.end() : end.start()]))
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if "headline" in value and "datePublished" in value:
                    yield value
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value


def _page_time(html: str, day: str | None) -> str | None:
    """The time and zone that the page gives for `day`; the day where it gives none."""
    if not day:
        return None
    times = (match[1] or match[2] for match in _PAGE_TIME.finditer(html))
    return next((time for time in times if time.startswith(day)), day)
