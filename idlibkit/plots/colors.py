"""Colours: one for each outlet, eight at most, and letters that are read on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import cycle
from math import dist
from types import MappingProxyType

import pandas as pd

from ..tables import IdlibkitError
from .settings import Setting

__all__ = [
    "GREY",
    "Palette",
    "checked_colors",
    "colors_of",
    "given_colors",
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
# The nearest two of them, vermilion and orange, are 0.26 apart in red, green and blue.
ALIKE = 0.2
NONE: Mapping[str, str] = MappingProxyType({})
_given = Setting("given", NONE)


def given_colors(colors: Mapping[str, str]) -> AbstractContextManager[None]:
    """Draw these outlets in colours of your own inside the block, all others in what is
    left of the usual ones; a context manager. A `palette` goes before it.

    Parameters
    ----------
    colors : mapping
        Outlet to colour: ``{"Gazette": "#1f77b4", "Herald": "crimson"}``.

    Returns
    -------
    context manager

    Raises
    ------
    IdlibkitError
        If something is no colour.

    Examples
    --------
    >>> with given_colors({"B": "crimson"}):
    ...     outlet_colors(["A", "B"])
    {'A': '#0072B2', 'B': '#DC143C'}
    """
    return _given.set_to(checked_colors(colors))


def checked_colors(colors: Mapping[str, str]) -> dict[str, str]:
    """Outlet to colour, each as ``#1F77B4``, however it was written."""
    from matplotlib.colors import is_color_like, to_hex

    checked = {}
    for name, color in colors.items():
        if color == "none" or not is_color_like(color):
            raise IdlibkitError(
                f"{color!r}, given for {name!r}, is no colour; write it as #1f77b4 or "
                "by its English name, such as crimson."
            )
        checked[str(name)] = to_hex(color).upper()
    return checked


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
    given = _given.value
    free = _usual()
    others = [name for name in counts if name not in given]
    often = sorted(others, key=lambda name: (-counts[name], name))[: len(free)]
    colors = dict(zip(sorted(often), free, strict=False))
    colors |= {name: given[name] for name in counts if name in given}
    return {name: colors.get(name, GREY) for name in sorted(counts)}


def _usual() -> list[str]:
    """The usual colours without those that look like one that was given."""
    from matplotlib.colors import to_rgb

    given = list(map(to_rgb, _given.value.values()))
    usual = zip(PALETTE, map(to_rgb, PALETTE), strict=True)
    return [name for name, rgb in usual if all(dist(rgb, one) > ALIKE for one in given)]


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
        usual = next(iter(_usual()), GREY)
        return {name: _given.value.get(name, usual) for name in different}
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
