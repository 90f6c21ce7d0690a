"""How the documentation site is built: `python -m sphinx -W docs build/site`.

The notebooks are taken as they were run; nothing is computed while the site is built.
"""

import shutil
from importlib.metadata import version as installed_version
from pathlib import Path

from idlibkit import accuracy_card

HERE = Path(__file__).parent
NOTEBOOKS = HERE / "notebooks"

# Sphinx reads what lies below its own folder: the notebooks come in as copies, which
# git ignores.
shutil.rmtree(NOTEBOOKS, ignore_errors=True)
shutil.copytree(
    HERE.parent / "notebooks", NOTEBOOKS, ignore=shutil.ignore_patterns(".*", "*.toml")
)


def card_in_markdown() -> str:
    """The accuracy card, a heading and a table for each extractor."""
    card = accuracy_card().fillna("")
    parts = []
    for extractor, rows in card.groupby("extractor", sort=False):
        parts.append(
            f"## {extractor}\n\n| measure | figure | measured on | goes wrong |"
        )
        parts.append("|---|---:|---|---|")
        for row in rows.itertuples():
            interval = f" ({row.low:.3f} to {row.high:.3f})" if row.low != "" else ""
            figure = f"{row.figure:.3f}" if row.figure != "" else "not measured"
            cells = row.measure, f"{figure}{interval}", row.measured_on
            parts.append(f"| {' | '.join(map(str, cells))} | {row.goes_wrong} |")
        commands = sorted(set(filter(None, rows["command"])))
        parts.append(
            "\nMeasured by " + ", ".join(f"`{c}`" for c in commands) + ".\n"
            if commands
            else ""
        )
    return "\n".join(parts)


(HERE / "accuracy-card.txt").write_text(card_in_markdown(), "utf-8")

project = "idlibkit"
author = "the founders of idlibkit"
copyright = "the founders of idlibkit"
version = release = installed_version("idlibkit")
root_doc = "index"
exclude_patterns = ["_templates"]

extensions = [
    "myst_nb",
    "sphinx_design",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
]
# The first is what the reference's pages are generated as.
source_suffix = {".rst": "restructuredtext", ".md": "myst-nb", ".ipynb": "myst-nb"}

nb_execution_mode = "off"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

templates_path = ["_templates"]
autosummary_generate = True
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
numpydoc_validation_checks = {
    "GL08",  # no docstring
    "PR01",  # a parameter that is not described
    "PR02",  # a described parameter that is not there
    "PR07",  # a parameter without a description
    "RT01",  # what it returns is not said
    "YD01",
}

# Made by functions, not by users: what they hold is told under Attributes.
MADE = ["Finding", "Explorer", "ShownTable", "MarkedArticle"]
numpydoc_validation_exclude = {rf"\.{name}$" for name in MADE}

html_theme = "pydata_sphinx_theme"
html_title = "idlibkit"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_theme_options = {
    "navigation_with_keys": False,
    "show_toc_level": 2,
    "header_links_before_dropdown": 5,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
}
pages_alone = ["index", "quickstart", "accuracy", "speed", "architecture", "changelog"]
html_sidebars = {page: [] for page in pages_alone}
html_show_sourcelink = False
