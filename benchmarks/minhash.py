"""The peer of `shared_text`: paragraphs that are alike, by MinHash with datasketch, as
its documentation shows it.

datasketch is no dependency: `python -m pip install datasketch` where it is wanted.
"""

from __future__ import annotations

from importlib.util import find_spec

import pandas as pd

__all__ = ["INSTALLED", "alike_paragraphs"]

INSTALLED = find_spec("datasketch") is not None
PERMUTATIONS, ALIKE = 128, 0.7
SHINGLE = 3  # words
LEAST_WORDS = 12  # of a paragraph, as `min_words` of shared_text


def alike_paragraphs(articles: pd.DataFrame) -> set[tuple[str, str]]:
    """Pairs of articles that have paragraphs with an estimated Jaccard similarity of
    .7 or more.
    """
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    pairs: set[tuple[str, str]] = set()
    signatures = {}
    for article in articles.itertuples():
        for number, paragraph in enumerate(article.text.split("\n\n")):
            words = paragraph.casefold().split()
            if len(words) < LEAST_WORDS:
                continue
            signature = MinHash(num_perm=PERMUTATIONS)
            signature.update_batch(
                [
                    " ".join(words[at : at + SHINGLE]).encode()
                    for at in range(len(words) - SHINGLE + 1)
                ]
            )
            key = (article.article_id, number)
            for other in index.query(signature):
                if signatures[other].jaccard(signature) >= ALIKE:
                    pairs.add((other[0], article.article_id))
            signatures[key] = signature
            index.insert(key, signature)
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
