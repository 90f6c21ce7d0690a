"""Verbs that say harm was done, as WordNet sorts them."""

from __future__ import annotations

from functools import cache

from ..lexicons import rows

__all__ = ["harm_verbs"]


@cache
def harm_verbs() -> dict[str, str]:
    """Each verb of harm, and the kind of harm that it says was done."""
    return {row["verb"]: row["harm"] for row in rows("harm_verbs.csv")}
