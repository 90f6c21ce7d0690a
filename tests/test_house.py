"""The house is as docs/architecture.md draws it: rooms with faces, an order, one loader, lists that are data."""

import ast
import importlib
import importlib.util
import inspect
import pkgutil
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

import idlibkit as ik

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "idlibkit"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))

every_room = pytest.mark.parametrize("room", ROOMS)


@cache
def nodes(path):
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def imports(path):
    """(level, module, names) of every relative import in a module, wherever it stands."""
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node.level, node.module or "", [name.name for name in node.names]


def test_few_files_stand_in_the_hall():
    assert len(list(PACKAGE.glob("*.py"))) <= 8


@every_room
def test_a_face_is_a_short_list_of_names(room):
    text = (PACKAGE / room / "__init__.py").read_text("utf-8")
    assert len(text.splitlines()) <= 40
    for node in ast.parse(text).body:
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_list = isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
        assert is_text or is_list or isinstance(node, ast.ImportFrom), ast.unparse(node)
    assert ast.get_docstring(ast.parse(text)), "a face says what its room is for"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_other_rooms_are_entered_by_their_faces(path):
    folders = path.relative_to(PACKAGE).parts[:-1]
    for level, module, names in imports(path):
        here = list(folders[: len(folders) - level + 1])
        target = [*here, *filter(None, module.split("."))]
        if folders and target[:1] == list(folders[:1]):
            continue  # within the room
        assert len(target) <= 1, f"{path.name} reaches past the face of {target[0]}"
        assert target or set(names) <= set(ROOMS), f"{path.name} takes {names}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nobody_comes_in_by_the_front_door(path):
    for node in nodes(path):
        if isinstance(node, ast.Import):
            assert all(name.name.split(".")[0] != "idlibkit" for name in node.names)
        if isinstance(node, ast.ImportFrom) and not node.level:
            assert (node.module or "").split(".")[0] != "idlibkit"
    if path.name not in ("__init__.py", "__main__.py"):
        assert "__all__" in path.read_text("utf-8"), (
            "a module says what it is for others"
        )


def test_no_module_bears_the_name_of_a_function_it_exports():
    for path in MODULES:
        if path.stem.startswith("__"):
            continue
        module = nodes(path)[0]
        functions = {n.name for n in module.body if isinstance(n, ast.FunctionDef)}
        assert path.stem not in functions, path
    for name in ik.__all__:
        module = importlib.util.find_spec(f"idlibkit.{name}")
        assert module is None or module.submodule_search_locations, name


def test_every_module_can_be_imported_first():
    """No circle: each module opens by itself (its room's face opens with it)."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "idlibkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_what_a_face_shows_is_there():
    for room in ROOMS:
        face = importlib.import_module(f"idlibkit.{room}")
        for name, value in vars(face).items():
            if inspect.isfunction(value) and not name.startswith("__"):
                assert not name.startswith("_"), f"{room}.{name} is private to a module"


def test_every_room_is_on_the_map():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    picture = (ROOT / "docs" / "rooms.svg").read_text("utf-8")
    contract = " ".join(
        layer
        for one in PROJECT["tool"]["importlinter"]["contracts"]
        for layer in one["layers"]
    )
    for room in ROOMS:
        assert f"`{room}/`" in text, room
        assert f">{room}<" in picture, room
        assert re.search(rf"idlibkit\.{room}\b", contract), f"{room} has no floor"
    for path in PACKAGE.glob("*.py"):
        if not path.stem.startswith("__"):
            assert f"`{path.name}`" in text, path.name


def word_lists(tree):
    """Lists of more than twelve plain words in a module, but for names of columns and what `__all__` holds."""
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            target = (
                statement.targets[0]
                if isinstance(statement, ast.Assign)
                else statement.target
            )
            name = target.id if isinstance(target, ast.Name) else ""
            if name == "__all__" or name.endswith(("COLUMNS", "FIELDS")):
                continue
        if not isinstance(statement, ast.stmt) or isinstance(
            statement, ast.FunctionDef | ast.ClassDef | ast.If | ast.For
        ):
            continue
        for node in ast.walk(statement):
            words = []
            if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
                values = node.keys if isinstance(node, ast.Dict) else node.elts
                words = [v.value for v in values if isinstance(v, ast.Constant)]
            elif (
                isinstance(node, ast.Call)
                and node.args == []
                and isinstance(node.func, ast.Attribute)
            ):
                if node.func.attr == "split" and isinstance(
                    node.func.value, ast.Constant
                ):
                    words = node.func.value.value.split()
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "words_of"
            ):
                words = [
                    w
                    for a in node.args
                    if isinstance(a, ast.Constant)
                    for w in a.value.split()
                ]
            words = [w for w in words if isinstance(w, str) and w.isalpha()]
            if len(words) > 12:
                yield node.lineno, words


def test_lists_of_words_are_data():
    for path in MODULES:
        if path.name != "__init__.py":
            for line, words in word_lists(ast.parse(path.read_text("utf-8"))):
                pytest.fail(
                    f"{path.relative_to(ROOT)}:{line}: {words[:6]} ... belong in lexicons/"
                )
