"""The chapters in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ...tables import IdlibkitError, listed
from .chapter import Chapter, Material
from .clauses import agency_chapter
from .figures_and_frames import figures_chapter, frames_chapter
from .story import left_out_chapter, shared_chapter, stories_chapter
from .tone import tone_chapter
from .words_and_voices import labels_chapter, voices_chapter, words_chapter

__all__ = ["CHAPTERS", "Making", "chapter_names"]


@dataclass(frozen=True, slots=True)
class Making:
    """A chapter to be made; `weight` is the share of the time that it takes, `english`
    whether it is made of what knows only English.
    """

    id: str
    title: str
    make: Callable[[Material], Chapter | None]
    weight: float
    english: bool = False


CHAPTERS = [
    Making("words", "Words", words_chapter, 1),
    Making("voices", "Voices", voices_chapter, 0.5),
    Making("labels", "Labels", labels_chapter, 1.5),
    Making("agency", "Who does what", agency_chapter, 0.5, english=True),
    Making("figures", "Figures", figures_chapter, 1, english=True),
    Making("frames", "Frames", frames_chapter, 0.7, english=True),
    Making("tone", "Tone", tone_chapter, 4, english=True),
    Making("left-out", "Left out", left_out_chapter, 2, english=True),
    Making("shared", "Shared text", shared_chapter, 1),
    Making("stories", "Stories", stories_chapter, 0.2),
]


def chapter_names(only: Iterable[str], without: Iterable[str]) -> list[str]:
    """The chapters that were asked for.

    Raises
    ------
    IdlibkitError
        If there is no such chapter.
    """
    known = [one.id for one in CHAPTERS]
    only, without = list(only), list(without)
    unknown = [name for name in [*only, *without] if name not in known]
    if unknown:
        raise IdlibkitError(
            f"there is no chapter {listed(unknown)}; the chapters are "
            f"{listed(known, 30)}."
        )
    return [name for name in known if name in (only or known) and name not in without]
