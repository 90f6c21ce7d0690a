"""accuracy_card: how often each extractor is right, on which public set, and what goes
wrong most."""

from __future__ import annotations

from io import StringIO

import pandas as pd

from ..lexicons import lexicon_text

__all__ = ["accuracy_card"]


def accuracy_card() -> pd.DataFrame:
    """How often each extractor is right, on public sets or on what was coded by hand;
    `measured_on` says what it was tuned to.

    Returns
    -------
    DataFrame
        `extractor`, `measure`, `figure`, `low`, `high` (95 %; all missing where it is
        not measured), `measured_on`, `goes_wrong` (what most often), `command` (in
        benchmarks/, for anyone with the set).

    Examples
    --------
    >>> import idlibkit as ik
    >>> "quotes" in set(ik.accuracy_card()["extractor"])
    True
    """
    return pd.read_csv(StringIO(lexicon_text("accuracy.csv")), comment="#")
