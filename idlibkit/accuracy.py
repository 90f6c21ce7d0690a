"""accuracy_card: how often each extractor is right, on which public set, and what goes wrong most."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd

__all__ = ["accuracy_card"]


def accuracy_card() -> pd.DataFrame:
    """How often each extractor is right, as measured on public sets that it was not tuned to.

    Returns
    -------
    DataFrame
        `extractor`, `measure`, `figure`, `low`, `high` (95 %, resampling articles; all missing where there is no public
        set), `measured_on`, `goes_wrong` (what most often), `command` (in benchmarks/, for anyone with the set).

    Examples
    --------
    >>> import idlibkit as ik
    >>> "quotes" in set(ik.accuracy_card()["extractor"])
    True
    """
    return pd.read_csv(files("idlibkit") / "lexicons" / "accuracy.csv", comment="#")
