"""Chapters on words, voices and labels."""

from __future__ import annotations

import pandas as pd

from ...tables import IdlibkitError, number_of
from ..marks import fragment_marks, label_marks, leading_terms, word_marks
from .chapter import Chapter, Material, places, table

__all__ = ["labels_chapter", "voices_chapter", "words_chapter"]


# ------------------------------------------------------------------------------- words
def words_chapter(material: Material) -> Chapter:
    """Words that set outlets apart beyond chance, and the words used most."""
    measures = material.measures
    used = measures.counts.groupby("term").agg(
        uses=("count", "sum"),
        n_outlets=("outlet", "nunique"),
        n_articles=("n_articles", "sum"),
    )
    used = used.reset_index().sort_values(["uses", "term"], ascending=[False, True])
    apart = _apart(material)
    ranked = measures.keyness if material.n_outlets > 1 else None
    terms = [*leading_terms(measures.counts, ranked), *apart["term"]]
    material.marks.append(word_marks(material.corpus.passages, terms))
    blocks = []
    if len(apart):
        links = [
            places("word", row.term, outlet=row.outlet, voice="own")
            for row in apart.itertuples()
        ]
        blocks.append(
            table(
                apart,
                text="Words that one outlet itself uses more often than the others, "
                "beyond chance for all words together; the surest first.",
                columns=["term", "outlet", "count", "n_paragraphs", "log_ratio"],
                links={"term": links},
                names={"count": "Uses"},
            )
        )
    blocks.append(
        table(
            used,
            text="The words used most, without function words.",
            links={"term": [places("word", term) for term in used["term"].head(40)]},
            columns=["term", "uses", "n_outlets", "n_articles"],
        )
    )
    finding = material.finding("words")
    summary = finding.title if finding else "There is too little to compare in words."
    if material.n_outlets == 1:
        summary = "One outlet: no word can set it apart."
    return Chapter("words", "Words", f"{summary.removesuffix('.')}.", blocks)


def _apart(material: Material) -> pd.DataFrame:
    """The words that stand in the finding on words."""
    finding = material.finding("words")
    if finding is None:
        return pd.DataFrame({"term": []})
    return finding.table[finding.table["stands"]]


# ------------------------------------------------------------------------------ voices
def voices_chapter(material: Material) -> Chapter:
    """Whose words each outlet has, and the speakers with most words."""
    passages = material.passages
    material.marks.append(fragment_marks(material.corpus.quotes))
    words = passages.pivot_table(
        index="outlet", columns="voice", values="n_words", aggfunc="sum", fill_value=0
    ).reindex(columns=["own", "quoted", "reported"], fill_value=0)
    total = words.sum(axis=1)
    shares = words.div(total.where(total > 0), axis=0)
    shares = shares.assign(n_words=total).reset_index()
    links = {
        voice: [places("voice", voice, outlet=name) for name in shares["outlet"]]
        for voice in ("own", "quoted", "reported")
    }
    blocks = [
        table(
            shares,
            text="Shares of each outlet’s words: its own, quoted, and reported without "
            "quotation marks.",
            columns=["outlet", "own", "quoted", "reported", "n_words"],
            links=links,
            n=100,
        )
    ]
    speakers = _speakers(passages)
    if len(speakers):
        blocks.append(
            table(
                speakers,
                text="Who is given the word, most words first.",
                links={
                    "speaker": [places("speaker", name) for name in speakers["speaker"]]
                },
                columns=["speaker", "n_words", "quoted", "n_outlets", "n_articles"],
            )
        )
    attributed = 1 - words["own"].sum() / max(int(total.sum()), 1)
    summary = (
        f"{100 * attributed:.0f} % of all words are quoted or reported, from "
        f"{number_of(speakers['speaker'].nunique(), 'speaker')}."
    )
    return Chapter("voices", "Voices", summary, blocks)


def _speakers(passages: pd.DataFrame) -> pd.DataFrame:
    spoken = passages[passages["speaker"].notna() & passages["voice"].ne("own")]
    quoted = spoken["n_words"].where(spoken["voice"] == "quoted", 0)
    found = (
        spoken.assign(quoted=quoted)
        .groupby("speaker")
        .agg(
            n_words=("n_words", "sum"),
            quoted=("quoted", "sum"),
            n_outlets=("outlet", "nunique"),
            n_articles=("article_id", "nunique"),
        )
        .reset_index()
    )
    found["quoted"] = found["quoted"] / found["n_words"].where(found["n_words"] > 0)
    return found.sort_values(["n_words", "speaker"], ascending=[False, True])


# ------------------------------------------------------------------------------ labels
def labels_chapter(material: Material) -> Chapter:
    """What each actor is called, and by how many outlets themselves."""
    mentions = material.measures.labels
    if mentions.empty:
        raise IdlibkitError("no actor was found in these articles.")
    material.marks.append(label_marks(mentions))
    own = mentions["voice"].eq("own")
    found = (
        mentions.assign(own=own)
        .groupby(["actor", "label"])
        .agg(
            n_mentions=("label", "size"),
            own=("own", "mean"),
            n_outlets=("outlet", "nunique"),
            n_articles=("article_id", "nunique"),
        )
        .reset_index()
    )
    order = ["n_mentions", "actor", "label"]
    found = found.sort_values(order, ascending=[False, True, True])
    links = [places("label", row.label, group=row.actor) for row in found.itertuples()]
    block = table(
        found,
        text=f"What each actor is called, most mentions first.{material.actors_note}",
        links={"label": links},
        names={"own": "By the outlets themselves"},
        columns=["actor", "label", "n_mentions", "own", "n_outlets", "n_articles"],
        n=60,
    )
    summary = (
        f"{number_of(len(mentions), 'mention')} of "
        f"{number_of(found['actor'].nunique(), 'actor')} under "
        f"{number_of(len(found), 'name')}."
    )
    return Chapter("labels", "Labels", summary, [block])
