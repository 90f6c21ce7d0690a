"""Addresses on the web and the sites they lead to."""

from __future__ import annotations

import re

import pandas as pd

__all__ = ["site_of", "sites"]

# https://web.archive.org/web/20200305101500/https://www.gazette.example/x
_ARCHIVED = re.compile(
    r"(?:https?://)?web\.archive\.org/web/\d+[a-z_]*/(?=\w)", re.IGNORECASE
)
# one slash, as tools that clean addresses leave inside an archived one
_HOST = r"^(?:[a-z]+:/{1,2}|//)(?:[^/@\s]*@)?(?:www\d?\.)?([^/:?#\s]+)"


def site_of(address: str | None) -> str | None:
    """``gazette.example`` from ``https://www.gazette.example/a``, also if archived."""
    if not address:
        return None
    match = re.match(_HOST, _ARCHIVED.sub("", address.strip()), re.IGNORECASE)
    return match[1].lower() if match else None


def sites(values: pd.Series) -> pd.Series:
    """The site of each value that is an address; missing where it is none."""
    plain = values.str.strip().str.replace(_ARCHIVED, "", regex=True)
    return plain.str.extract(_HOST, flags=re.IGNORECASE)[0].str.lower()
