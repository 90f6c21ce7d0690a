"""A finding in a notebook: its sentence, its picture, its evidence."""

import IPython.display
import pandas as pd
import pytest

import idlibkit as ik

SPOKEN = "The talks failed. “We will <come> back on Friday,” Ann Lee said."


@pytest.fixture
def shown(monkeypatch):
    """A finding, and what a notebook is given of it."""
    outputs = []
    monkeypatch.setattr(
        IPython.display, "display", lambda data, **_: outputs.append(data)
    )
    articles = pd.DataFrame(
        {"article_id": ["a"], "outlet": ["Gazette"], "text": [SPOKEN]}
    )
    finding = ik.findings(articles)[0]
    finding._ipython_display_()
    return finding, outputs


def test_a_finding_is_its_sentence_its_picture_and_its_evidence(shown):
    finding, (heading, picture, evidence) = shown
    assert heading["text/markdown"].startswith(f"### {finding.title}\n")
    assert picture["text/plain"] == finding.alt
    assert finding.how_sure in evidence["text/plain"]
    assert evidence["text/html"].count("<li>") == len(finding.sentences)


def test_anybody_s_words_are_text_in_the_page(shown):
    html = shown[1][-1]["text/html"]
    assert "&lt;come&gt;" in html
    assert "<come>" not in html
