"""Pictures show the table's numbers and names, whatever the names are; data and labels
are compared, never pixels.
"""

import io

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex, to_rgb

from idlibkit import plots
from idlibkit.plots.colors import ink
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


def test_colours_of_ones_own_are_given_to_no_other_outlet():
    with plots.given_colors({"A": "#D55E00", "elsewhere": "red"}):
        colors = plots.outlet_colors("ABC")
        many = plots.outlet_colors("ABCDEFGHIJKLM")
    assert colors["A"] == "#D55E00" and len(set(colors.values())) == 3
    assert list(many.values()).count("#D55E00") == 1
    with plots.given_colors({"A": "#1f77b4"}):  # much like the first of the usual ones
        assert plots.outlet_colors("AB") == {"A": "#1F77B4", "B": "#D55E00"}
    assert plots.outlet_colors("AB") == {"A": "#0072B2", "B": "#D55E00"}, "as before"
    for wrong in ("blu", "none", "#12", ""):
        with (
            pytest.raises(IdlibkitError, match="given for 'A', is no colour"),
            plots.given_colors({"A": wrong}),
        ):
            pass


def test_what_was_resampled_is_named_where_it_differs():
    table = estimates().assign(unit=["article", "paragraph"] * 3)
    said = plots.plot_estimates(table).get_xlabel().replace("\n", " ")
    assert said.endswith("over articles or paragraphs")


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
    ax = plots.plot_similarity(table)
    assert [text.get_text() for text in ax.texts] == ["0.25"]  # and one half of it


def test_matrices_say_nothing_twice_and_are_no_taller_than_a_screen():
    names = [f"outlet {n}" for n in range(40)]
    values = np.add.outer(np.arange(40), np.arange(40)) / 100
    ax = plots.plot_similarity(pd.DataFrame(values, names, names))
    assert len(ax.get_yticklabels()) == 19  # of 20 all but the first
    assert ax.figure.get_figheight() <= 9.5  # inches
    tall = plots.plot_matrix(pd.DataFrame(np.ones((60, 3))))
    assert tall.figure.get_figheight() <= 9.5
    assert len(tall.get_yticklabels()) == 24
    assert "Not drawn: outlet 0, outlet 1" in ax.get_xlabel().replace("\n", " ")
    square = pd.DataFrame([[0, 2], [2, 0]], ["A", "B"], ["A", "B"])
    assert [text.get_text() for text in plots.plot_matrix(square).texts] == ["2"]


def test_rows_of_zeros_are_named_in_a_note():
    table = pd.DataFrame([[0, 0], [1, 2]], ["none of it", "B"], ["x", "y"])
    ax = plots.plot_matrix(table)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["B"]
    assert "None: none of it." in ax.get_xlabel()
    assert ax.collections[0].norm.vmin == 0


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
    assert labels(ax)[-1] == "A\na"  # the article shown is named


def test_shares_have_their_intervals_and_the_rest_is_named():
    table = pd.DataFrame(
        {"outlet": "A", "category": list("abcd"), "estimate": [0.5, 0.3, 0.15, 0.05]}
    )
    table = table.assign(
        ci_low=table["estimate"] - 0.05, ci_high=table["estimate"] + 0.1
    )
    table.loc[3, "category"] = "(others)"
    ax = plots.plot_shares(table, category="category", n=2)
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([0.5, 0.3])
    assert labels(ax)[-4:] == ["a  50 %", "b  30 %", "all others  20 %", "A"]
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
    near = table.assign(text=["47", "48"], value=[47, 48], low=[47, 48], high=[47, 48])
    assert plots.plot_figures(near).get_xscale() == "linear"
    said = plots.plot_figures(near.assign(attributed_to=["Ann Lee", None]))
    assert [tick.get_text() for tick in said.get_yticklabels()] == ["A\n(Ann Lee)", "B"]
    assert [line.get_marker() for line in ax.lines].count(">") == 1
    assert {"more than 500", "dozens"} <= set(labels(ax))


def test_matrix_leaves_zeros_empty():
    table = pd.DataFrame([[0, 0.5]], ["row"], ["A", "B"])
    assert [
        text.get_text() for text in plots.plot_matrix(table, percent=True).texts
    ] == ["50 %"]


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


def test_over_time_has_gaps_where_nothing_is_known():
    months = ["2020-01", "2020-02", "2020-05", "2020-06"]
    table = pd.DataFrame(
        {"month": months, "outlet": "A", "estimate": [0.1, 0.2, 0.3, 0.4]}
    )
    table = table.assign(
        ci_low=table["estimate"] - 0.1, ci_high=table["estimate"] + 0.1
    )
    ax = plots.plot_over_time(table)
    x = ax.lines[0].get_xdata()
    np.testing.assert_array_equal(x, [0, 1, np.nan, 4, 5])
    assert "2020-03" in [tick.get_text() for tick in ax.get_xticklabels()]


def by_month(n_groups, n_months=24):
    months = [
        str(month) for month in pd.period_range("2020-01", periods=n_months, freq="M")
    ]
    rows = [
        (f"Outlet {n:02}", month, n / 50) for n in range(n_groups) for month in months
    ]
    table = pd.DataFrame(rows, columns=["outlet", "month", "estimate"])
    return table.assign(
        ci_low=table["estimate"] - 0.1,
        ci_high=table["estimate"] + 0.1,
        n_passages=7,
        unit="article",
    )


def overlaps(ax, texts):
    """Pairs of texts that lie over each other."""
    figure = ax.figure
    figure.draw_without_rendering()
    boxes = [
        (text.get_text(), text.get_window_extent())
        for text in texts
        if text.get_text() and text.get_visible()
    ]
    return [
        (a, b)
        for n, (a, one) in enumerate(boxes)
        for b, other in boxes[n + 1 :]
        if one.overlaps(other)
        and one.height
        and other.height
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 2
        and min(one.x1, other.x1) - max(one.x0, other.x0) > 2
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("n_groups", "width"), [(12, 4), (30, 9)])
def test_never_more_than_eight_colours_and_no_name_over_another(n_groups, width):
    with plots.figure_width(width):
        over_time = plots.plot_over_time(by_month(n_groups))
        last = by_month(n_groups, 1)
        estimates = plots.plot_estimates(last)
        shares = plots.plot_shares(
            last.assign(category="x", estimate=0.5), category="category"
        )
        terms = plots.plot_terms(last.assign(term="word", tfidf=0.5))
        matrix = plots.plot_similarity(
            pd.DataFrame(0.5, last["outlet"], last["outlet"])
        )
    for ax in (over_time, estimates, shares):
        colours = {to_hex(line.get_color()) for line in ax.lines}
        colours |= {to_hex(bar.get_facecolor()) for bar in ax.patches}
        assert len(colours) <= 10  # eight, grey and pale grey
    for ax in (over_time, estimates, shares, terms, matrix):
        assert not overlaps(ax, ax.get_xticklabels())
        assert not overlaps(ax, ax.get_yticklabels())
        assert not overlaps(ax, ax.texts)
        assert ax.figure.get_figheight() <= 16


def test_what_is_left_out_is_named():
    ax = plots.plot_estimates(by_month(40, 1))
    assert len(ax.get_yticklabels()) == 30
    note = ax.get_xlabel().replace("\n", " ")
    assert (
        "Not drawn: Outlet 30, Outlet 31, Outlet 32, Outlet 33, Outlet 34 and 5 more."
        in note
    )
    assert "n = " in note
    assert "Grey: Outlet 08" in plots.plot_over_time(by_month(12)).get_xlabel()


def test_a_palette_is_a_mapping_or_a_list():
    table = by_month(2, 1)
    for palette in (["red", "blue"], {"Outlet 00": "red", "Outlet 01": "blue"}):
        ax = plots.plot_estimates(table, palette=palette)
        dots = [line.get_color() for line in ax.lines if line.get_marker() == "o"]
        assert dots == ["red", "blue"]


def test_outlets_have_one_mark_and_voices_have_several():
    table = pd.concat([estimates().assign(topic="x"), estimates().assign(topic="y")])
    marks = {
        line.get_marker()
        for line in plots.plot_estimates(table, by="topic", hue="outlet").lines
    }
    assert marks - {"None", ""} == {"o"}
    marks = {
        line.get_marker() for line in plots.plot_estimates(table, hue="voice").lines
    }
    assert {"o", "D"} <= marks


def test_a_dot_for_every_use_and_bars_for_many():
    table = pd.DataFrame(
        {
            "outlet": ["A", "B"],
            "Ann": [3, 0],
            "other speakers": [1, 1],
            "the outlet itself": [0, 2],
        }
    )
    ax = plots.plot_uses(table)
    dots = [(line.get_ydata()[0], line.get_color()) for line in ax.lines]
    assert [y for y, _ in dots] == [0] * 4 + [1] * 3
    assert len({color for y, color in dots if y == 0}) == 2
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "Ann: 3",
        "other speakers: 2",
        "the outlet itself: 2",
    ]
    assert ax.get_legend().get_title().get_text() == "n = 7, one dot each"
    ax = plots.plot_uses(table.assign(Ann=[40, 0]))
    assert [bar.get_width() for bar in ax.patches] == [40, 0, 1, 1, 0, 2]


def test_voices_add_up():
    table = pd.DataFrame(
        {
            "outlet": ["A", "B"],
            "own": [30, 60],
            "quoted": [50, 20],
            "reported": [20, 20],
        }
    )
    ax = plots.plot_voices(table)
    assert [bar.get_width() for bar in ax.patches] == pytest.approx(
        [0.3, 0.6, 0.5, 0.2, 0.2, 0.2]
    )
    many = pd.DataFrame(
        {"outlet": [f"O{n}" for n in range(30)], "own": 1, "quoted": 1, "reported": 2}
    )
    assert [tick.get_text() for tick in plots.plot_voices(many).get_yticklabels()][
        -1
    ] == "the other 19"


def test_a_title_and_a_note_are_wrapped_to_the_width():
    with plots.figure_width(4):
        ax = plots.titled(
            plots.plot_estimates(by_month(2, 1)),
            "A finding that is longer than a phone is wide",
            "note " * 20,
        )
    figure = ax.figure
    assert figure.get_figwidth() == 4
    figure.draw_without_rendering()
    for text in figure.texts:
        box = text.get_window_extent()
        assert box.x0 >= 0 and box.x1 <= figure.bbox.x1


def test_a_story_is_drawn_from_the_first_to_those_who_do_not_tell_it():
    table = pd.DataFrame(
        {
            "story": [3, 3, 3, 4, 3],
            "outlet": ["Late", "First", "First", "Silent", "Undated"],
            "days_after": [2.0, 0, 1, 0, np.nan],
            "n_words": [900, 100, 300, 50, 70],
        }
    )
    ax = plots.plot_story(table, 3)
    rows = [tick.get_text() for tick in ax.get_yticklabels()]
    assert rows == ["First", "Late", "Undated: day not known", "Silent: not told"]
    areas = {
        (x, y): area
        for dots in ax.collections
        for (x, y), area in zip(dots.get_offsets(), dots.get_sizes(), strict=True)
    }
    assert set(areas) == {(0, 0), (1, 0), (2, 1)}
    assert areas[2, 1] == 3 * areas[1, 0] == 9 * areas[0, 0]
    with pytest.raises(IdlibkitError, match="no article tells it"):
        plots.plot_story(table, 7)
    with pytest.raises(IdlibkitError, match="no day is known"):
        plots.plot_story(table.assign(days_after=np.nan), 3)
    many = pd.DataFrame({"story": 1, "outlet": [f"O{n:02}" for n in range(40)]})
    ax = plots.plot_story(many.assign(days_after=0, n_words=10), 1)
    assert len(ax.get_yticklabels()) == 30
    assert "Not drawn: O30" in ax.get_xlabel()


def test_frames_are_looked_for_in_the_same_passages():
    table = pd.DataFrame(
        {
            "outlet": ["A", "B"] * 2,
            "frame": ["conflict"] * 2 + ["morality"] * 2,
            "estimate": 0.1,
            "ci_low": 0.0,
            "ci_high": 0.2,
            "n_passages": [30, 50] * 2,
        }
    )
    ax = plots.plot_estimates(table, by="frame", hue="outlet")
    assert "n = 80 passages" in ax.get_xlabel()


GERMAN = {
    "{}, with 95 % interval over {}": "{}, mit 95-%-Intervall über {}",
    "articles or paragraphs": "Artikel oder Absätze",
    "tone": "Ton",
    "Not drawn: {}.": "Nicht gezeichnet: {}.",
    "the other {} words": "die anderen {} Wörter",
    "own": "eigene Worte",
    "A": "Z",
}


def test_pictures_in_another_language():
    table = pd.DataFrame({"outlet": list("AB"), "estimate": [0.1, 0.3]})
    table = table.assign(ci_low=0.0, ci_high=0.4, unit=["article", "paragraph"])
    with plots.translated(GERMAN):
        ax = plots.plot_estimates(table, xlabel="tone")
    said = ax.get_xlabel().replace("\n", " ")
    assert said == "Ton, mit 95-%-Intervall über Artikel oder Absätze"
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["A", "B"], "data stay"
    english = plots.plot_estimates(table, xlabel="tone").get_xlabel()
    assert english.startswith("tone, with 95 % interval")


def test_words_of_articles_are_not_translated():
    words = {"term": ["own", "bad", "war"], "contribution": [0.3, -0.2, 0.1]}
    shift = pd.DataFrame({**words, "count_a": 1, "count_b": 0})
    terms = pd.DataFrame({"outlet": "A", "term": ["own", "tone"], "tfidf": [0.2, 0.1]})
    with plots.translated(GERMAN):
        shifted = plots.plot_word_shift(shift, n=1)
        ranked = plots.plot_terms(terms, value="tfidf")
    names = [tick.get_text() for tick in shifted.get_yticklabels()]
    assert names == ["own  (1 : 0)", "die anderen 2 Wörter"]
    assert [text.get_text() for text in ranked.texts] == ["own", "tone", "A"]


def test_a_translation_has_the_gaps_of_its_text():
    with (
        pytest.raises(IdlibkitError, match="'n Wörter', given for 'n = {} words'"),
        plots.translated({"n = {} words": "n Wörter"}),
    ):
        pass


def test_only_the_uses_of_the_words_drawn_are_counted():
    table = pd.DataFrame(
        {
            "outlet": "A",
            "term": ["war", "talks", "peace"],
            "count": [5, 3, 1],
            "tfidf": [0.9, 0.5, 0.1],
        }
    )
    ax = plots.plot_terms(table, n=2)
    assert "n = 8 uses of these words" in ax.get_xlabel()


def test_the_marks_of_a_picture_say_what_they_stand_for_and_lie_where_they_are_drawn():
    table = pd.DataFrame({"outlet": ["A", "B"], "Ann": [2, 0], "others": [0, 1]})
    drawn = plots.as_png(plots.plot_uses(table).figure)
    named = [(mark.name, mark.row) for mark in drawn.marks]
    assert named == [
        ("A", {"outlet": "A"}),
        ("A, Ann, 1", {"outlet": "A", "column": "Ann", "nth": "0"}),
        ("A, Ann, 2", {"outlet": "A", "column": "Ann", "nth": "1"}),
        ("B", {"outlet": "B"}),
        ("B, others, 1", {"outlet": "B", "column": "others", "nth": "0"}),
        ("Ann: 2", {"column": "Ann"}),
        ("others: 1", {"column": "others"}),
    ]
    image = plt.imread(io.BytesIO(drawn.png))
    assert image.shape[:2] == (drawn.height, drawn.width)
    for mark in drawn.marks:
        if "nth" in mark.row:  # the middle of a dot has the colour of its column
            x, y = mark.left + mark.width / 2, mark.top + mark.height / 2
            pixel = image[int(y * drawn.height), int(x * drawn.width), :3]
            color = {"Ann": "#D55E00", "others": "#F0C08A"}[mark.row["column"]]
            assert pixel == pytest.approx(to_rgb(color), abs=0.01)


def test_the_sum_of_the_rest_stands_for_no_row():
    many = pd.DataFrame({"outlet": [f"O{n}" for n in range(30)], "uses": 1})
    marks = plots.as_png(plots.plot_uses(many).figure).marks
    assert {mark.row["outlet"] for mark in marks} == {f"O{n}" for n in range(11)}


def test_bars_and_words_that_stand_for_one_figure_are_one_mark():
    table = pd.DataFrame(
        {
            "outlet": ["A", "A"],
            "text": ["about 40", "47"],
            "value": [40.0, 47.0],
            "low": [35.0, 47.0],
            "high": [45.0, 47.0],
            "article_id": ["a", "b"],
            "start": [5, 9],
            "end": [13, 11],
        }
    )
    drawn = plots.as_png(plots.plot_figures(table).figure)
    assert [mark.name for mark in drawn.marks] == ["A", "A: about 40", "A", "A: 47"]
    assert drawn.marks[1].row == {
        "outlet": "A",
        "article_id": "a",
        "start": "5",
        "end": "13",
    }


def test_a_number_stands_in_its_own_bar_or_nowhere():
    table = pd.DataFrame(
        {"outlet": ["A", "B"], "own": [0.66, 0.6], "quoted": [0.01, 0.06]}
    )
    ax = plots.plot_voices(table.assign(reported=[0.33, 0.34]))
    place = {text.get_text(): text.get_position()[0] for text in ax.texts}
    assert place["66 %"] == pytest.approx(0.33)
    assert place["6"] == pytest.approx(0.63)  # without room for "%"
    assert not {"1", "1 %"} & set(place)


@pytest.mark.parametrize("width", [4, 5.5, 9])
def test_marks_lie_where_they_are_drawn_at_every_width(width):
    table = pd.DataFrame({"outlet": [f"A long name {n}" for n in range(20)]})
    table = table.assign(own=0.5, quoted=0.3, reported=0.2, n_words=100)
    with plots.figure_width(width):
        drawn = plots.as_png(plots.titled(plots.plot_voices(table), "", "n").figure)
    assert drawn.width == pytest.approx(width * 110, rel=0.1)
    image = plt.imread(io.BytesIO(drawn.png))
    bars = [mark for mark in drawn.marks if len(mark.row) == 2]
    assert len(bars) == 33, "the sum of the rest is none"
    colors = {"own": "#1F3A5F", "quoted": "#D55E00", "reported": "#F0C08A"}
    for bar in bars:
        for part in (0.04, 0.96):  # both ends of a bar, beside its number
            x, y = bar.left + part * bar.width, bar.top + bar.height / 5
            pixel = image[int(y * drawn.height), int(x * drawn.width), :3]
            assert pixel == pytest.approx(to_rgb(colors[bar.row["voice"]]), abs=0.01)
