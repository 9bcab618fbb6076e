"""Scores of cooc and popularity as their definitions say, in numpy and scipy.

Of a pair of items, `c` is the number of sessions with both, `a` and `b` those of sessions with
either, and `n` that of all sessions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.special import xlogy

Array = np.ndarray[Any, np.dtype[Any]]

# Rows of items whose pairs are in memory at a time.
ROWS_PER_SLICE = 2000


def count(c: Array, _a: Array, _b: Array, _n: int) -> Array:
    """The number of common sessions itself."""
    return c


def cosine(c: Array, a: Array, b: Array, _n: int) -> Array:
    """The cosine of the angle between the sessions of the two items."""
    return c / np.sqrt(a * b)


def cosine_shrunk(c: Array, a: Array, b: Array, _n: int) -> Array:
    """The cosine as if each item had 20 more sessions, none of them common."""
    return c / np.sqrt((a + 20) * (b + 20))


def jaccard(c: Array, a: Array, b: Array, _n: int) -> Array:
    """Common sessions as a share of the sessions with any of the two."""
    return c / (a + b - c)


def lift(c: Array, a: Array, b: Array, n: int) -> Array:
    """How many times as often the two meet as independence predicts."""
    return c * n / (a * b)


def npmi(c: Array, a: Array, b: Array, n: int) -> Array:
    """Pointwise mutual information in units of its bound; of items in all sessions the limit, 1."""
    with np.errstate(invalid="ignore"):
        return np.where(c == n, 1.0, np.log(lift(c, a, b, n)) / -np.log(c / n))


def pmi_shrunk(c: Array, a: Array, b: Array, n: int) -> Array:
    """Pointwise mutual information, less where few sessions speak for it."""
    return c / (c + 10) * np.log(lift(c, a, b, n))


def llr(c: Array, a: Array, b: Array, n: int) -> Array:
    """The G-squared statistic of the 2x2 table of sessions with and without the two items."""
    total = np.zeros(len(c))
    for observed, row, column in [
        (c, a, b),
        (a - c, a, n - b),
        (b - c, n - a, b),
        (n - a - b + c, n - a, n - b),
    ]:
        expected = row * column / n
        # Where nothing can be expected, nothing was observed.
        total += xlogy(observed, np.where(expected > 0, observed, 1) / np.maximum(expected, 1e-300))
    return 2 * total


def asym_shrunk(c: Array, a: Array, b: Array, _n: int) -> Array:
    """The directed score, of weighted sums."""
    return c / ((a + 20) ** 0.75 * (b + 20) ** 0.25)


SCORES: dict[str, Callable[[Array, Array, Array, int], Array]] = {
    "count": count,
    "cosine": cosine,
    "cosine_shrunk": cosine_shrunk,
    "jaccard": jaccard,
    "lift": lift,
    "npmi": npmi,
    "pmi_shrunk": pmi_shrunk,
    "llr": llr,
    "asym_shrunk": asym_shrunk,
}


@dataclass(frozen=True)
class Entries:
    """Entries of lists: the row that each belongs to, ascending, its member, and its score."""

    rows: Array
    members: Array
    scores: Array

    def __getitem__(self, which: Array | slice) -> Entries:
        """Some of the entries."""
        return Entries(self.rows[which], self.members[which], self.scores[which])

    def of_rows(self, rows: range) -> Entries:
        """The entries of some rows."""
        start, end = np.searchsorted(self.rows, [rows.start, rows.stop])
        return self[start:end]


class Sessions:
    """Which items sessions have, as a sparse matrix of zeros and ones."""

    def __init__(self, sessions: Array, items: Array, session_count: int, item_count: int) -> None:
        """Takes the session and the item of each event; what is said twice counts once."""
        ones = np.ones(len(items))
        matrix = sparse.csr_array((ones, (sessions, items)), shape=(session_count, item_count))
        matrix.sum_duplicates()
        matrix.data[:] = 1
        self._matrix = matrix

    @property
    def item_count(self) -> int:
        """The number of items."""
        return int(self._matrix.shape[1])

    @property
    def count(self) -> int:
        """The number of sessions."""
        return int(self._matrix.shape[0])

    def neighbors(self, score: str, least_support: int = 1) -> Iterator[tuple[range, Entries]]:
        """All neighbours that the items of a range may have, range by range."""
        plain = Product(self._matrix, np.ones(self.count))
        weighted = plain
        if score == "asym_shrunk":
            weighted = Product(self._matrix, session_weights(self._matrix))
        for start in range(0, self.item_count, ROWS_PER_SLICE):
            rows = range(start, min(start + ROWS_PER_SLICE, self.item_count))
            counts = plain.pairs(rows)
            keep = (counts.rows != counts.columns) & (counts.both >= least_support)
            if score == "llr":
                keep &= counts.both * self.count > counts.first * counts.second
            sums = weighted.pairs(rows)
            with np.errstate(divide="ignore"):
                values = SCORES[score](sums.both, sums.first, sums.second, self.count)
            yield rows, Entries(counts.rows[keep], counts.columns[keep], values[keep])

    def support(self, first: int, second: int) -> tuple[int, int, int]:
        """The numbers of sessions with both items, and with each."""
        columns = self._matrix[:, [first, second]].toarray().astype(bool)
        both = np.logical_and(columns[:, 0], columns[:, 1])
        return int(both.sum()), int(columns[:, 0].sum()), int(columns[:, 1].sum())


@dataclass(frozen=True)
class Pairs:
    """Pairs of items, by the first one, then the second; an item is paired with itself, too."""

    rows: Array
    columns: Array
    both: Array
    """Of sessions with both."""
    first: Array
    """Of all sessions with the first."""
    second: Array


class Product:
    """The sums over common sessions of what these weigh, of all pairs of items."""

    def __init__(self, matrix: sparse.csr_array, weights: Array) -> None:
        """Takes which items sessions have, and what sessions weigh."""
        self._left = matrix.T.tocsr()
        self._right = sparse.diags_array(weights, dtype=float) @ matrix
        self._sums = np.asarray(self._right.sum(axis=0)).ravel()

    def pairs(self, rows: range) -> Pairs:
        """The pairs of some items with any that they meet."""
        products = (self._left[rows.start : rows.stop] @ self._right).tocsr()
        products.sort_indices()
        pairs = products.tocoo()
        first = pairs.row + rows.start
        return Pairs(first, pairs.col, pairs.data, self._sums[first], self._sums[pairs.col])


def session_weights(matrix: sparse.csr_array) -> Array:
    """What a session weighs in `asym_shrunk`: less, the more distinct items it has."""
    sizes = np.diff(matrix.indptr)
    return 1 / np.sqrt(np.maximum(sizes - 1, 1))


def contingency_table(c: int, a: int, b: int, n: int) -> list[list[int]]:
    """Sessions with and without the first item by those with and without the second."""
    return [[c, a - c], [b - c, n - a - b + c]]


def first_items(sessions: Array, items: Array, limit: int) -> tuple[Array, Array]:
    """The distinct items of each session that come first, up to a limit, and their sessions.

    Takes the session and the item of each event, in the order that decides.
    """
    arrivals = np.arange(len(items))
    by_pair = np.lexsort((arrivals, items, sessions))
    is_first = np.ones(len(items), dtype=bool)
    is_first[1:] = (np.diff(sessions[by_pair]) != 0) | (np.diff(items[by_pair]) != 0)
    firsts = by_pair[is_first]
    ordered = firsts[np.lexsort((firsts, sessions[firsts]))]
    starts = np.searchsorted(sessions[ordered], sessions[ordered])
    kept = ordered[np.arange(len(ordered)) - starts < limit]
    return sessions[kept], items[kept]


def decayed_counts(items: Array, ages: Array, half_life_days: float, item_count: int) -> Array:
    """Per item the sum of what its exposures are worth, each half after so many days."""
    return np.bincount(items, weights=0.5 ** (ages / half_life_days), minlength=item_count)


def distinct_counts(items: Array, others: Array, item_count: int) -> Array:
    """Per item the number of distinct others that stand beside it."""
    pairs = np.unique(np.stack([items, others]), axis=1)
    return np.bincount(pairs[0], minlength=item_count)
