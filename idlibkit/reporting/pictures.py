"""Pictures of a page: PNG in base64, one for a screen and one for a phone."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Picture", "picture_of"]

DPI = 110
WIDE, NARROW = 9.0, 4.0  # inches of a picture on a screen and on a phone


class Drawing(Protocol):
    def __call__(self, *, width: float) -> Figure: ...


@dataclass(frozen=True, slots=True)
class Picture:
    """`image` and `narrow`, for phones, are PNG in base64, "" without one; `alt` says
    the picture in words.
    """

    image: str
    narrow: str
    alt: str


def picture_of(draw: Drawing, alt: str) -> Picture:
    """A picture in both widths; none where it cannot be drawn, which costs no page."""
    return Picture(_png(draw, WIDE), _png(draw, NARROW), alt)


def _png(draw: Drawing, width: float) -> str:
    buffer = BytesIO()
    try:
        draw(width=width).savefig(
            buffer,
            format="png",
            dpi=DPI,
            bbox_inches="tight",
            facecolor="white",
            metadata={"Software": None},
        )
    except Exception:  # fonts, sizes: whatever a drawing library may say
        return ""
    return base64.b64encode(buffer.getvalue()).decode()
