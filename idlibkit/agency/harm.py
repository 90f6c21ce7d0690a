"""Verbs that say harm was done, and verbs that always have an object, as WordNet has
them.
"""

from __future__ import annotations

from functools import cache

from ..lexicons import rows

__all__ = ["harm_verbs", "transitive_verbs"]


@cache
def harm_verbs() -> dict[str, str]:
    """Each verb of harm, and the kind of harm that it says was done."""
    return {row["verb"]: row["harm"] for row in rows("harm_verbs.csv")}


@cache
def transitive_verbs() -> frozenset[str]:
    """Verbs that always have an object."""
    return frozenset(row["verb"] for row in rows("transitive_verbs.csv"))
