"""In a real browser: the report runs nobody's code and fetches nothing, and the
notebooks run in JupyterLab."""

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

from idlibkit.reporting.notebooks import find_notebooks

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
    """The report of eight articles that try everything, made by the command with all
    notebooks.
    """
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


@pytest.fixture
def opened(browser, hostile, request):
    """The report in a window of the size and colour scheme asked for; what it asked of
    the network, and what it complained of.
    """
    width, scheme = getattr(request, "param", (1280, "light"))
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(hostile.as_uri())
    yield page, asked, said
    context.close()


def test_nothing_is_fetched_and_no_words_become_code(opened, hostile):
    page, asked, said = opened
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    page.mouse.wheel(0, 10_000)
    page.wait_for_timeout(300)
    assert [url for url in asked if not url.startswith("data:")] == [hostile.as_uri()]
    assert said == []
    assert page.evaluate("window.bad") is None
    assert page.locator("script").count() == 1
    assert (
        page.locator(
            "img:not([src^='data:']), svg, iframe, object, embed, link, form, base"
        ).count()
        == 0
    )
    assert page.locator("h1").inner_text() == "<img src=x onerror=window.bad=7>"
    assert OUTLETS[0] in page.locator("body").inner_text()


def test_the_page_could_not_fetch_if_it_wanted(opened):
    page, _, said = opened
    with page.expect_event("requestfailed") as stopped:
        page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.bad = 8'; document.body.append(s);"
            "const i = new Image(); i.src = 'http://elsewhere.example/a.png'; document.body.append(i); }"
        )
    assert stopped.value.failure == "csp"
    assert page.evaluate("window.bad") is None
    assert len([line for line in said if "Content Security Policy" in line]) == 2


def test_every_part_is_there(opened):
    page, _, _ = opened
    wanted = [*find_notebooks(), "marked-up", "method", "tables"]
    assert (
        page.eval_on_selector_all(
            "nav a[href^='#']", "all => all.map(a => a.hash.slice(1))"
        )[1:]
        == wanted
    )
    for name in wanted:
        assert page.locator(f"section[id='{name}'] h2").count() == 1, name
    assert page.locator("section h1").count() == 0
    assert page.locator("figure img").count() >= 5
    alts = page.eval_on_selector_all(
        "img", "all => all.map(i => [i.alt, i.complete && i.naturalWidth > 0])"
    )
    assert all(len(alt.split()) >= 6 and shown for alt, shown in alts)
    assert page.locator("details.article").count() >= 8
    assert (
        page.locator("#methods-paragraph")
        .inner_text()
        .startswith("We compared 8 articles of 4 outlets (2 articles of each)")
    )
    broken = "all => all.map(a => a.hash.slice(1)).filter(id => !document.getElementById(id))"
    assert page.eval_on_selector_all("a[href^='#']", broken) == []


def test_tables_sort_and_filter_by_keyboard(opened):
    page, _, _ = opened
    table = page.locator(".table:has(.find):has(th.n)").first
    numbers = table.locator("thead th.n").first
    place = numbers.evaluate("th => th.cellIndex")

    def column():
        texts = table.locator("tbody tr").evaluate_all(
            "(rows, at) => rows.map(row => row.cells[at].textContent)", place
        )
        return [float(text.replace(",", "")) for text in texts if text]

    before = column()
    assert len(before) >= 8
    numbers.locator("button").focus()
    page.keyboard.press("Enter")
    assert (
        column() == sorted(before) and numbers.get_attribute("aria-sort") == "ascending"
    )
    page.keyboard.press("Space")
    assert (
        column() == sorted(before, reverse=True)
        and numbers.get_attribute("aria-sort") == "descending"
    )
    page.keyboard.press("Enter")
    assert column() == before and numbers.get_attribute("aria-sort") is None

    nameless = "all => all.filter(b => !b.textContent.trim() && !b.ariaLabel).length"
    assert page.eval_on_selector_all("thead button", nameless) == 0

    word = (
        table.locator("tbody tr").first.locator("td[dir], th[dir]").first.inner_text()
    )
    everything = table.locator("tbody tr").count()
    table.locator("input").fill(word.upper())
    shown = table.locator("tbody tr:visible")
    assert 0 < shown.count() < everything
    assert all(word.lower() in text.lower() for text in shown.all_inner_texts())
    assert (
        f"{shown.count()} of {everything} rows"
        in table.locator("[role=status]").inner_text()
    )
    table.locator("input").fill("")
    assert shown.count() == everything


@pytest.mark.parametrize(
    "opened", [(375, "light"), (1280, "dark"), (1280, "light")], indirect=True, ids=str
)
def test_readable_on_every_screen(opened, request):
    page, _, _ = opened
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    width = page.evaluate("innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, (
        "the page itself never scrolls sideways"
    )
    over = "all => all.filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 200))"
    assert (
        page.eval_on_selector_all(
            "main p, main li, main h2, main h3, main summary, main figure, .scroll, main pre",
            over,
        )
        == []
    )
    low = page.evaluate(CONTRAST)
    assert low == [], "text against what it lies on, 4.5 to 1 and better (WCAG 2.2 AA)"


# Contrast of all visible text with the background under it, faded marks included;
# returns what is below 4.5.
CONTRAST = """() => {
  const parse = (c) => { const n = c.match(/[\\d.]+/g).map(Number); return [n[0], n[1], n[2], n.length > 3 ? n[3] : 1]; };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const light = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const low = [];
  for (const e of document.querySelectorAll("main *, nav *")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.offsetParent) continue;
    const line = []; let fade = 1;
    for (let a = e; a; a = a.parentElement) { const s = getComputedStyle(a); line.unshift(parse(s.backgroundColor)); fade *= s.opacity; }
    const under = line.reduce((under, top) => over(top, under), [255, 255, 255]);
    const ink = parse(getComputedStyle(e).color); ink[3] *= fade;
    const [a, b] = [light(over(ink, under)), light(under)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.push([e.tagName, e.className, e.textContent.slice(0, 40), ((a + 0.05) / (b + 0.05)).toFixed(2)].join(" "));
  }
  return [...new Set(low)].slice(0, 10);
}"""


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
    for (
        path
    ) in find_notebooks().values():  # without outputs: what is seen later was made here
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
            cell.cell_type == "code"
            for cell in nbformat.read(find_notebooks()[name], 4).cells
        )
        for kind in ("error", "stderr"):
            found = page.locator(
                f".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.{kind}']"
            )
            assert found.all_inner_texts() == [], f"{kind} in {name}"
        assert page.locator(".jp-OutputArea-output table").count() >= 3
    context.close()
