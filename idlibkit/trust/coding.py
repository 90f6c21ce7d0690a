"""coding_sample, agreement: whether a measure holds for one's own texts, checked by
hand on a sample of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from ..cleaning import ROLES
from ..spreadsheets import guarded
from ..tables import IdlibkitError, check_by, check_columns, listed, source_text

__all__ = ["ALL", "NONE", "OTHER", "coding_sample", "even_shares", "fingerprint"]


# What is asked of a table where nobody says: known by its columns, the first that fits.
QUESTIONS = [
    ({"kind", "speaker", "cue"}, ["speaker"]),
    ({"value", "counted", "unit"}, ["value", "unit", "counted"]),
    ({"tone"}, ["tone"]),
    ({"actor", "label"}, ["actor"]),
    ({"frame"}, ["frame"]),
    ({"role", "kept"}, ["role"]),
    ({"voice"}, ["voice"]),
]
# Columns whose values are the answers that there are.
CLOSED_COLUMNS = {
    *("voice", "role", "kind", "kept", "frame", "actor", "tone"),
    *("cue_stance", "named", "in_marks"),
}
# Answers that there are, though they may not stand in a table.
ALWAYS = {
    "voice": ["own", "quoted", "reported"],
    "role": sorted({role for role, _ in ROLES}),
}
PLACE = ["article_id", "start", "end"]
NONE, OTHER, ALL = "(none)", "(another)", "(all)"
AROUND = 250  # characters of context on each side
LONGEST = 4000  # characters of a text that is shown whole
TONE = 0.05  # VADER's own threshold of the compound score (Hutto & Gilbert 2014)
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, the machine's answer in each row, and the answers there are (empty
    where that is not known).
    """

    asked: str
    answers: pd.Series
    choices: str


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
    question = _question(rows, answer)
    group = _shown(rows[by[0]])
    if len(by) > 1:
        further = pd.concat([_shown(rows[name]) for name in by[1:]], axis=1)
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
            "context": _contexts(rows.loc[drawn], text, articles),
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


# --------------------------------------------------------------------- what is asked
def _question(rows: pd.DataFrame, answer: str | Sequence[str] | None) -> Question:
    if answer is None and "compound" in rows:
        sides = [rows["compound"] >= TONE, rows["compound"] <= -TONE]
        side = np.select(sides, ["positive", "negative"], "neutral")
        choices = "negative | neutral | positive"
        return Question("tone", pd.Series(side, dtype="str"), choices)
    if answer is None:
        known = (ask for columns, ask in QUESTIONS if columns <= set(rows.columns))
        answer = next(known, None)
    if answer is None:
        raise IdlibkitError(
            "what is to be judged? Name the column with the machine's answer, "
            f"such as answer={rows.columns[-1]!r}."
        )
    names = check_by(rows, answer, "the table")
    if len(names) > 1:
        cells = zip(*(_shown(rows[name]) for name in names), strict=True)
        joined = [" · ".join(c for c in row if c != NONE) or NONE for row in cells]
        return Question(", ".join(names), pd.Series(joined, dtype="str"), "")
    values = rows[names[0]]
    shown = _shown(values)
    return Question(names[0], shown, " | ".join(_choices(values, shown)))


def _choices(values: pd.Series, shown: pd.Series) -> list[str]:
    """What may be written besides yes and no; nothing where that is not known."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        categories = _shown(values.cat.categories.to_series())
        return list(dict.fromkeys([*categories, *shown[values.isna()]]))
    name = str(values.name)
    if name in CLOSED_COLUMNS or values.dtype == bool:
        return sorted({*shown, *ALWAYS.get(name, [])})
    return []


def _shown(values: pd.Series) -> pd.Series:
    """Values as people read them; truth as a word that no spreadsheet translates."""
    name = str(values.name).replace("_", " ")
    shown = [_word(value, name) or NONE for value in values]
    return pd.Series(shown, values.index, dtype="str")


def _word(value: Any, name: str) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return name if value else f"not {name}"
    return f"{value:.12g}" if isinstance(value, float) else " ".join(str(value).split())


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


# ---------------------------------------------------------------------- the contexts
def _contexts(
    rows: pd.DataFrame, text: str, articles: pd.DataFrame | None
) -> list[str]:
    """The text of each row, in [[ ]] where more is shown around it."""
    shown = rows[text].astype("str").fillna("").tolist()
    if articles is not None:
        around = _in_articles(rows, articles)
    elif {"left", "right"} <= set(rows.columns):
        left, right = rows["left"].fillna(""), rows["right"].fillna("")
        around = list(zip(left, right, strict=True))
    elif "context" in rows:
        whole = rows["context"].fillna("").astype("str")
        around = [_around(c, t) for c, t in zip(whole, shown, strict=True)]
    else:
        around = [("", "")] * len(rows)
    return [
        _marked(before, middle, after)
        for (before, after), middle in zip(around, shown, strict=True)
    ]


def _marked(before: str, middle: str, after: str) -> str:
    if len(middle) > LONGEST:
        middle = f"{middle[: LONGEST // 2]} [...] {middle[-LONGEST // 2 :]}"
    if before.strip() or after.strip():
        middle = f"{before}[[{middle}]]{after}"
    return " ".join(middle.split())


def _around(context: str, text: str) -> tuple[str, str]:
    before, match, after = context.partition(text)
    return (before, after) if match else ("", "")


def _in_articles(rows: pd.DataFrame, articles: pd.DataFrame) -> list[tuple[str, str]]:
    """What stands before and behind each row's place in its article."""
    check_columns(articles, ["article_id"], "articles")
    ids = articles["article_id"].astype("str")
    source = dict(zip(ids, source_text(articles), strict=True))
    wanted = rows["article_id"].astype("str")
    unknown = [name for name in wanted if name not in source]
    if unknown:
        raise IdlibkitError(
            f"article_id {listed(unknown, 3)} not found in articles; "
            "give those the table was made from."
        )
    places = zip(
        wanted, rows["start"].astype(int), rows["end"].astype(int), strict=True
    )
    return [
        (_before(source[name], start), _behind(source[name], end))
        for name, start, end in places
    ]


def _before(source: str, start: int) -> str:
    return _last_words(source[max(0, start - AROUND - 1) : start], start > AROUND)


def _behind(source: str, end: int) -> str:
    part = source[end : end + AROUND + 1]
    return _last_words(part[::-1], end + AROUND < len(source))[::-1]


def _last_words(text: str, cut: bool) -> str:
    """The text, without the word that was cut in two at its start."""
    return re.sub(r"^\S*", "…", text, count=1) if cut else text


def fingerprint(context: str, answer: str) -> str:
    """Four digits that change when a text or answer is edited or sorted alone, but not
    with encoding or number format.
    """
    words = context if re.search(r"\d", answer) else context + answer
    return f"{crc32(re.sub('[^a-z]', '', words.lower()).encode()) & 0xFFFF:04x}"
