"""Chapters on the story: what outlets leave out, text they share, several stories."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd

from ...tables import IdlibkitError, number_of
from ..evidence import titles_of
from ..marks import point_marks
from .chapter import Block, Chapter, Material, place, places, table

__all__ = ["left_out_chapter", "shared_chapter", "stories_chapter"]

NAMED = 4  # outlets that are named in a cell
# An outlet whose last article is so much older could not tell what the others do.
OLDER = pd.Timedelta(days=30)
CUT = 220  # characters of a passage in a cell
ROWS = 40  # points


def left_out_chapter(material: Material) -> Chapter:
    """Points of the story that several outlets tell and others do not."""
    if material.n_outlets == 1:
        raise IdlibkitError("one outlet: nobody tells what it leaves out.")
    passages = material.measures.passages
    if passages.empty:
        raise IdlibkitError("no two outlets tell one story.")
    points = material.measures.points
    told = points[points["n_outlets"] > 1]
    if told.empty:
        raise IdlibkitError("no point of the story was found in two outlets.")
    outlets = passages.groupby("story")["outlet"].agg(set)
    articles = material.corpus.articles.set_index("article_id")
    days = articles.get("published", pd.Series(pd.NaT, articles.index))
    dated = passages.assign(published=passages["article_id"].map(days))
    last = dated.groupby(["story", "outlet"])["published"].max()
    rows = []
    for number, group in told.groupby("point", sort=True):
        tellers = sorted(group["outlet"].unique())
        story = group["story"].iloc[0]
        first = group["article_id"].map(days).min()
        ended = last[story].index[last[story] < first - OLDER]
        silent = sorted(outlets[story] - set(tellers) - set(ended))
        if silent:
            rows.append(
                {
                    "point": number,
                    "text": _cut(max(group["text"], key=len)),
                    "told": _named(tellers),
                    "silent": _named(silent),
                    "n": len(tellers),
                }
            )
    if not rows:
        summary = "Every point that several outlets tell is told by all of them."
        if outlets.map(len).max() == 2:
            summary = (
                "Each story has two outlets, too few to say that one left something"
                " out."
            )
        return Chapter("left-out", "Left out", summary)
    found = pd.DataFrame(rows).sort_values(["n", "point"], ascending=[False, True])
    found = found.head(ROWS)
    material.marks.append(point_marks(told[told["point"].isin(found["point"])]))
    block = table(
        found,
        text="What several outlets tell and another does not. A point told in quite "
        "other words is missed, so read before you say that it was left out. Outlets "
        "whose articles are a month older are not counted as silent."
        f"{material.measures.within}",
        columns=["text", "told", "silent"],
        names={"text": "Point", "told": "Told by", "silent": "Not found in"},
        links={"text": [places("point", number) for number in found["point"]]},
    )
    summary = (
        f"{number_of(len(rows), 'point')} told by two outlets or more, not by all."
    )
    return Chapter("left-out", "Left out", summary, [block, *_over_stories(material)])


def _over_stories(material: Material) -> list[Block]:
    """What each outlet leaves out over many stories, where these are given."""
    shares, finding = material.measures.left_out_by, material.finding("omissions")
    if shares.empty or finding is None:
        return []
    return [
        table(
            shares.sort_values(["estimate", "outlet"], ascending=[False, True]),
            text="Over many stories: how much of what two others or more tell each "
            f"outlet leaves out. {finding.title}. {finding.how_sure}",
            columns=["outlet", "estimate", "difference", "n_stories", "n_points"],
            names={
                "estimate": "Left out",
                "n_stories": "Stories",
                "n_points": "Points",
            },
            shares=["estimate", "difference"],
        )
    ]


def _named(outlets: list[str]) -> str:
    if len(outlets) > NAMED:
        return f"{', '.join(outlets[: NAMED - 1])} and {len(outlets) - NAMED + 1} more"
    return ", ".join(outlets)


def _cut(text: str) -> str:
    return shorten(text, CUT, placeholder=" …")


# -------------------------------------------------------------------------------------
def shared_chapter(material: Material) -> Chapter:
    """Passages that two articles have in common."""
    shared = material.measures.shared_text
    if shared.empty:
        return Chapter("shared", "Shared text", "No two articles share a passage.")
    shared = shared.sort_values("n_words", ascending=False, kind="stable")
    articles = pd.concat([shared["article_id_a"], shared["article_id_b"]]).nunique()
    block = table(
        shared.assign(text_a=shared["text_a"].map(_cut)),
        text="Passages of twelve words or more that two articles share: wire copy, a "
        "common source, or a statement.",
        columns=["text_a", "outlet_a", "outlet_b", "n_words"],
        names={"text_a": "Passage", "outlet_a": "Here", "outlet_b": "And here"},
        links={
            end: [
                place(*values)
                for values in zip(
                    *(shared[f"{name}_{end[-1]}"] for name in AT), strict=True
                )
            ]
            for end in ("outlet_a", "outlet_b")
        },
    )
    summary = (
        f"{number_of(len(shared), 'passage')} shared, in "
        f"{number_of(articles, 'article')}."
    )
    return Chapter("shared", "Shared text", summary, [block])


AT = ["article_id", "start", "end"]
STORY = ["title", "published", "n_outlets", "n_articles"]


def stories_chapter(material: Material) -> Chapter | None:
    """The stories, where there are several; else there is no chapter."""
    stories = material.measures.stories
    if stories.empty:
        return None
    articles = material.corpus.articles
    titles = articles[["article_id"]].assign(title=titles_of(articles))
    told = stories.merge(titles, on="article_id").sort_values(
        ["story", "published", "article_id"], kind="stable"
    )
    found = (
        told.groupby("story")
        .agg(
            title=("title", "first"),
            published=("published", "min"),
            n_outlets=("outlet", "nunique"),
            n_articles=("article_id", "size"),
            article_id=("article_id", "first"),
        )
        .reset_index()
    )
    found = found.sort_values(["n_articles", "story"], ascending=[False, True])
    block = table(
        found,
        text="Articles that tell one event. Points and figures are compared within a "
        f"story, in the findings and in the chapters.{material.measures.within}",
        columns=[name for name in STORY if found[name].notna().any()],
        names={"title": "Story, by its first title", "published": "First day"},
        links={"title": [place(name) for name in found["article_id"]]},
    )
    summary = f"{number_of(len(found), 'event')} that two articles or more tell."
    return Chapter("stories", "Stories", summary, [block])
