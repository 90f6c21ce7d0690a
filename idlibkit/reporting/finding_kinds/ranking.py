"""findings: what a corpus shows, the strongest first."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from ...actors import Actors
from ...corpus import Corpus, articles_of
from ...tables import IdlibkitError, IdlibkitNote
from ..measures import Measures
from .called_names import names_of_actors
from .differing_figures import figures_that_differ
from .distinctive_words import words_of_outlets
from .finding import Finding
from .left_out import points_left_out
from .material import Material
from .silent_over_stories import left_out_over_stories
from .tone_of_outlets import tone_differences
from .tone_toward_actors import differences_toward_actors
from .unnamed_doers import doers_left_unnamed
from .whose_words import voice_shares
from .words_and_speakers import words_by_speaker

__all__ = ["findings", "findings_of"]

Kind = Callable[[Material], Iterator[Finding]]

IN_ANY_LANGUAGE: list[Kind] = [words_by_speaker, voice_shares, words_of_outlets]
IN_ENGLISH: list[Kind] = [
    figures_that_differ,
    points_left_out,
    left_out_over_stories,
    tone_differences,
    differences_toward_actors,
    names_of_actors,
    doers_left_unnamed,
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
        As for `labels`; without it actors are proposed, see `suggest_actors`.
    n : int
        At most so many.

    Returns
    -------
    list of Finding
        Where the outlets differ in no word, tone or name, a finding says so.

    Raises
    ------
    IdlibkitError
        If `corpus` is no table of articles, or a column is missing.

    Notes
    -----
    A difference is told as one only where it stands beyond its interval, at 95 % for
    all that was compared with it (all words, outlets, names). Where `articles` have
    `story` (see `stories`), tones and words are compared within a story; figures,
    points and a speaker's words always are, within those that `stories` finds.

    `strength` is what findings are ranked by: of one kind the second counts half, the
    third a third. It says how much of a share or a scale is surely meant:

    - word by speaker: the lower end of the exact interval of the speaker's share of the
      uses, times the share of the outlets with the word that carry the speaker with it,
      and the share of the articles that are of the speaker's stories;
    - voices: a quarter of the mean share of others' words, and the end nearer 0 of the
      interval of the largest difference that stands;
    - figures: .35 where they cannot both be right, .2 where they may be, times the
      share of the outlets of the story that give one, and the share of the articles
      that tell the story; .04 and .035 at least;
    - omission: half of 1 less the chance that it was overlooked, or less how near a
      sentence of the outlet comes, times the share of the articles that tell the story;
      .04 at least;
    - omissions (over many stories), labels, agency: the end of the interval nearer 0;
      tone: twice that end; tone toward actors: that end times how often the model is
      right;
    - words: half of 1 less the others' rate as a share of the outlet's, at the lower
      end of the interval;
    - no difference in words .03, tone .02, omissions .016, tone toward actors .015,
      names .01.

    Only speakers and words are looked for in other languages than English.

    *Accuracy.* In 304 articles (PAC) four words were found to be one speaker's; of
    their 23 uses, read by eye, 21 have the right voice and speaker. The other kinds
    rest on `voices_by`, `discrepancies`, `points_by`, `sentiment_by`, `keyness`,
    `actor_tone`, `labels_by` and `agency_by`: see there how often these are right.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"],
    ...     "text": ["The talks failed. “We will come back on Friday,” Ann Lee said."]})
    >>> for finding in ik.findings(articles):
    ...     print(finding.title)
    50 % of the text is somebody else’s words
    """
    return findings_of(Measures(articles_of(corpus), actors), n=n)


def findings_of(measures: Measures, *, n: int) -> list[Finding]:
    """The findings of a corpus of which other tables are wanted, too."""
    material = Material(measures)
    if material.passages.empty:
        return []
    kinds = IN_ANY_LANGUAGE + ([] if material.is_foreign else IN_ENGLISH)
    found = [finding for kind in kinds for finding in _of_kind(kind, material)]
    return _ranked(found)[:n]


def _of_kind(kind: Kind, material: Material) -> list[Finding]:
    """The findings of a kind; a note, where it cannot be made of this corpus."""
    try:
        return list(kind(material))
    except IdlibkitError as error:
        name = kind.__name__.replace("_", " ")
        note = IdlibkitNote(f"findings: {name} were not looked for. {error}")
        warnings.warn(note, stacklevel=5)
        return []


def _ranked(found: Iterable[Finding]) -> list[Finding]:
    """The strongest first; of one kind the second counts half, the third a third."""
    by_strength = sorted(found, key=lambda one: (-one.strength, one.key))
    seen: Counter[str] = Counter()
    weights = {}
    for one in by_strength:
        seen[one.kind] += 1
        weights[one.key] = one.strength / seen[one.kind]
    return sorted(by_strength, key=lambda one: (-weights[one.key], one.key))
