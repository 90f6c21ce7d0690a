"""One look for each speaker, the same wherever the speaker stands: a colour that nobody
else has, and beyond ten speakers stripes that tell like colours apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from colorsys import hls_to_rgb
from dataclasses import dataclass
from itertools import count

__all__ = ["Look", "speaker_looks"]

HUES = 10  # whose tints lie ten units of CIELAB or more apart, on light and on dark
APART = 3  # tenths of the circle from one speaker to the next
LIGHT = (0.34, 0.52)  # in turn, since neighbours in hue are the hardest to tell apart
STRIPES = (None, 135, 90, 0)  # degrees, for ten speakers each
# Beyond forty speakers each colour lies as far from all before it as may be: steps of
# irrational length round hue, lightness and saturation, which never come back to where
# they were (for one dimension Vogel 1979, the sunflower's seeds; for several Roberts
# 2018).
HUE, LIGHTNESS, SATURATION = 0.6180339887, 0.7548776662, 0.5698402910
FIRST = 0.575  # blue


@dataclass(frozen=True, slots=True)
class Look:
    """A colour, and the degrees in which stripes run, None without stripes."""

    color: str
    stripes: int | None


def speaker_looks(speakers: Iterable[str]) -> dict[str, Look]:
    """A look for each speaker in the order given, no colour twice.

    Examples
    --------
    >>> speaker_looks(["Ann Lee", "Bo Lind", "Ann Lee"])  # doctest: +ELLIPSIS
    {'Ann Lee': Look(color='#0d5ea0', stripes=None), 'Bo Lind': ...}
    """
    place = count()
    used: set[str] = set()
    out: dict[str, Look] = {}
    for number, name in enumerate(dict.fromkeys(speakers)):
        color = next(c for c in map(_color, place) if c not in used)
        used.add(color)
        out[name] = Look(color, STRIPES[number // HUES % len(STRIPES)])
    return out


def _color(place: int) -> str:
    round_, step = divmod(place, HUES)
    if round_ < len(STRIPES):
        number = step * APART % HUES
        hue, saturation = FIRST + number / HUES, 0.85
        lightness = LIGHT[number % 2] - 0.02 * round_
    else:
        hue = FIRST + place * HUE
        lightness = 0.34 + 0.24 * (place * LIGHTNESS % 1)
        saturation = 0.6 + 0.3 * (place * SATURATION % 1)
    parts = hls_to_rgb(hue % 1, lightness, saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
