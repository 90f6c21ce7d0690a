"""The seed files are what their manifest says, byte for byte."""

import hashlib
import re
import warnings
from pathlib import Path

import pandas as pd
import pytest

from idlibkit.reading.articles import read_articles

SEEDS = Path(__file__).parent.parent / "seeds"
SHA256 = {
    "000_c557d348b50fe5e4.txt": "970797cb3936d5eb1826a46eb58ac95de14760b3dd8a6329882fad3e7d0c05d9",
    "001_03f1430d7a505761.txt": "87dcb0c0eb9393e507485d56f37585fd2806d95f48f256b36090a9569f57183b",
    "002_3ad319cec848881d.txt": "e122adc8d35ae94cbf73822304f7f9f0ed82a947b901832b59ea0099da00e2d9",
    "003_60582887a5340c95.txt": "16deedaa7fc4b06fbc2e852e56e50e8e1cc780d52dfdc515978436d0ac15da85",
    "004_8de11bd6ac878f34.txt": "bbf4aa1a284fa5c15ca49c7bec939ddd65dc125b9b563fef33d87842b69ccac9",
}


@pytest.fixture(scope="module")
def manifest():
    return pd.read_csv(SEEDS / "manifest.csv", dtype="str", index_col="file")


def test_files_are_unchanged(manifest):
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in SEEDS.glob("*.txt")
    }
    assert found == SHA256
    assert manifest["sha256"].to_dict() == SHA256


def test_manifest_says_what_is_known(manifest):
    assert list(manifest) == [
        "outlet",
        "published",
        "title",
        "wire",
        "country",
        "outlet_evidence",
        "rights",
        "sha256",
    ]
    assert manifest["outlet"].tolist() == [
        "RFE/RL",
        "The Moscow Times",
        "Hürriyet Daily News",
        "The Jordan Times",
        "The National",
    ]
    assert manifest["published"].tolist() == [
        "2020-02-06",
        "2020-02-04",
        "2020-02-06",
        "2018-01-10",
        "2020-02-07",
    ]
    assert manifest["wire"].dropna().to_dict() == {
        "003_60582887a5340c95.txt": "Reuters"
    }
    assert manifest.drop(columns="wire").notna().all(axis=None)
    inferred = manifest["outlet_evidence"].str.startswith("not named")
    assert manifest["outlet"][inferred].tolist() == [
        "Hürriyet Daily News",
        "The Jordan Times",
        "The National",
    ]
    for name, title in manifest["title"].items():
        assert title in (SEEDS / name).read_text("utf-8").split("\n")


def test_what_the_manifest_rests_on_stands_in_the_files():
    text = {path.name[:3]: path.read_text("utf-8") for path in SEEDS.glob("*.txt")}
    assert "RFE/RL journalists" in text["000"] and "on February 6" in text["000"]
    assert "With reporting by Reuters, Interfax, the BBC, and AFP" in text["000"]
    assert (
        "The Moscow Times, an independent news source" in text["001"]
        and "on Tuesday" in text["001"]
    )
    assert "\nISTANBUL\n" in text["002"] and "on Feb. 6" in text["002"]
    assert "By Reuters - Jan 10,2018" in text["003"]
    assert "Published: February 7, 2020 05:53 PM" in text["004"]
    for name, outlet in (
        ("002", "Hürriyet"),
        ("003", "Jordan Times"),
        ("004", "The National\n"),
    ):
        assert outlet not in text[name]


def test_readme_explains_every_column(manifest):
    readme = (SEEDS / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE)) == {
        "file",
        *manifest.columns,
    }


def test_seeds_are_read_without_a_warning(manifest):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        articles = read_articles(SEEDS)
    assert articles["article_id"].tolist() == [name[:-4] for name in sorted(SHA256)]
    for row in articles.itertuples():
        assert row.raw.encode() == (SEEDS / row.source_file).read_bytes()
        assert row.title in row.text.split("\n\n")[0]
    assert (
        articles["published"].dt.strftime("%Y-%m-%d").tolist()
        == manifest["published"].tolist()
    )
    assert (articles["language"] == "en").all()
    assert articles["country"].tolist() == manifest["country"].tolist()
