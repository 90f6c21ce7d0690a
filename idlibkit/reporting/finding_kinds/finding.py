"""A finding: a plain sentence with its table, its picture and the sentences behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd

from ...plots import WIDTH, figure_width, save_figure, titled
from ...tables import IdlibkitError, with_minus
from ..saving import saved

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One thing that a corpus shows; made by `findings`.

    Attributes
    ----------
    key : str
        Letters, digits and hyphens: what links name it by. The same corpus gives the
        same keys.
    kind : str
        "word by speaker", "voices", "figures", "omission", "omissions" (over many
        stories), "tone", "tone toward actors", "labels", "agency" or "words".
    title : str
        The finding as a plain sentence.
    summary : str
        One or two sentences with the numbers.
    table : DataFrame
        What the picture shows.
    sentences : DataFrame
        The evidence, whole sentences: `article_id`, `outlet`, `voice`, `speaker`,
        `start`, `end`, `text`, and `match_start`, `match_end` (the word, figure or name
        meant; missing where the sentence as a whole is). All offsets are into the
        source text, as those of `passages`.
    how_sure : str
        How sure it is, in one line.
    not_shown : str
        What it does not show.
    strength : float
        What it is ranked by; see `findings`.
    note : str
        What stands below the picture: of how many it is made, and what is left out.
    draw : function
        Draws the table: takes it and gives matplotlib Axes.
    places : DataFrame, optional
        Every place in the articles that a mark of the picture is made of: `article_id`,
        `start`, `end`, and by what the picture tells them apart (`outlet`, `term`,
        `column`, or `silent`, an outlet that has nothing of it). Without it the marks
        are made of whole passages, of the outlet and voice that they name; of the
        outlet's own where they name no voice.
    """

    key: str
    kind: str
    title: str
    summary: str
    table: pd.DataFrame = field(repr=False)
    sentences: pd.DataFrame = field(repr=False)
    how_sure: str
    not_shown: str
    strength: float
    note: str
    draw: Callable[[pd.DataFrame], Axes] = field(repr=False)
    places: pd.DataFrame | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name in ("title", "summary", "how_sure", "not_shown", "note"):
            object.__setattr__(self, name, with_minus(getattr(self, name)))

    @property
    def alt(self) -> str:
        """The picture in words, for those who do not see it."""
        return f"{self.title}. {self.summary}".replace("?.", "?")

    def figure(self, *, width: float = WIDTH, title: bool = True) -> Figure:
        """The picture, with the finding as its title.

        Parameters
        ----------
        width : float
            Inches; 4 is for a phone.
        title : bool
            Write the title; not where it stands above the picture already.

        Returns
        -------
        Figure
            Of matplotlib.
        """
        with figure_width(width):
            heading = self.title if title else ""
            axes = titled(self.draw(self.table), heading, self.note)
        return cast("Figure", axes.figure)

    def save(
        self, path: str | os.PathLike[str], *, width: float = WIDTH, dpi: int = 150
    ) -> Path:
        """Write the picture, with the finding as its title, to a file.

        Parameters
        ----------
        path : str or Path
            Of the file; its ending says the format: ``.png``, ``.svg``, ``.pdf``.
        width : float
            Inches.
        dpi : int
            Points to the inch of a PNG.

        Returns
        -------
        Path
            Where it is.

        Raises
        ------
        IdlibkitError
            If it cannot be written, or the ending is of no format.
        """
        figure = self.figure(width=width)
        known = sorted(figure.canvas.get_supported_filetypes())
        if Path(path).suffix.lower().removeprefix(".") not in known:
            raise IdlibkitError(
                f"{str(path)!r} has no ending that says the format of a picture; name "
                "it finding.png, finding.svg or finding.pdf."
            )
        return saved("the picture", path, lambda to: save_figure(figure, to, dpi))

    def _ipython_display_(self) -> None:
        from .notebook_view import display_finding

        display_finding(self)
