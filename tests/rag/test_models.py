"""The models load without reaching out, give what their Protocols promise, and say what is wrong in our words."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables import RunnableLambda

from corpus.errors import MalformedReply, ModelUnavailable
from rag.graphs import WORDS
from rag.models import (
    TEXT_TEMPLATE,
    WEIGHTS,
    LangChainChat,
    OnnxEmbedder,
    load_chat,
    load_embedder,
    load_models,
    passage_input,
)
from rag.settings import Settings


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder(WEIGHTS / "embedder")


@pytest.mark.parametrize(
    ("title", "headings", "expected"),
    [
        ("Doe v. Roe", ["II. Immunity", "A. The Act"], "Doe v. Roe — II. Immunity — A. The Act\nText."),
        ("Doe v. Roe", [], "Doe v. Roe\nText."),
        (None, ["I"], "I\nText."),
        (None, [], "Text."),
    ],
)
def test_title_and_headings_stand_before_the_text(title: str | None, headings: list[str], expected: str) -> None:
    """A part that is missing leaves no joint behind."""
    assert passage_input(TEXT_TEMPLATE, title, headings, "Text.") == expected


def test_a_passage_may_say_anything() -> None:
    """Braces and zero bytes in a title or passage are text."""
    assert passage_input(TEXT_TEMPLATE, "{title}", [], "{text} {0}") == "{title}\n{text} {0}"


def test_vectors_are_unit_rows_in_the_order_given(embedder: OnnxEmbedder) -> None:
    """Each text's vector is the one it has alone, long or short, and no text gives no rows."""
    texts = ["Immunity.", "The court held that the Act governs. " * 30, "", "A dissent would have reached it."]
    rows = embedder.embed_passages(texts)
    assert rows.shape == (4, embedder.dimensions)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    alone = np.stack([embedder.embed_query(text) for text in texts])
    assert np.array_equal(rows, alone)
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)


def test_like_lies_near_like(embedder: OnnxEmbedder) -> None:
    """A question lies nearer to its answer than to anything else."""
    question = embedder.embed_query("Why was the claim of foreign sovereign immunity rejected?")
    answer, other = embedder.embed_passages(
        [
            "The defendant is a private company and so is not immune as a foreign state.",
            "Fees are due on the first day.",
        ]
    )
    assert question @ answer > question @ other + 0.2


def test_no_torch_and_no_network_by_default() -> None:
    """The shipped embedder loads in a process that loads neither torch nor a hub client."""
    code = (
        "import sys; from rag.models import load_embedder; from rag.settings import Settings\n"
        "load_embedder(Settings()).embed_query('x')\n"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'huggingface_hub', 'langchain')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_weights_that_are_not_there_are_named(tmp_path: Path) -> None:
    """A model that cannot be loaded says which, and what to set."""
    with pytest.raises(ModelUnavailable, match="PINCITE_"):
        OnnxEmbedder(tmp_path / "embedder")
    with pytest.raises(ModelUnavailable, match="nowhere"):
        load_embedder(Settings(embedder=str(tmp_path / "nowhere")))


def test_other_weights_have_another_name(tmp_path: Path, embedder: OnnxEmbedder) -> None:
    """The name changes with the weights, so that vectors of the one are never taken for the other's."""
    folder = tmp_path / "embedder"
    shutil.copytree(WEIGHTS / "embedder", folder)
    shutil.copy(WEIGHTS / WORDS, tmp_path)
    assert OnnxEmbedder(folder).name == embedder.name
    with (folder / "model.onnx").open("ab") as file:
        file.write(b"\x72\x00")  # an empty field of the protobuf message
    assert OnnxEmbedder(folder).name != embedder.name


def test_other_words_give_another_name(tmp_path: Path, embedder: OnnxEmbedder) -> None:
    """The embeddings of words lie in a file of their own; they count as the rest does."""
    shutil.copytree(WEIGHTS / "embedder", tmp_path / "embedder")
    with np.load(WEIGHTS / WORDS) as stored:
        values = {name: stored[name] for name in stored}
    np.savez(tmp_path / WORDS, **{**values, "word.scale": values["word.scale"] * 2})
    other = OnnxEmbedder(tmp_path / "embedder")
    assert other.name != embedder.name
    assert not np.allclose(other.embed_query("immunity"), embedder.embed_query("immunity"), atol=1e-3)


def test_models_are_off_where_settings_say_so() -> None:
    """No reranker and no chat model unless they are named."""
    models = load_models(Settings(reranker="none"))
    assert (models.reranker, models.chat) == (None, None)


@pytest.mark.parametrize("name", ["nosuchprovider:x", "x"])
def test_a_chat_model_that_cannot_start_says_so(name: str) -> None:
    """An unknown provider or a missing package is one clear error."""
    with pytest.raises(ModelUnavailable, match=name):
        load_chat(Settings(chat_model=name))


class Structured(GenericFakeChatModel):
    """Answers a request for structure with what it was made with: an object, or text in place of one."""

    answer: object = None

    def with_structured_output(self, schema: object, **_: object) -> object:  # type: ignore[override]
        text = self.answer if isinstance(self.answer, str) else ""
        given = {"raw": AIMessage(text), "parsed": None if text else self.answer, "parsing_error": None}
        return RunnableLambda(lambda _: given)


def test_a_chat_model_replies() -> None:
    """A reply is its text; a schema gives a JSON object, or what the model wrote in place of one."""
    messages = [("system", "Answer."), ("user", "Who spoke?")]
    chat = LangChainChat("fake", GenericFakeChatModel(messages=iter([AIMessage("The court."), AIMessage(" ")])))
    assert chat.reply(messages) == "The court."
    with pytest.raises(MalformedReply, match="answered nothing"):
        chat.reply(messages)
    with pytest.raises(ModelUnavailable, match="'fake' did not answer"):
        chat.reply(messages)
    schema = {"title": "Answer"}
    assert json.loads(LangChainChat("s", Structured(messages=iter([]), answer={"a": 1})).reply(messages, schema))
    assert LangChainChat("s", Structured(messages=iter([]), answer="no object")).reply(messages, schema) == "no object"
    with pytest.raises(MalformedReply):
        LangChainChat("s", Structured(messages=iter([]))).reply(messages, schema)


def test_a_model_that_takes_no_schema_says_so() -> None:
    """A model of LangChain's without structured output is a malformed reply, so that the same is asked for as text."""
    chat = LangChainChat("plain", GenericFakeChatModel(messages=iter([])))
    with pytest.raises(MalformedReply, match="takes no schema"):
        chat.reply([("user", "Who spoke?")], {"title": "Answer", "description": "An answer."})


def test_a_reply_is_not_waited_for_without_end() -> None:
    """A model that never answers is given up after the setting's seconds."""
    forever = RunnableLambda(lambda _: Event().wait(30))
    with pytest.raises(ModelUnavailable, match=r"nothing came within 0\.05 s"):
        LangChainChat("slow", forever, timeout_s=0.05).reply([("user", "Who spoke?")])
