"""coding_sample: a sample of a table's rows as a sheet, to be judged by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from zlib import crc32

import numpy as np
import pandas as pd

from ..spreadsheets import guarded
from ..tables import IdlibkitError, check_by, check_columns
from .contexts import contexts_of
from .questions import Question, as_read, question_of

__all__ = ["coding_sample", "even_shares", "fingerprint"]


PLACE = ["article_id", "start", "end"]
SEPARATOR = "\x1f"


def coding_sample(
    table: pd.DataFrame,
    n: int,
    *,
    by: str | Sequence[str] = "outlet",
    seed: int = 0,
    answer: str | Sequence[str] | None = None,
    articles: pd.DataFrame | None = None,
    coders: int = 2,
) -> pd.DataFrame:
    """Draw rows at random, the same number from each group, as a sheet in which people
    judge them by hand.

    Write it with ``sheet.to_csv("sheet.csv", index=False, encoding="utf-8-sig")`` and
    open it in any spreadsheet. Each coder fills in one column without seeing the
    other's:

    - ``yes``: the machine's answer is right;
    - ``no``: it is wrong;
    - or the right answer itself, which says more than ``no`` (``(none)`` where there is
      none);
    - nothing: not looked at, or cannot be told from the text.

    Save it as CSV and give it to `agreement`. Seeing the machine's answer makes people
    agree with it: for a stricter test hide the column `answer` in the spreadsheet and
    let the coders write all answers themselves.

    Parameters
    ----------
    table : DataFrame
        Any table with one row per place in a text: `article_id`, `start`, `end` and
        `text` (or `match`), as from `quotes`, `labels`, `quantities`, `frames`,
        `sentiment`, `actor_tone`, `lines`, `passages` or `kwic`.
    n : int
        Number of rows; all rows where there are no more.
    by : str or sequence of str
        The groups. Each gives the same number of rows, or all that it has, so that
        small ones are judged as surely as large.
    seed : int
        The same seed draws the same rows in every order of rows; a larger `n` adds to
        the rows of a smaller one.
    answer : str or sequence of str, optional
        The column or columns in question. Default: `speaker` of quotes, `value`, `unit`
        and `counted` of quantities, `tone`, `actor` of labels, `frame`, `role` of
        lines, `voice` of passages, and of `sentiment` negative, neutral or positive.
    articles : DataFrame, optional
        The articles, to show each text with what stands around it.
    coders : int
        Number of empty columns.

    Returns
    -------
    DataFrame
        In random order: `id`; `group` and `group_size` (rows of it in `table`);
        `weight` (rows of `table` that a row stands for); `article_id`, `start`, `end`,
        which lead back to the row of `table`; `context` (the text, in [[ ]] where more
        is shown); `question` (the columns asked); `answer` (the machine's); `choices`
        (what may be written besides yes and no, where that is known); `coder_1` ...
        empty; `note`, for remarks. No cell is taken for a formula.

    Raises
    ------
    IdlibkitError
        If a column is missing, `n` is smaller than the number of groups, or it is not
        clear what to ask.

    See Also
    --------
    agreement : reads the sheet back.

    Notes
    -----
    Rows that the machine found are all that can be judged: the share of right ones is a
    precision. What it missed (recall) can be seen only in tables that
    have a row for everything, such as the `voice` of passages or the `role` of lines.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["A", "B"],
    ...     "text": ["“We will come back on Friday,” Ann Lee said.",
    ...              "Officials said the road was closed."]})
    >>> sheet = coding_sample(ik.quotes(articles), 2, articles=articles)
    >>> sheet = sheet.sort_values("group", ignore_index=True)
    >>> sheet[["group", "question", "answer"]]
      group question     answer
    0     A  speaker    Ann Lee
    1     B  speaker  officials
    """
    text = "match" if "match" in table and "text" not in table else "text"
    by = _checked(table, n, by, coders, text)
    rows = table.reset_index(drop=True)
    question = question_of(rows, answer)
    group = as_read(rows[by[0]])
    if len(by) > 1:
        further = pd.concat([as_read(rows[name]) for name in by[1:]], axis=1)
        group = group.str.cat(further, sep=" / ")
    sizes = group.value_counts().sort_index()
    if n < len(sizes):
        raise IdlibkitError(
            f"n={n} is fewer than the {len(sizes)} groups of by={by}; "
            "draw at least one row of each."
        )
    keys = _keys(rows, text, question, group)
    drawn = _drawn(keys, group, sizes, n, seed)
    size = group[drawn].map(sizes)
    sheet = pd.DataFrame(
        {
            "group": group[drawn],
            "group_size": size,
            "weight": size / group[drawn].map(group[drawn].value_counts()),
            **{name: rows.loc[drawn, name] for name in PLACE},
            "context": contexts_of(rows.loc[drawn], text, articles),
            "question": question.asked,
            "answer": question.answers[drawn],
            "choices": question.choices,
        }
    )
    sheet.insert(0, "id", _ids(keys[drawn], sheet))
    for number in range(coders):
        sheet[f"coder_{number + 1}"] = pd.Series("", index=drawn, dtype="str")
    sheet = guarded(sheet.assign(note="").reset_index(drop=True))
    return sheet.astype({name: "str" for name in sheet if sheet[name].dtype == object})


def _checked(
    table: pd.DataFrame, n: int, by: str | Sequence[str], coders: int, text: str
) -> list[str]:
    """The columns of `by`, after checking all that was given."""
    check_columns(table, [*PLACE, text], "the table")
    columns = check_by(table, by, "the table")
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise IdlibkitError(
            f"n={n!r} must be a whole number of rows to draw, such as n=100."
        )
    if not 1 <= coders <= 20:
        raise IdlibkitError(
            f"coders={coders!r} must be a number of people from 1 to 20."
        )
    if table.empty:
        raise IdlibkitError("the table has no rows to draw from.")
    return columns


# -------------------------------------------------------------------- what is drawn
def _keys(
    rows: pd.DataFrame, text: str, question: Question, group: pd.Series
) -> pd.Series:
    """A key for each row, of all that a coder sees and where it stands; rows alike in
    all of that are numbered.
    """
    parts = [rows[name].astype("str") for name in PLACE]
    parts += [question.answers, group]
    words = rows[text].astype("str").fillna("")
    key = (
        words.str.cat(pd.concat(parts, axis=1), sep=SEPARATOR)
        + SEPARATOR
        + question.asked
    )
    return key + SEPARATOR + key.groupby(key).cumcount().astype("str")


def _drawn(
    keys: pd.Series, group: pd.Series, sizes: pd.Series, n: int, seed: int
) -> pd.Index:
    """The rows drawn, in random order; a row's chance hangs on its key and the seed."""
    salt = f"{int(seed) % 10**16:016d}"
    chance = pd.util.hash_array(keys.to_numpy(object), hash_key=salt)
    order = pd.DataFrame({"group": group, "chance": chance, "key": keys})
    order = order.sort_values(["chance", "key"])
    place = order.groupby("group").cumcount()
    return order.index[place < order["group"].map(even_shares(sizes, n))]


def _ids(keys: pd.Series, sheet: pd.DataFrame) -> list[str]:
    """An id for each row of a sheet, which tells a changed text or answer."""
    cells = zip(keys, sheet["context"], sheet["answer"], strict=True)
    return [
        f"r{_digest(key)}-{fingerprint(context, answer)}"
        for key, context, answer in cells
    ]


def _digest(key: str) -> str:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def even_shares(sizes: pd.Series, n: int) -> pd.Series:
    """Rows to take of each group: as many of each as there are, what small ones lack
    shared by the others.
    """
    taken, left = pd.Series(0, index=sizes.index), min(n, int(sizes.sum()))
    while left:
        more = taken < sizes
        each = left // more.sum()
        if each:
            add = (sizes - taken).clip(upper=each)
        else:  # a few are left over: for the largest groups
            largest = (
                (sizes - taken).sort_values(ascending=False, kind="stable").index[:left]
            )
            add = pd.Series(1, index=largest).reindex(sizes.index, fill_value=0)
        taken, left = taken + add, left - int(add.sum())
    return taken


def fingerprint(context: str, answer: str) -> str:
    """Four digits that change when a text or answer is edited or sorted alone, but not
    with encoding or number format.
    """
    words = context if re.search(r"\d", answer) else context + answer
    return f"{crc32(re.sub('[^a-z]', '', words.lower()).encode()) & 0xFFFF:04x}"
