"""What every test and every checked notebook needs before it starts."""

import re
from importlib.util import find_spec
from pathlib import Path

import matplotlib

# Never the environment variable: a notebook's kernel would inherit it, and then differ
# from what a reader runs.
matplotlib.use("Agg")

ROOT = Path(__file__).parent
# What building the documentation needs and makes is no test.
collect_ignore = ["docs/conf.py", "docs/notebooks", "docs/api"]
# The examples of the tone model need the extra `tone`.
if not (find_spec("onnxruntime") and find_spec("tokenizers")):
    collect_ignore.append("idlibkit/tone/toward.py")


def pytest_configure(config):
    # An absolute path, so that the rules are found from every folder.
    if (
        hasattr(config.option, "nbval_sanitize_with")
        and not config.option.nbval_sanitize_with
    ):
        config.option.nbval_sanitize_with = str(ROOT / "tests" / "nbval_sanitize.cfg")


# What starts kernels, browsers, workers or whole reports, or draws many times;
# `-m "not slow"` leaves it out.
SLOW = (
    "agency_shown",
    "browser",
    "cluster",
    "findings",
    "fuzz",
    "notebooks",
    "notebooks_other",
    "part_files",
    "parts_stories",
    "processes",
    "report",
    "robustness",
    "stories",
    "validation",
)


WHOLE = (".ipynb", ".md")  # notebooks and pages of the guide read a whole corpus each
# What reads long texts, n against 2n, to see that time grows as the text does.
GROWTH = re.compile(r"(?:time|text|page|length)_grows|grows_with|linear|twice_the_time")


def pytest_collection_modifyitems(items):
    slow = {f"test_{name}.py" for name in SLOW}
    for item in items:
        is_long = item.path.name in slow or item.path.suffix in WHOLE
        if is_long or GROWTH.search(item.name.partition("[")[0]):
            item.add_marker("slow")
