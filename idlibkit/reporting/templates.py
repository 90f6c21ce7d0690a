"""The templates in web/: whatever is put into one is escaped, unless it is markup."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

__all__ = ["filled", "fragment", "plain_html", "policy_of", "seen", "web_file"]

# Control characters, and those that turn the direction of everything after them.
UNSEEN = {
    point: "\ufffd"
    for point in [*range(32), *range(127, 160), *range(0x202A, 0x202F)]
    if chr(point) not in "\t\n\r"
}


def web_file(name: str) -> str:
    """The text of a file in web/."""
    return files(__package__).joinpath("web", name).read_text("utf-8")


def seen(value: Any) -> Any:
    """Anybody's words without what is not seen; markup of ours as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.translate(UNSEEN)
    return value


def plain_html(value: object) -> Markup:
    """Anybody's words as HTML text."""
    return escape(str(value).translate(UNSEEN))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(web_file),
        autoescape=True,
        finalize=seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def filled(name: str, **values: Any) -> Markup:
    """A template of web/ with its values; a value that it needs and does not get is an
    error.
    """
    return Markup(_environment().get_template(name).render(values))


def fragment(name: str) -> Markup:
    """A file of web/ that is markup as it stands: a style, a script of our own."""
    return Markup(web_file(name).strip())


def policy_of(script: str, files: bool = False) -> str:
    """What a page forbids itself: to fetch anything, to run other scripts than its own;
    with `files`, than those that lie beside it.
    """
    sha = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    beside = " 'self' file:" if files else ""
    return (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{sha}'{beside}; base-uri 'none'; form-action 'none'"
    )
