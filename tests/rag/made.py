"""Small filings made by hand, a reader of text files that pose as PDFs, and an embedder without weights."""

import hashlib
import re
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.errors import UnreadablePdf
from corpus.filing import apply_correction
from corpus.model import (
    Box,
    Facts,
    Filing,
    Footnote,
    Line,
    Page,
    Paragraph,
    Passage,
    Section,
    Sentence,
    Speaker,
    Stamp,
    Writing,
)
from corpus.workers import Beat, Correction
from rag.exact import FloatArray
from rag.library import Library
from rag.rows import passage_id

COURT = Speaker("court", "Hamilton")
DEFENDANTS = Speaker("defendant", "Tarnwick")
DEFAULT_FACTS = Facts(title="Order", case_name="Velkane v. Tarnwick", court="cand", kind="order", date="2021-03-04")


class WordEmbedder:
    """Words hashed into 64 numbers: equal words lie near, and it costs nothing. Remembers what it embedded."""

    dimensions, max_tokens, text_template = 64, 256, "{title} — {headings}\n{text}"

    def __init__(self, name: str = "words") -> None:
        self.name = name
        self.seen: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        self.seen += texts
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.empty((0, 64), np.float32)

    def embed_query(self, text: str) -> FloatArray:
        row = np.full(64, 1e-3, np.float32)
        for word in re.findall(r"\w+", text.lower()):
            row[hashlib.md5(f"{self.name}{word}".encode()).digest()[0] % 64] += 1
        unit: FloatArray = row / np.linalg.norm(row)
        return unit


def make_filing(
    paragraphs: Sequence[str], *, facts: Facts = DEFAULT_FACTS, file: str = "order.pdf", data: bytes = b""
) -> Filing:
    """A filing of one-line paragraphs, one a page and a passage; the last but one stands in the dissent."""
    text, lines, pages, passages, sentences = "", [], [], [], []
    speaker = COURT if facts.kind in ("order", "opinion") else Speaker(facts.side or "unknown", facts.filer)
    key = hashlib.sha256(data or "\n".join([file, *paragraphs]).encode()).hexdigest()[:16]
    for number, paragraph in enumerate(paragraphs, 1):
        start, text = len(text), text + paragraph + "\n"
        end = len(text) - 1
        edges = np.linspace(100, 60000, end - start + 1).astype("<u2").tobytes()
        lines.append(Line(start, end, number, Box(number, 0.1, 0.2, 0.87654321, 0.22), number, edges))
        pages.append(
            Page(number, start, len(text), 612.0, 792.0, f"{number}", Stamp("Case 1", entry="61", page=number))
        )
        sentences.append(Sentence(start, end, speaker, DEFENDANTS if "contend" in paragraph else None))
        writing = int(number == len(paragraphs) - 1)
        ordinal, on = number - 1, (number, number, ("I. Facts",), speaker, None, writing)
        passages.append(Passage(passage_id(key, ordinal), ordinal, start, end, paragraph, *on))
    whole = (0, len(text), 1, len(paragraphs))
    return Filing(
        id=key,
        file=file,
        facts=facts,
        text=text,
        body_end=len(text),
        pages=tuple(pages),
        lines=tuple(lines),
        paragraphs=tuple(Paragraph(line.start, line.end, indent=0.1) for line in lines),
        footnotes=(Footnote("1", 0, 0, 1),),
        sections=(Section(1, "I", "Facts", 0, 4, len(text)),),
        writings=(Writing("majority", "Hamilton", *whole), Writing("dissent", "Vance", *whole, ("Lee", "Roe"))),
        sentences=tuple(sentences),
        passages=tuple(passages),
        warnings=("Page 2 was not read.",),
    )


def put(library: Library, *filings: Filing, matter: str | None = None) -> None:
    """Bring filings into a library, embedded by WordEmbedder."""
    from rag.ingest import vector_keys

    embedder = WordEmbedder()
    library.adopt(embedder)
    for filing in filings:
        keys, texts = vector_keys(filing, filing.facts, embedder)
        vectors = dict(zip(keys, embedder.embed_passages(texts), strict=True))
        library.add(filing, keys, vectors, matter=matter)
    library.index_pending()


def read_lines(path: Path, *, correction: Correction, ocr: bool, progress: Beat) -> Filing:
    """A text file as a filing, a page a line; one that begins with REFUSE is refused. For worker processes."""
    paragraphs = path.read_text("utf-8").splitlines()
    if paragraphs[:1] == ["REFUSE"]:
        raise UnreadablePdf(f"{path.name}: not a PDF")
    for number in range(len(paragraphs)):
        time.sleep(0.001)
        progress(number + 1, len(paragraphs))
    facts = apply_correction(DEFAULT_FACTS, correction)
    return make_filing(paragraphs, facts=facts, file=path.name, data=path.read_bytes())
