"""What kind of source a file is, by its ending."""

from __future__ import annotations

import os

from ..cleaning import PAGES

__all__ = ["DOCUMENTS", "PAGES", "TABLES", "ending_of", "is_document", "is_table"]

# Files of one article each (or of several, as libraries export them).
DOCUMENTS = (".txt", *PAGES, ".docx", ".pdf", ".rtf")
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".arrow", ".xlsx")


def ending_of(name: str) -> str:
    """``.csv`` for ``A.CSV`` and for ``a.csv.gz``."""
    lower = name.lower().removesuffix(".gz")
    return os.path.splitext(lower)[1]


def is_document(name: str) -> bool:
    return ending_of(name) in DOCUMENTS


def is_table(name: str) -> bool:
    return ending_of(name) in TABLES
