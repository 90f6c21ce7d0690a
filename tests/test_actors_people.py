"""One list of people: what `quotes` and `labels` know of titles is the same."""

import tomllib

import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.actors import labels
from idlibkit.lexicons import lexicon_text, words
from idlibkit.voices import quotes

SMALL = words("people.toml", "titles.small")
TITLES = sorted(words("people.toml", "titles") - SMALL)


def lists(table, name=""):
    """Every list of words of a TOML table, with its name."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from lists(value, f"{name}{key}.")
        else:
            yield f"{name}{key}", value.split() if isinstance(value, str) else value


@pytest.mark.parametrize("file", ["people.toml", "modifiers.toml"])
def test_no_list_has_a_word_twice_and_words_are_in_one_form(file):
    for name, listed in lists(tomllib.loads(lexicon_text(file))):
        assert len(listed) == len(set(listed)), name
        if file == "people.toml" and not name.startswith("names."):
            assert [word for word in listed if word != word.lower()] == [], name
            assert [word for word in listed if word[-1] in ".'"] == [], name


def test_a_word_is_one_kind_of_title():
    kinds = [
        word
        for name, listed in lists(tomllib.loads(lexicon_text("people.toml"))["titles"])
        for word in listed
    ]
    assert len(kinds) == len(set(kinds))
    sexed = words("people.toml", "sex")
    assert sexed <= set(kinds)
    assert not words("people.toml", "sex.male") & words("people.toml", "sex.female")


def test_every_title_is_known_to_quotes_and_labels():
    texts = [f"{title.title()} Bo Arden said the road was closed." for title in TITLES]
    articles = pd.DataFrame(
        {"article_id": TITLES, "outlet": "A", "text": texts, "language": "en"}
    )
    speakers = quotes(articles).set_index("article_id")["speaker"]
    assert speakers[speakers != "Bo Arden"].to_dict() == {}
    assert set(speakers.index) == set(TITLES)
    table = articles.assign(voice="own", speaker=None, start=0)
    mentions = labels(table, {"Arden": ["Bo Arden"]}).set_index("article_id")
    modifiers = mentions["modifiers"].str.lower()
    assert modifiers[modifiers != modifiers.index].to_dict() == {}


def test_titles_in_small_letters_are_known_to_both():
    texts = [f"The {title} Bo Arden said the road was closed." for title in SMALL]
    articles = pd.DataFrame(
        {"article_id": sorted(SMALL), "outlet": "A", "text": sorted(texts)}
    )
    assert quotes(articles)["speaker"].eq("Bo Arden").all()
    table = articles.assign(voice="own", speaker=None, start=0)
    mentions = labels(table, {"Arden": ["Bo Arden"]})
    assert mentions["modifiers"].tolist() == mentions["article_id"].tolist()


def test_a_body_or_an_acronym_is_nobody_s_last_name():
    text = (
        "He told CNN that it was late. She told CNN too. A Washington CNN crew came."
        " The bill went to the Senate, and the Senate passed it. The Florida Senate met."
    )
    table = pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"], "text": [text]})
    proposed = ik.suggest_actors(ik.passages(table)).set_index("label")["actor"]
    assert proposed["CNN"] == "CNN"
    assert proposed["Senate"] == "Senate"
