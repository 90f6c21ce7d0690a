"""Colours: one for each outlet, eight at most, and letters that are read on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle

import pandas as pd

__all__ = [
    "GREY",
    "Palette",
    "colors_of",
    "ink",
    "is_light",
    "outlet_colors",
    "row_colors",
]

Palette = Mapping[str, str] | Sequence[str]
# Okabe & Ito (2008), without yellow, which is too pale for dots on white.
PALETTE = [
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#000000",
    "#7A7A7A",
]

GREY = "#595959"


def outlet_colors(outlets: Iterable[str]) -> dict[str, str]:
    """One colour for each outlet, the same in every picture. More than eight colours
    nobody tells apart: the eight outlets that come most often have them, all others are
    grey.

    Parameters
    ----------
    outlets : iterable of str
        All outlets of the corpus, so that a picture of some of them keeps their
        colours.

    Returns
    -------
    dict
        Outlet to colour (hex), for the `palette` of the plotting functions.

    Examples
    --------
    >>> outlet_colors(["B", "A", "B"])
    {'A': '#0072B2', 'B': '#D55E00'}
    """
    counts = Counter(str(outlet) for outlet in outlets if pd.notna(outlet))
    often = sorted(counts, key=lambda name: (-counts[name], name))[: len(PALETTE)]
    colors = dict(zip(sorted(often), PALETTE, strict=False))
    return {name: colors.get(name, GREY) for name in sorted(counts)}


def colors_of(palette: Palette | None, names: Iterable[str]) -> Mapping[str, str]:
    """Name to colour: as given, a list of colours in the order of the alphabet."""
    if palette is None:
        return outlet_colors(names)
    if isinstance(palette, Mapping):
        return palette
    return dict(zip(sorted(set(map(str, names))), cycle(palette), strict=False))


def row_colors(palette: Palette | None, names: Iterable[str]) -> Mapping[str, str]:
    """Colours of rows that bear their names: one for all where they are too many."""
    different = set(map(str, names))
    if palette is None and len(different) > len(PALETTE):
        return dict.fromkeys(different, PALETTE[0])
    return colors_of(palette, different)


def ink(color: str) -> str:
    """A darker shade of a colour, which letters need to be read on white."""
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = to_rgb(color)
    return to_hex((0.68 * red, 0.68 * green, 0.68 * blue))


def is_light(color: str) -> bool:
    """Whether black letters are read better on a colour than white ones."""
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(color)
    return 0.299 * red + 0.587 * green + 0.114 * blue > 0.6
