"""What every test and every checked notebook needs before it starts."""

from pathlib import Path

import matplotlib

# Never the environment variable: a notebook's kernel would inherit it, and then differ from what a reader runs.
matplotlib.use("Agg")

ROOT = Path(__file__).parent


def pytest_configure(config):
    # An absolute path, so that the rules are found from every folder.
    if hasattr(config.option, "nbval_sanitize_with") and not config.option.nbval_sanitize_with:
        config.option.nbval_sanitize_with = str(ROOT / "tests" / "nbval_sanitize.cfg")
