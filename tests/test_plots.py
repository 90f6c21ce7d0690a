"""Pictures show the table's numbers and names, whatever the names are; data and labels
are compared, never pixels.
"""

import numpy as np
import pandas as pd
import pytest

from idlibkit import plots
from idlibkit.plots.canvas import ink
from idlibkit.tables import IdlibkitError

NASTY = ["$x_1$", "<b>A & B</b>", "صحيفة"]


def estimates():
    rows = [
        (outlet, voice, value, value - 0.1, value + 0.1)
        for outlet, value in zip(NASTY, [0.1, -0.2, 0.3], strict=True)
        for voice in ("own", "quoted")
    ]
    return pd.DataFrame(
        rows, columns=["outlet", "voice", "estimate", "ci_low", "ci_high"]
    ).assign(unit="article")


def labels(ax):
    ax.figure.canvas.draw()  # mathtext in a name would fail here
    return [
        text.get_text()
        for text in [*ax.get_xticklabels(), *ax.get_yticklabels(), *ax.texts]
        if text.get_text()
    ]


def test_estimates_and_intervals_are_the_tables():
    table = estimates()
    ax = plots.plot_estimates(table, hue="voice", xlabel="tone")
    assert labels(ax)[-3:] == NASTY
    dots = [
        line.get_xdata()[0]
        for line in ax.lines
        if line.get_marker() in "oD" and len(line.get_xdata()) == 1
    ]
    assert sorted(dots) == pytest.approx(sorted(table["estimate"]))
    spans = [
        tuple(line.get_xdata())
        for line in ax.lines
        if line.get_marker() == "None" and line.get_linestyle() == "-"
    ]
    np.testing.assert_allclose(
        sorted(spans), sorted(zip(table["ci_low"], table["ci_high"], strict=True))
    )
    assert "tone" in ax.get_xlabel() and "articles" in ax.get_xlabel()


def test_an_outlet_keeps_its_colour():
    colors = plots.outlet_colors(NASTY)
    assert len(set(colors.values())) == 3
    part = plots.plot_estimates(estimates().query("outlet == '$x_1$'"), palette=colors)
    assert {line.get_color() for line in part.lines if line.get_marker() == "o"} == {
        colors["$x_1$"]
    }


def test_what_was_resampled_is_named_where_it_differs():
    table = estimates().assign(unit=["article", "paragraph"] * 3)
    assert (
        plots.plot_estimates(table).get_xlabel().endswith("over articles or paragraphs")
    )


def test_letters_are_darker_than_dots():
    colors = plots.outlet_colors("ABCDEFGH").values()
    for color in colors:
        red, green, blue = (int(ink(color)[at : at + 2], 16) / 255 for at in (1, 3, 5))
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (red, green, blue)
        ]
        light = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
        assert 1.05 / (light + 0.05) >= 4.5, color  # WCAG 2.2, 1.4.3


def test_terms_are_ranked_and_named():
    table = pd.DataFrame(
        {
            "outlet": np.repeat(NASTY, 3),
            "term": list("abc") * 3,
            "tfidf": [0.1, 0.3, 0.2] * 3,
        }
    )
    ax = plots.plot_terms(table, n=2)
    assert [text for text in labels(ax) if text in "abc"] == ["b", "c"] * 3
    assert max(bar.get_width() for bar in ax.patches) == pytest.approx(0.98)


def test_keyness_shows_only_habits_and_clips_open_ends():
    table = pd.DataFrame(
        {
            "outlet": ["A", "A", "B"],
            "term": ["x", "once", "$y"],
            "z": [2.0, 3, 1],
            "log_ratio": [1.0, 4, 2],
        }
    )
    table = table.assign(
        log_ratio_low=[-1.0, 1, -np.inf],
        log_ratio_high=[3.0, 9, np.inf],
        n_paragraphs=[3, 1, 5],
    )
    ax = plots.plot_keyness(table)
    shown = labels(ax)
    assert "x" in shown and "$y" in shown and "once" not in shown
    low, high = ax.get_xlim()
    assert all(
        low <= x <= high
        for line in ax.lines
        for x in line.get_xdata()
        if line.get_linestyle() == "-"
    )
    arrows = [
        (line.get_marker(), line.get_xdata()[0])
        for line in ax.lines
        if line.get_marker() in "<>"
    ]
    assert arrows == [("<", low), (">", high)]


def test_similarity_leaves_the_diagonal_out():
    table = pd.DataFrame([[1, 0.25], [0.25, 1]], ["A", "B"], ["A", "B"])
    assert [text.get_text() for text in plots.plot_similarity(table).texts] == [
        "0.25",
        "0.25",
    ]


def test_word_shift_adds_the_rest_up():
    table = pd.DataFrame(
        {
            "term": ["a", "b", "c"],
            "contribution": [0.3, -0.2, 0.1],
            "count_a": 1,
            "count_b": 0,
        }
    )
    ax = plots.plot_word_shift(table, a="Post", b="Star", n=1)
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([0.3, -0.1])
    assert "+0.20 in all" in ax.get_xlabel() and "Post against Star" in ax.get_xlabel()


def test_tone_along_needs_one_article_per_group():
    table = pd.DataFrame(
        {
            "outlet": "A",
            "article_id": ["a", "b"],
            "start": [0, 0],
            "end": [9, 9],
            "voice": "own",
            "compound": 0.1,
        }
    )
    with pytest.raises(IdlibkitError, match="'A' has 2 articles"):
        plots.plot_tone_along(table)
    ax = plots.plot_tone_along(table.head(1))
    assert labels(ax)[-1] == "A"


def test_shares_have_their_intervals_and_the_rest_is_one_bar():
    table = pd.DataFrame(
        {"outlet": "A", "category": list("abcd"), "estimate": [0.5, 0.3, 0.15, 0.05]}
    )
    table = table.assign(
        ci_low=table["estimate"] - 0.05, ci_high=table["estimate"] + 0.1
    )
    table.loc[3, "category"] = "(others)"
    ax = plots.plot_shares(table, category="category", n=2)
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([0.5, 0.3, 0.2])
    assert labels(ax)[-4:] == ["a  50%", "b  30%", "all others  20%", "A"]
    assert [tuple(line.get_xdata()) for line in ax.lines] == [
        pytest.approx((0.45, 0.6)),
        pytest.approx((0.25, 0.4)),
    ]


def test_figures_show_hedges_as_bars_and_open_ends_as_arrows():
    table = pd.DataFrame(
        {
            "outlet": ["A", "B"],
            "text": ["more than 500", "dozens"],
            "value": [500, np.nan],
            "low": [500, 24],
            "high": [np.inf, 120],
        }
    )
    ax = plots.plot_figures(table)
    assert ax.get_xscale() == "log"
    assert [line.get_marker() for line in ax.lines].count(">") == 1
    assert {"more than 500", "dozens"} <= set(labels(ax))


def test_matrix_leaves_zeros_empty():
    table = pd.DataFrame([[0, 0.5]], ["row"], ["A", "B"])
    assert [
        text.get_text() for text in plots.plot_matrix(table, percent=True).texts
    ] == ["50%"]


def test_over_time_names_every_line():
    table = (
        estimates()
        .rename(columns={"voice": "month"})
        .replace({"own": "2020-01", "quoted": "2020-02"})
    )
    assert {text.get_text() for text in plots.plot_over_time(table).texts} == set(NASTY)


@pytest.mark.parametrize(
    "plot", [plots.plot_estimates, plots.plot_terms, plots.plot_word_shift]
)
def test_an_empty_or_wrong_table_is_named(plot):
    with pytest.raises(IdlibkitError, match="not found in table"):
        plot(pd.DataFrame({"a": [1]}))
    with pytest.raises(IdlibkitError, match="nothing to draw"):
        plot(
            estimates()
            .assign(term="x", tfidf=1.0, contribution=0.0, count_a=0, count_b=0)
            .head(0)
        )


def test_nothing_is_left_open():
    import matplotlib.pyplot as plt

    plots.plot_estimates(estimates())
    assert plt.get_fignums() == []
