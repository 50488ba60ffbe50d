"""Fixtures shared by all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.library import Library, open_library
from rag.models import Models, load_models
from rag.pipeline import build
from rag.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "corpus" / "sample" / "pdfs"
# One filing of each voice: complaint, motion, opposition, order, opinion. The scan is left out: OCR has its own tests.
SAMPLE_FILINGS = (
    "gov.uscourts.cand.990417.1.0.pdf",
    "gov.uscourts.cand.990417.24.0.pdf",
    "gov.uscourts.cand.990417.31.0.pdf",
    "gov.uscourts.cand.990417.61.0.pdf",
    "23-90882 Opinion.pdf",
)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real court PDFs and questions beside the checkout; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout: real court PDFs are not at hand")
    return SHARED


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a home that holds five filings of the sample docket, built once for all tests: only read it."""
    settings = Settings(home=tmp_path_factory.mktemp("sample") / "home", workers=1, ocr=False)
    with open_library(settings, write=True) as library:
        report = build([SAMPLE / name for name in SAMPLE_FILINGS], library, load_models(settings), settings)
    assert report.ingested == len(SAMPLE_FILINGS), report.failed
    return settings


@pytest.fixture(scope="session")
def sample_models(sample_settings: Settings) -> Models:
    """The default models."""
    return load_models(sample_settings)


@pytest.fixture(scope="session")
def sample_library(sample_settings: Settings) -> Iterator[Library]:
    """The sample home, opened to be asked."""
    with open_library(sample_settings) as library:
        yield library
