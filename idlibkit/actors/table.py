"""The table of actors that a user wrote, and the names of countries, which any such table needs."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from ..tables import IdlibkitError, listed

__all__ = ["read_actors"]


def read_actors(
    actors: Mapping[str, Iterable[str]] | str | Path,
) -> dict[str, list[str]]:
    """The table of actors as a dict, from a mapping or a TOML file; errors say what to mend.

    Parameters
    ----------
    actors : mapping or path
        Either a mapping of each actor to the list of its labels, ``{"Kenya": ["Kenya", "Nairobi"]}``, or the path of a
        TOML file with one line for each actor, ``Kenya = ["Kenya", "Nairobi"]``.

    Returns
    -------
    dict of str to list of str

    Raises
    ------
    IdlibkitError
        If the file cannot be read or is not TOML in UTF-8, if there is no actor, if an actor has no list of labels, or a label
        without a letter or digit.

    Examples
    --------
    >>> read_actors({"Kenya": ["Kenya", "Nairobi"]})
    {'Kenya': ['Kenya', 'Nairobi']}
    """
    where = "actors"
    if isinstance(actors, str | Path):
        where = f"the file of actors {Path(actors).name!r}"
        try:
            actors = tomllib.loads(Path(actors).read_text("utf-8-sig"))
        except OSError as error:
            raise IdlibkitError(
                f"{where} cannot be read: {error.strerror}. Looked for {str(actors)!r}."
            ) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise IdlibkitError(
                f'{where} is not TOML in UTF-8: {error}. A line looks like: Kenya = ["Kenya", "Nairobi"]'
            ) from error
    if not isinstance(actors, Mapping):
        hint = ' A table with actor and label: table.groupby("actor")["label"].agg(list).to_dict().'
        raise IdlibkitError(
            f"actors must be a mapping or the path of a TOML file, not {type(actors).__name__}."
            + hint * isinstance(actors, pd.DataFrame)
        )
    if not actors:
        raise IdlibkitError(
            f'{where} names no actor. A line looks like: Kenya = ["Kenya", "Nairobi"]'
        )
    names = {}
    for actor, words in actors.items():
        if isinstance(words, str | Mapping) or not isinstance(words, Iterable):
            raise IdlibkitError(
                f"in {where}, {actor!r} needs a list of labels, not {words!r}; write for example "
                f'{json.dumps(str(actor), ensure_ascii=False)} = ["Kenya", "Nairobi"].'
            )
        names[str(actor)] = list(words)
        bad = [
            word
            for word in names[str(actor)]
            if not isinstance(word, str) or not re.search(r"\w", word)
        ]
        if bad or not names[str(actor)]:
            raise IdlibkitError(
                f"in {where}, {actor!r} has a label that is no word: {listed(bad) or 'its list is empty'}."
            )
    return names
