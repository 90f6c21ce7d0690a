"""A made archive that has stories: outlets tell drawn events, and it is known who told
which point, gave which figure, copied which paragraph and kept silent.

The text is drawn so that reading it is as much work as reading news. On 150 US news
articles (PolNeAR; words of theirs are not here) 18 % of the words are quoted and 24 %
reported, an article of 800 words has 7 direct quotations and 15 reported statements, of
which 90 % name who speaks, a fifth of these by a pronoun; half of the cues is "said";
18 % of the words have a capital, a sentence has 21 words and a paragraph 1.7 sentences.
Content words follow Zipf's law over 50,000.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import pandas as pd
from measure_discrepancies import HAZARDS, NATIONS, PEOPLE, SYLLABLES, TOLD

__all__ = ["Archive", "made_archive"]

VOCABULARY = 50_000
CUMULATIVE = np.cumsum(1 / (np.arange(VOCABULARY) + 2.7))
CUMULATIVE /= CUMULATIVE[-1]
FUNCTION = {
    6: ["the"],
    3: ["of", "to", "and"],
    2: ["a", "in", "that", "for", "is", "was", "on", "with", "it", "he"],
    1: ["as", "by", "at", "from", "his", "be", "has", "are", "were", "not", "they"],
    0.7: ["but", "who", "had", "an", "this", "their", "would", "which", "after", "or"],
    0.5: ["been", "more", "about", "its", "she", "her", "will", "when", "one", "there"],
}
SMALL = [word for words in FUNCTION.values() for word in words]
HOW_OFTEN = [share for share, words in FUNCTION.items() for _ in words]
CUES = ["said"] * 9 + ["says", "told reporters", "added", "wrote", "asked", "argued"]
BEFORE = ["said", "said", "said", "says", "believes", "argued", "added", "reported"]
ROLES = ["Gov.", "Sen.", "President", "Mr.", "Dr.", "spokesman", "analyst", "Judge"]
OPEN = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
OUTLETS = 9
LEFT_OUT = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7]  # points, by outlet
POINTS = 10  # of a story; a third of them with a figure
KEPT = 0.75  # of a point's words, in each sentence that tells it
QUOTED, REPORTED, PRONOUN = 0.22, 0.28, 0.2
WIRE, EDITED = 0.3, 0.05  # stories with agency copy; words changed in a copy
BACKGROUND = 0.4  # articles with a paragraph that their outlet printed before
BEAT = 40  # stories on one beat, whose background is printed again and again


@dataclass(frozen=True, slots=True)
class Archive:
    """Made articles, and what is known of them.

    `articles`: `article_id`, `outlet`, `published`, `wire`, `text`, in the order of
    days; `event`: the story each tells; `told`: `event`, `point`, `article_id`,
    `start`, `end`, `value` (as printed, missing where the point has no figure), `mode`
    ("same", "other", "hedged"); `copies`: `copy`, `article_id`, `start`, `end`.
    """

    articles: pd.DataFrame
    event: pd.Series
    told: pd.DataFrame
    copies: pd.DataFrame


def made_archive(n_articles: int, *, seed: int = 0) -> Archive:
    """An archive of so many articles of about 2,800 characters; over a year for every
    20,000, so that a day has as many stories however large it is.
    """
    press = _Press(seed)
    days = max(1, round(n_articles / 55))
    texts: list[tuple] = []
    event = 0
    while len(texts) < n_articles:
        texts += press.story(event, press.rng.randrange(days))
        event += 1
    texts = texts[:n_articles]
    ids = [f"a{number:07d}" for number in range(len(texts))]
    table = pd.DataFrame(
        texts, columns=["event", "outlet", "published", "wire", "paragraphs"]
    )
    told, copies, bodies = [], [], []
    for article_id, which, paragraphs in zip(
        ids, table["event"], table["paragraphs"], strict=True
    ):
        at = 0
        for paragraph in paragraphs:
            for piece in paragraph:
                end = at + len(piece.text)
                if piece.point is not None:
                    told.append((which, *piece.point, article_id, at, end))
                if piece.copy is not None:
                    copies.append((piece.copy, article_id, at, end))
                at = end + 1
            at += 1
        bodies.append("\n\n".join(" ".join(p.text for p in one) for one in paragraphs))
    articles = table[["outlet", "published", "wire"]].assign(
        article_id=ids, text=pd.array(bodies, dtype="str")
    )
    columns = ["event", "point", "mode", "value", "article_id", "start", "end"]
    return Archive(
        articles[["article_id", "outlet", "published", "wire", "text"]],
        table["event"],
        pd.DataFrame(told, columns=columns),
        pd.DataFrame(copies, columns=["copy", "article_id", "start", "end"]),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, the point it tells (number, mode, value) and what it is a copy of."""

    text: str
    point: tuple[int, str, float | None] | None = None
    copy: str | None = None


def _word(number: int) -> str:
    """A word for each number, of two syllables where it is frequent, else of three."""
    out, number = "", number + len(OPEN)
    while number:
        number, syllable = divmod(number, len(OPEN))
        out += OPEN[syllable]
    return out


class _Press:
    """Draws stories; keeps what is printed again."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.numbers = np.random.default_rng(seed)
        self.words = [_word(number) for number in range(VOCABULARY)]
        self.content = iter(())
        self.small = random.Random(seed).choices(SMALL, HOW_OFTEN, k=10_000)
        self.printed: dict[tuple[int, int], list[list[_Piece]]] = {}

    def word(self) -> str:
        """A content word by Zipf's law."""
        for number in self.content:
            return self.words[number]
        drawn = np.searchsorted(CUMULATIVE, self.numbers.random(100_000))
        self.content = iter(drawn.tolist())
        return self.word()

    def rare(self, n: int) -> list[str]:
        return [self.words[self.rng.randrange(2000, VOCABULARY)] for _ in range(n)]

    def name(self) -> str:
        first, last = self.rng.randrange(300, 600), self.rng.randrange(600, 4000)
        return f"{self.words[first].capitalize()} {self.words[last].capitalize()}"

    def run(self, names: list[str], content: list[str] | None = None) -> str:
        """Words of a clause: function words and content words in turn, some names."""
        rng = self.rng
        if content is None:
            content = [self.word() for _ in range(rng.randint(3, 16))]
        out = []
        for word in content:
            if rng.random() < 0.75:
                out.append(rng.choice(self.small))
            out.append(word)
            if rng.random() < 0.09:
                out.append(rng.choice(names))
        return " ".join(out)

    def sentence(self, names: list[str], content: list[str] | None = None) -> str:
        """A sentence in the outlet's own voice, quoted, or reported."""
        rng, clause = self.rng, self.run(names, content)
        speaker = rng.choice(names)
        if rng.random() < 0.4:
            speaker = f"{rng.choice(ROLES)} {speaker}"
        speaker = rng.choice(["he", "she"]) if rng.random() < PRONOUN else speaker
        kind = rng.random()
        if kind < QUOTED:
            clause = clause[0].upper() + clause[1:]
            return f"“{clause},” {speaker} {rng.choice(CUES)}."
        speaker, first = speaker[0].upper() + speaker[1:], clause[0].upper()
        if kind < QUOTED + REPORTED:
            if rng.random() < 0.1:
                return f"According to {speaker}, {clause}."
            return f"{speaker} {rng.choice(BEFORE)} that the {clause}."
        return f"{first}{clause[1:]}."

    def paragraph(self, names: list[str], copy: str | None = None) -> list[_Piece]:
        n = self.rng.choices([1, 2, 3, 4], [52, 30, 13, 5])[0]
        return [_Piece(self.sentence(names), None, copy) for _ in range(n)]

    def edited(self, paragraph: list[_Piece]) -> list[_Piece]:
        """A copy with some words changed."""
        out = []
        for piece in paragraph:
            words = [
                self.word() if self.rng.random() < EDITED and word.islower() else word
                for word in piece.text.split()
            ]
            out.append(_Piece(" ".join(words), None, piece.copy))
        return out

    def figure(self, event: int) -> dict:
        rng = self.rng
        return {
            "place": "".join(rng.choice(SYLLABLES) for _ in range(3)).capitalize(),
            "who": f"{rng.choice(NATIONS)} {rng.choice(PEOPLE)}",
            "hazard": rng.choice(HAZARDS),
            "harm": rng.choice(sorted(TOLD)),
            "value": rng.choice([rng.randint(6, 40), rng.randint(50, 900)]),
            "mode": rng.choice(["same", "other", "hedged"]),
            "event": event,
        }

    def told(self, number: int, content: list[str], figure: dict | None, names, day):
        """One sentence that tells a point, as one outlet words it."""
        rng = self.rng
        kept = [word for word in content if rng.random() < KEPT]
        rng.shuffle(kept)
        if figure is None:
            more = [self.word() for _ in range(5)]
            return _Piece(self.sentence(names, kept + more), (number, "same", None))
        value, mode = figure["value"], figure["mode"]
        said = f"{value:,}"
        if mode == "other" and rng.random() < 0.5:
            value = round(value * rng.uniform(1.15, 1.9))
            said = f"{value:,}"
        if mode == "hedged":
            hedged = [f"at least {round(value * 0.95):,}"]
            said = rng.choice([said, *hedged, f"more than {round(value * 0.9):,}"])
        text = rng.choice(TOLD[figure["harm"]]).format(
            n=said, day=day.day_name(), **figure
        )
        text = text[0].upper() + text[1:]
        return _Piece(text, (number, mode, float(value)))

    def story(self, event: int, day: int) -> list[tuple]:
        """The articles that tell one event: of one outlet to all nine."""
        rng = self.rng
        published = pd.Timestamp("2020-01-01") + pd.Timedelta(days=day)
        names = [self.name() for _ in range(6)]
        topic = self.rare(12)
        points = [self.rare(4) + rng.sample(topic, 2) for _ in range(POINTS)]
        figures = [self.figure(event) if i % 3 == 0 else None for i in range(POINTS)]
        agency = []
        if rng.random() < WIRE:
            agency = [
                self.paragraph(names, f"wire {event} {part}") for part in range(2)
            ]
        n = rng.choices(range(1, OUTLETS + 1), [3, 4, 4, 3, 3, 2, 2, 1, 1])[0]
        out = []
        for outlet in rng.sample(range(OUTLETS), n):
            body = [
                [self.told(number, content, figure, names, published)]
                for number, (content, figure) in enumerate(
                    zip(points, figures, strict=True)
                )
                if rng.random() >= LEFT_OUT[outlet]
            ]
            length = max(3, round(rng.lognormvariate(2.2, 0.5)))
            body += [self.paragraph(names) for _ in range(length)]
            rng.shuffle(body)
            if rng.random() < BACKGROUND:
                body.append(self.background(event // BEAT, outlet, names))
            wire = bool(agency) and rng.random() < 0.6
            if wire:
                body[1:1] = [self.edited(part) for part in agency]
            about = [self.sentence(names, rng.sample(topic, 6) + self.rare(1))]
            body.insert(0, [_Piece(text) for text in about])
            when = published + pd.Timedelta(hours=rng.choice([6, 9, 12, 20, 30]))
            credit = "AP" if wire and rng.random() < 0.5 else None
            out.append((event, f"Outlet {outlet + 1}", when, credit, body))
        return out

    def background(self, beat: int, outlet: int, names: list[str]) -> list[_Piece]:
        """One of the paragraphs that an outlet prints under many articles of a beat."""
        key = (beat, outlet)
        if key not in self.printed:
            self.printed[key] = [
                self.paragraph(names, f"again {beat} {outlet} {number}")
                for number in range(3)
            ]
        return self.rng.choice(self.printed[key])
