"""Several speakers at once, those whom `they` means, hearers before a clause without
`that`, and words that only join sentences."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit import quotes


def said(text: str) -> list[list]:
    """Speaker and words of all but fragments; None where nobody is told."""
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "text": [text]})
    rows = quotes(articles)
    rows = rows.loc[rows["kind"] != "fragment", ["speaker", "text"]]
    return rows.astype(object).where(rows.notna(), None).to_numpy().tolist()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Two miners came up. They said the shaft was empty.", "two miners"),
        ("Ida Storm and Nils Dahl run the inn. They said guests had left.", "Ida Storm and Nils Dahl"),
        ("Voters queued at dawn. “We waited for six hours,” they said.", "voters"),
        ("Nurses at the clinic walked out. They said the pay was too low.", "nurses at the clinic"),
        ("Farmers left. The soldiers came back. They said the wells were dry.", "soldiers"),
        ("Critics hate the plan, and they say it costs too much.", "critics"),
        ("Ministers from six states met. They said the levy was unfair.", "ministers"),
        ("Shepherds fled. Drivers waited. They were cold. They said help was late.", "drivers"),
        # somebody else may be meant, or nobody who speaks
        ("Teachers met the ministers. They said the talks had failed.", None),
        ("The roads were closed. They said the thaw was late.", None),
        ("Nils Dahl left. They said he was ill.", None),
        ("The firm sacked 40 drivers. They said the notice came by text.", None),
        ("Drivers waited. Nobody came. They said they felt forgotten.", None),
    ],
)  # fmt: skip
def test_they_are_the_people_of_the_nearest_subject(text, who):
    assert said(text)[-1][0] == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ida Storm and Nils Dahl, two miners, said gas leaked.", "Ida Storm and Nils Dahl"),
        ("Ida Storm, a nurse, and Nils Dahl, a miner, said gas leaked.", "Ida Storm and Nils Dahl"),
        ("Ida Storm, the union’s head, and Nils Dahl said gas leaked.", "Ida Storm and Nils Dahl"),
        ("“Gas leaked all night,” said Ida Storm, a nurse, and Nils Dahl, a miner.", "Ida Storm and Nils Dahl"),
        ("Sens. Ida Storm and Nils Dahl said gas leaked.", "Ida Storm and Nils Dahl"),
        ("Researchers Ida Storm and Nils Dahl said gas leaked.", "Ida Storm and Nils Dahl"),
        ("Ida Storm and Nils Dahl of the union said gas leaked.", "Ida Storm and Nils Dahl"),
        ("Ida Storm met Nils Dahl. Storm and Dahl said gas leaked.", "Ida Storm and Nils Dahl"),
        ("Ida Storm, the owner, and her brother Nils said gas leaked.", "Ida Storm and her brother Nils"),
        ("Ida Storm (D-Ark.) and Nils Dahl (R-Tex.) said gas leaked.", "Ida Storm and Nils Dahl"),
        ("Storm and her aides said gas leaked.", "Storm and her aides"),
        ("France and Germany said gas leaked.", "France and Germany"),
        ("Ida Storm, who met Nils Dahl, a miner, and Bo Lind, said gas leaked.", "Ida Storm"),
    ],
)  # fmt: skip
def test_two_people_are_one_speaker_by_their_full_names(text, who):
    assert said(text)[-1][0] == who


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Storm told the panel the pumps were dry.", ["the pumps were dry"]),
        ("Storm told the panel the pumps stayed dry.", ["the pumps stayed dry"]),
        ("Storm told the panel yesterday the pumps went dry in May.", ["the pumps went dry in May"]),
        ("Storm told the Arden panel it snowed.", ["it snowed"]),
        ("Storm told the panel miners had died.", ["miners had died"]),
        ("Storm told the judge a man ran away twice.", ["a man ran away twice"]),
        ("Storm told the hearing her crew had warned them.", ["her crew had warned them"]),
        ("Storm told the town meeting she was ill.", ["she was ill"]),
        ("Storm told the panel the truth.", []),
        ("Storm told the panel the plan adopted in May.", []),
        ("Storm told the panel about the pumps.", []),
        ("Storm told the panel the tale she remembered.", []),
    ],
)  # fmt: skip
def test_hearers_before_a_clause(text, words):
    assert [what for _, what in said(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Moreover, Storm said, the mill was old.", ["the mill was old"]),
        ("In any case, Storm said, the mill was old.", ["the mill was old"]),
        ("On the other hand, Storm said, the mill was old.", ["the mill was old"]),
        ("Of course, she said, the mill was old.", ["the mill was old"]),
        ("Besides, officials said, the mill was old.", ["the mill was old"]),
        # what is told, or when it was
        ("Rents, she said, had doubled.", ["Rents", "had doubled"]),
        ("In 2010, Storm said, rents doubled.", ["In 2010", "rents doubled"]),
        ("That said, the mill was old.", []),
    ],
)  # fmt: skip
def test_words_that_only_join_sentences_are_nobodys(text, words):
    assert [what for _, what in said(text)] == words


def test_a_quotation_told_before_it_is_not_told_again_behind_it():
    text = "Storm said: “We have no more to sell.” Her neighbours agreed."
    assert said(text) == [["Storm", "We have no more to sell."]]
