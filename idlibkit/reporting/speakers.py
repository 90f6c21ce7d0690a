"""One colour for each speaker, the same wherever the speaker stands."""

from __future__ import annotations

from collections.abc import Iterable
from colorsys import hls_to_rgb
from itertools import count

__all__ = ["speaker_colors"]

# Each colour lies as far from all before it as may be: steps of irrational length round
# hue, lightness and saturation, which never come back to where they were (for one
# dimension Vogel 1979, the sunflower's seeds; for several Roberts 2018).
HUE, LIGHTNESS, SATURATION = 0.6180339887, 0.7548776662, 0.5698402910
FIRST = 0.575  # blue


def speaker_colors(speakers: Iterable[str]) -> dict[str, str]:
    """A colour for each speaker in the order given, none of them twice.

    Examples
    --------
    >>> speaker_colors(["Ann Lee", "Bo Lind", "Ann Lee"])
    {'Ann Lee': '#235c8b', 'Bo Lind': '#c5e327'}
    """
    place = count()
    used: set[str] = set()
    out: dict[str, str] = {}
    for name in dict.fromkeys(speakers):
        out[name] = next(c for c in map(_color, place) if c not in used)
        used.add(out[name])
    return out


def _color(place: int) -> str:
    hue = (FIRST + place * HUE) % 1
    lightness = 0.34 + 0.24 * (place * LIGHTNESS % 1)
    saturation = 0.6 + 0.3 * (place * SATURATION % 1)
    parts = hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
