"""Whether capitals tell anything: in a headline in title case they do not."""

from __future__ import annotations

import re

from ..lexicons import words

__all__ = ["is_title_case"]


MAX_LENGTH = 200  # characters; a longer line is no headline
# Shorter words are small in some house styles of headlines and capitalised in others.
LONG_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")
# One small word in ten is let pass: "Minister Says He Will fight Ruling of High Court".
# On 304 titles and 8,324 sentences of US news: all titles written so, 1.3 % of the
# sentences (mostly short ones made of names).
SMALL_SHARE = 0.1
FEW_CAPITALS = 2  # long words: of no more nobody can tell
SHORTEST = 4  # letters of a long word


def is_title_case(text: str) -> bool:
    """Whether a short line has capitals throughout, as headlines do.

    Its capitals then tell nothing of names, and its verbs look like names.

    Examples
    --------
    >>> is_title_case("Minister Resigns After Vote on Farm Prices")
    True
    >>> is_title_case("Minister resigns after vote in Lower House")
    False
    """
    if len(text) > MAX_LENGTH:
        return False
    if _has_small_words(text):
        return False
    long_words = LONG_WORD.findall(text)
    if sum([word[0].isupper() for word in long_words]) <= FEW_CAPITALS:
        return False  # so are most sentences
    small = {word for word in long_words if word[0].islower()}
    small -= words("english.toml", "headlines.small")
    return len(small) <= SMALL_SHARE * len(long_words)


def _has_small_words(text: str) -> bool:
    """Whether a line has more words in small letters than a headline of its length may
    have, as most sentences have; asked first, since it takes no pattern."""
    listed = words("english.toml", "headlines.small")
    most_words = (len(text) + 1) / (SHORTEST + 1)
    small: set[str] = set()
    for word in text.split():
        long = len(word) >= SHORTEST and word.islower() and word.isalpha()
        if long and word not in listed:
            small.add(word)
            if len(small) > SMALL_SHARE * most_words:
                return True
    return False
