"""coding_sample, agreement: whether a measure holds for one's own texts, checked by
hand on a sample of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
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
CLOSED = {
    "voice",
    "role",
    "kind",
    "kept",
    "frame",
    "actor",
    "tone",
    "cue_stance",
    "named",
    "in_marks",
}
ALWAYS = {
    "voice": ["own", "quoted", "reported"],
    "role": sorted({role for role, _ in ROLES}),
}  # though not in a table
NONE, OTHER, ALL = "(none)", "(another)", "(all)"
AROUND, LONGEST = (
    250,
    4000,
)  # characters of context on each side; of a text that is shown whole
TONE = 0.05  # VADER's own threshold of the compound score (Hutto & Gilbert 2014)


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

    Notes ----- Rows that the machine found are all that can be judged: the share of
    right ones is a precision. What it missed (recall) can be seen only in tables that
    have a row for everything, such as the `voice` of passages or the `role` of lines.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "text": [
    ...     "“We will come back on Friday,” Ann Lee said.", "Officials said the road was closed."]})
    >>> sheet = coding_sample(ik.quotes(articles), 2, articles=articles)
    >>> sheet.sort_values("group")[["group", "question", "answer", "coder_1"]].to_string(index=False)
    'group question    answer coder_1\\n    A  speaker   Ann Lee        \\n    B  speaker officials        '
    """
    text = "match" if "match" in table and "text" not in table else "text"
    check_columns(table, ["article_id", "start", "end", text], "the table")
    by = check_by(table, by, "the table")
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
    rows = table.reset_index(drop=True)
    question, answers, choices = _machine(rows, answer)
    group = _shown(rows[by[0]]).str.cat(
        [_shown(rows[name]) for name in by[1:]], sep=" / "
    )
    sizes = group.value_counts().sort_index()
    if n < len(sizes):
        raise IdlibkitError(
            f"n={n} is fewer than the {len(sizes)} groups of by={by}; draw at least one row of each."
        )

    parts = [
        rows["article_id"].astype("str"),
        rows["start"].astype("str"),
        rows["end"].astype("str"),
        answers,
        group,
    ]
    key = (
        rows[text].astype("str").fillna("").str.cat(parts, sep="\x1f")
        + "\x1f"
        + question
    )
    key = (
        key + "\x1f" + key.groupby(key).cumcount().astype("str")
    )  # rows alike in all that a coder sees
    chance = pd.util.hash_array(
        key.to_numpy(object), hash_key=f"{int(seed) % 10**16:016d}"
    )
    order = pd.DataFrame({"group": group, "chance": chance, "key": key}).sort_values(
        ["chance", "key"]
    )
    place = order.groupby("group").cumcount()
    drawn = order[place < order["group"].map(even_shares(sizes, n))]
    taken = drawn.index
    count = drawn["group"].value_counts()
    size = drawn["group"].map(sizes)
    sheet = pd.DataFrame(
        {
            "group": drawn["group"],
            "group_size": size,
            "weight": size / drawn["group"].map(count),
            **{name: rows.loc[taken, name] for name in ("article_id", "start", "end")},
            "context": _contexts(rows.loc[taken], text, articles),
            "question": question,
            "answer": answers[taken],
            "choices": choices,
        }
    )
    ids = [
        f"r{blake2b(k.encode('utf-8', 'surrogatepass'), digest_size=5).hexdigest()}-{fingerprint(c, a)}"
        for k, c, a in zip(drawn["key"], sheet["context"], sheet["answer"], strict=True)
    ]
    sheet.insert(0, "id", ids)
    for number in range(coders):
        sheet[f"coder_{number + 1}"] = pd.Series("", index=taken, dtype="str")
    sheet = guarded(sheet.assign(note="").reset_index(drop=True))
    return sheet.astype({name: "str" for name in sheet if sheet[name].dtype == object})


def _machine(
    rows: pd.DataFrame, answer: str | Sequence[str] | None
) -> tuple[str, pd.Series, str]:
    """What is asked, the machine's answer in each row, and the answers there are (''
    where that is not known).
    """
    if answer is None and "compound" in rows:
        side = np.select(
            [rows["compound"] >= TONE, rows["compound"] <= -TONE],
            ["positive", "negative"],
            "neutral",
        )
        return "tone", pd.Series(side, dtype="str"), "negative | neutral | positive"
    if answer is None:
        answer = next(
            (columns for known, columns in QUESTIONS if known <= set(rows.columns)),
            None,
        )
    if answer is None:
        raise IdlibkitError(
            f"what is to be judged? Name the column with the machine's answer, such as answer={rows.columns[-1]!r}."
        )
    names = check_by(rows, answer, "the table")
    if len(names) > 1:
        cells = zip(*(_shown(rows[name]) for name in names), strict=True)
        joined = [
            " · ".join(cell for cell in row if cell != NONE) or NONE for row in cells
        ]
        return ", ".join(names), pd.Series(joined, dtype="str"), ""
    values = rows[names[0]]
    shown, choices = _shown(values), ""
    if isinstance(values.dtype, pd.CategoricalDtype):
        choices = " | ".join(
            dict.fromkeys(
                [*_shown(values.cat.categories.to_series()), *shown[values.isna()]]
            )
        )
    elif names[0] in CLOSED or values.dtype == bool:
        choices = " | ".join(sorted({*shown, *ALWAYS.get(names[0], [])}))
    return names[0], shown, choices


def _shown(values: pd.Series) -> pd.Series:
    """Values as people read them; truth as a word that no spreadsheet translates."""
    name = str(values.name).replace("_", " ")

    def word(value: object) -> str:
        if isinstance(value, bool | np.bool_):
            return name if value else f"not {name}"
        return (
            f"{value:.12g}"
            if isinstance(value, float)
            else " ".join(str(value).split())
        )

    return pd.Series(
        [NONE if pd.isna(value) else word(value) or NONE for value in values],
        values.index,
        dtype="str",
    )


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


def _contexts(
    rows: pd.DataFrame, text: str, articles: pd.DataFrame | None
) -> list[str]:
    shown = rows[text].astype("str").fillna("").tolist()
    left = right = [""] * len(rows)
    if articles is not None:
        check_columns(articles, ["article_id"], "articles")
        source = dict(
            zip(
                articles["article_id"].astype("str"), source_text(articles), strict=True
            )
        )
        unknown = [i for i in rows["article_id"].astype("str") if i not in source]
        if unknown:
            raise IdlibkitError(
                f"article_id {listed(unknown, 3)} not found in articles; give those the table was made from."
            )
        places = list(
            zip(
                rows["article_id"].astype("str"),
                rows["start"].astype(int),
                rows["end"].astype(int),
                strict=True,
            )
        )
        left = [
            _last_words(source[i][max(0, a - AROUND - 1) : a], a > AROUND)
            for i, a, _ in places
        ]
        right = [
            _last_words(
                source[i][b : b + AROUND + 1][::-1], b + AROUND < len(source[i])
            )[::-1]
            for i, _, b in places
        ]
    elif {"left", "right"} <= set(rows.columns):
        left, right = (
            rows["left"].fillna("").tolist(),
            rows["right"].fillna("").tolist(),
        )
    elif "context" in rows:
        parts = [
            str(c).partition(t)
            for c, t in zip(rows["context"].fillna(""), shown, strict=True)
        ]
        left, right = ([part[i] if part[1] else "" for part in parts] for i in (0, 2))
    out = []
    for before, middle, after in zip(left, shown, right, strict=True):
        if len(middle) > LONGEST:
            middle = f"{middle[: LONGEST // 2]} [...] {middle[-LONGEST // 2 :]}"
        whole = (
            f"{before}[[{middle}]]{after}"
            if before.strip() or after.strip()
            else middle
        )
        out.append(" ".join(whole.split()))
    return out


def _last_words(text: str, cut: bool) -> str:
    """The text, without the word that was cut in two at its start."""
    return re.sub(r"^\S*", "…", text, count=1) if cut else text


def fingerprint(context: str, answer: str) -> str:
    """Four digits that change when a text or answer is edited or sorted alone, but not
    with encoding or number format.
    """
    words = context if re.search(r"\d", answer) else context + answer
    return f"{crc32(re.sub('[^a-z]', '', words.lower()).encode()) & 0xFFFF:04x}"
