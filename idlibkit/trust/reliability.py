"""Agreement of coders with each other and with the package."""

from __future__ import annotations

import os
import re
import warnings
from statistics import NormalDist

import numpy as np
import pandas as pd

from ..reading import Notes, read_table
from ..tables import IdlibkitError, IdlibkitWarning, check_columns, listed
from ..text import fold
from .coding import ALL, NONE, OTHER, fingerprint

__all__ = ["agreement"]


VERDICTS = {"yes": True, "y": True, "no": False, "n": False}
# Verdicts in other words: never an answer by themselves, so that they are not taken for
# a wrong one in silence.
MISTAKEN = {
    *"10x?",
    "right",
    "wrong",
    "correct",
    "incorrect",
    "true",
    "false",
    "ok",
    "okay",
    "ja",
    "nein",
    "oui",
    "non",
    "si",
    "sí",
}
_GUARDED = re.compile(r"'\s*[-=+@＝＋－＠]")
_ID = re.compile(r"r[0-9a-f]{10}-[0-9a-f]{4}")
_CODER = re.compile(r"coder[ _-]?\w+", re.IGNORECASE)


def agreement(
    coded: pd.DataFrame | str | os.PathLike, *, by: str = "group"
) -> pd.DataFrame:
    """How often the machine was right, and how far coders agree with it and with each
    other.

    Parameters
    ----------
    coded : DataFrame or path
        A sheet of `coding_sample` that coders have filled in, or the CSV it was saved
        as (comma, semicolon or tab).
    by : str
        The column of the sheet whose groups are shown; by default those that the sample
        was drawn from. With "answer", how far each of the machine's answers can be
        trusted.

    Returns
    -------
    DataFrame
        One row for each group, and for ``(all)``, and coder, and ``(all)`` coders where
        there are several:

        - `n_coded`: rows judged;
        - `precision`: share of rows of the whole table whose answer is right; `ci_low`,
          `ci_high` at 95 %;
        - `alpha_machine`: Krippendorff's alpha between this coder and the machine (for
          ``(all)``: between all of them);
        - `alpha_coders`: alpha between the coders, in the rows of ``(all)`` coders
          only.

        1 is perfect agreement, 0 what chance would give; Krippendorff asks for .800,
        and .667 for tentative conclusions. Missing where it is not defined: fewer than
        two rows judged twice, or only one answer among them.

    Raises
    ------
    IdlibkitError
        If nothing is coded, a word is neither yes, no nor one of the choices, or ids,
        answers or texts were changed.

    Notes ----- *Precision.* A row judged by several coders counts as right in the share
    of them that say so. Groups are sampled unequally, so rows count by the rows of the
    table they stand for (`group_size` over the rows coded in the group; a group without
    any is left out of ``(all)``). Intervals are Wilson's (1927), with (sum w)²/(sum w²)
    as number of rows (Kish 1965), which is the number of rows coded where all count the
    same. They take rows as independent and the table as large; several rows of one
    article are surer in appearance than in fact.

    *Alpha* is nominal (Krippendorff 2018, ch. 12; computed by NLTK), over the rows as
    drawn, each judgement taken as an answer: yes is the machine's answer, no is
    "another". So coders who both say no agree. Answers are compared without regard to
    case and typography, numbers by their value.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "text": [
    ...     "“We will come back on Friday,” Ann Lee said.", "Officials said the road was closed."]})
    >>> sheet = ik.coding_sample(ik.passages(articles), 3)
    # How a sheet is filled in, not a judgement of these rows.
    >>> sheet["coder_1"] = ["yes", "yes", "no"]
    >>> sheet["coder_2"] = ["yes", "", "own"]
    >>> agreement(sheet).round(2)[["group", "coder", "n_coded", "precision", "ci_low", "ci_high"]]
       group    coder  n_coded  precision  ci_low  ci_high
    0      A  coder_1        2       0.50    0.09     0.91
    1      A  coder_2        1       0.00    0.00     0.79
    2      A    (all)        2       0.50    0.09     0.91
    3      B  coder_1        1       1.00    0.21     1.00
    4      B  coder_2        1       1.00    0.21     1.00
    5      B    (all)        1       1.00    0.21     1.00
    6  (all)  coder_1        3       0.75    0.24     0.97
    7  (all)  coder_2        2       0.50    0.09     0.91
    8  (all)    (all)        3       0.75    0.24     0.97
    """
    sheet = coded.copy() if isinstance(coded, pd.DataFrame) else _read(coded)
    check_columns(
        sheet, ["id", "group", "group_size", "context", "answer", by], "the coded sheet"
    )
    coders = [name for name in sheet.columns if _CODER.fullmatch(str(name))]
    for name in sheet.columns:
        sheet[name] = [_cell(value) for value in sheet[name]]
    sheet.index = [
        f"row {i + 2}" for i in range(len(sheet))
    ]  # as spreadsheets number them
    sheet = sheet[(sheet[["id", *coders]] != "").any(axis=1)]
    _check_ids(sheet)
    empty = [name for name in coders if not (sheet[name] != "").any()]
    coders = [name for name in coders if name not in empty]
    if not coders:
        raise IdlibkitError(
            f"nothing is coded yet: {listed(empty) if empty else 'a column coder_1'} must hold yes, no or the right answer."
        )
    if empty:
        warnings.warn(
            f"{listed(empty)} is empty and left out.", IdlibkitWarning, stacklevel=2
        )
    size = pd.to_numeric(sheet["group_size"], errors="coerce")
    if not (size > 0).all():
        raise IdlibkitError(
            f"group_size of {listed(sheet.index[~(size > 0)])} is no number; copy it from the sheet as drawn."
        )

    codes, right = _judgements(sheet, coders)
    machine = pd.Series(
        [_folded(value) for value in sheet["answer"]], index=sheet.index
    )
    named = [(name, right[name], codes[[name]]) for name in coders]
    if len(coders) > 1:
        named.append((ALL, right.mean(axis=1), codes))
    out = []
    for value in [*sorted(sheet[by].unique()), ALL]:
        inside = (sheet[by] == value).to_numpy() | (value == ALL)
        for name, verdict, words in named:
            judged = verdict[inside].dropna()
            # the rows of the table that each stands for, from all rows this coder has
            # judged in its group
            stands = (
                size
                / sheet["group"].map(sheet["group"][verdict.notna()].value_counts())
            ).loc[judged.index]
            several = _alpha(words[inside]) if words.shape[1] > 1 else np.nan
            both = _alpha(words[inside].assign(machine=machine[inside]))
            out.append(
                (
                    value,
                    name,
                    len(judged),
                    *_wilson(judged.to_numpy(float), stands.to_numpy()),
                    both,
                    several,
                )
            )
    names = [
        by,
        "coder",
        "n_coded",
        "precision",
        "ci_low",
        "ci_high",
        "alpha_machine",
        "alpha_coders",
    ]
    return pd.DataFrame(out, columns=names)


def _read(path: str | os.PathLike) -> pd.DataFrame:
    path = os.fspath(path)
    if not os.path.isfile(path):
        raise IdlibkitError(
            f"there is no file {path!r}; check its name and the folder you are in."
        )
    notes = Notes()
    table = read_table(path, notes)
    notes.warn(stacklevel=3)
    return table


def _cell(value: object) -> str:
    if pd.isna(value):
        return ""
    text = f"{value:.12g}" if isinstance(value, float) else str(value).strip()
    return text[1:] if _GUARDED.match(text) else text


def _check_ids(sheet: pd.DataFrame) -> None:
    mend = "Take the columns id, context and answer from the sheet as it was drawn, and write only into the coders' columns."
    odd = [not _ID.fullmatch(value) for value in sheet["id"]]
    if any(odd):
        raise IdlibkitError(
            f"{listed(sheet.index[odd])}: the id was changed or is missing. {mend}"
        )
    twice = sheet["id"].duplicated(keep=False)
    if twice.any():
        raise IdlibkitError(
            f"{listed(sheet.index[twice])}: the same id stands more than once; keep one row of each."
        )
    checks = zip(sheet["id"], sheet["context"], sheet["answer"], strict=True)
    moved = [
        one.split("-")[1] != fingerprint(context, answer)
        for one, context, answer in checks
    ]
    if any(moved):
        raise IdlibkitError(
            f"{listed(sheet.index[moved])}: context or answer is not the one with this id: it was edited, or a column was "
            f"sorted without the others. {mend}"
        )


def _judgements(
    sheet: pd.DataFrame, coders: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each judgement as an answer, and whether it says that the machine's is right;
    missing where there is none.
    """
    codes, right = {}, {}
    known = {_folded(value) for value in sheet["answer"]}
    choices = (
        sheet["choices"] if "choices" in sheet else pd.Series("", index=sheet.index)
    )
    for name in coders:
        words, verdicts = [], []
        for row, said, answer, allowed in zip(
            sheet.index, sheet[name], sheet["answer"], choices, strict=True
        ):
            word, machine = _folded(said), _folded(answer)
            verdict = VERDICTS.get(word) if word != machine else True
            if not said:
                words.append(None)
                verdicts.append(np.nan)
                continue
            if verdict is None:
                among = {_folded(choice) for choice in allowed.split(" | ")} | {
                    _folded(NONE)
                }
                if (allowed and word not in among) or (
                    word in MISTAKEN and word not in known
                ):
                    also = (
                        f", or one of: {allowed}"
                        if allowed
                        else ", or the right answer"
                    )
                    raise IdlibkitError(
                        f"{name}, {row}: {said!r} is not understood; write yes or no{also}. (An answer that is missing "
                        "among the choices can be added to the column choices.)"
                    )
            words.append(machine if verdict else OTHER if verdict is False else word)
            verdicts.append(float(bool(verdict)))
        codes[name], right[name] = words, verdicts
    return pd.DataFrame(codes, index=sheet.index, dtype=object), pd.DataFrame(
        right, index=sheet.index
    )


def _folded(text: str) -> str:
    """Spellings of one answer brought together; numbers by their value."""
    plain = re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", text)
    try:
        return f"{float(plain):.12g}"
    except ValueError:
        return " ".join(fold(text).split())


def _wilson(right: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    if not len(right):
        return np.nan, np.nan, np.nan
    share = float(np.average(right, weights=weight))
    n = weight.sum() ** 2 / (weight**2).sum()
    z = NormalDist().inv_cdf(0.975)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return share, max(0.0, middle - half), min(1.0, middle + half)


def _alpha(codes: pd.DataFrame) -> float:
    """Krippendorff's nominal alpha; missing where fewer than two rows have two codes,
    or all codes are the same.
    """
    from nltk.metrics.agreement import AnnotationTask

    codes = codes[codes.notna().sum(axis=1) > 1]
    long = codes.reset_index(drop=True).stack().dropna()
    if len(codes) < 2 or long.nunique() < 2:
        return np.nan
    return float(
        AnnotationTask(
            [(coder, row, code) for (row, coder), code in long.items()]
        ).alpha()
    )
