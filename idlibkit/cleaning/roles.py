"""The role of each line of a page, and why: rules over the run of lines that reads like
the article (`scores`) and what stands at its edges and inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .appeals import without_appeals
from .extracts import extracted_body
from .headline import ABOVE, Headline, find_headline
from .pages import Pages, first_row, last_row, near, page_rows, total, window
from .repeats import pull_quotes
from .scores import Scores, Weights, line_scores
from .shapes import LineShapes, line_shapes, matches
from .speech import Speech, find_speech
from .threads import without_threads

if TYPE_CHECKING:
    import polars as pl

__all__ = ["KEPT", "NUMBER", "ROLES", "line_roles", "roles_of"]

KEPT = ("headline", "subheadline", "body", "heading")
LEAST = 0.2  # a line of the article's run with a lower score is taken out
TAIL = 8  # lines: with more after the text there is a menu
SENTENCE = 80  # characters: a longer line with a full stop is one, whatever its names
PLAIN = 40  # lines: a longer page has a menu somewhere
OPENING = 30  # characters of the sentence that such a page begins with
LAST_WORDS = 3  # words of the shortest last sentence
BELOW = 3  # rows below the body that may still belong to it
# A place above the text, in capitals: `HARBOUR CITY`
PLACE = r"^[^\p{Ll}]*\p{Lu}{3}[^\p{Ll}]*$"
# A name and what may follow it: `Lena Orth`, `Lena Orth and Jon Field, Harbour City`,
# `Lena Orth in Harbour City`, `LENA ORTH | 3 March 2021`
NAME = (
    r"^(?:\p{Lu}[\pL.'’-]+|\p{Lu}\.)"
    r"(?: (?:\p{Lu}[\pL.'’-]+|\p{Lu}\.|de|van|von|al|bin)){1,3}"
    r"(?: (?:and|und|et|y|e|ve|и) \p{Lu}[\pL.'’-]+(?: \p{Lu}[\pL.'’-]+){1,2})?"
    r"(?:$|,? ?[|/–—(-].*$|, \p{Lu}[^.!?]*$| in \p{Lu}[^.!?]*$)"
)
# A line that can be a heading: words without a comma but in a number
OPENS = r"^[\pL\pN](?:[^,]|,\d)*$"

# (role, reason); a line starts with the first and takes the last that holds
ROLES = (
    ("boilerplate", "stands before the article"),
    ("boilerplate", "stands after the article"),
    ("boilerplate", "does not read like the text around it"),
    ("boilerplate", "running head or number of a page"),
    ("boilerplate", "item of a menu or list of links"),
    ("boilerplate", "leads to another page, or is a button"),
    ("boilerplate", "speaks to the reader or of the outlet itself"),
    ("credit", "names who took or holds a picture"),
    ("caption", "describes a picture and names who took it"),
    ("dateline", "says when the page was written or changed"),
    ("dateline", "place above the text"),
    ("byline", "names who wrote the text"),
    ("byline", "is the name of a person"),
    ("byline", "says how to reach the writer"),
    ("note", "says what was changed, or where the text comes from"),
    ("note", "says who the writer is"),
    ("credit", "names who helped with the text"),
    ("caption", "stands twice in a row, as captions do"),
    ("subheadline", "stands between headline and text"),
    ("body", "part of the text"),
    ("heading", "short line that opens a part of the text"),
    ("headline", "stands above the text and shares its words"),
    ("duplicate", "repeats an earlier line"),
    ("duplicate", "repeats the headline"),
    ("duplicate", "repeats words of the text, as pull quotes do"),
    ("headline", "is the title"),
    ("body", "a text of one or two lines is kept whole"),
    ("body", "nothing here reads like running text, so nothing was taken out"),
    ("body", "came without its page and is taken as clean"),
)
NUMBER = {reason: i for i, (_, reason) in enumerate(ROLES)}
BEFORE, AFTER, PART = (
    NUMBER[reason]
    for reason in (
        "stands before the article",
        "stands after the article",
        "part of the text",
    )
)


@dataclass(frozen=True, slots=True)
class _Article:
    """Where the article of each page is. By row: `body`; `zone`, near it and not of it;
    `cue`, furniture by its phrases; `twice`, as the row before or after; `speech`, time
    stamps and turns. By page: `first`, `last` (exclusive) row of the body."""

    body: np.ndarray
    zone: np.ndarray
    cue: np.ndarray
    twice: np.ndarray
    speech: Speech
    first: np.ndarray
    last: np.ndarray


def line_roles(
    frame: pl.DataFrame,
    titles: pd.Series,
    extracted: np.ndarray,
    weights: Weights | None = None,
) -> np.ndarray:
    """The number in ROLES of each line of a table from `split_lines`.

    `titles` and `extracted` are by article's number: the title where it is known, and
    whether an extractor has cut the text out of its page.
    """
    article = frame["article"].to_numpy()
    pages = page_rows(article)
    s = line_shapes(frame, pages)
    scores = line_scores(pages, s, weights)
    return roles_of(frame, pages, s, scores, titles, extracted[article])


def roles_of(
    frame: pl.DataFrame,
    pages: Pages,
    s: LineShapes,
    scores: Scores,
    titles: pd.Series,
    extracted: np.ndarray,
) -> np.ndarray:
    """The same where shapes and scores are known; `extracted` is by row."""
    article = _article(frame, pages, s, scores, extracted)
    free = article.zone & ~article.cue & (~article.twice | (s.size < 120))
    head = find_headline(frame, pages, s, article.body, titles, free)
    number = np.full(len(frame), BEFORE, np.int8)
    _mark(number, _furniture(pages, s, article, head))
    _mark(number, _above_text(frame, pages, s, article, head, number == BEFORE))
    _mark(number, _inside_text(frame, pages, s, article))
    pulled = pull_quotes(frame, pages, number == PART)
    _mark(number, {"repeats words of the text, as pull quotes do": pulled})
    _mark(number, _whole_page(pages, s, article, head))
    return number


def _mark(number: np.ndarray, rules: dict[str, np.ndarray]) -> None:
    """Write the number of each reason where it holds; later ones overrule."""
    for reason, where in rules.items():
        number[where] = NUMBER[reason]


def _article(
    frame: pl.DataFrame,
    pages: Pages,
    s: LineShapes,
    scores: Scores,
    extracted: np.ndarray,
) -> _Article:
    row, page, size = pages.row, pages.page, s.size
    first, last = scores.first, scores.last
    inside = (row >= first[page]) & (row < last[page])
    inside |= _tail(pages, s, scores)
    plain = _plain(pages, s)
    inside |= plain
    # the line that names helpers ends the text, where little follows
    mass = size * inside
    mostly_before = window(pages, mass, len(mass), 0) > 0.6 * total(pages, mass)
    helpers = s.credit & (row > first[page]) & inside & mostly_before
    inside &= row < first_row(pages, helpers)[page]
    same_as_near = (near(pages, s.key, -1) == s.key) | (near(pages, s.key, 1) == s.key)
    twice = same_as_near & (size >= 40)
    reads = (scores.line > LEAST) | (row >= scores.last[page]) | plain
    in_text_link = s.link & ~s.terminal & (row > pages.low)
    body = inside & reads & ~in_text_link & ~twice
    body = without_threads(frame, pages, s, body)
    body = without_appeals(frame, pages, s, body)
    if extracted.any():
        whole = extracted_body(frame, pages, s) & ~(twice & s.again)
        body = np.where(extracted, whole, body)
    speech = find_speech(frame, pages, s)
    body = (body | speech.said) & ~speech.stamp & ~speech.writer
    first, last = first_row(pages, body), last_row(pages, body) + 1
    zone = ~body & (row >= first[page] - ABOVE) & (row < last[page] + BELOW)
    cue = (s.link & (size < 40)) | s.appeal | s.bullet | s.stop
    return _Article(body, zone, cue, twice, speech, first, last)


def _plain(pages: Pages, s: LineShapes) -> np.ndarray:
    """From the first sentence to the last, where a short page has no furniture at all:
    lists of names, dates or ingredients are its article."""
    sentence = s.terminal & ~s.bullet
    opens = sentence & (s.size >= OPENING)
    begin, end = first_row(pages, opens), last_row(pages, sentence & (s.words > 1))
    row, page = pages.row, pages.page
    furniture = s.byline | s.bio | s.contact | s.credit | s.dated | s.note
    furniture &= row >= begin[page]
    furniture |= s.link | s.appeal | s.stop | s.share | s.repeated | s.picture
    clean = total(pages, furniture) == 0
    clean &= pages.high - pages.low <= PLAIN
    return clean & (row >= begin[page]) & (row <= end[page])


def _tail(pages: Pages, s: LineShapes, scores: Scores) -> np.ndarray:
    """The few lines after the run that end a page without furniture: line-ups, a score,
    a last short sentence; and running text among a few lines of furniture."""
    row, page = pages.row, pages.page
    tail = row >= scores.last[page]
    furniture = s.cue | s.note | s.bio | s.contact | s.credit | s.byline | s.dated
    furniture |= s.picture | s.repeated
    words = s.words >= LAST_WORDS
    sentence = s.terminal & words & ((s.capital <= 0.5) | (s.size >= SENTENCE))
    ends = row == last_row(pages, sentence)[page]
    few = tail & (total(pages, tail) <= TAIL)
    whole = (total(pages, tail & furniture) == 0) & (total(pages, ends & tail) > 0)
    whole &= few & (row <= last_row(pages, ends)[page])
    # running text below a line that looks like a button: `- Share`, under what he said
    return whole | (few & s.prose & ~furniture)


def _furniture(
    pages: Pages, s: LineShapes, a: _Article, head: Headline
) -> dict[str, np.ndarray]:
    """What is not of the body, by what it is."""
    row, page, size = pages.row, pages.page, s.size
    out, free = ~a.body, a.zone & ~a.cue
    within = (row > a.first[page]) & (row < a.last[page])
    picture = free & s.picture
    stamp = s.dated | (s.time & ~s.terminal)
    return {
        "stands after the article": row >= a.last[page],
        "does not read like the text around it": out & within,
        "item of a menu or list of links": out & s.bullet,
        "leads to another page, or is a button": out & (s.link | s.stop),
        "speaks to the reader or of the outlet itself": out & s.appeal,
        "names who took or holds a picture": picture,
        "describes a picture and names who took it": picture & (size >= 60),
        "says when the page was written or changed": (free & stamp) | a.speech.stamp,
        "names who wrote the text": (free & s.byline) | a.speech.writer,
        "says how to reach the writer": free & s.contact,
        "says what was changed, or where the text comes from": a.zone & s.note,
        "says who the writer is": a.zone & s.bio & (row >= a.last[page]),
        "names who helped with the text": a.zone & s.credit & ~s.link,
        "stands twice in a row, as captions do": a.twice & a.zone & ~head.same,
    }


def _above_text(
    frame: pl.DataFrame,
    pages: Pages,
    s: LineShapes,
    a: _Article,
    head: Headline,
    unnamed: np.ndarray,
) -> dict[str, np.ndarray]:
    """What stands between headline and text."""
    row, page, size = pages.row, pages.page, s.size
    below = (head.row >= 0)[page] & (row > head.row[page])
    between = below & (row < a.first[page]) & a.zone & ~a.cue & ~head.same & unnamed
    close = between & (size < 40) & (row >= a.first[page] - 3)
    place = matches(frame["text"], close, PLACE)
    name = matches(frame["text"], between & (size < 60) & ~s.terminal, NAME)
    second = between & ~place & ~name & (size >= 25) & ~s.repeated
    second &= row <= head.row[page] + 4
    return {
        "is the name of a person": name,
        "place above the text": place,
        "stands between headline and text": row == first_row(pages, second)[page],
    }


def _inside_text(
    frame: pl.DataFrame, pages: Pages, s: LineShapes, a: _Article
) -> dict[str, np.ndarray]:
    """What the lines of the body are."""
    size = s.size
    body_follows = near(pages, a.body & (size > 60), 1).astype(bool)
    short = a.body & (size < 90) & ~s.terminal & body_follows
    short &= pages.row > a.first[pages.page]
    heading = matches(frame["text"], short, OPENS)
    second = a.twice & (near(pages, s.key, -1) == s.key) & ~a.cue
    return {
        "part of the text": a.body,
        "short line that opens a part of the text": heading,
        "repeats an earlier line": (a.body & s.again & (size >= 60)) | second,
    }


def _whole_page(
    pages: Pages, s: LineShapes, a: _Article, head: Headline
) -> dict[str, np.ndarray]:
    """The headline, and pages of which nothing can be said."""
    is_head = pages.row == head.row[pages.page]
    empty = total(pages, a.body) == 0
    return {
        "repeats the headline": head.same,
        "stands above the text and shares its words": is_head,
        "nothing here reads like running text, so nothing was taken out": empty
        & ~s.cue,
        "a text of one or two lines is kept whole": pages.high - pages.low <= 2,
    }
