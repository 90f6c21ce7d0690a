"""Where the head of a mention is: without the office that stands before a name, the
first of two roles, and what follows."""

from __future__ import annotations

from .people import (
    CAUSES,
    DOMAINS,
    FULL_NAME,
    INDEFINITE,
    LINKS,
    ORGANISATIONS,
    TITLES,
    word_key,
)

__all__ = [
    "JOINS_OFFICE",
    "MOST_NAMES",
    "core_length",
    "without_double_office",
    "without_first_role",
    "without_office",
]

JOINS_OFFICE = frozenset(("of", "for", "the", "and", "&"))
MIN_PLACE_AND_NAME = 2  # words
MOST_NAMES = 4  # words of a name in apposition to a role


def without_office(words: list[str], keys: list[str]) -> tuple[list[str], list[str]]:
    """`Secretary of State Lena Holt` as `Secretary Lena Holt`: a title, what its office
    is of, and a name."""
    for place in range(1, len(words) - 2):
        if words[place] in ("of", "for") and keys[place - 1] in TITLES:
            end = place
            while end < len(words) and (
                keys[end] in DOMAINS or words[end] in JOINS_OFFICE
            ):
                end += 1
            is_office = keys[end - 1] in DOMAINS
            if not is_office and _ends_in_full_name(words, place):
                end, is_office = len(words) - 2, True  # `Governor of Arden Lena Holt`
            behind = words[end:]
            if is_office and behind and behind[0][0].isupper():
                return words[:place] + behind, keys[:place] + keys[end:]
    return words, keys


def without_double_office(
    words: list[str], keys: list[str]
) -> tuple[list[str], list[str]]:
    """`Trade and Energy Minister Lena Holt` as `Minister Lena Holt`: one person; not
    `Bo Lind and Energy Minister Lena Holt`."""
    if "and" not in words[1:]:
        return words, keys
    place = words.index("and", 1)
    titles = [at for at in range(place + 2, len(words)) if keys[at] in TITLES]
    if not titles or keys[place + 1] in TITLES:
        return words, keys
    offices, name = (
        [*keys[:place], *keys[place + 1 : titles[-1]]],
        words[titles[-1] + 1 :],
    )
    of_bodies = [key in DOMAINS or key in ORGANISATIONS for key in offices]
    one = any(of_bodies) and (place == 1 or any(of_bodies[:place]))
    if (
        one
        and FULL_NAME <= len(name) <= MOST_NAMES
        and all(w[0].isupper() for w in name)
    ):
        return words[titles[-1] :], keys[titles[-1] :]
    return words, keys


def _ends_in_full_name(words: list[str], link: int) -> bool:
    """Whether a place and a full name stand behind a capitalised title and `of`."""
    behind = words[link + 1 :]
    return (
        words[link - 1][0].isupper()
        and len(behind) > MIN_PLACE_AND_NAME
        and all(word[0].isupper() for word in behind)
        and ORGANISATIONS.isdisjoint(word_key(word) for word in behind[-2:])
    )


def without_first_role(
    words: list[str], keys: list[str]
) -> tuple[list[str], list[str]]:
    """`president and chief executive Lena Holt` is one person: the second role."""
    if "and" not in words[1:-2]:
        return words, keys
    place = words.index("and", 1)
    roles = keys[place - 1] in TITLES and keys[place + 1] in TITLES
    if roles and words[-1][0].isupper() and keys[-1] not in TITLES:
        return words[place + 1 :], keys[place + 1 :]
    return words, keys


def core_length(words: list[str]) -> int:
    """How many words there are up to the head: 2 of `defence minister of Norland`; all
    of `Department of Trade officials`, where the head stands last."""
    for place, word in enumerate(words):
        if place and word in LINKS:
            body = words[place - 1]
            is_name = body[0].isupper() and word_key(body) not in INDEFINITE
            behind = words[place + 1 :]
            stands_for = word_key(body) not in TITLES and _is_cause(behind)
            if is_name and (_ends_in_noun(behind) or stands_for):
                return len(words)
            return place
    return len(words)


def _is_cause(behind: list[str]) -> bool:
    """Whether words behind `Physicians for` are what a group stands for: `Human
    Rights`, not a place."""
    names = [word for word in behind if word not in JOINS_OFFICE]
    capital = bool(names) and all(word[0].isupper() for word in names)
    return capital and word_key(behind[-1]) in CAUSES


def _ends_in_noun(behind: list[str]) -> bool:
    """Whether words behind `Department of` end in a noun that has the whole before it:
    `Trade officials`."""
    if len(behind) < 2 or not behind[-1].islower() or behind[-1] in LINKS:
        return False
    names = [word for word in behind[:-1] if word not in JOINS_OFFICE]
    return bool(names) and all(word[0].isupper() for word in names)
