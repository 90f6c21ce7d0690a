"""Saved web pages: title, body, day and site, as trafilatura finds them."""

from __future__ import annotations

import logging
import re

from ..tables import IdlibkitError

__all__ = ["read_page"]

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


def read_page(html: str) -> dict[str, str]:
    """`raw` (title, blank line, body); `title`, `published`, `_site` where known."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise IdlibkitError(
            f"reading HTML pages needs trafilatura ({error}). Install it with: "
            "python -m pip install 'idlibkit[html]'"
        ) from error
    try:
        page = bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            date_extraction_params=_DATES,
        )
    # any HTML at all may come in; one page must not end the reading of a thousand
    except Exception as error:
        raise UnicodeError(
            f"its HTML could not be parsed ({type(error).__name__})"
        ) from error
    if page is None or isinstance(page, dict) or not page.text:
        return {"raw": ""}
    title = " ".join((page.title or "").split())
    facts = {
        "raw": _with_title(title, page.text.strip()),
        "title": title,
        "published": _page_time(html, page.date),
        "_site": page.sitename or page.hostname,
    }
    return {name: value for name, value in facts.items() if value}


def _with_title(title: str, body: str) -> str:
    """Title, blank line and body, the title once."""
    if not title:
        return body
    first, _, rest = body.partition("\n")
    if first.strip() == title:
        body = rest.strip()
    return f"{title}\n\n{body}"


def _page_time(html: str, day: str | None) -> str | None:
    """The time and zone that the page gives for `day`; the day where it gives none."""
    if not day:
        return None
    times = (match[1] or match[2] for match in _PAGE_TIME.finditer(html))
    return next((time for time in times if time.startswith(day)), day)
