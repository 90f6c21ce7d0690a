"""Pictures of a page: one for a screen, one for a phone, links over their marks."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ..plots import Mark, as_png

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Lead", "Picture", "picture_of"]

WIDE, NARROW = 9.0, 4.0  # inches of a picture on a screen and on a phone

# The address of what a mark stands for, by the rows of its table; "" leads nowhere.
Lead = Callable[[Mapping[str, str]], str]


class Drawing(Protocol):
    def __call__(self, *, width: float) -> Figure: ...


@dataclass(frozen=True, slots=True)
class Link:
    """A place of a picture that leads somewhere; shares of its size, in per cent."""

    address: str
    name: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as PNG in base64, its size in pixels and the links over it."""

    image: str
    width: int
    height: int
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in two widths, None where it could not be drawn; `alt` says it in
    words.
    """

    wide: Shown | None
    narrow: Shown | None
    alt: str


def picture_of(draw: Drawing, alt: str, lead: Lead) -> Picture:
    """A picture in both widths; none where it cannot be drawn, which costs no page."""
    return Picture(_shown(draw, WIDE, lead), _shown(draw, NARROW, lead), alt)


def _shown(draw: Drawing, width: float, lead: Lead) -> Shown | None:
    try:
        drawn = as_png(draw(width=width))
    except Exception:  # fonts, sizes: whatever a drawing library may say
        return None
    image = base64.b64encode(drawn.png).decode()
    pairs = [(mark, lead(mark.row)) for mark in drawn.marks]
    links = [_link(mark, address) for mark, address in pairs if address]
    return Shown(image, drawn.width, drawn.height, links)


def _link(mark: Mark, address: str) -> Link:
    place = (mark.left, mark.top, mark.width, mark.height)
    return Link(address, mark.name, *(round(100 * share, 2) for share in place))
