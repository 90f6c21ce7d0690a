"""coding_sample, agreement: whether a measure holds for one's own texts, checked by hand on a sample of its rows."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Sequence
from hashlib import blake2b
from statistics import NormalDist
from zlib import crc32

import numpy as np
import pandas as pd

from .cleaning import ROLES
from .exports import read_table
from .sheets import guarded
from .tables import IdlibkitError, IdlibkitWarning, check_by, check_columns, listed, source_text
from .text import fold

__all__ = ["agreement", "coding_sample", "even_shares"]

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
CLOSED = {"voice", "role", "kind", "kept", "frame", "actor", "tone", "cue_stance", "named", "in_marks"}
ALWAYS = {"voice": ["own", "quoted", "reported"], "role": sorted({role for role, _ in ROLES})}  # though not in a table
NONE, OTHER, ALL = "(none)", "(another)", "(all)"
AROUND, LONGEST = 250, 4000  # characters of context on each side; of a text that is shown whole
TONE = 0.05  # VADER's own threshold of the compound score (Hutto & Gilbert 2014)
VERDICTS = {"yes": True, "y": True, "no": False, "n": False}
# Verdicts in other words: never an answer by themselves, so that they are not taken for a wrong one in silence.
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
    """Draw rows at random, the same number from each group, as a sheet in which people judge them by hand.

    Write it with ``sheet.to_csv("sheet.csv", index=False, encoding="utf-8-sig")`` and open it in any spreadsheet. Each coder
    fills in one column without seeing the other's:

    - ``yes``: the machine's answer is right;
    - ``no``: it is wrong;
    - or the right answer itself, which says more than ``no`` (``(none)`` where there is none);
    - nothing: not looked at, or cannot be told from the text.

    Save it as CSV and give it to `agreement`. Seeing the machine's answer makes people agree with it: for a stricter test hide
    the column `answer` in the spreadsheet and let the coders write all answers themselves.

    Parameters
    ----------
    table : DataFrame
        Any table with one row per place in a text: `article_id`, `start`, `end` and `text` (or `match`), as from `quotes`,
        `labels`, `quantities`, `frames`, `sentiment`, `actor_tone`, `lines`, `passages` or `kwic`.
    n : int
        Number of rows; all rows where there are no more.
    by : str or sequence of str
        The groups. Each gives the same number of rows, or all that it has, so that small ones are judged as surely as large.
    seed : int
        The same seed draws the same rows in every order of rows; a larger `n` adds to the rows of a smaller one.
    answer : str or sequence of str, optional
        The column or columns in question. Default: `speaker` of quotes, `value`, `unit` and `counted` of quantities, `tone`,
        `actor` of labels, `frame`, `role` of lines, `voice` of passages, and of `sentiment` negative, neutral or positive.
    articles : DataFrame, optional
        The articles, to show each text with what stands around it.
    coders : int
        Number of empty columns.

    Returns
    -------
    DataFrame
        In random order: `id`; `group` and `group_size` (rows of it in `table`); `weight` (rows of `table` that a row stands
        for); `article_id`, `start`, `end`, which lead back to the row of `table`; `context` (the text, in [[ ]] where
        more is shown); `question` (the columns asked); `answer` (the machine's); `choices` (what may be written besides yes and
        no, where that is known); `coder_1` ... empty; `note`, for remarks. No cell is taken for a formula.

    Raises
    ------
    IdlibkitError
        If a column is missing, `n` is smaller than the number of groups, or it is not clear what to ask.

    See Also
    --------
    agreement : reads the sheet back.

    Notes
    -----
    Rows that the machine found are all that can be judged: the share of right ones is a precision. What it missed (recall) can
    be seen only in tables that have a row for everything, such as the `voice` of passages or the `role` of lines.

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
        raise IdlibkitError(f"n={n!r} must be a whole number of rows to draw, such as n=100.")
    if not 1 <= coders <= 20:
        raise IdlibkitError(f"coders={coders!r} must be a number of people from 1 to 20.")
    if table.empty:
        raise IdlibkitError("the table has no rows to draw from.")
    rows = table.reset_index(drop=True)
    question, answers, choices = _machine(rows, answer)
    group = _shown(rows[by[0]]).str.cat([_shown(rows[name]) for name in by[1:]], sep=" / ")
    sizes = group.value_counts().sort_index()
    if n < len(sizes):
        raise IdlibkitError(f"n={n} is fewer than the {len(sizes)} groups of by={by}; draw at least one row of each.")

    parts = [rows["article_id"].astype("str"), rows["start"].astype("str"), rows["end"].astype("str"), answers, group]
    key = rows[text].astype("str").fillna("").str.cat(parts, sep="\x1f") + "\x1f" + question
    key = key + "\x1f" + key.groupby(key).cumcount().astype("str")  # rows alike in all that a coder sees
    chance = pd.util.hash_array(key.to_numpy(object), hash_key=f"{int(seed) % 10**16:016d}")
    order = pd.DataFrame({"group": group, "chance": chance, "key": key}).sort_values(["chance", "key"])
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
        f"r{blake2b(k.encode('utf-8', 'surrogatepass'), digest_size=5).hexdigest()}-{_check(c, a)}"
        for k, c, a in zip(drawn["key"], sheet["context"], sheet["answer"], strict=True)
    ]
    sheet.insert(0, "id", ids)
    for number in range(coders):
        sheet[f"coder_{number + 1}"] = pd.Series("", index=taken, dtype="str")
    sheet = guarded(sheet.assign(note="").reset_index(drop=True))
    return sheet.astype({name: "str" for name in sheet if sheet[name].dtype == object})


def agreement(coded: pd.DataFrame | str | os.PathLike, *, by: str = "group") -> pd.DataFrame:
    """How often the machine was right, and how far coders agree with it and with each other.

    Parameters
    ----------
    coded : DataFrame or path
        A sheet of `coding_sample` that coders have filled in, or the CSV it was saved as (comma, semicolon or tab).
    by : str
        The column of the sheet whose groups are shown; by default those that the sample was drawn from. With "answer", how far
        each of the machine's answers can be trusted.

    Returns
    -------
    DataFrame
        One row for each group, and for ``(all)``, and coder, and ``(all)`` coders where there are several:

        - `n_coded`: rows judged;
        - `precision`: share of rows of the whole table whose answer is right; `ci_low`, `ci_high` at 95 %;
        - `alpha_machine`: Krippendorff's alpha between this coder and the machine (for ``(all)``: between all of them);
        - `alpha_coders`: alpha between the coders, in the rows of ``(all)`` coders only.

        1 is perfect agreement, 0 what chance would give; Krippendorff asks for .800, and .667 for tentative conclusions.
        Missing where it is not defined: fewer than two rows judged twice, or only one answer among them.

    Raises
    ------
    IdlibkitError
        If nothing is coded, a word is neither yes, no nor one of the choices, or ids, answers or texts were changed.

    Notes
    -----
    *Precision.* A row judged by several coders counts as right in the share of them that say so. Groups are sampled unequally, so
    rows count by the rows of the table they stand for (`group_size` over the rows coded in the group; a group without any
    is left out of ``(all)``). Intervals are
    Wilson's (1927), with (sum w)²/(sum w²) as number of rows (Kish 1965), which is the number of rows coded where all count the
    same. They take rows as independent and the table as large; several rows of one article are surer in appearance than in fact.

    *Alpha* is nominal (Krippendorff 2018, ch. 12; computed by NLTK), over the rows as drawn, each judgement taken as an answer:
    yes is the machine's answer, no is "another". So coders who both say no agree. Answers are compared without regard
    to case and typography, numbers by their value.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "text": [
    ...     "“We will come back on Friday,” Ann Lee said.", "Officials said the road was closed."]})
    >>> sheet = coding_sample(ik.passages(articles), 3)
    >>> sheet["coder_1"] = ["yes", "yes", "no"]  # how a sheet is filled in, not a judgement of these rows
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
    check_columns(sheet, ["id", "group", "group_size", "context", "answer", by], "the coded sheet")
    coders = [name for name in sheet.columns if _CODER.fullmatch(str(name))]
    for name in sheet.columns:
        sheet[name] = [_cell(value) for value in sheet[name]]
    sheet.index = [f"row {i + 2}" for i in range(len(sheet))]  # as spreadsheets number them
    sheet = sheet[(sheet[["id", *coders]] != "").any(axis=1)]
    _check_ids(sheet)
    empty = [name for name in coders if not (sheet[name] != "").any()]
    coders = [name for name in coders if name not in empty]
    if not coders:
        raise IdlibkitError(
            f"nothing is coded yet: {listed(empty) if empty else 'a column coder_1'} must hold yes, no or the right answer."
        )
    if empty:
        warnings.warn(f"{listed(empty)} is empty and left out.", IdlibkitWarning, stacklevel=2)
    size = pd.to_numeric(sheet["group_size"], errors="coerce")
    if not (size > 0).all():
        raise IdlibkitError(
            f"group_size of {listed(sheet.index[~(size > 0)])} is no number; copy it from the sheet as drawn."
        )

    codes, right = _judgements(sheet, coders)
    machine = pd.Series([_folded(value) for value in sheet["answer"]], index=sheet.index)
    named = [(name, right[name], codes[[name]]) for name in coders]
    if len(coders) > 1:
        named.append((ALL, right.mean(axis=1), codes))
    out = []
    for value in [*sorted(sheet[by].unique()), ALL]:
        inside = (sheet[by] == value).to_numpy() | (value == ALL)
        for name, verdict, words in named:
            judged = verdict[inside].dropna()
            # the rows of the table that each stands for, from all rows this coder has judged in its group
            stands = (size / sheet["group"].map(sheet["group"][verdict.notna()].value_counts())).loc[judged.index]
            several = _alpha(words[inside]) if words.shape[1] > 1 else np.nan
            both = _alpha(words[inside].assign(machine=machine[inside]))
            out.append((value, name, len(judged), *_wilson(judged.to_numpy(float), stands.to_numpy()), both, several))
    names = [by, "coder", "n_coded", "precision", "ci_low", "ci_high", "alpha_machine", "alpha_coders"]
    return pd.DataFrame(out, columns=names)


def _machine(rows: pd.DataFrame, answer: str | Sequence[str] | None) -> tuple[str, pd.Series, str]:
    """What is asked, the machine's answer in each row, and the answers there are ('' where that is not known)."""
    if answer is None and "compound" in rows:
        side = np.select([rows["compound"] >= TONE, rows["compound"] <= -TONE], ["positive", "negative"], "neutral")
        return "tone", pd.Series(side, dtype="str"), "negative | neutral | positive"
    if answer is None:
        answer = next((columns for known, columns in QUESTIONS if known <= set(rows.columns)), None)
    if answer is None:
        raise IdlibkitError(
            f"what is to be judged? Name the column with the machine's answer, such as answer={rows.columns[-1]!r}."
        )
    names = check_by(rows, answer, "the table")
    if len(names) > 1:
        cells = zip(*(_shown(rows[name]) for name in names), strict=True)
        joined = [" · ".join(cell for cell in row if cell != NONE) or NONE for row in cells]
        return ", ".join(names), pd.Series(joined, dtype="str"), ""
    values = rows[names[0]]
    shown, choices = _shown(values), ""
    if isinstance(values.dtype, pd.CategoricalDtype):
        choices = " | ".join(dict.fromkeys([*_shown(values.cat.categories.to_series()), *shown[values.isna()]]))
    elif names[0] in CLOSED or values.dtype == bool:
        choices = " | ".join(sorted({*shown, *ALWAYS.get(names[0], [])}))
    return names[0], shown, choices


def _shown(values: pd.Series) -> pd.Series:
    """Values as people read them; truth as a word that no spreadsheet translates."""
    name = str(values.name).replace("_", " ")

    def word(value: object) -> str:
        if isinstance(value, bool | np.bool_):
            return name if value else f"not {name}"
        return f"{value:.12g}" if isinstance(value, float) else " ".join(str(value).split())

    return pd.Series([NONE if pd.isna(value) else word(value) or NONE for value in values], values.index, dtype="str")


def even_shares(sizes: pd.Series, n: int) -> pd.Series:
    """Rows to take of each group: as many of each as there are, what small ones lack shared by the others."""
    taken, left = pd.Series(0, index=sizes.index), min(n, int(sizes.sum()))
    while left:
        more = taken < sizes
        each = left // more.sum()
        if each:
            add = (sizes - taken).clip(upper=each)
        else:  # a few are left over: for the largest groups
            largest = (sizes - taken).sort_values(ascending=False, kind="stable").index[:left]
            add = pd.Series(1, index=largest).reindex(sizes.index, fill_value=0)
        taken, left = taken + add, left - int(add.sum())
    return taken


def _contexts(rows: pd.DataFrame, text: str, articles: pd.DataFrame | None) -> list[str]:
    shown = rows[text].astype("str").fillna("").tolist()
    left = right = [""] * len(rows)
    if articles is not None:
        check_columns(articles, ["article_id"], "articles")
        source = dict(zip(articles["article_id"].astype("str"), source_text(articles), strict=True))
        unknown = [i for i in rows["article_id"].astype("str") if i not in source]
        if unknown:
            raise IdlibkitError(
                f"article_id {listed(unknown, 3)} not found in articles; give those the table was made from."
            )
        places = list(
            zip(rows["article_id"].astype("str"), rows["start"].astype(int), rows["end"].astype(int), strict=True)
        )
        left = [_last_words(source[i][max(0, a - AROUND - 1) : a], a > AROUND) for i, a, _ in places]
        right = [
            _last_words(source[i][b : b + AROUND + 1][::-1], b + AROUND < len(source[i]))[::-1] for i, _, b in places
        ]
    elif {"left", "right"} <= set(rows.columns):
        left, right = rows["left"].fillna("").tolist(), rows["right"].fillna("").tolist()
    elif "context" in rows:
        parts = [str(c).partition(t) for c, t in zip(rows["context"].fillna(""), shown, strict=True)]
        left, right = ([part[i] if part[1] else "" for part in parts] for i in (0, 2))
    out = []
    for before, middle, after in zip(left, shown, right, strict=True):
        if len(middle) > LONGEST:
            middle = f"{middle[: LONGEST // 2]} [...] {middle[-LONGEST // 2 :]}"
        whole = f"{before}[[{middle}]]{after}" if before.strip() or after.strip() else middle
        out.append(" ".join(whole.split()))
    return out


def _last_words(text: str, cut: bool) -> str:
    """The text, without the word that was cut in two at its start."""
    return re.sub(r"^\S*", "…", text, count=1) if cut else text


def _check(context: str, answer: str) -> str:
    """Four digits that change when a text or answer is edited or sorted alone, but not with encoding or number format."""
    words = context if re.search(r"\d", answer) else context + answer
    return f"{crc32(re.sub('[^a-z]', '', words.lower()).encode()) & 0xFFFF:04x}"


def _read(path: str | os.PathLike) -> pd.DataFrame:
    path = os.fspath(path)
    if not os.path.isfile(path):
        raise IdlibkitError(f"there is no file {path!r}; check its name and the folder you are in.")
    notes: list[str] = []
    table = read_table(path, notes)
    for note in notes:
        warnings.warn(note, IdlibkitWarning, stacklevel=3)
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
        raise IdlibkitError(f"{listed(sheet.index[odd])}: the id was changed or is missing. {mend}")
    twice = sheet["id"].duplicated(keep=False)
    if twice.any():
        raise IdlibkitError(f"{listed(sheet.index[twice])}: the same id stands more than once; keep one row of each.")
    checks = zip(sheet["id"], sheet["context"], sheet["answer"], strict=True)
    moved = [one.split("-")[1] != _check(context, answer) for one, context, answer in checks]
    if any(moved):
        raise IdlibkitError(
            f"{listed(sheet.index[moved])}: context or answer is not the one with this id: it was edited, or a column was "
            f"sorted without the others. {mend}"
        )


def _judgements(sheet: pd.DataFrame, coders: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each judgement as an answer, and whether it says that the machine's is right; missing where there is none."""
    codes, right = {}, {}
    known = {_folded(value) for value in sheet["answer"]}
    choices = sheet["choices"] if "choices" in sheet else pd.Series("", index=sheet.index)
    for name in coders:
        words, verdicts = [], []
        for row, said, answer, allowed in zip(sheet.index, sheet[name], sheet["answer"], choices, strict=True):
            word, machine = _folded(said), _folded(answer)
            verdict = VERDICTS.get(word) if word != machine else True
            if not said:
                words.append(None)
                verdicts.append(np.nan)
                continue
            if verdict is None:
                among = {_folded(choice) for choice in allowed.split(" | ")} | {_folded(NONE)}
                if (allowed and word not in among) or (word in MISTAKEN and word not in known):
                    also = f", or one of: {allowed}" if allowed else ", or the right answer"
                    raise IdlibkitError(
                        f"{name}, {row}: {said!r} is not understood; write yes or no{also}. (An answer that is missing "
                        "among the choices can be added to the column choices.)"
                    )
            words.append(machine if verdict else OTHER if verdict is False else word)
            verdicts.append(float(bool(verdict)))
        codes[name], right[name] = words, verdicts
    return pd.DataFrame(codes, index=sheet.index, dtype=object), pd.DataFrame(right, index=sheet.index)


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
    """Krippendorff's nominal alpha; missing where fewer than two rows have two codes, or all codes are the same."""
    from nltk.metrics.agreement import AnnotationTask

    codes = codes[codes.notna().sum(axis=1) > 1]
    long = codes.reset_index(drop=True).stack().dropna()
    if len(codes) < 2 or long.nunique() < 2:
        return np.nan
    return float(AnnotationTask([(coder, row, code) for (row, coder), code in long.items()]).alpha())
