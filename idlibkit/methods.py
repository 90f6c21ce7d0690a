"""methods: the paragraph for the methods section of a paper, for the analysis that was run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any

import pandas as pd

from .tables import IdlibkitError, check_columns
from .uncertainty import MIN_ARTICLES

__all__ = ["methods"]

REFERENCES = {
    "adfontes": "Clopper, C. J. & Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case of the "
    "binomial. Biometrika 26(4), 404-413.",
    "bh": "Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical Society B "
    "57(1), 289-300.",
    "dunning": "Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational Linguistics "
    "19(1), 61-74.",
    "efron": "Efron, B. & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall.",
    "evert": "Evert, S. (2022). Measuring keyness. Digital Humanities 2022: conference abstracts.",
    "frames": "Semetko, H. A. & Valkenburg, P. M. (2000). Framing European politics: a content analysis of press and television "
    "news. Journal of Communication 50(2), 93-109.",
    "peace": "Lee, S. T. & Maslog, C. C. (2005). War or peace journalism? Asian newspaper coverage of conflicts. Journal of "
    "Communication 55(2), 311-329.",
    "hardie": "Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science.",
    "monroe": "Monroe, B. L., Colaresi, M. P. & Quinn, K. M. (2008). Fightin' words: lexical feature selection and evaluation for "
    "identifying the content of political conflict. Political Analysis 16(4), 372-403.",
    "newsmtsc": "Hamborg, F. & Donnay, K. (2021). NewsMTSC: a dataset for (multi-)target-dependent sentiment classification in "
    "political news articles. Proceedings of EACL 2021, 1663-1675.",
    "nmf": "Greene, D., O'Callaghan, D. & Cunningham, P. (2014). How many topics? Stability analysis for topic models. ECML PKDD "
    "2014, 498-513.",
    "shift": "Gallagher, R. J. et al. (2021). Generalized word shift graphs: a method for visualizing and explaining pairwise "
    "comparisons between texts. EPJ Data Science 10, 4.",
    "sklearn": "Pedregosa, F. et al. (2011). Scikit-learn: machine learning in Python. Journal of Machine Learning Research 12, "
    "2825-2830.",
    "vader": "Hutto, C. J. & Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment analysis of social media "
    "text. Proceedings of ICWSM-14, 216-225.",
}
PACKAGES = ["pandas", "polars", "numpy", "scipy", "scikit-learn", "sentencex", "vaderSentiment"]


def methods(
    articles: pd.DataFrame,
    *,
    actors: Mapping[str, Iterable[str]] | str | Path | None = None,
    selection: str | None = None,
) -> str:
    """Write the methods paragraph, ready to cite, of the analysis that the notebooks and the report make of `articles`.

    Every number in it is taken from the articles or from the defaults of the functions as they are installed.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, `outlet`, and `published` if it is known; see `read_articles`.
    actors : mapping or path, optional
        The table of actors that was given; None says that it was proposed from the corpus.
    selection : str, optional
        How the articles were chosen, as a clause: "published since 2020-01-01".

    Returns
    -------
    str
        Paragraphs with a blank line between; after a line ``References`` one reference a line.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Gazette", "Herald"], "text": ["Talks failed.", "Talks held."]})
    >>> print(ik.methods(articles).split(". ")[0])
    We compared 2 articles of 2 outlets (1 article of each)
    """
    check_columns(articles, ["article_id", "outlet"], "articles")
    if articles.empty:
        raise IdlibkitError("articles has no rows, so there is no analysis to describe.")
    from . import frames, labels, overlap, sentiment, story, terms, tone  # noqa: F401
    from .frames import corpus_frames, frames_by
    from .overlap import shared_text
    from .sentiment import sentiment_by, word_shift
    from .terms import count_terms, keyness

    sizes = articles["outlet"].value_counts()
    of_articles = bool((sizes >= MIN_ARTICLES).all())
    unit = "articles" if of_articles else "paragraphs"
    prior = _default(keyness, "prior")
    scope = (
        "so that they speak of the outlets"
        if of_articles
        else f"since an outlet with fewer than {MIN_ARTICLES} articles does not allow drawing articles; they therefore speak of these "
        "articles, not of the outlets"
    )
    given = "proposed from the capitalised names in the corpus and not edited"
    if actors is not None:
        from .actors import read_actors

        names = read_actors(actors)
        given = f"{len(names)} actors under {sum(map(len, names.values()))} labels, given by the analyst"
    paragraphs = [
        f"We compared {_n(len(articles), 'article')} of {_n(len(sizes), 'outlet')} ({_range(sizes)}){_dates(articles)}"
        f"{', ' + selection if selection else ''} with idlibkit {_version('idlibkit')} (Python {python_version()}; "
        f"{', '.join(f'{name} {_version(name)}' for name in PACKAGES)}). Menus, captions, bylines and other matter that is not "
        "reporting were removed line by line with a recorded reason. The remaining text was cut into sentences and each sentence into "
        "passages by voice: the outlet's own words, direct quotations, and reported speech, with the speaker where one was found. "
        "Every row of every table points to the place in the unchanged text that it was taken from.",
        "Words were folded for case, accents and typography; function words, honorifics, weekdays, months and the outlet's own name "
        f"were left out ({_default(count_terms, 'stop_words')} list of the package), and British and American spellings counted as one. "
        "TF-IDF follows the defaults of scikit-learn with one document per outlet (Pedregosa et al. 2011). Distinctive terms are each "
        f"outlet's against all others pooled: weighted log-odds with {_article(prior)} {prior} Dirichlet prior (Monroe et al. 2008), "
        "the log-likelihood ratio (Dunning 1993) and the log ratio of relative frequencies (Hardie 2014; Evert 2022) with exact 95 % intervals (Clopper & Pearson "
        "1934), Bonferroni-corrected; p-values were adjusted over all terms and outlets for the false-discovery rate (Benjamini & "
        "Hochberg 1995). These take each word as independent. A term is called distinctive from three paragraphs up.",
        f"Tone is VADER's compound score (Hutto & Gilbert 2014) of each passage of {_default(sentiment_by, 'min_words')} words or more, "
        "after typographic quotes and dashes were made plain, averaged over passages and reported by voice; differences between two "
        f"outlets were taken apart by word (passages of {_default(word_shift, 'min_words')} words or more; cf. Gallagher et al. 2021). "
        "Tone toward actors is the positive minus the negative probability of the package's own classifier, trained on NewsMTSC "
        f"(Hamborg & Donnay 2021). What actors are called was found with a table of actors: {given}. Frames are dictionary indicators after Semetko & "
        f"Valkenburg (2000) and Lee & Maslog (2005), not coders' judgements; the corpus's own themes are by non-negative matrix "
        f"factorisation, with their stability over {_default(corpus_frames, 'n_boot')} resamples (cf. Greene et al. 2014). Text shared "
        f"between articles was searched in runs of {_default(shared_text, 'min_words')} words and more.",
        f"Intervals are 95 % bootstrap intervals (Efron & Tibshirani 1993) over {unit}, {_default(frames_by, 'n_boot'):,} resamples, seed "
        f"{_default(frames_by, 'seed')}, with Student's t and the small-sample factor, {scope}; with fewer than three {unit} none is given. "
        "Each finding was taken again under other stop lists, sequence lengths, priors, lexicons and cleaning, and without single "
        "articles; we report whether it survives. The measured accuracy of each extractor is stated in the accuracy card of the package.",
    ]
    return "\n\n".join([*paragraphs, "References", "\n".join(sorted(REFERENCES.values()) + [_cite()])])


def _default(function: Callable[..., Any], name: str) -> Any:
    return inspect.signature(function).parameters[name].default


def _n(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def _article(word: object) -> str:
    return "an" if str(word)[:1] in "aeiou8" else "a"


def _range(sizes: pd.Series) -> str:
    least, most = sizes.min(), sizes.max()
    return f"{_n(least, 'article')} of each" if least == most else f"{least} to {most:,} articles of each"


def _dates(articles: pd.DataFrame) -> str:
    if "published" not in articles or articles["published"].isna().all():
        return ""
    known = articles["published"].dropna()
    missing = len(articles) - len(known)
    days = (
        f"{known.min():%-d %B %Y} to {known.max():%-d %B %Y}"
        if known.min().date() != known.max().date()
        else f"{known.min():%-d %B %Y}"
    )
    return f", published {days}" + (f" ({_n(missing, 'article')} without a date)" if missing else "")


def _version(name: str) -> str:
    if name == "idlibkit":
        from . import __version__

        return __version__
    try:
        return version(name)
    except PackageNotFoundError:
        return "(version not known)"


def _cite() -> str:
    return f"The idlibkit authors. idlibkit: comparing how news outlets frame the same story (version {_version('idlibkit')}) [software]."
