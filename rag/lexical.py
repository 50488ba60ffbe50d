"""BM25 over passages with tantivy: what a lawyer types is found as a lawyer means it. Derived from the catalog.

search(query, k, phrases) -> [(seq, ordinal, score)]
  words      stemmed, in the passage's text, its headings and its filing's title, each with its own weight
  citations  "§ 1605(a)(2)", "ECF No. 45", "560 U.S. 305", "¶ 42", "Rule 12(b)(6)" as one token each, weighted up
  phrases    words that must stand in that order, unstemmed

The query is put together from terms, never parsed from a query language, so no input can be a syntax error.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from corpus.errors import LibraryError
from rag.rows import IndexRow

HEAP_BYTES = 64_000_000
TOKEN = r"[\p{L}\p{N}]+"
MOST_TERMS = 64  # of a pasted paragraph's words; the rarest would do, the first are as good and cheaper to pick

Found = list[tuple[int, int, float]]  # (seq, ordinal, score), best first

_SECTION = r"\d{1,5}[A-Za-z]{0,2}(?:[-–.]\d{1,4}[A-Za-z]?)?(?:\([0-9A-Za-z]{1,4}\))*"
_ENTRY = r"ECF|Dkt\.?|Docket(?: Entry)?|D\.E\.|DktEntry|Doc(?:ument|\.)?"
_NO_REPORTER = r"(?!No\b|ECF\b|Dkt\b|Doc\b|U\. ?S\. ?C|C\. ?F\. ?R)"
_REPORTER = _NO_REPORTER + r"[A-Z][A-Za-z.’']{0,8}(?: ?(?:[A-Z][A-Za-z.’']{0,8}|2d|3d|4th|5th)){0,4}"
_CITATIONS = (
    ("§", re.compile(rf"§§?\s*({_SECTION})")),  # § 1605(a)(2), §§ 1330
    ("§", re.compile(rf"\b(?:[Ss]ections?|[Ss]ec\.|U\.\s?S\.\s?C\.(?:\s?§+)?|C\.F\.R\.(?:\s?§+)?)\s*({_SECTION})")),
    ("§", re.compile(r"\b(\d{1,5}[A-Za-z]?(?:\([0-9A-Za-z]{1,4}\))+)")),  # 1605(a)(2), 12(b)(6) standing alone
    ("rule", re.compile(rf"\b(?:Rules?|Fed\.\s?R\.\s?(?:Civ|Crim|App|Evid)\.\s?(?:P\.)?)\s*({_SECTION})")),
    ("ecf", re.compile(rf"\b(?:{_ENTRY})(?:\s?No\.?)?:?\s*#?\s*(\d{{1,5}})\b", re.IGNORECASE)),
    ("¶", re.compile(r"¶¶?\s*(\d{1,4})")),
    ("no", re.compile(r"\b(\d{1,2}:)?(\d{2}-(?:cv|cr|md|mc|bk)-\d{3,6}|\d{2}[-–]\d{2,5})\b", re.IGNORECASE)),
    ("cite", re.compile(rf"\b(\d{{1,4}} {_REPORTER} \d{{1,5}})\b")),  # 560 U. S. 305, 17 F.4th 930
)
_FUNCTION_WORDS = """
a about above after again all also am an and any are as at be because been before being between both but by can
could did do does doing for from further had has have having he her here hers him his how i if in into is it its
just me more most my no nor not of off on once only or other our out over own s same she should so some such t than
that the their them then there these they this those through to too under until up upon us very was we were what
when where which while who whom whose why will with would you your
"""
_STOP = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True, slots=True)
class Boosts:
    """How much a matching term counts in each field."""

    text: float = 1.0
    headings: float = 0.4
    title: float = 0.3
    citations: float = 1.5
    phrases: float = 2.0


BOOSTS = Boosts()


class LexicalIndex:
    """One index generation on disk. Readers in any process may search while one process writes."""

    def __init__(self, folder: Path) -> None:
        """Open or make the index in `folder`. Raises LibraryError."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, str(folder), reuse=True)
        except (ValueError, OSError) as error:
            raise LibraryError(f"the lexical index cannot be opened ({error}); run `pincite reindex`") from error
        self._stemmed, self._plain = _analyser(stem=True), _analyser(stem=False)
        self._index.register_tokenizer("stemmed", self._stemmed)
        self._index.register_tokenizer("plain", self._plain)
        self._index.config_reader("manual")
        self.reload()

    def reload(self) -> None:
        """See what was committed since."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def update(self, batch: Iterable[tuple[int, Sequence[IndexRow]]], gone: Iterable[int] = ()) -> None:
        """Put in the passages of several filings as (seq, rows), take out those of the seqs `gone`; one commit."""
        try:
            self._update(list(batch), list(gone))
        except (ValueError, OSError) as error:
            raise LibraryError(f"the lexical index cannot be written ({error}); is the disk full?") from error
        self.reload()

    def _update(self, batch: Sequence[tuple[int, Sequence[IndexRow]]], gone: Sequence[int]) -> None:
        writer = self._index.writer(HEAP_BYTES, 1)
        dead = [*gone, *(seq for seq, _ in batch)]
        writer.delete_documents_by_query(tantivy.Query.term_set_query(self._schema, "seq", dead))
        for seq, rows in batch:
            for row in rows:
                writer.add_document(_document(seq, row))
        writer.commit()
        writer.wait_merging_threads()

    def search(
        self,
        query: str,
        k: int,
        *,
        phrases: Sequence[str] = (),
        insist: bool = False,
        seqs: Collection[int] | None = None,
        writings: Collection[str] = (),
        boosts: Boosts = BOOSTS,
    ) -> Found:
        """The k best passages for `query`, among filings `seqs` (None: all) and kinds of writing `writings`.

        A phrase's words stand in the passage in that order, unstemmed: every phrase, with `insist`; else a passage
        that holds one gains. A query with nothing to look for finds nothing.
        """
        if k < 1 or (seqs is not None and not seqs):
            return []
        asked = self._asked(query, phrases, boosts, insist=insist)
        if asked is None:
            return []
        must = [(tantivy.Occur.Must, asked)]
        if seqs is not None:
            must.append((tantivy.Occur.Must, _free(tantivy.Query.term_set_query(self._schema, "seq", list(seqs)))))
        if writings:
            kinds = tantivy.Query.term_set_query(self._schema, "writing", list(writings))
            must.append((tantivy.Occur.Must, _free(kinds)))
        searcher = self._searcher
        hits = searcher.search(tantivy.Query.boolean_query(must), k, count=False).hits
        places = [place for _, place in hits]
        found = zip(
            searcher.fast_field_values("seq", places), searcher.fast_field_values("ordinal", places), hits, strict=True
        )
        return [(int(seq), int(ordinal), float(score)) for seq, ordinal, (score, _) in found]

    def counts(self) -> dict[int, int]:
        """How many passages each seq has."""
        total = self._searcher.num_docs
        asked = {"seqs": {"terms": {"field": "seq", "size": max(total, 1), "segment_size": max(total, 1)}}}
        found = self._searcher.aggregate(tantivy.Query.all_query(), asked)
        return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found["seqs"]["buckets"]}

    def _asked(self, query: str, phrases: Sequence[str], boosts: Boosts, *, insist: bool) -> Any:
        """What the query looks for, as a tantivy query; None where it looks for nothing."""
        should = tantivy.Occur.Should
        wanted = [phrase for phrase in map(self._phrase, phrases) if phrase is not None]
        parts = [
            (tantivy.Occur.Must if insist else should, tantivy.Query.boost_query(phrase, boosts.phrases))
            for phrase in wanted
        ]
        words = self._words(query)
        for field, boost in (("text", boosts.text), ("headings", boosts.headings), ("title", boosts.title)):
            if boost > 0:
                parts += [(should, self._term(field, word, boost)) for word in words]
        parts += [(should, self._term("citations", token, boosts.citations)) for token in citation_tokens(query)]
        return tantivy.Query.boolean_query(parts) if parts else None

    def _term(self, field: str, word: str, boost: float) -> Any:
        term = tantivy.Query.term_query(self._schema, field, word, "freq")
        return term if boost == 1.0 else tantivy.Query.boost_query(term, boost)

    def _words(self, query: str) -> list[str]:
        """The query's stems, each once, without function words unless there is nothing else."""
        words = self._plain.analyze(query)
        kept = [word for word in words if word not in _STOP] or words
        return list(dict.fromkeys(stem for word in kept for stem in self._stemmed.analyze(word)))[:MOST_TERMS]

    def _phrase(self, phrase: str) -> Any:
        """The words of a phrase one after the other; None where it has no word."""
        words = list(self._plain.analyze(phrase))
        if len(words) > 1:
            return tantivy.Query.phrase_query(self._schema, "exact", words)
        return tantivy.Query.term_query(self._schema, "exact", words[0]) if words else None


def citation_tokens(text: str) -> list[str]:
    """The citations in `text` as tokens, each once, in order of kind.

    § 1605(a)(2) gives "§1605(a)(2)", "§1605(a)" and "§1605", so that the section finds its parts and a part its
    section; ECF No. 45, Dkt. 45 and Doc. 45 give "ecf45"; 560 U. S. 305 gives "cite560us305".
    """
    found: dict[str, None] = {}
    for kind, pattern in _CITATIONS:
        for match in pattern.finditer(text):
            token = re.sub(r"[\s.’']", "", match[match.lastindex or 0].lower().replace("–", "-"))
            while token:
                found[kind + token] = None
                shorter = re.sub(r"\([^()]*\)$", "", token)
                if shorter == token:
                    break
                token = shorter
    return list(found)


def _schema() -> Any:
    build = tantivy.SchemaBuilder()
    build.add_unsigned_field("seq", indexed=True, fast=True)
    build.add_unsigned_field("ordinal", fast=True)
    build.add_text_field("writing", tokenizer_name="raw", index_option="basic")
    for field in ("text", "headings", "title"):
        build.add_text_field(field, tokenizer_name="stemmed", index_option="freq")
    build.add_text_field("exact", tokenizer_name="plain", index_option="position")
    build.add_text_field("citations", tokenizer_name="whitespace", index_option="freq")
    return build.build()


def stemmed(word: str) -> str:
    """The English stem of a word in small letters, as the index has it."""
    return "".join(_stemmer().analyze(word))


def _analyser(*, stem: bool) -> Any:
    """Letters and digits make tokens: lower case, accents folded, and English stems if asked."""
    build = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(TOKEN))
    build = build.filter(tantivy.Filter.remove_long(60)).filter(tantivy.Filter.lowercase())
    build = build.filter(tantivy.Filter.ascii_fold())
    return (build.filter(tantivy.Filter.stemmer("english")) if stem else build).build()


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    """Takes one word, without its accents, to its English stem."""
    build = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.ascii_fold())
    return build.filter(tantivy.Filter.stemmer("english")).build()


def _document(seq: int, row: IndexRow) -> Any:
    passage = row.passage
    document = tantivy.Document()
    document.add_unsigned("seq", seq)
    document.add_unsigned("ordinal", passage.ordinal)
    document.add_text("writing", row.writing or "none")
    document.add_text("text", passage.text)
    document.add_text("exact", passage.text)
    document.add_text("headings", " ".join(row.context))
    document.add_text("title", row.title)
    document.add_text("citations", " ".join(citation_tokens(passage.text)))
    return document


def _free(condition: Any) -> Any:
    """A condition that adds nothing to the score."""
    return tantivy.Query.const_score_query(condition, 0.0)
