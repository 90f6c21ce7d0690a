"""Samples to code by hand and what is read back from them: drawn fairly, the same in every order, right by hand and in print."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import idlibkit as ik
from idlibkit.tables import IdlibkitError, IdlibkitWarning
from idlibkit.trust.coding import coding_sample
from idlibkit.trust.reliability import agreement, krippendorff_alpha, wilson_interval


def table(sizes, answers=("own", "quoted")):
    rows = [(outlet, i) for outlet, size in sizes.items() for i in range(size)]
    out = pd.DataFrame(rows, columns=["outlet", "start"])
    out["article_id"] = out["outlet"] + (out["start"] // 10).astype("str")
    out["voice"] = [answers[i % len(answers)] for i in range(len(out))]
    out["end"] = out["start"] + 5
    return out.assign(
        text="Words "
        + out["start"].map(lambda i: "abcdefghijklmnopqrstuvwxyz"[i % 26] * 3)
    )


def coded(sizes, n, *codes, **options):
    sheet = coding_sample(table(sizes), n, coders=len(codes), **options)
    for number, code in enumerate(codes):
        sheet[f"coder_{number + 1}"] = code if isinstance(code, str) else list(code)
    return sheet


# ------------------------------------------------------------------------------------------------ drawing


def test_each_group_gives_the_same_number_and_weights_add_up_to_the_table():
    sheet = coding_sample(table({"A": 100, "B": 20, "C": 4}), 30)
    assert sheet["group"].value_counts().to_dict() == {"A": 13, "B": 13, "C": 4}
    assert sheet.groupby("group")["weight"].sum().to_dict() == pytest.approx(
        {"A": 100, "B": 20, "C": 4}
    )
    assert sheet.groupby("group")["group_size"].first().to_dict() == {
        "A": 100,
        "B": 20,
        "C": 4,
    }
    assert coding_sample(table({"A": 100, "B": 20, "C": 4}), 8)[
        "group"
    ].value_counts().to_dict() == {
        "A": 3,
        "B": 3,
        "C": 2,
    }


@given(
    st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 30), min_size=1),
    st.integers(5, 200),
    st.integers(0, 9),
)
def test_a_sample_is_of_the_table(sizes, n, seed):
    rows = table(sizes)
    sheet = coding_sample(rows, n, seed=seed)
    assert len(sheet) == min(n, len(rows))
    assert sheet["id"].is_unique
    assert sheet["weight"].sum() == pytest.approx(len(rows))
    count = sheet["group"].value_counts()
    open_ = [count[name] for name in sizes if count[name] < sizes[name]]
    assert not open_ or max(count) - min(open_) <= 1, (
        "a group gave less than others although it has more"
    )
    found = sheet.merge(rows, on=["article_id", "start", "end"], validate="1:1")
    assert (
        len(found) == len(sheet)
        and (found["answer"] == found["voice"]).all()
        and (found["group"] == found["outlet"]).all()
    )


def test_same_rows_in_every_order_and_more_rows_add_to_fewer():
    rows = table({"A": 60, "B": 50})
    sheet = coding_sample(rows, 20, seed=4)
    mixed = rows.sample(frac=1, random_state=1).set_index("text", drop=False)
    pd.testing.assert_frame_equal(sheet, coding_sample(mixed, 20, seed=4))
    assert set(sheet["id"]) < set(coding_sample(rows, 30, seed=4)["id"])
    assert set(sheet["id"]) != set(coding_sample(rows, 20, seed=5)["id"])
    assert not sheet["group"].is_monotonic_increasing, (
        "groups stand mixed, so that coders tire of all alike"
    )


def test_every_row_is_as_likely_as_any_other_of_its_group():
    rows = table({"A": 20, "B": 5})
    drawn = pd.concat(coding_sample(rows, 8, seed=seed) for seed in range(100))
    count = drawn.groupby(["group", "start"]).size()
    expected = np.where(
        count.index.get_level_values("group") == "A", 100 * 4 / 20, 100 * 4 / 5
    )
    assert len(count) == 25
    z = (count - expected) / np.sqrt(expected * (1 - expected / 100))
    assert z.abs().max() < 4


def test_input_is_not_changed():
    rows = table({"A": 9})
    before = rows.copy()
    sheet = coding_sample(rows, 3)
    pd.testing.assert_frame_equal(rows, before)
    kept = sheet.copy()
    with pytest.raises(IdlibkitError, match="nothing is coded yet"):
        agreement(sheet)
    pd.testing.assert_frame_equal(sheet, kept)


ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b"],
        "outlet": ["A", "B"],
        "text": [
            "The talks failed. “We will come back on Friday,” Ann Lee said. At least 23 sailors were killed.",
            "Officials said the rebels had closed the road. It was a terrible day for everyone in the town.",
        ],
    }
)


@pytest.mark.parametrize(
    ("name", "question", "choices"),
    [
        ("quotes", "speaker", ""),
        ("quantities", "value, unit, counted", ""),
        ("labels", "actor", "rebels"),
        ("frames", "frame", None),
        ("sentiment", "tone", "negative | neutral | positive"),
        ("lines", "role", None),
        ("passages", "voice", "own | quoted | reported"),
        ("kwic", "voice", "own | quoted | reported"),
    ],
)
def test_every_table_has_a_question_and_comes_back(name, question, choices):
    cut = ik.passages(ARTICLES)
    rows = {
        "quotes": lambda: ik.quotes(ARTICLES),
        "lines": lambda: ik.lines(ARTICLES),
        "passages": lambda: cut,
        "labels": lambda: ik.labels(cut, {"rebels": ["rebels"]}),
        "kwic": lambda: ik.kwic(cut, "the"),
    }.get(name, lambda: getattr(ik, name)(cut))()
    by = "article_id" if name == "lines" else "outlet"
    sheet = coding_sample(rows, 50, by=by, articles=ARTICLES)
    assert len(sheet) == len(rows)
    assert (sheet["question"] == question).all()
    if choices is not None:
        assert (sheet["choices"] == choices).all()
    for row in sheet.itertuples():
        text = ARTICLES.set_index("article_id")["text"][row.article_id]
        assert f"[[{text[row.start : row.end]}]]" in row.context or row.context == text
        assert row.context.replace("[[", "").replace("]]", "") == text
    sheet["coder_1"] = "yes"
    with pytest.warns(IdlibkitWarning, match="coder_2"):
        found = agreement(sheet)
    assert (found["precision"] == 1).all()
    assert found.iloc[-1]["n_coded"] == len(rows)


def test_answers_as_people_read_them():
    rows = table({"A": 4}).assign(
        in_marks=[True, False, True, False],
        value=[1234567.0, 2.5, np.nan, 3.0],
        unit=["km", None, None, "%"],
    )
    shown = coding_sample(rows, 4, answer="in_marks").sort_values("start")
    assert shown["answer"].tolist() == [
        "in marks",
        "not in marks",
        "in marks",
        "not in marks",
    ]
    assert set(shown["choices"]) == {"in marks | not in marks"}
    shown = coding_sample(rows, 4, answer=["value", "unit"]).sort_values("start")
    assert shown["answer"].tolist() == ["1234567 · km", "2.5", "(none)", "3 · %"]
    sides = pd.Categorical(["left", "left", None, "left"], categories=["right", "left"])
    shown = coding_sample(rows.assign(side=sides), 4, answer="side")
    assert set(shown["choices"]) == {"right | left | (none)"}


def test_context_is_cut_between_words():
    text = "word " * 100 + "Here it is" + " more" * 100
    rows = pd.DataFrame(
        {
            "article_id": ["a"],
            "outlet": ["A"],
            "start": [500],
            "end": [510],
            "text": ["Here it is"],
        }
    )
    sheet = coding_sample(
        rows.assign(voice="own"),
        1,
        articles=pd.DataFrame({"article_id": ["a"], "text": [text]}),
    )
    shown = sheet["context"].item()
    assert "word [[Here it is]] more" in shown
    assert set(shown.replace("[[Here it is]]", "").split()) == {"…", "word", "more"}


def test_groups_of_several_columns_and_missing_values():
    rows = table({"A": 6, "B": 6}).assign(speaker=["Ann", None, "Bo"] * 4)
    sheet = coding_sample(rows, 12, by=["outlet", "speaker"])
    assert sorted(sheet["group"].unique()) == [
        f"{o} / {s}" for o in "AB" for s in ("(none)", "Ann", "Bo")
    ]


def test_no_cell_is_a_formula(tmp_path):
    evil = [
        "=cmd|'/c calc'!A1",
        "+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "＝1",
        "Words",
    ]
    rows = table({"A": 8}).assign(text=evil, outlet=evil, speaker=evil, article_id=evil)
    sheet = coding_sample(rows, 8, answer="speaker")
    for name in ("article_id", "group", "context", "answer"):
        risky = sheet[name].str.contains(r"^\s*[=+@＝]|^\s*-(?!\d+$)")
        assert not (risky & ~sheet[name].isin(["+1"])).any(), name
    sheet["coder_1"] = sheet["answer"]
    sheet["coder_2"] = "yes"
    path = tmp_path / "sheet.csv"
    sheet.to_csv(path, index=False, encoding="utf-8-sig")
    assert (agreement(path)["precision"] == 1).all()


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"n": 0}, "whole number"),
        ({"n": 1}, "fewer than the 2 groups"),
        ({"n": 2.5}, "whole number"),
        ({"coders": 0}, "number of people"),
        ({"by": "country"}, "country"),
        ({"answer": "vioce"}, "Did you mean 'voice'"),
        (
            {"articles": pd.DataFrame({"article_id": ["z"], "text": ["z"]})},
            "not found in articles",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said(given, match):
    with pytest.raises(IdlibkitError, match=match):
        coding_sample(table({"A": 9, "B": 9}), **({"n": 4} | given))
    with pytest.raises(IdlibkitError, match="no rows"):
        coding_sample(table({"A": 9}).iloc[:0], 4)
    with pytest.raises(IdlibkitError, match="what is to be judged"):
        coding_sample(table({"A": 9}).drop(columns="voice"), 4)


# ------------------------------------------------------------------------------------------------ reading back


def test_wilson_interval_as_printed():
    """R's prop.test(x, n, correct=FALSE); Newcombe 1998, table I, method 3, for 81/263, 15/148, 0/20 and 1/29."""
    for right, n, low, high in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (8, 10, 0.4902, 0.9433),
    ]:
        found = wilson_interval(np.arange(n) < right, np.full(n, 2.0))
        assert found == pytest.approx((right / n, low, high), abs=5e-5)


def test_krippendorff_alpha_as_printed():
    """Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": nominal, two coders, binary .095 and
    nominal .692, four coders with gaps .743; and the three coders of Wikipedia's example, .691."""
    binary = pd.DataFrame(
        {"a": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "b": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]}
    )
    assert krippendorff_alpha(binary) == pytest.approx(0.095, abs=5e-4)
    nominal = pd.DataFrame(
        {"ben": list("aabbdcccedda"), "gerry": list("babbbcccedddd"[:12])}
    )
    assert krippendorff_alpha(nominal) == pytest.approx(0.692, abs=5e-4)
    gaps = pd.DataFrame(
        {
            "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
            "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
            "c": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
            "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
        },
        dtype=object,
    )
    assert krippendorff_alpha(gaps) == pytest.approx(0.743, abs=5e-4)
    three = pd.DataFrame(
        {
            "a": [None] * 5 + [3, 4, 1, 2, 1, 1, 3, 3, None, 3],
            "b": [1, None, 2, 1, 3, 3, 4, 3] + [None] * 7,
            "c": [None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4],
        },
        dtype=object,
    )
    assert krippendorff_alpha(three) == pytest.approx(0.691, abs=5e-4)


@given(
    st.lists(
        st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 3),
        min_size=2,
        max_size=12,
    )
)
def test_krippendorff_alpha_is_its_definition(codes):
    """1 - D_o / D_e over pairs of codes within units and over all pairable codes."""
    units = [[code for code in unit if code] for unit in codes]
    units = [unit for unit in units if len(unit) > 1]
    values = [code for unit in units for code in unit]
    found = krippendorff_alpha(pd.DataFrame(codes, dtype=object))
    if len(units) < 2 or len(set(values)) < 2:
        assert np.isnan(found)
        return
    n = len(values)
    within = (
        sum(sum(a != b for a in unit for b in unit) / (len(unit) - 1) for unit in units)
        / n
    )
    overall = sum(a != b for a in values for b in values) / (n * (n - 1))
    assert found == pytest.approx(1 - within / overall)


def test_precision_by_hand():
    """A: 3 of 4 right and stands for 40 rows; B: 1 of 4 and stands for 8."""
    sheet = coded({"A": 40, "B": 8}, 8, "yes")
    a, b = (sheet.index[sheet["group"] == name] for name in "AB")
    sheet.loc[[a[0], b[0], b[1], b[2]], "coder_1"] = "no"
    found = agreement(sheet).set_index("group")
    assert found["precision"].to_dict() == pytest.approx(
        {"A": 0.75, "B": 0.25, "(all)": (40 * 0.75 + 8 * 0.25) / 48}
    )
    assert found["n_coded"].to_dict() == {"A": 4, "B": 4, "(all)": 8}
    assert found.loc["A", ["ci_low", "ci_high"]].tolist() == pytest.approx(
        [0.3006, 0.9544], abs=5e-5
    )
    # weights 10 and 2, four times each: (4*12)^2 / (4*104) = 5.54 rows
    p, n, z = 32 / 48, 48**2 / 416, 1.959964
    middle, half = (p + z**2 / 2 / n), z * np.sqrt(p * (1 - p) / n + z**2 / 4 / n**2)
    expected = [(middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)]
    assert found.loc["(all)", ["ci_low", "ci_high"]].tolist() == pytest.approx(
        expected, abs=1e-5
    )
    assert found["alpha_coders"].isna().all()


def test_a_sheet_coded_in_part_still_speaks_for_the_whole_table():
    sheet = coded({"A": 40, "B": 8}, 8, "")
    a, b = (sheet.index[sheet["group"] == name] for name in "AB")
    sheet.loc[a, "coder_1"] = "yes"
    sheet.loc[b[:1], "coder_1"] = "no"
    found = agreement(sheet).set_index("group")
    assert found.loc["(all)", "precision"] == pytest.approx(40 / 48)
    assert found.loc["(all)", "n_coded"] == 5


def test_words_and_right_answers():
    answers = ["own", "quoted"]
    sheet = coded({"A": 12}, 12, "yes", "yes")
    sheet = sheet.sort_values("start", ignore_index=True)
    assert sheet["answer"].tolist() == answers * 6
    sheet["coder_1"] = [
        "yes",
        "YES ",
        "y",
        "Quoted",
        "no",
        "N",
        "own",
        "reported",
        "(none)",
        "OWN",
        "",
        None,
    ]
    right = [1, 1, 1, 1, 0, 0, 1, 0, 0, 0]
    found = agreement(sheet).query("group == '(all)'").set_index("coder")
    assert found.loc["coder_1", "n_coded"] == 10
    assert found.loc["coder_1", "precision"] == pytest.approx(np.mean(right))
    assert found.loc["coder_2", "precision"] == 1
    assert found.loc["(all)", "precision"] == pytest.approx(
        (np.sum(right) / 2 + 5 + 2) / 12
    )
    # as codes: own quoted own quoted another another own reported none own, against the machine's
    codes = [
        "own",
        "quoted",
        "own",
        "quoted",
        "-",
        "-",
        "own",
        "reported",
        "none",
        "own",
    ]
    one = krippendorff_alpha(pd.DataFrame({"coder": codes, "machine": answers * 5}))
    assert found.loc["coder_1", "alpha_machine"] == pytest.approx(one)
    assert found.loc["(all)", "alpha_coders"] == pytest.approx(one), (
        "coder_2 said yes to all: its codes are the machine's"
    )
    assert found.loc["coder_2", "alpha_machine"] == 1
    assert agreement(sheet, by="answer").query("coder == 'coder_2'")[
        "answer"
    ].tolist() == ["own", "quoted", "(all)"]


def test_numbers_and_typography_do_not_make_an_answer_wrong():
    rows = table({"A": 4}).assign(
        value=[1200.0, 15.0, 3.5, 1e6], speaker=["Ann O’Neil", "Öztürk", None, "US"]
    )
    sheet = coding_sample(rows, 4, answer="value").sort_values("start")
    sheet["coder_1"] = ["1,200", "15.0", "3.50", "1000000"]
    sheet["coder_2"] = ["1201", "15", "35", "no"]
    found = agreement(sheet).query("group == '(all)'")
    assert found["precision"].tolist() == [1, 0.25, 0.625]
    sheet = coding_sample(rows, 4, answer="speaker", coders=1).sort_values("start")
    sheet["coder_1"] = ["ann  o'neil", "Ozturk", "(none)", "USA"]
    assert agreement(sheet)["precision"].tolist() == [0.75, 0.75]


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8-sig"), (";", "utf-8"), (";", "cp1252"), ("\t", "utf-16")],
)
@pytest.mark.filterwarnings("ignore::idlibkit.IdlibkitWarning")
def test_the_file_as_spreadsheets_save_it(tmp_path, separator, encoding):
    sheet = coding_sample(ik.quotes(ARTICLES), 9, articles=ARTICLES, coders=1).assign(
        coder_1="yes"
    )
    sheet = sheet.sort_values("answer")
    sheet["weight"] = sheet["weight"].map(lambda w: f"{w:.2f}".replace(".", ","))
    path = tmp_path / "sheet.csv"
    blank = separator * (sheet.shape[1] - 1) + "\n"
    path.write_bytes(
        (sheet.to_csv(index=False, sep=separator) + blank).encode(encoding)
    )
    pd.testing.assert_frame_equal(agreement(path), agreement(sheet))


def test_what_cannot_be_read_back_is_said(tmp_path):
    sheet = coded({"A": 40, "B": 8}, 8, "yes", "no")
    row = "row 4"

    def broken(match, **columns):
        bad = sheet.copy()
        for name, value in columns.items():
            bad[name] = bad[name].astype(object)
            bad.loc[2, name] = value
        with pytest.raises(IdlibkitError, match=match):
            agreement(bad)

    broken(
        f"coder_1, {row}: 'quotd' is not understood; write yes or no, or one of: own",
        coder_1="quotd",
    )
    broken(f"coder_2, {row}: '1' is not understood", coder_2=1.0)
    broken(f"{row}.*id was changed", id="17")
    broken("row 3.*row 4.*same id", id=sheet.loc[1, "id"])
    broken(f"{row}.*context or answer is not the one", context="Other words")
    broken(f"{row}.*context or answer is not the one", answer="reported")
    broken(f"group_size of '{row}'", group_size="many")
    moved = sheet.assign(context=sheet["context"].sort_values().tolist())
    with pytest.raises(IdlibkitError, match="sorted without the others"):
        agreement(moved)
    with pytest.raises(
        IdlibkitError,
        match="nothing is coded yet: 'coder_1' and 'coder_2'|nothing is coded yet: 'coder_1', 'coder_2'",
    ):
        agreement(sheet.assign(coder_1="", coder_2=None))
    with pytest.raises(IdlibkitError, match="nothing is coded yet: a column coder_1"):
        agreement(sheet.drop(columns=["coder_1", "coder_2"]))
    with pytest.raises(IdlibkitError, match="'id' not found in the coded sheet"):
        agreement(sheet.drop(columns="id"))
    with pytest.raises(IdlibkitError, match="no file"):
        agreement(tmp_path / "none.csv")
    with pytest.raises(IdlibkitError, match="CSV"):
        (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04")
        agreement(tmp_path / "sheet.xlsx")
    words = coding_sample(
        table({"A": 3}).assign(speaker="Ann"), 3, answer="speaker", coders=1
    )
    with pytest.raises(
        IdlibkitError,
        match="'1' is not understood; write yes or no, or the right answer",
    ):
        agreement(words.assign(coder_1=["yes", "1", "no"]))


def test_krippendorff_alpha_is_missing_where_it_is_not_defined():
    found = agreement(coded({"A": 3}, 3, ["yes", "", ""], ["", "yes", ""]))
    assert found["alpha_coders"].isna().all()
    same = coding_sample(table({"A": 3}, answers=("own",)), 3).assign(
        coder_1="yes", coder_2="yes"
    )
    assert agreement(same)[["alpha_machine", "alpha_coders"]].isna().all(axis=None)


def test_a_coders_column_may_be_renamed():
    sheet = coded({"A": 40}, 8, "yes").rename(columns={"coder_1": "Coder Ann"})
    assert set(agreement(sheet)["coder"]) == {"Coder Ann"}
