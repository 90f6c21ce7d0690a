"""Tables for people: words for names, one cell for a number and its interval."""

import re

import numpy as np
import pandas as pd
import pytest

import idlibkit as ik


def cells(table, **options):
    """The rows of a shown table, headings first, as they stand in its HTML."""
    html = ik.show_table(table, **options).html
    rows = re.findall(r"<tr>.*?</tr>", html)
    return [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in rows]


@pytest.mark.parametrize(
    ("value", "low", "high", "written"),
    [
        (-0.304, -0.432, -0.171, "−0.30 (−0.43 to −0.17)"),
        (0.1, np.nan, np.nan, "0.10"),
        (np.nan, np.nan, np.nan, "–"),
        (-0.001, -0.2, 0.2, "0.00 (−0.20 to 0.20)"),
    ],
)
def test_an_interval_stands_in_the_cell_of_its_number(value, low, high, written):
    table = pd.DataFrame(
        {
            "outlet": "A",
            "estimate": [value, 2.0],
            "ci_low": [low, 1.0],
            "ci_high": [high, 3.0],
        }
    )
    assert cells(table)[1] == ["A", written]


@pytest.mark.parametrize(
    ("ratio", "low", "high", "written"),
    [
        (2.46, 1.0, 4.0, "5.5 times as often (2 to 16)"),
        (-1.0, -2.0, 0.0, "0.5 times as often (0.25 to 1)"),
        (4.0, 0.5, np.inf, "16 times as often (1.4 to no upper limit)"),
        (3.0, 0.5, 21.0, "8 times as often (1.4 to no upper limit)"),
    ],
)
def test_a_log_ratio_is_how_many_times_as_often(ratio, low, high, written):
    table = pd.DataFrame(
        {
            "term": ["x"],
            "log_ratio": [ratio],
            "log_ratio_low": [low],
            "log_ratio_high": [high],
        }
    )
    assert cells(table)[1] == ["x", written]


def test_shares_are_per_cent_and_q_is_a_word():
    table = pd.DataFrame(
        {
            "outlet": "A",
            "label": ["x", "y"],
            "estimate": [0.672, 0.002],
            "difference": [0.14, -0.01],
            "q": [0.051, 0.049],
        }
    )
    assert cells(table)[1:] == [
        ["A", "x", "67 %", "+14 points", "could be chance"],
        ["A", "y", "under 1 %", "−1 point", "beyond chance"],
    ]


def test_a_mean_of_tone_is_no_share():
    table = pd.DataFrame({"outlet": ["A"], "estimate": [0.25], "n_articles": [12345]})
    assert cells(table) == [["Outlet", "Estimate", "Articles"], ["A", "0.25", "12,345"]]


def test_nothing_has_no_sign():
    table = pd.DataFrame({"difference": [0.001, -0.001, -1.5, 2.0]})
    assert [row[0] for row in cells(table)[1:]] == ["0.00", "0.00", "−1.50", "+2.00"]


def test_at_most_six_columns_and_the_rest_is_said():
    table = pd.DataFrame({f"c{n}": [n] for n in range(9)})
    shown = ik.show_table(table)
    assert len(cells(table)[0]) == 6
    assert "3 more columns in the table itself." in shown.text
    assert cells(table, columns=["c8", "c0"])[0] == ["C8", "C0"]


def test_text_stands_left_and_numbers_right():
    html = ik.show_table(pd.DataFrame({"outlet": ["A"], "n_words": [7]})).html
    assert '<td align="left" style="text-align:left">A</td>' in html
    assert '<td align="right" style="text-align:right">7</td>' in html


def test_a_concordance_has_its_word_in_the_middle_and_says_who_speaks():
    articles = pd.DataFrame(
        {
            "article_id": ["a"],
            "outlet": ["A"],
            "text": ["The strike began. “The strike is over,” Bo Lind said."],
        }
    )
    lines = ik.kwic(ik.passages(articles), "strike")
    assert [row[1:4] for row in cells(lines)] == [
        ["Speaker", "Before", "Word"],
        ["the outlet itself", "The ", "strike"],
        ["Bo Lind", "The strike began. The ", "strike"],
    ]
    assert (
        '<td align="center" style="text-align:center">strike</td>'
        in ik.show_table(lines).html
    )


def test_everything_is_escaped_and_rows_left_out_are_said():
    shown = ik.show_table(
        pd.DataFrame({"outlet": ["<script>alert(1)</script>"] * 30}), n=2, caption="<b>"
    )
    assert "<script>" not in shown.html
    assert "<b>" not in shown.html
    assert "2 of 30 rows." in shown.html


def test_years_days_and_missing_values():
    table = pd.DataFrame(
        {
            "year": [2020],
            "day": [pd.Timestamp(2020, 2, 6)],
            "speaker": [None],
            "in_marks": [True],
        }
    )
    assert cells(table)[1] == ["2020", "6 February 2020", "–", "yes"]


def test_a_column_that_is_not_there():
    with pytest.raises(ik.IdlibkitError, match="'estimat' not found in table"):
        ik.show_table(pd.DataFrame({"estimate": [1.0]}), columns=["estimat"])


def test_an_empty_table_shows_its_headings():
    assert cells(pd.DataFrame({"outlet": [], "count": []})) == [["Outlet", "Count"]]
