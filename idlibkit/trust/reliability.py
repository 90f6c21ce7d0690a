"""agreement: how often the package is right, and how far coders agree with it and with
each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd

from ..lexicons import words
from ..tables import IdlibkitError
from ..text import fold
from .coded_sheets import Sheet, coders_of, group_sizes, read_sheet
from .questions import ALL, NONE, OTHER

__all__ = ["agreement", "krippendorff_alpha", "wilson_interval"]


COLUMNS = [
    *("coder", "n_coded", "precision", "ci_low", "ci_high"),
    *("alpha_machine", "alpha_coders"),
]


def agreement(coded: Sheet | Sequence[Sheet], *, by: str = "group") -> pd.DataFrame:
    """How often the machine was right, and how far coders agree with it and with each
    other.

    Parameters
    ----------
    coded : DataFrame, path, or a list of them
        A sheet of `coding_sample` that coders have filled in, or the CSV it was saved
        as (comma, semicolon or tab). A list holds one sheet for each coder, who all
        worked on copies of the same sheet.
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

    Notes
    -----
    *Precision.* A row judged by several coders counts as right in the share of them
    that say so. Groups are sampled unequally, so rows count by the rows of the
    table they stand for (`group_size` over the rows coded in the group; a group without
    any is left out of ``(all)``). Intervals are Wilson's (1927), with (sum w)²/(sum w²)
    as number of rows (Kish 1965), which is the number of rows coded where all count the
    same. They take rows as independent and the table as large; several rows of one
    article are surer in appearance than in fact.

    *Alpha* is nominal (Krippendorff 2018, ch. 12; computed by the package
    krippendorff), over the rows as drawn, each judgement taken as an answer: yes is the
    machine's answer, no is "another". So coders who both say no agree. Answers are
    compared without regard to case and typography, numbers by their value.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["A", "B"],
    ...     "text": ["“We will come back on Friday,” Ann Lee said.",
    ...              "Officials said the road was closed."]})
    >>> sheet = ik.coding_sample(ik.passages(articles), 3)
    >>> sheet["coder_1"] = ["yes", "yes", "no"]  # how it is filled in, no judgement
    >>> sheet["coder_2"] = ["yes", "", "own"]
    >>> shown = ["group", "coder", "n_coded", "precision", "ci_low", "ci_high"]
    >>> agreement(sheet).round(2)[shown]
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
    sheet = read_sheet(coded, by)
    coders = coders_of(sheet)
    size = group_sizes(sheet)
    codes, right = _judgements(sheet, coders)
    machine = pd.Series(map(_folded, sheet["answer"]), index=sheet.index, dtype=object)
    judges = [(name, right[name], codes[[name]]) for name in coders]
    if len(coders) > 1:
        judges.append((ALL, right.mean(axis=1), codes))
    weights = {
        name: _weights(sheet["group"], size, verdicts) for name, verdicts, _ in judges
    }
    rows = []
    for value in [*sorted(sheet[by].unique()), ALL]:
        inside = (sheet[by] == value).to_numpy() | (value == ALL)
        for name, verdicts, answers in judges:
            judged = verdicts[inside].dropna()
            weight = weights[name].loc[judged.index]
            rows.append(
                (
                    *(value, name, len(judged)),
                    *wilson_interval(judged.to_numpy(float), weight.to_numpy(float)),
                    krippendorff_alpha(answers[inside].assign(machine=machine[inside])),
                    krippendorff_alpha(answers[inside]),
                )
            )
    return pd.DataFrame(rows, columns=[by, *COLUMNS])


def _weights(group: pd.Series, size: pd.Series, verdicts: pd.Series) -> pd.Series:
    """Rows of the whole table that each row stands for, by how many of its group this
    coder has judged.
    """
    return size / group.map(group[verdicts.notna()].value_counts())


# ---------------------------------------------------------------------- the judgements
def _judgements(
    sheet: pd.DataFrame, coders: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each judgement as an answer, and whether it says that the machine's is right;
    missing where there is none.
    """
    answers = [_folded(value) for value in sheet["answer"]]
    allowed = sheet["choices"] if "choices" in sheet else [""] * len(sheet)
    codes, right = {}, {}
    for name in coders:
        pairs = [
            _judgement(f"{name}, {row}", written, machine, choices, answers)
            for row, written, machine, choices in zip(
                sheet.index, sheet[name], answers, allowed, strict=True
            )
        ]
        codes[name] = [code for code, _ in pairs]
        right[name] = [verdict for _, verdict in pairs]
    index = sheet.index
    return pd.DataFrame(codes, index, dtype=object), pd.DataFrame(right, index)


def _judgement(
    where: str, written: str, machine: str, choices: str, answers: list[str]
) -> tuple[str | None, float]:
    """What a coder wrote, as an answer and as a verdict on the machine's."""
    word = _folded(written)
    if not written:
        return None, np.nan
    if word == machine or word in words("coding.toml", "yes"):
        return machine, 1.0
    if word in words("coding.toml", "no"):
        return OTHER, 0.0
    known = {_folded(choice) for choice in [*choices.split(" | "), NONE]}
    mistaken = word in words("coding.toml", "mistaken") and word not in answers
    if mistaken or (choices and word not in known):
        also = f", or one of: {choices}" if choices else ", or the right answer"
        raise IdlibkitError(
            f"{where}: {written!r} is not understood; write yes or no{also}. (An "
            "answer that is missing among the choices can be added to the column "
            "choices.)"
        )
    return word, 0.0


def _folded(text: str) -> str:
    """Spellings of one answer brought together; numbers by their value."""
    plain = re.sub(r"(?<=\d),(?=\d{3}(?:\D|$))", "", text)
    try:
        return f"{float(plain):.12g}"
    except ValueError:
        return " ".join(fold(text).split())


# ----------------------------------------------------------------------- the measures
def wilson_interval(
    right: np.ndarray, weight: np.ndarray
) -> tuple[float, float, float]:
    """Weighted share of right ones with Wilson's interval at 95 %.

    Parameters
    ----------
    right : array of n
        0 or 1, or for several coders the share of them that say so.
    weight : array of n
        What each stands for; their effective number is Kish's.
    """
    if not len(right):
        return np.nan, np.nan, np.nan
    share = float(np.average(right, weights=weight))
    n = weight.sum() ** 2 / (weight**2).sum()
    z = NormalDist().inv_cdf(0.975)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return share, max(0.0, middle - half), min(1.0, middle + half)


def krippendorff_alpha(codes: pd.DataFrame) -> float:
    """Krippendorff's nominal alpha of a table with a row for each unit and a column for
    each coder; missing where fewer than two rows have two codes, or all codes are the
    same.
    """
    import krippendorff

    codes = codes[codes.notna().sum(axis=1) > 1]
    values = sorted(set(_codes_of(codes)))
    if len(codes) < 2 or len(values) < 2:
        return np.nan
    number = {value: place for place, value in enumerate(values)}
    data = codes.T.map(lambda code: number.get(code, np.nan)).to_numpy(float)
    return float(krippendorff.alpha(data, level_of_measurement="nominal"))


def _codes_of(codes: pd.DataFrame) -> Iterator[str]:
    for name in codes:
        yield from codes[name].dropna()
