"""Every setting, in one frozen object; the only reader of the environment.

read_settings(environment, **overrides) -> Settings
  PINCITE_HOME=…, PINCITE_RERANKER=none, … set the field of the same name; a name that is no field is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from corpus.errors import SettingsError

PREFIX = "PINCITE_"


@dataclass(frozen=True, slots=True)
class Settings:
    """How one home is kept and asked.

    embedder, reranker: "default" is the model shipped in rag/weights; any sentence-transformers name or path works;
        "minilm" as embedder is the untrained all-MiniLM-L6-v2 package; "none" as reranker reads no passage twice,
        seven times faster.
    chat_model: empty composes answers from the filings' own words; else a LangChain model, "provider:name".
    chat_base_url: an OpenAI-compatible server for chat_model. chat_passages: how many it is sent, about 300 tokens each
        besides 700; fewer for a small window. chat_timeout_s: waited for one reply.
    database_url, chroma_url: empty keeps both in the home.
    page_style: which page a citation names: "printed" (else ECF, else PDF), "ecf" (else printed, else PDF) or
        "page_id" (else ECF …).
    workers: PDF-reading processes, 0 for one a core. page_timeout_s, worker_memory_mb: what reading may take.
    api_key: needed to serve any address but loopback. key_matter: the only matter that key may see, empty for all.
    """

    home: Path = Path(".pincite")
    embedder: str = "default"
    reranker: str = "default"
    retrieve_k: int = 60
    rerank_k: int = 12
    chat_model: str = ""
    chat_base_url: str = ""
    chat_api_key: str = field(default="", repr=False)
    chat_passages: int = 10
    chat_timeout_s: float = 60.0
    database_url: str = ""
    chroma_url: str = ""
    page_style: str = "printed"
    ocr: bool = True
    workers: int = 0
    page_timeout_s: float = 60.0
    worker_memory_mb: int = 2048
    api_key: str = field(default="", repr=False)
    key_matter: str = ""
    max_upload_mb: int = 100
    max_pages: int = 5000

    def __post_init__(self) -> None:
        if self.page_style not in ("printed", "ecf", "page_id"):
            raise SettingsError(f"page_style is {self.page_style!r}; it must be printed, ecf or page_id")


def read_settings(environment: Mapping[str, str], **overrides: object) -> Settings:
    """The settings that the environment's PINCITE_ names and then `overrides` give; None overrides nothing.

    Raises SettingsError for a PINCITE_ name that is no setting, or a value that is not of the setting's type.
    """
    known = {f.name: f.default for f in fields(Settings)}
    values: dict[str, object] = {}
    for name, text in sorted(environment.items()):
        if name.startswith(PREFIX):
            key = name.removeprefix(PREFIX).lower()
            if key not in known:
                raise SettingsError(f"{name} is no setting; known: {', '.join(sorted(known))}")
            values[key] = _parse(name, text, known[key])
    values |= {key: value for key, value in overrides.items() if value is not None}
    if unknown := sorted(set(values) - set(known)):
        raise SettingsError(f"unknown settings: {', '.join(unknown)}")
    return Settings(**values)  # type: ignore[arg-type]  # each value was parsed to its field's type above


def _parse(name: str, text: str, default: object) -> object:
    """`text` as the type of `default`."""
    if isinstance(default, bool):
        if text.lower() in ("1", "true", "yes", "on"):
            return True
        if text.lower() in ("0", "false", "no", "off"):
            return False
        raise SettingsError(f"{name} is {text!r}; it must be true or false")
    if isinstance(default, (int, float)):
        try:
            return type(default)(text)
        except ValueError as error:
            raise SettingsError(f"{name} is {text!r}; it must be a number") from error
    return Path(text) if isinstance(default, Path) else text
