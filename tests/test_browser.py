"""In a real browser: report and explorer lead from a word to its sentences and to its
place in an article, run nobody's code and fetch nothing; the notebooks run in
JupyterLab."""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import idlibkit as ik

sync_api = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed"
)
CHROMIUM = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])),
    None,
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="there is no Chromium here (Debian: apt-get install chromium)",
)

ROOT = Path(__file__).parents[1]
NOTEBOOKS = {path.stem: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
OUTLETS = [
    'The <b>Daily</b> $x_1$ & "Co" | `rm` <script>window.bad=1</script>',
    '=HYPERLINK("http://elsewhere.example/","x")',
    "صحيفة \u202ebad\u202c 🦊\u200b\u200d",
    "../../etc/passwd",
]
TITLES = [
    "<script>window.bad=2</script> $\\frac{1}{0}$ _under_ |pipe| `tick`",
    "</title><svg onload=window.bad=3>",
    "=cmd|' /C calc'!A0",
    "عنوان \u202e مقلوب 😀",
]
PARAGRAPHS = [
    "The rebels left the town, said <img src=http://elsewhere.example/x.png onerror=window.bad=4> minister Ann Lee on Monday, and 250 "
    "people followed. “We are <script>window.bad=5</script> going home,” Lee said. The army killed three people in the $x^2$ attack.",
    "The militants fled the town. “We have won </style></script><script>window.bad=6</script>,” the minister told reporters. "
    "Nobody celebrated in the _center_ of |the| `town`. The government said 300 people had fled.",
    "Talks on the town failed, officials said. =1+1 was written on the wall of the ministry. The army, according to Ann Lee, had "
    "killed five people in a terrible attack. \u202eThe town was quiet.",
    "javascript:alert(1) was what the minister wrote. The rebels called the army a regime of terror. At least 40 people were killed "
    "by 😀 shells\u200b, the ministry said. Ann Lee praised the great rescue of the town.",
]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        root = (
            hasattr(os, "geteuid") and os.geteuid() == 0
        )  # Chromium's sandbox refuses to start as root
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if root else []
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The report of eight articles that try everything, made by the command."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        (
            outlet,
            title,
            f"2020-0{month}-03",
            "\n\n".join(PARAGRAPHS[(i + month * place) % 4] for i in range(2 + month)),
        )
        for place, (outlet, title) in enumerate(zip(OUTLETS, TITLES, strict=True))
        for month in (1, 2)
    ]
    table = pd.DataFrame(rows, columns=["outlet", "title", "published", "text"])
    source = folder / "<img src=x onerror=window.bad=7>.csv"
    table.to_csv(source, index=False)
    command = [
        sys.executable,
        "-m",
        "idlibkit",
        "report",
        str(source),
        "--out",
        str(folder / "out"),
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode in (0, 1), done.stderr
    return folder / "out" / "index.html"


@pytest.fixture(scope="module")
def explorer(tmp_path_factory):
    """The explorer of the same articles."""
    folder = tmp_path_factory.mktemp("explorer")
    texts = [
        "\n\n".join([PARAGRAPHS[i % 4], PARAGRAPHS[(i + 1) % 4]]) for i in range(8)
    ]
    table = pd.DataFrame({"outlet": OUTLETS * 2, "title": TITLES * 2, "text": texts})
    table["published"] = "2020-01-03"
    table.to_csv(folder / "in.csv", index=False)
    with pytest.warns(ik.IdlibkitWarning):
        corpus = ik.read(folder / "in.csv")
    return ik.explore(corpus).save(folder / "explorer.html")


class Opened:
    """A page in a window; what it asked of the network, and what it complained of."""

    def __init__(self, browser, path, width=1280, scheme="light", **options):
        self.context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        self.page = self.context.new_page()
        self.asked, self.said = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.goto(path.as_uri())

    def open_all(self):
        self.page.evaluate(
            "for (const d of document.querySelectorAll('details')) d.open = true"
        )


@pytest.fixture
def opened(browser, hostile):
    """The report in a window."""
    window = Opened(browser, hostile)
    yield window
    window.context.close()


def test_nothing_is_fetched_and_no_words_become_code(opened, hostile):
    page = opened.page
    opened.open_all()
    page.locator("#explorer td a").first.click()
    page.locator("#panel .sentences a").first.click()
    page.locator("#panel .marked").wait_for()
    asked = [url for url in opened.asked if not url.startswith("data:")]
    assert {url.partition("#")[0] for url in asked} == {hostile.as_uri()}
    assert opened.said == []
    assert page.evaluate("window.bad") is None
    assert page.locator("script").count() == 2
    strange = "img:not([src^='data:']), svg, iframe, object, embed, link, base"
    assert page.locator(strange).count() == 0
    assert page.title() == "<img src=x onerror=window.bad=7>"
    assert OUTLETS[0] in page.locator("main").inner_text()


def test_the_page_could_not_fetch_if_it_wanted(opened):
    page = opened.page
    with page.expect_event("requestfailed") as stopped:
        page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.bad = 8'; document.body.append(s);"
            "const i = new Image(); i.src = 'http://elsewhere.example/a.png'; document.body.append(i); }"
        )
    assert stopped.value.failure == "csp"
    assert page.evaluate("window.bad") is None
    blocked = [line for line in opened.said if "Content Security Policy" in line]
    assert len(blocked) == 2


def test_every_chapter_is_there(opened):
    page = opened.page
    chapters = page.eval_on_selector_all("details.chapter", "all => all.map(d => d.id)")
    assert [name for name in chapters if name != "stories"] == [
        *("explore", "words", "voices", "labels", "agency"),
        *("figures", "frames", "tone"),
        *("left-out", "shared", "articles", "method", "tables"),
    ]
    assert page.locator("h1").count() == 1
    opened.open_all()
    methods = page.locator("#methods-paragraph").inner_text()
    assert methods.startswith("We compared 8 articles of 4 outlets (2 articles of each")


@pytest.mark.parametrize("kind", ["word", "label", "speaker"])
def test_from_a_mark_to_its_sentences_to_the_article_and_back(opened, kind):
    page, panel = opened.page, opened.page.locator("#panel")
    page.locator("#explore > summary").click()
    page.locator("#explorer [name=kind]").select_option(kind)
    cell = page.locator("#explorer tbody tr").first.locator("td a").first
    name, count = cell.get_attribute("aria-label"), int(cell.inner_text())
    cell.focus()
    page.keyboard.press("Enter")
    shown = panel.locator(".sentences mark")
    sync_api.expect(shown).to_have_count(count)
    assert panel.locator("h2").evaluate("h => h === document.activeElement")
    if kind != "speaker":
        label = name.partition(",")[0].partition(" (")[0].lower()
        assert all(label in text.lower() for text in shown.all_inner_texts())
    words = shown.first.inner_text()
    panel.locator(".sentences a").first.focus()
    page.keyboard.press("Enter")
    hit = panel.locator(".hit")
    hit.first.wait_for()
    assert "".join(hit.all_inner_texts()).startswith(words.split()[0])
    address = page.url
    page.go_back()
    panel.locator(".sentences").wait_for()
    page.go_forward()
    hit.first.wait_for()
    again = opened.context.new_page()
    again.goto(address)  # an address that was shared
    again.locator("#panel .hit").first.wait_for()
    page.keyboard.press("Escape")
    sync_api.expect(panel).to_be_hidden()


MARKS = {1400: ".marks.wide a", 390: ".marks.narrow a"}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A report in which one man says a word in two outlets, behind letters that a
    script counts as two.
    """
    spoken = [
        "🦊🦊 “The regime attacks us,” said minister Bo Lind. The talks failed.",
        "🦊 “The regime shells us,” said minister Bo Lind. “The regime lies,” Lind said.",
        "The regime won 47 seats. 🦊 “This regime must go,” minister Bo Lind said.",
        "Nobody came. “Stop the regime at once,” said minister Bo Lind. 48 seats fell.",
    ]
    rows = [
        (name, f"{text}\n\nThe army killed nine people.")
        for name, text in zip(["North", "South", "East", "West"], spoken, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["outlet", "text"]).assign(
        published="2020-02-03"
    )
    return ik.report(table, tmp_path_factory.mktemp("told") / "out")


@pytest.mark.parametrize("width", MARKS)
def test_each_mark_of_a_picture_leads_to_its_sentences(browser, told, width):
    window = Opened(browser, told, width)
    page, panel = window.page, window.page.locator("#panel")
    dot = page.locator(f"{MARKS[width]}[aria-label='South, Bo Lind, 2']")
    dot.focus()
    page.keyboard.press("Enter")
    sync_api.expect(panel.locator(".sentences mark")).to_have_text(["regime"])
    sentence = panel.locator(".sentences a")
    assert "“The regime lies,”" in sentence.inner_text()
    sentence.click()
    hit = panel.locator(".hit")
    hit.first.wait_for()
    assert hit.all_inner_texts() == ["regime"]
    after = hit.evaluate(
        "h => h.parentElement.nextSibling?.textContent || h.nextSibling.textContent"
    )
    assert after.startswith(" lies")
    page.go_back()
    sync_api.expect(panel.locator(".sentences mark")).to_have_text(["regime"])
    page.go_back()
    sync_api.expect(panel).to_be_hidden()
    page.locator(f"{MARKS[width]}[aria-label='South']").first.click()
    sync_api.expect(panel.locator(".sentences mark")).to_have_count(2)
    assert window.said == []
    window.context.close()


@pytest.mark.parametrize("name", ["told", "hostile"])
def test_no_mark_leads_to_nothing(browser, request, name):
    window = Opened(browser, request.getfixturevalue(name))
    page = window.page
    marks = page.locator(MARKS[1400])
    links = marks.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(links) > 10
    for link in dict.fromkeys(links):
        page.evaluate("hash => (location.hash = hash)", link)
        page.locator("#panel [role=status]", has_text="sentence").wait_for()
        assert page.locator("#panel .sentences mark").count() > 0, link
    assert window.said == []
    window.context.close()


def test_the_notes_of_an_article_by_keyboard(opened):
    page, panel = opened.page, opened.page.locator("#panel")
    page.locator("#articles > summary").click()
    page.locator("#articles a[href^='#/article']").first.click()
    panel.locator(".label").first.focus()
    page.keyboard.press("Enter")
    note = panel.locator("[role=status]")
    assert "is called" in note.inner_text()
    note.locator("a").first.click()
    panel.locator(".sentences li").first.wait_for()


def test_a_finding_has_a_link_of_its_own(browser, hostile):
    window = Opened(browser, hostile)
    cards = window.page.locator("details.card")
    for place in range(cards.count()):
        key = cards.nth(place).get_attribute("id")
        again = window.context.new_page()
        again.goto(f"{hostile.as_uri()}#{key}")
        assert again.locator(f"#{key} .sure").is_visible()
    window.context.close()


def test_who_does_what_in_the_explorer(browser, tmp_path):
    texts = [
        "The army shelled the rebels. The rebels were killed. The army left.",
        "The rebels attacked the army. “The army shelled the rebels,” Ann Lee said.",
    ]
    table = pd.DataFrame({"outlet": ["North", "South"], "text": texts})
    table["article_id"] = table["outlet"]
    actors = {"Army": ["army"], "Rebels": ["rebels"]}
    page_file = ik.explore(table, actors=actors).save(tmp_path / "explorer.html")
    window = Opened(browser, page_file)
    page, panel = window.page, window.page.locator("#panel")
    actor = page.locator("#explorer [name=group]")
    assert not actor.is_visible(), "words have no actor"
    page.locator("#explorer [name=kind]").select_option("clause")
    row = page.get_by_role("row", name=re.compile("^Rebels harm, nobody named"))
    row.locator("td a").first.click()
    sync_api.expect(panel.locator(".sentences mark")).to_have_text(["killed"])
    assert "nobody named" in panel.locator("h2").inner_text()
    page.locator("#explorer [name=voice]").select_option("quoted")
    rows = page.locator("#explorer tbody tr")
    assert {text.split("\t")[0] for text in rows.all_inner_texts()} == {
        "Army does",
        "Rebels it is done to",
        "Rebels harm to it",
    }
    page.locator("#explorer [name=voice]").select_option("")
    actor.select_option("Army")
    row = page.get_by_role("row", name=re.compile("^shell does"))
    assert row.locator("td").all_inner_texts() == ["1", "1", "2"]
    row.locator("td a").last.click()
    sync_api.expect(panel.locator(".sentences mark")).to_have_text(["shelled"] * 2)
    panel.locator(".sentences a").last.click()
    assert panel.locator(".hit").inner_text() == "shelled"
    panel.get_by_label("Mark who does what").check()
    deed = panel.locator(".deed", has_text="shelled")
    deed.first.focus()
    page.keyboard.press("Enter")
    note = panel.locator(".note-line").inner_text()
    assert "Army: does, “shell”" in note and "Rebels: harm to it" in note
    assert window.said == []
    window.context.close()


def test_filters_of_the_explorer(browser, explorer):
    window = Opened(browser, explorer)
    page = window.page
    counts = {}
    for voice in ("", "own", "quoted", "reported"):
        page.locator("#explorer [name=voice]").select_option(voice)
        row = page.locator(
            "#explorer tbody tr", has=page.get_by_text("town", exact=True)
        )
        total = row.locator("td").last
        counts[voice] = int(total.inner_text()) if row.count() else 0
    assert counts[""] == sum(counts[voice] for voice in ("own", "quoted", "reported"))
    assert counts[""] > counts["own"] > 0
    page.locator("#explorer [name=voice]").select_option("")
    page.locator("#explorer [name=outlet]").select_option(OUTLETS[0])
    assert page.locator("#explorer thead th").count() == 3
    page.locator("#explorer [name=outlet]").select_option("")
    page.locator("#explorer [name=until]").fill("2019-12-31")
    assert page.locator("#explorer tbody tr").count() == 0
    page.locator("#explorer [name=until]").fill("")
    page.locator("#explorer [name=find]").fill("left THE town")
    page.keyboard.press("Enter")
    page.locator("#panel .sentences li").first.wait_for()
    found = page.locator("#panel .sentences mark").all_inner_texts()
    assert set(found) == {"left the town"}
    assert window.said == []
    window.context.close()


def test_the_explorer_in_a_notebook_s_frame(browser, explorer, tmp_path):
    page = ik.Explorer(explorer.read_text("utf-8"), "Explorer")
    (tmp_path / "saved.html").write_text(page._repr_html_(), "utf-8")
    window = Opened(browser, tmp_path / "saved.html")
    frame = window.page.frame_locator("iframe")
    frame.locator("#explorer td a").first.click()
    frame.locator("#panel .sentences a").first.click()
    frame.locator("#panel .hit").first.wait_for()
    frame.get_by_role("button", name="Back").click()
    frame.locator("#panel .sentences").wait_for()
    frame.get_by_role("button", name="Close").click()
    sync_api.expect(frame.locator("#panel")).to_contain_text("Choose a mark")
    assert window.said == []
    window.context.close()


def test_many_articles_are_read_from_files_beside_the_page(browser, tmp_path):
    texts = [f"The talks of day {i} 🦊 failed, Ann Lee said." for i in range(330)]
    table = pd.DataFrame({"outlet": ["A", "B", "C"] * 110, "text": texts})
    window = Opened(browser, ik.report(table, tmp_path / "out", only=["words"]))
    page = window.page
    page.locator("#words > summary").click()
    page.locator("#words a", has_text="talks").first.click()
    found = page.locator("#panel .sentences mark")
    sync_api.expect(found).to_have_count(40)
    assert set(found.all_inner_texts()) == {"talks"}
    page.get_by_role("button", name="Show more", exact=True).click()
    sync_api.expect(found).to_have_count(80)
    page.locator("#panel .sentences a").nth(70).click()
    hit = page.locator("#panel .hit")
    hit.wait_for()
    assert hit.inner_text() == "talks"
    page.keyboard.press("Escape")
    page.locator("#explore > summary").click()
    page.locator("#explorer [name=outlet]").select_option("B")
    row = page.locator("#explorer tbody tr", has_text="talks")
    assert row.locator("td a").all_inner_texts() == ["110", "110"]
    row.locator("td a").first.click()
    sync_api.expect(found).to_have_count(40)
    page.get_by_role("button", name="Show more", exact=True).click()
    page.get_by_role("button", name="Show more", exact=True).click()
    sync_api.expect(found).to_have_count(110)
    sync_api.expect(page.locator("#panel [role=status]")).to_have_text("110 sentences")
    assert window.said == []
    assert all(url.startswith("file:") for url in window.asked)
    window.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", ["hostile", "explorer"])
def test_readable_for_all(browser, request, name, width, scheme):
    """No violation of axe's rules, folded and open, in the sentences and in an article;
    nothing wider than the screen.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    path = request.getfixturevalue(name)
    # The rules come from outside, which the page's own policy would forbid.
    window = Opened(browser, path, width, scheme, bypass_csp=True)
    page = window.page

    def check(what):
        found = axe.run(page).response["violations"]
        said = [
            (one["id"], [node["html"] for node in one["nodes"][:3]]) for one in found
        ]
        assert said == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= width, what

    check("first")
    window.open_all()
    check("open")
    page.locator("#explorer td a").first.click()
    page.locator("#panel .sentences a").first.wait_for()
    check("sentences")
    page.locator("#panel .sentences a").first.click()
    page.locator("#panel .marked").wait_for()
    check("article")
    window.context.close()


@pytest.mark.parametrize("name", ["hostile", "explorer"])
def test_printed(browser, request, name):
    window = Opened(browser, request.getfixturevalue(name))
    page = window.page
    page.emulate_media(media="print")
    assert not page.locator("#explorer form").is_visible()
    page.emulate_media(media="screen")
    window.open_all()
    page.locator("#explorer td a").first.click()
    page.locator("#panel .sentences a").first.click()
    page.locator("#panel .marked").wait_for()
    page.emulate_media(media="print")
    assert not page.locator("main").is_visible(), "the article alone"
    assert page.locator("#panel .marked").is_visible()
    assert not page.locator("#panel .buttons").is_visible()
    window.context.close()


# Where Jupyter keeps what it knows, so that a test neither sees nor changes what is the
# user's.
FOLDERS = [
    *(f"JUPYTER_{name}_DIR" for name in ("CONFIG", "DATA", "RUNTIME")),
    *(f"JUPYTERLAB_{name}_DIR" for name in ("SETTINGS", "WORKSPACES")),
    "IPYTHONDIR",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab on a copy of the notebooks: its address and token."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    folder = tmp_path_factory.mktemp("lab")
    (folder / "notebooks").mkdir()
    for path in NOTEBOOKS.values():  # without outputs: what is seen later was made here
        book = nbformat.read(path, 4)
        for cell in book.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(book, folder / "notebooks" / path.name)
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    token, own = secrets.token_hex(16), folder / "jupyter"
    settings = {
        "notebook-extension/tracker": {
            "windowingMode": "none"
        },  # cells out of sight are there all the same
        "apputils-extension/notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
        },
    }
    for name, values in settings.items():
        path = (
            own
            / "JUPYTERLAB_SETTINGS_DIR"
            / "@jupyterlab"
            / f"{name}.jupyterlab-settings"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
        ),
        **{name: str(own / name) for name in FOLDERS},
    }
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ServerApp.port=0",
    ]
    command.append(f"--IdentityProvider.token={token}")
    with open(folder / "log.txt", "w") as log:
        server = subprocess.Popen(
            [*command, f"--ServerApp.root_dir={folder}"],
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        until = time.monotonic() + 60
        while not (
            found := re.search(
                r"http://(?:localhost|127\.0\.0\.1):(\d+)/lab",
                (folder / "log.txt").read_text(),
            )
        ):
            assert server.poll() is None and time.monotonic() < until, (
                folder / "log.txt"
            ).read_text()[-2000:]
            time.sleep(0.2)
        yield f"http://127.0.0.1:{found[1]}", token
    finally:
        server.terminate()
        server.wait(30)


def test_the_notebooks_run_in_jupyterlab(browser, lab):
    address, token = lab
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(120_000)  # a busy machine
    pages = {
        name: context.new_page() for name in ("00-start-here", "90-your-own-corpus")
    }
    for (
        name,
        page,
    ) in (
        pages.items()
    ):  # one workspace each, so that the two do not share their open files
        page.goto(
            f"{address}/lab/workspaces/ws{name[:2]}/tree/notebooks/{name}.ipynb?token={token}"
        )
    for page in pages.values():
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
        page.locator(
            ".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")
        ).click()
    for name, page in pages.items():
        code = page.locator(".jp-CodeCell")
        counted = code.locator(".jp-InputPrompt", has_text=re.compile(r"^\[\d+\]:$"))
        sync_api.expect(counted).to_have_count(code.count(), timeout=240_000)
        assert code.count() == sum(
            cell.cell_type == "code" for cell in nbformat.read(NOTEBOOKS[name], 4).cells
        )
        for kind in ("error", "stderr"):
            found = page.locator(
                f".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.{kind}']"
            )
            assert found.all_inner_texts() == [], f"{kind} in {name}"
        shown = page.locator(".jp-OutputArea-output table, .jp-OutputArea-output img")
        assert shown.count() >= 3
    context.close()
