"""Make the two pictures of the README: `python docs/readme_pictures.py`.

The second needs playwright with its Chromium: it is the marked-up article as a browser
draws it.
"""

import shutil
from pathlib import Path

import idlibkit as ik

ROOT = Path(__file__).parents[1]
STYLE = (
    "<style>body { font: 16px/1.5 sans-serif; margin: 16px; max-width: 760px }</style>"
)
HEIGHT = 378  # the first paragraphs; the README links to the whole


def main() -> None:
    # The tests collect this file too, and the extra `test` does not bring it.
    from playwright.sync_api import sync_playwright

    corpus = ik.read(ROOT / "seeds")
    first = ik.findings(corpus, actors=ROOT / "seeds" / "actors.toml")[0]
    first.figure(title=False).savefig(
        ROOT / "docs" / "finding.png",
        dpi=130,
        bbox_inches="tight",
        facecolor="white",
        metadata={"Software": None},
    )
    most = first.sentences["article_id"].mode().iloc[0]
    article = ik.annotate(corpus, most)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(
            viewport={"width": 800, "height": HEIGHT}, device_scale_factor=1.5
        )
        page.set_content(STYLE + article._repr_html_())
        page.screenshot(path=ROOT / "docs" / "marked-article.png")
        browser.close()


if __name__ == "__main__":
    main()
