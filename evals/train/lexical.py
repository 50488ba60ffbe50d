"""BM25 over a few thousand passages in memory: for mining, pseudo-labels and the fused baseline.

The product's own lexical index is not used here, so that training depends on nothing that is still moving.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

K1, B = 1.2, 0.75
_WORD = re.compile(r"[a-z0-9§]+(?:['’.][a-z0-9]+)*")
STOP_WORDS = """a an and are as at be but by for from had has have he her his how i if in into is it its may no not of
on or s she so such than that the their them then there these they this to under upon was we were what when where which
who whom whose why will with would does did do can could should"""
STOP = frozenset(STOP_WORDS.split())


def words_of(text: str) -> list[str]:
    """Lower-case words without stop words, endings cut to a rough stem ("immunities" -> "immun")."""
    found = (w.replace("’s", "").replace("'s", "").replace(".", "") for w in _WORD.findall(text.lower()))
    return [_stem(w) for w in found if w and w not in STOP]


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ities", "ments", "ment", "ings", "ing", "ions", "ion", "ity", "ies", "ed", "es"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


class Bm25:
    """`scores(queries)` -> (queries, passages) float32; higher is better, 0 means no word in common."""

    def __init__(self, texts: list[str]) -> None:
        counted = [Counter(words_of(text)) for text in texts]
        self._index = {word: i for i, word in enumerate(sorted({w for c in counted for w in c}))}
        lengths = np.array([sum(c.values()) for c in counted], np.float32)
        spread = 1 - B + B * lengths / max(lengths.mean(), 1)
        rows = np.repeat(np.arange(len(counted)), [len(c) for c in counted])
        columns = np.array([self._index[w] for c in counted for w in c], np.int64)
        tf = np.array([n for c in counted for n in c.values()], np.float32)
        df = np.bincount(columns, minlength=len(self._index))
        idf = np.log(1 + (len(counted) - df + 0.5) / (df + 0.5)).astype(np.float32)
        weight = idf[columns] * tf * (K1 + 1) / (tf + K1 * spread[rows])
        self._matrix = sparse.csr_matrix((weight, (rows, columns)), (len(counted), len(self._index))).T.tocsr()

    def scores(self, queries: list[str]) -> NDArray[np.float32]:
        """One row a query, one column a passage."""
        out = []
        for query in queries:
            known = [self._index[w] for w in words_of(query) if w in self._index]
            out.append(np.asarray(self._matrix[known].sum(axis=0)).ravel())
        return np.array(out, np.float32)
