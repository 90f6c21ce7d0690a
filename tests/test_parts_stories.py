"""Stories, points, figures and shared text of an archive in parts: what one table
gives, whatever the cut, and taken up after a stop. The articles are made up.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.scale import Parts
from idlibkit.story import near_days

PLACES = ["Arden", "Lund", "Corvo", "Tarn", "Velm", "Osk", "Brill", "Nader"]
THINGS = ["dam", "bridge", "harbour", "tunnel", "mill", "tower", "station", "market"]
TELLINGS = [
    "Floods broke the {thing} at {place} on Monday and drowned {n} farmers, the mayor"
    " of {place} said. Boats searched the valley for survivors of the {thing}.",
    "At least {n} farmers drowned when floods broke the {thing} at {place}. “We lost"
    " the {thing} within an hour and nobody warned us,” Ann {place} said.",
    "The {thing} at {place} gave way to floods on Monday. {more} farmers drowned."
    " The mayor of {place} called it a disgrace that the {thing} was never mended.",
]


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    """Eight events of eight days, each told by three outlets, in any order."""
    rows = [
        {
            "article_id": f"{place}-{number}",
            "outlet": f"Outlet {number}",
            "published": pd.Timestamp("2020-02-03") + pd.Timedelta(days=2 * event),
            "text": told.format(place=place, thing=thing, n=9 + event, more=20 + event)
            + " The ministry promised on Tuesday to send forty trucks with food and"
            f" blankets to the people of {place} before the weekend.",
        }
        for event, (place, thing) in enumerate(zip(PLACES, THINGS, strict=True))
        for number, told in enumerate(TELLINGS)
    ]
    table = pd.DataFrame(rows).sample(frac=1, random_state=0, ignore_index=True)
    table.loc[[3, 11], "published"] = pd.NaT
    return table


def in_parts(articles: pd.DataFrame, n: int, folder: Path) -> Parts:
    source = folder / f"archive{n}"
    source.mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(articles)), n)):
        articles.iloc[rows].to_parquet(source / f"{number}.parquet")
    return ik.read_in_parts(source, work=folder / "work")


@pytest.mark.parametrize("n", [2, 5])
@pytest.mark.parametrize("block", [5, 2_000])
def test_stories(articles, tmp_path, monkeypatch, n, block):
    monkeypatch.setattr(near_days, "BLOCK", block)
    whole = ik.stories(articles)
    assert whole["story"].nunique() == 8
    found = ik.stories(in_parts(articles, n, tmp_path))
    pd.testing.assert_frame_equal(found, whole)
