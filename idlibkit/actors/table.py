"""The table of actors: each with the labels that count as a mention of it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path

import pandas as pd

from ..tables import IdlibkitError, check_columns, listed

__all__ = ["Actors", "actors_toml", "read_actors"]


# What may be given as a table of actors.
Actors = Mapping[str, Iterable[str]] | pd.DataFrame | str | PathLike[str]
TOML_LINE = 'A line looks like: Kenya = ["Kenya", "Nairobi"]'


def read_actors(actors: Actors) -> dict[str, list[str]]:
    """The table of actors as a dict; errors say what to mend.

    Parameters
    ----------
    actors : mapping, DataFrame or path
        A mapping of each actor to the list of its labels, ``{"Kenya": ["Kenya",
        "Nairobi"]}``; a table with the columns `actor` and `label`, as from
        `suggest_actors`; or the path of a TOML file with one line for each actor,
        ``Kenya = ["Kenya", "Nairobi"]``.

    Returns
    -------
    dict of str to list of str
        Empty if the mapping or table is: a corpus may name no one, and what is given to
        `labels` then has no mention.

    Raises
    ------
    IdlibkitError
        If the file cannot be read, is not TOML in UTF-8 or names no actor, if the table
        has no column `actor` or `label`, if an actor has no list of labels, or a label
        without a letter or digit.

    Examples
    --------
    >>> read_actors({"Kenya": ["Kenya", "Nairobi"]})
    {'Kenya': ['Kenya', 'Nairobi']}
    >>> table = pd.DataFrame({"actor": ["Kenya"] * 2, "label": ["Kenya", "Nairobi"]})
    >>> read_actors(table)
    {'Kenya': ['Kenya', 'Nairobi']}
    """
    where = "actors"
    if isinstance(actors, str | PathLike):
        where = f"the file of actors {Path(actors).name!r}"
        given: Mapping = _read_toml(Path(actors), where)
    elif isinstance(actors, pd.DataFrame):
        where = "the table of actors"
        given = _read_table(actors)
    elif isinstance(actors, Mapping):
        given = actors
    else:
        raise IdlibkitError(
            "actors must be a mapping, a table with actor and label, or the path of a "
            f"TOML file, not {type(actors).__name__}."
        )
    if not given and isinstance(actors, str | PathLike):
        raise IdlibkitError(f"{where} names no actor. {TOML_LINE}")
    return {
        str(actor): _checked(labels, str(actor), where)
        for actor, labels in given.items()
    }


def _read_toml(path: Path, where: str) -> Mapping:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise IdlibkitError(
            f"{where} cannot be read: {error.strerror}. Looked for {str(path)!r}."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise IdlibkitError(
            f"{where} is not TOML in UTF-8: {error}. {TOML_LINE}"
        ) from error


def _read_table(table: pd.DataFrame) -> dict[str, list[str]]:
    check_columns(table, ["actor", "label"], "the table of actors")
    by_actor = table.groupby("actor", sort=False)["label"]
    return {str(actor): labels.tolist() for actor, labels in by_actor}


def _checked(labels: object, actor: str, where: str) -> list[str]:
    """The labels of one actor as a list."""
    if isinstance(labels, str | Mapping) or not isinstance(labels, Iterable):
        name = json.dumps(actor, ensure_ascii=False)
        raise IdlibkitError(
            f"in {where}, {actor!r} needs a list of labels, not {labels!r}; write for "
            f'example {name} = ["Kenya", "Nairobi"].'
        )
    checked = list(labels)
    wrong = [
        label
        for label in checked
        if not isinstance(label, str) or not re.search(r"\w", label)
    ]
    if wrong or not checked:
        raise IdlibkitError(
            f"in {where}, {actor!r} has a label that is no word: "
            f"{listed(wrong) or 'its list is empty'}."
        )
    return checked


def actors_toml(table: pd.DataFrame) -> str:
    """The table of actors as TOML, one line for each actor.

    Write it to a file, edit it, and give its path to `labels`.

    Parameters
    ----------
    table : DataFrame
        With `actor` and `label`, as from `suggest_actors`.

    Returns
    -------
    str

    Raises
    ------
    IdlibkitError
        If a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"actor": ["Kenya"] * 2, "label": ["Kenya", "Nairobi"]})
    >>> print(actors_toml(table))
    # Actors and their labels: proposed from the corpus, to be edited.
    "Kenya" = ["Kenya", "Nairobi"]
    <BLANKLINE>
    """
    lines = ["# Actors and their labels: proposed from the corpus, to be edited."]
    for actor, labels in _read_table(table).items():
        lines.append(f"{_quoted(actor)} = [{', '.join(map(_quoted, labels))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
