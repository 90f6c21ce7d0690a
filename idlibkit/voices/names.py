"""The people whom an article names in full.

Private to `voices`. No list of people is needed: an article that quotes someone gives
the full name once, nearly always.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from ..text import is_title_case
from .capital_runs import (
    NAME,
    is_so_and_name,
    opens_sentence,
    places_of,
    read_run,
    run_before,
    spouse_of,
)
from .people import (
    PARTICLES,
    SUFFIX,
    SUFFIXES,
    is_same_person,
    keys_of,
    name_keys,
    sex_of_first_name,
    unaccent,
    without_possessive,
    word_key,
)

__all__ = ["Names"]


LOOK = 200_000  # characters of an article in which names are looked for
NAME_LENGTH = 70  # characters: the longest run of titles and names that is read
NEAR_PRONOUN = 120  # characters behind a name in which a pronoun may be its own
AGREED = 3 / 4  # of such pronouns,
FEW_PRONOUNS = 2  # if there are more than one
RIVAL = 1 / 2  # of the uses of the commonest of namesakes: another may be meant
ELSEWHERE = 3  # times as often as before this last name: no first name
OFTEN_ALONE = 3  # times that a last name stands before the first full name: another's
RARE = 1 / 3  # of the uses of a shorter name: a longer run of capitals holds no name

_SPACES = frozenset(" \u00a0")
_SUFFIX = re.compile(rf",? ({SUFFIX})\b")
_PRONOUN = re.compile(r"\bs?he\b")
# What a word stands behind that no sentence and no quotation begins with.
_INSIDE = re.compile(r"[a-z,;’'\-] [\"“]?\Z")
_BEFORE_INSIDE = 3  # characters that this may have
_SMALL_WORD = re.compile(r"[a-z]{3,}")
_LETTER = re.compile(r"\w")
_IN_WORD = re.compile(r"[\w’'-]")  # before a word: it begins earlier


class Names:
    """The people an article names in full, looked for when someone is mentioned."""

    def __init__(self, texts: Sequence[str]) -> None:
        lines = (text for text in texts if not is_title_case(text))
        self.text = "\n".join(lines)[:LOOK]
        self.sex: dict[str, str] = {}  # by full name or description
        self.sexes: dict[str, set[str]] = defaultdict(set)  # by last name, of titles
        self.titled: set[str] = set()  # last names that stand behind a title
        self._full: dict[str, dict[str, int]] = {}
        self._grouped: dict[tuple[str, ...], list[list[str]]] = {}
        self._pronouns: dict[str, str] = {}  # the sex that they tell, by full name
        self._anothers: dict[str, bool] = {}  # by last name
        self._inside: dict[str, bool] = {}
        self._inside_sentences: set[str] = set()  # full names that no sentence begins

    @cached_property
    def _plain(self) -> str:
        return unaccent(self.text)

    def has_small(self, word: str) -> bool:
        """Whether the article has a word, of three letters at least, in small ones."""
        if not _SMALL_WORD.fullmatch(word):
            return False
        return any(
            not (start and _IN_WORD.match(self.text, start - 1))
            and not "a" <= self.text[start + len(word) : start + len(word) + 1] <= "z"
            for start in places_of(self.text, word)
        )

    def full_names(self, last: str, printed: str) -> dict[str, int]:
        """Every longer name that ends in the word `printed`, without titles, and how
        often it occurs."""
        if last in self._full:
            return self._full[last]
        if not printed:
            return {}
        names = self._full[last] = {}
        for words, before, suffix in self._runs(printed):
            run = read_run(words)
            if run.titled:
                self.titled.add(last)
            if run.name is None:
                if run.sex:
                    self.sexes[last].add(run.sex)
                continue
            name = f"{run.name} {suffix}" if suffix else run.name
            opens = opens_sentence(before)
            if opens and is_so_and_name(name):
                continue
            names[name] = names.get(name, 0) + 1
            if not opens:
                self._inside_sentences.add(name)
            if run.sex:
                self.sex[name] = run.sex
            if spouse := spouse_of(name, before):
                names[spouse] = names.get(spouse, 0) + 1
                self._inside_sentences.add(spouse)
        return names

    def _runs(self, printed: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
        """The runs of capitals that end in `printed`, what stands before each of them,
        and a Jr. or the like behind it."""
        text, printed = self._plain, unaccent(printed)
        size, start = len(printed), text.find(printed)
        while start >= 0:
            end = start + size
            if text[start - 1 : start] in _SPACES and not text[end : end + 1].isalnum():
                # Only behind a word with a capital can it end a longer name.
                before = text[text.rfind(" ", 0, start - 1) + 1 : start - 1]
                if not before.islower() or before in PARTICLES:
                    window = text[max(0, start - NAME_LENGTH) : end]
                    words = run_before(window)
                    if len(words) > 1:
                        suffix = _SUFFIX.match(text, end)
                        before = window.removesuffix(" ".join(words))
                        yield words, before, suffix[1] if suffix else ""
            start = text.find(printed, end)

    def namesakes(self, words: Sequence[str], sex: str = "") -> list[str]:
        """The people whose full names end in the last of these words and have all of
        them, those named most first; `sex` leaves out those of the other."""
        keys = tuple(map(word_key, words))
        counts = self.full_names(keys[-1], without_possessive(words[-1]))
        if not counts:
            return []
        if len(keys) == 1:
            if keys[0] not in self._anothers:
                self._anothers[keys[0]] = self._is_anothers(counts, words[0])
            if self._anothers[keys[0]]:
                return []
        if len(counts) == 1:  # as nearly always
            return self._only(next(iter(counts)), keys, sex)
        people = self._people(keys, counts)
        if sex:
            others = ("", sex)
            people = [one for one in people if self._titled_sex(one[0]) in others]
        if len(people) > 1:
            people = self._surely_names(people, counts) or people[:1]
        if len(people) > 1 and sex:
            people = [one for one in people if self.sex_of(one[0]) == sex] or people
        uses = [sum(counts[name] for name in forms) for forms in people]
        often = max(uses, default=0) * RIVAL
        return [
            self._longest(forms, counts)
            for forms, n_uses in zip(people, uses, strict=True)
            if n_uses > often
        ]

    def _only(self, name: str, keys: tuple[str, ...], sex: str) -> list[str]:
        """The only person with a last name, if all these words and the sex fit."""
        fits = keys_of(name).issuperset(keys)
        if fits and sex:
            fits = self._titled_sex(name) in ("", sex)
        return [name] if fits else []

    def _is_anothers(self, counts: dict[str, int], last: str) -> bool:
        """Whether a last name stands by itself before every full name that ends in it,
        as that of somebody whom readers know: several times, or of a Jr. once."""
        first = min([self._plain.find(name.removesuffix(" Jr")) for name in counts])
        alone = self._plain.count(without_possessive(unaccent(last)), 0, first)
        if 0 < alone < OFTEN_ALONE:
            return all(map(_has_suffix, counts))
        return alone > 0

    def _people(self, keys: tuple[str, ...], counts: dict[str, int]) -> list[list[str]]:
        """The names that have all these words, in groups that may mean one person."""
        if keys in self._grouped:
            return self._grouped[keys]
        people: list[list[str]] = []
        names = [name for name in counts if keys_of(name).issuperset(keys)]
        for name in sorted(names, key=lambda name: (-counts[name], name)):
            same = (forms for forms in people if is_same_person(forms[0], name))
            forms = next(same, None)
            if forms is None:
                people.append([name])
            else:
                forms.append(name)
        self._grouped[keys] = people
        return people

    def _surely_names(
        self, people: list[list[str]], counts: dict[str, int]
    ) -> list[list[str]]:
        """The commonest and those whose first word is mostly used with this last name
        (Ann of Ann Lee, not the place of `the Arden Lee knew`), if they have their
        capitals inside sentences, too."""
        sure = []
        for forms in people:
            first, count = forms[0].split()[0], sum(counts[name] for name in forms)
            named_first = self._plain.count(first) <= ELSEWHERE * count
            if (named_first or forms is people[0]) and self._has_its_capital(forms):
                sure.append(forms)
        return sure

    def by_first_name(self, words: Sequence[str]) -> str | None:
        """The only person whose full name begins with this first name."""
        first = without_possessive(words[0])
        if len(words) > 1 or not sex_of_first_name(f"{first} _"):
            return None
        names = {
            run.name
            for match in re.finditer(rf"\b{re.escape(first)} {NAME.pattern}", self.text)
            if (run := read_run(tuple(match.group().split()))).name
        }
        return names.pop() if len(names) == 1 else None

    def _has_its_capital(self, forms: list[str]) -> bool:
        """Whether one of these names has its capital inside a sentence, too, or is
        surely one: of `Given Lee was ill` nobody is."""
        inside = not self._inside_sentences.isdisjoint(forms)
        return inside or bool(sex_of_first_name(forms[0]))

    def fullest(self, words: Sequence[str]) -> str | None:
        """The longest name that ends in the last of these words and has all of them;
        of several people the one named most."""
        return next(iter(self.namesakes(words)), None)

    @staticmethod
    def _longest(names: list[str], counts: dict[str, int]) -> str:
        # Where the article has Ann Lee, a Jr. or III is somebody else.
        names = [name for name in names if not _has_suffix(name)] or names
        # A run of capitals that is much rarer than a shorter one holds a word that is
        # no name.
        often = max(counts[name] for name in names) * RARE
        return min(
            (name for name in names if counts[name] >= often),
            key=lambda name: (-len(name.split()), -counts[name], name),
        )

    def sex_of(self, name: str) -> str:
        """The sex of a person, as titles and pronouns tell it."""
        if sex := self._titled_sex(name):
            return sex
        if " " not in name:
            return ""
        if name not in self._pronouns:
            self._pronouns[name] = self._sex_by_pronouns(name)
        return self._pronouns[name]

    def _titled_sex(self, name: str) -> str:
        """The sex of a person, as titles and what was spoken of it before tell it."""
        if known := self.sex.get(name):
            return known
        if known := sex_of_first_name(name):
            return known
        keys = name_keys(name)
        sexes = self.sexes.get(keys[-1], set()) if keys else set()
        return next(iter(sexes)) if len(sexes) == 1 else ""

    def _sex_by_pronouns(self, name: str) -> str:
        """The sex of the pronouns that follow a full name, if they nearly all agree."""
        pronouns: Counter[str] = Counter()
        for start in places_of(self._plain, name):
            end = start + len(name)
            line_end = self._plain.find("\n", end, end + NEAR_PRONOUN)
            near = end + NEAR_PRONOUN if line_end < 0 else line_end
            if pronoun := _PRONOUN.search(self._plain, end, near):
                pronouns["f" if pronoun.group() == "she" else "m"] += 1
        if pronouns.total() < FEW_PRONOUNS:
            return ""
        sex, count = pronouns.most_common(1)[0]
        return sex if count >= AGREED * pronouns.total() else ""

    def is_capitalised_inside(self, word: str) -> bool:
        """Whether a word has a capital where no sentence gives it one."""
        if word not in self._inside:
            self._inside[word] = any(
                _INSIDE.search(self.text, max(0, start - _BEFORE_INSIDE), start)
                and not _LETTER.match(self.text, start + len(word))
                for start in places_of(self.text, word)
            )
        return self._inside[word]


def _has_suffix(name: str) -> bool:
    return word_key(name.rpartition(" ")[2]) in SUFFIXES
