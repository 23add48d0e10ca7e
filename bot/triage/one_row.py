"""The features of one message, without what scikit-learn does to be quick with many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

Values = tuple[np.ndarray, np.ndarray]
"""Numbers of columns, ascending, and the value in each."""


class BlockReader:
    """Reads one document as a fitted vectorizer (sublinear counts, unit length) would."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._analyze = vectorizer.build_analyzer()
        self._columns = vectorizer.vocabulary_
        self.rarity: np.ndarray = vectorizer.idf_

    def read(self, document: str | Sequence[str]) -> Values:
        """The columns that `document` fills; `document` is what the vectorizer's analyzer takes."""
        known = (self._columns.get(term) for term in self._analyze(document))
        counts = Counter(column for column in known if column is not None)
        columns = np.array(sorted(counts), dtype=np.int32)
        times = np.array([counts[column] for column in columns.tolist()], dtype=np.float32)
        values = (np.log(times) + 1) * self.rarity[columns]
        length = np.sqrt(np.dot(values, values))
        return columns, values / length if length else values


def side_by_side(blocks: Sequence[tuple[Values, int, float]]) -> sparse.csr_matrix:
    """One row of all blocks, each with its number of columns and its weight."""
    columns, values, first = [], [], 0
    for (own_columns, own_values), width, weight in blocks:
        columns.append(own_columns + first)
        values.append(own_values * np.float32(weight))
        first += width
    indices, data = np.concatenate(columns), np.concatenate(values).astype(np.float32)
    return sparse.csr_matrix((data, indices, np.array([0, len(data)])), shape=(1, first), dtype=np.float32)
