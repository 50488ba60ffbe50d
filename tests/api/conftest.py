"""A library of three filings of the sample docket, read and indexed for real; applications over it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from rag.library import Library, open_library
from rag.model import BuildReport
from rag.models import Models, load_models
from rag.pipeline import build
from rag.settings import Settings

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample" / "pdfs"
FILES = {
    "reply": "gov.uscourts.cand.990417.36.0.pdf",
    "declaration": "gov.uscourts.cand.990417.31.1.pdf",
    "opinion": "23-90882 Opinion.pdf",
}
BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("home"), reranker="none", workers=1)


@pytest.fixture(scope="session")
def models(settings: Settings) -> Models:
    return load_models(settings)


@pytest.fixture(scope="session")
def library(settings: Settings, models: Models) -> Iterator[Library]:
    with open_library(settings, models.embedder, write=True) as opened:
        build([SAMPLE / FILES["reply"], SAMPLE / FILES["opinion"]], opened, models, settings, matter="Tarnwick")
        build([SAMPLE / FILES["declaration"]], opened, models, settings, matter="Elsewhere")
        yield opened


@pytest.fixture(scope="session")
def ids(library: Library) -> dict[str, str]:
    """The filings' ids by the names used here."""
    return {name: library.catalog.resolve(file) for name, file in FILES.items()}


@pytest.fixture(scope="session")
def client(settings: Settings, library: Library, models: Models) -> Iterator[TestClient]:
    with TestClient(create_app(settings, library, models), base_url=BASE) as made:
        yield made


@pytest.fixture
def client_with(settings: Settings, library: Library, models: Models) -> Callable[..., TestClient]:
    """Makes a client of an application over the same library with other settings; its jobs do not run."""

    def make(key: str = "", **changes: Any) -> TestClient:
        app = create_app(replace(settings, **changes), library, models)
        made = TestClient(app, base_url=BASE)
        if key:
            made.headers["Authorization"] = f"Bearer {key}"
        return made

    return make


@pytest.fixture
def fresh(tmp_path: Path, models: Models) -> Iterator[Callable[..., TestClient]]:
    """Makes a client of an empty library of its own, over whichever `build` is given."""
    opened: list[Any] = []

    def make(build: Callable[..., BuildReport] = build, **changes: Any) -> TestClient:
        mine = Settings(home=tmp_path / "own", reranker="none", workers=1, **changes)
        library = open_library(mine, models.embedder, write=True)
        client = TestClient(create_app(mine, library, models, build=build), base_url=BASE)
        client.__enter__()
        opened.append((client, library))
        return client

    yield make
    for client, library in reversed(opened):
        client.__exit__()
        library.close()
