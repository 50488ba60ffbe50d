"""The house rules, so that nobody has to remember them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("corpus", "rag", "api", "prompts", "evals")

MAY_IMPORT = {
    "corpus": {"corpus"},
    "prompts": {"prompts", "corpus"},
    "rag": {"rag", "corpus", "prompts"},
    "api": {"api", "rag", "corpus", "evals"},
    "evals": {"evals", "rag", "corpus", "prompts"},
}

OWNERS = {
    "pypdf": {"corpus/pdf.py"},
    "pypdfium2": {"corpus/pdf.py", "evals/sheets.py"},  # a referee does not read through the reader it judges
    "rapidocr": {"corpus/ocr.py"},
    "nupunkt": {"corpus/speakers.py"},
    "eyecite": {"corpus/authorities.py"},
    "chromadb": {"rag/vectors.py"},
    "tantivy": {"rag/lexical.py"},
    "sqlalchemy": {"rag/catalog.py", "rag/tables.py", "rag/conversations.py"},
    "sentence_transformers": {"rag/models.py"},
    "onnxruntime": {"rag/graphs.py"},
    "tokenizers": {"rag/graphs.py"},
    "langchain": {"rag/models.py"},
    "langchain_core": {"rag/models.py", "rag/retriever.py"},
}
# Builders of sample PDFs, benchmarks, peers and training use the libraries they build with, compare or train.
OUTSIDE = ("corpus/sample/", "evals/bench/", "evals/peers/", "evals/train/")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product as (path from the root, syntax tree)."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """The top-level names that a module imports anywhere in it."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


MODULES = list(modules())


@pytest.mark.parametrize(("path", "tree"), MODULES, ids=[path for path, _ in MODULES])
def test_imports_point_one_way(path: str, tree: ast.Module) -> None:
    """The corpus package knows nothing of rag; rag nothing of api or evals; no package imports the tests."""
    package = path.split("/")[0]
    assert imported(tree) & (set(PACKAGES) | {"tests"}) <= MAY_IMPORT[package]


@pytest.mark.parametrize(("path", "tree"), MODULES, ids=[path for path, _ in MODULES])
def test_each_outside_library_has_one_owner(path: str, tree: ast.Module) -> None:
    """A library with an owner file is imported there and nowhere else in the product."""
    if path.startswith(OUTSIDE):
        return
    strays = {name for name in imported(tree) if name in OWNERS and path not in OWNERS[name]}
    assert not strays


@pytest.mark.parametrize(
    ("path", "tree"),
    [(p, t) for p, t in MODULES if p.endswith("__init__.py")],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_importing_a_package_pulls_in_nothing(path: str, tree: ast.Module) -> None:
    """An __init__.py holds a docstring and nothing else."""
    assert len(tree.body) == 1
    assert ast.get_docstring(tree)


def test_no_catch_all() -> None:
    """`except Exception` stands only at process boundaries, each named here with its reason."""
    boundaries = {
        "rag/models.py",  # chat providers raise errors of their own making
        "rag/graphs.py",  # tokenizers raises nothing narrower for a file it cannot read
        "corpus/workers.py",  # a worker process reports whatever a hostile PDF did to it
        "api/app.py",  # an unexpected error becomes a problem document and a log line
        "api/jobs.py",  # a background job records its failure
        "api/cli.py",
    }
    found = {
        path
        for path, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
    }
    assert found <= boundaries


def test_no_module_without_a_purpose() -> None:
    """Names that say nothing about what is inside are not module names here."""
    vague = re.compile(r"(?:^|/)(?:utils?|helpers?|common|base|core|misc|v\d+)(?:\.py|/)")
    assert not [path for path, _ in MODULES if vague.search(path)]


def test_every_module_says_what_it_is_for() -> None:
    """Every module opens with a docstring."""
    assert not [path for path, tree in MODULES if not ast.get_docstring(tree)]
