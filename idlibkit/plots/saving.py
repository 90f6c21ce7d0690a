"""A picture as a file, and where in it the marks are that stand for rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

__all__ = ["Drawn", "Mark", "as_png", "save_figure", "stand_for"]

DPI = 110
PAD = 0.1  # inches around what is drawn
LINE = 0.1  # inches: marks whose middles are no farther apart stand in one line
SAYS = "says"
UNSAID = {"start", "end", "nth", "share"}  # no words for people


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot, a bar, a cell or a name in a picture, and what it stands for.

    Attributes
    ----------
    row : dict
        Column to value, as text, of the rows of the table that it stands for.
    says : str
        What it shows of them, mostly a number: "29 %".
    left, top, width, height : float
        Where it is: shares of the picture's width and height.
    """

    row: dict[str, str]
    says: str
    left: float
    top: float
    width: float
    height: float

    @property
    def name(self) -> str:
        """What it stands for and what it shows, in words: "Gazette, quoted: 29 %"."""
        unsaid = UNSAID | ({"article_id"} if "start" in self.row else set())
        names = [value for name, value in self.row.items() if name not in unsaid]
        if "nth" in self.row:
            names.append(str(int(self.row["nth"]) + 1))
        name = ", ".join(names)
        if self.says.startswith(name) or not self.says:
            return self.says or name
        return name if self.says in names else f"{name}: {self.says}"

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as PNG, its size in pixels, and its marks from the top left on."""

    png: bytes
    width: int
    height: int
    marks: list[Mark]


def stand_for(artist: Artist, row: Mapping[str, object], says: str = "") -> None:
    """Note which rows of its table an artist stands for, as its group's name: it is
    found by it when the picture is saved, and is the id of its group in an SVG.
    """
    if row:
        artist.set_gid(urlencode({**row, SAYS: says}, errors="replace"))


def save_figure(figure: Figure, to: Path | IO[bytes], dpi: int, **more: Any) -> None:
    """Write a picture on white, without what is empty around it."""
    figure.savefig(
        to, dpi=dpi, bbox_inches="tight", pad_inches=PAD, facecolor="white", **more
    )


def as_png(figure: Figure, dpi: int = DPI) -> Drawn:
    """A picture with the places of its marks.

    Examples
    --------
    >>> import pandas as pd
    >>> from idlibkit import plots
    >>> table = pd.DataFrame({"outlet": ["A"], "own": [30], "quoted": [50],
    ...                       "reported": [20]})
    >>> for mark in as_png(plots.plot_voices(table).figure).marks[:2]:
    ...     print(mark.row, mark.name)
    {'outlet': 'A'} A
    {'outlet': 'A', 'voice': 'own'} A, own: 30 %
    """
    buffer, before = BytesIO(), (figure.dpi, figure.get_layout_engine())
    # Laid out once, at this resolution: letters are not as wide at every one, and a
    # second layout may be another one.
    figure.set_dpi(dpi)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    marks = list(_marks(figure))
    save_figure(figure, buffer, dpi, format="png", metadata={"Software": None})
    png = buffer.getvalue()
    # The size stands at a fixed place of every PNG.
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    figure.set_dpi(before[0])
    figure.set_layout_engine(before[1])
    return Drawn(png, width, height, _as_read(marks, dpi / height))


def _as_read(marks: list[Mark], inch: float) -> list[Mark]:
    """Marks line by line, each from the left; an inch is so much of the height."""
    marks = sorted(marks, key=lambda mark: mark.middle)
    gaps = [b.middle - a.middle > LINE * inch for a, b in pairwise(marks)]
    lines = accumulate(gaps, initial=0)
    pairs = zip(lines, marks, strict=False)
    return [mark for _, mark in sorted(pairs, key=lambda one: (one[0], one[1].left))]


def _marks(figure: Figure) -> Iterator[Mark]:
    """The marks of a picture. A dot, a bar and words beside them that stand for the
    same are one mark.
    """
    from matplotlib.transforms import Bbox

    renderer = cast("FigureCanvasAgg", figure.canvas).get_renderer()
    whole = figure.get_tightbbox(renderer).padded(PAD)
    boxes: dict[str, list[Bbox]] = {}
    for artist in figure.findobj(lambda one: bool(one.get_gid())):
        box = artist.get_window_extent(renderer)
        boxes.setdefault(str(artist.get_gid()), []).append(box)
    for stands_for, parts in boxes.items():
        row = dict(parse_qsl(stands_for, keep_blank_values=True))
        box = Bbox.union(parts)
        left, low, right, high = (edge / figure.dpi for edge in box.extents)
        yield Mark(
            says=row.pop(SAYS, ""),
            row=row,
            left=(left - whole.x0) / whole.width,
            top=(whole.y1 - high) / whole.height,
            width=(right - left) / whole.width,
            height=(high - low) / whole.height,
        )
