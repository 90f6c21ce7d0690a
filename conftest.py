"""What every test and every checked notebook needs before it starts."""

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


# What starts kernels, browsers, workers or whole reports; `-m "not slow"` leaves it
# out.
SLOW = (
    "browser",
    "cluster",
    "findings",
    "fuzz",
    "notebooks",
    "notebooks_other",
    "processes",
    "report",
)


def pytest_collection_modifyitems(items):
    slow = {f"test_{name}.py" for name in SLOW}
    for item in items:
        if item.path.name in slow or item.path.suffix == ".ipynb":
            item.add_marker("slow")
