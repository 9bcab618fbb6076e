"""Compares lists of ours with all that might stand in them, to a tolerance and in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from score_oracle import Array, Entries

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, by its number."""

    row: int
    words: str


def is_close(ours: Array, theirs: Array) -> Array:
    """Where two lists of scores are as good as equal."""
    return np.abs(ours - theirs) <= TOLERANCE * np.maximum(1, np.abs(theirs))


def best(candidates: Entries, limit: int) -> Entries:
    """Of each row the best candidates: by score, equal ones by number."""
    ordered = candidates[np.lexsort((candidates.members, -candidates.scores, candidates.rows))]
    places = np.arange(len(ordered.rows)) - np.searchsorted(ordered.rows, ordered.rows)
    return ordered[places < limit]


def problem(ours: Entries, candidates: Entries, limit: int) -> Problem | None:
    """What is wrong with the first wrong row of ours, or None.

    Sums of rounded numbers depend on their order, so candidates whose scores are as good as equal,
    and yet not the same number here, may stand in any order and on either side of the limit.
    """
    expected = best(candidates, limit)
    row_count = 1 + max(ours.rows.max(initial=-1), expected.rows.max(initial=-1))
    lengths = [np.bincount(each.rows, minlength=row_count) for each in (ours, expected)]
    if len(differing := np.flatnonzero(lengths[0] != lengths[1])):
        return Problem(int(differing[0]), "it has another number of entries")
    if not (close := is_close(ours.scores, expected.scores)).all():
        place = int(np.argmin(close))
        found, right = ours.scores[place], expected.scores[place]
        words = f"the score {found} stands where {right} should"
        return Problem(int(ours.rows[place]), words)
    for row in np.unique(ours.rows[ours.members != expected.members]):
        only = range(row, row + 1)
        if reason := row_problem(
            ours.of_rows(only), expected.of_rows(only), candidates.of_rows(only)
        ):
            return Problem(int(row), reason)
    return None


def row_problem(ours: Entries, expected: Entries, candidates: Entries) -> str | None:
    """What is wrong with a row whose scores are right, and whose members are not the expected."""
    candidates = candidates[np.argsort(candidates.members)]
    if len(np.unique(ours.members)) != len(ours.members):
        return "an entry twice"
    places = np.searchsorted(candidates.members, ours.members)
    places = np.minimum(places, len(candidates.members) - 1)
    if not np.array_equal(candidates.members[places], ours.members):
        return "an entry that is no candidate"
    if not is_close(ours.scores, candidates.scores[places]).all():
        return "an entry with the score of another"
    falls, rises = np.diff(ours.scores) < 0, np.diff(ours.scores) > 0
    if rises.any() or (~falls & (np.diff(ours.members) < 0)).any():
        return "not by score, then by id"
    for place in np.flatnonzero(ours.members != expected.members):
        rivals = candidates.scores[is_close(candidates.scores, expected.scores[place])]
        if len(np.unique(rivals)) == 1:
            return "of equal scores not the lowest ids"
    return None
