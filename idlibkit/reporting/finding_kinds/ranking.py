"""findings: what a corpus shows, the strongest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from ...actors import Actors
from ...corpus import Corpus, articles_of
from .finding import Finding
from .material import Material
from .whose_words import voice_shares
from .words_and_speakers import words_by_speaker

__all__ = ["findings"]

KINDS: list[Callable[[Material], Iterator[Finding]]] = [
    words_by_speaker,
    voice_shares,
]


def findings(
    corpus: Corpus | pd.DataFrame, *, actors: Actors | None = None, n: int = 6
) -> list[Finding]:
    """What a corpus shows, each as a plain sentence with its picture and the sentences
    behind it, the strongest first.

    Parameters
    ----------
    corpus : Corpus or DataFrame
        As from `read`, or a table of articles. Of a Corpus nothing is read again.
    actors : mapping, DataFrame or path, optional
        As for `labels`; with it, what outlets call the actors is compared too.
    n : int
        At most so many.

    Returns
    -------
    list of Finding
        Where nothing differs, a finding says so.

    Raises
    ------
    IdlibkitError
        If `corpus` is no table of articles, or a column is missing.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"],
    ...     "text": ["The talks failed. “We will come back on Friday,” Ann Lee said."]})
    >>> for finding in ik.findings(articles):
    ...     print(finding.title)
    50 % of the text is somebody else’s words
    """
    material = Material(articles_of(corpus), actors)
    found = [finding for kind in KINDS for finding in kind(material)]
    return _ranked(found)[:n]


def _ranked(found: Iterable[Finding]) -> list[Finding]:
    """The strongest first; of one kind the second counts half, the third a third."""
    by_strength = sorted(found, key=lambda one: (-one.strength, one.key))
    seen: Counter[str] = Counter()
    weights = {}
    for one in by_strength:
        seen[one.kind] += 1
        weights[one.key] = one.strength / seen[one.kind]
    return sorted(by_strength, key=lambda one: (-weights[one.key], one.key))
