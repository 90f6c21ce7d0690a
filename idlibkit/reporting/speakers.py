"""One colour for each speaker, the same wherever the speaker stands."""

from __future__ import annotations

from collections.abc import Iterable
from colorsys import hls_to_rgb
from itertools import count

__all__ = ["speaker_colors"]

# Each hue lies as far from all before it as may be (Vogel 1979, for sunflower seeds).
GOLDEN, FIRST = 0.6180339887, 0.575
SHADES = (0.42, 0.56, 0.34)  # lightness, so that near hues differ still


def speaker_colors(speakers: Iterable[str]) -> dict[str, str]:
    """A colour for each speaker in the order given, none of them twice.

    Examples
    --------
    >>> speaker_colors(["Ann Lee", "Bo Lind", "Ann Lee"])
    {'Ann Lee': '#1a73bc', 'Bo Lind': '#c1d945'}
    """
    place = count()
    used: set[str] = set()
    out: dict[str, str] = {}
    for name in dict.fromkeys(speakers):
        out[name] = next(c for c in map(_color, place) if c not in used)
        used.add(out[name])
    return out


def _color(place: int) -> str:
    shade = SHADES[place % len(SHADES)]
    parts = hls_to_rgb((FIRST + place * GOLDEN) % 1, shade, 0.76 - 0.1 * (place % 2))
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
