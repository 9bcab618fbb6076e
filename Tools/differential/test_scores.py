"""Tests of the oracle of scores, and that what differs from it is found."""

from __future__ import annotations

import math
import random
import unittest
from itertools import combinations

import numpy as np
from scipy.stats import chi2_contingency

import score_oracle
from ranking import Problem, best, problem
from score_oracle import SCORES, Entries, Sessions

# c, a, b and n, and what the scores are.
GOLDEN = {
    (10, 40, 25, 1000): {
        "count": 10,
        "cosine": 0.316228,
        "cosine_shrunk": 0.192450,
        "jaccard": 0.181818,
        "lift": 10,
        "npmi": 0.5,
        "pmi_shrunk": 1.151293,
        "llr": 34.295999,
    },
    (1, 1, 1, 1000): {"llr": 15.814510},
    (2, 500, 400, 1000): {"llr": 814.047653},
    (110, 2552, 221, 31777): {"llr": 270.721877},
    (9, 9, 9, 9): {"npmi": 1},
}


def sessions_of(baskets: list[str]) -> Sessions:
    """Sessions whose items are letters from a on."""
    events = [
        (number, ord(item) - ord("a")) for number, basket in enumerate(baskets) for item in basket
    ]
    sessions, items = np.array(events).T
    return Sessions(sessions, items, len(baskets), 26)


def all_neighbors(sessions: Sessions, score: str, least_support: int = 1) -> Entries:
    """All candidates of all rows."""
    slices = [entries for _, entries in sessions.neighbors(score, least_support)]
    parts = [[each.rows, each.members, each.scores] for each in slices]
    return Entries(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def entries(*triples: tuple[int, int, float]) -> Entries:
    """Entries of rows, members and scores."""
    rows, members, scores = zip(*triples, strict=True) if triples else ((), (), ())
    return Entries(np.array(rows, int), np.array(members, int), np.array(scores, float))


def words_of(found: Problem | None) -> str:
    """What was found wrong."""
    return "nothing" if found is None else found.words


class FormulaTests(unittest.TestCase):
    """Scores of single pairs."""

    def test_golden_rows(self) -> None:
        for (c, a, b, n), expected in GOLDEN.items():
            for name, value in expected.items():
                with self.subTest(name, pair=(c, a, b, n)), np.errstate(divide="ignore"):
                    arrays = (np.array([float(each)]) for each in (c, a, b))
                    self.assertAlmostEqual(SCORES[name](*arrays, n)[0], value, delta=1e-6)

    def test_llr_is_what_scipy_says(self) -> None:
        generator = random.Random(1)
        for _ in range(200):
            n = generator.randrange(2, 2000)
            a, b = generator.randrange(1, n), generator.randrange(1, n)
            c = generator.randrange(max(0, a + b - n), min(a, b) + 1)
            table = score_oracle.contingency_table(c, a, b, n)
            right = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
            found = score_oracle.llr(*(np.array([float(each)]) for each in (c, a, b)), n)[0]
            self.assertAlmostEqual(found, right, places=8)

    def test_half_life(self) -> None:
        worth = score_oracle.decayed_counts(np.array([0, 0, 2]), np.array([0, 7, 14]), 7, 3)
        self.assertEqual(list(worth), [1.5, 0, 0.25])

    def test_distinct_others(self) -> None:
        found = score_oracle.distinct_counts(np.array([0, 0, 0, 2]), np.array([5, 5, 6, 5]), 3)
        self.assertEqual(list(found), [2, 0, 1])


class SessionsTests(unittest.TestCase):
    """Pairs of sessions, against loops over all of them."""

    def baskets(self) -> list[str]:
        """Sessions of one to six of eight items, some of them shown twice."""
        generator = random.Random(2)
        return [
            "".join(generator.choices("abcdefgh", k=generator.randrange(1, 7))) for _ in range(40)
        ]

    def test_counts_of_sessions(self) -> None:
        baskets = self.baskets()
        found = all_neighbors(sessions_of(baskets), "count", least_support=3)
        expected = {}
        for pair in combinations("abcdefgh", 2):
            c = sum(set(pair) <= set(basket) for basket in baskets)
            if c >= 3:
                first, second = (ord(each) - ord("a") for each in pair)
                expected |= {(first, second): c, (second, first): c}
        keys = zip(found.rows.tolist(), found.members.tolist(), strict=True)
        self.assertEqual(dict(zip(keys, found.scores.tolist(), strict=True)), expected)

    def test_weights_of_sessions(self) -> None:
        found = all_neighbors(sessions_of(["ab", "abbc", "a"]), "asym_shrunk")
        a, b, c = 1 + 1 / math.sqrt(2) + 1, 1 + 1 / math.sqrt(2), 1 / math.sqrt(2)
        right = b / ((a + 20) ** 0.75 * (b + 20) ** 0.25)
        self.assertAlmostEqual(found.scores[0], right, places=12)
        other = c / ((c + 20) ** 0.75 * (a + 20) ** 0.25)
        self.assertAlmostEqual(found.of_rows(range(2, 3)).scores[0], other, places=12)

    def test_llr_leaves_out_what_meets_no_more_often_than_by_chance(self) -> None:
        found = all_neighbors(sessions_of(["ab", "ac", "ab", "d", "b", "c"]), "llr")
        pairs = set(zip(found.rows.tolist(), found.members.tolist(), strict=True))
        self.assertEqual(pairs, {(0, 1), (1, 0)})

    def test_support_of_a_pair(self) -> None:
        self.assertEqual(sessions_of(["ab", "abc", "a", "c"]).support(0, 1), (2, 3, 2))

    def test_first_items(self) -> None:
        sessions, items = np.array([1, 0, 1, 1, 0, 1, 1]), np.array([9, 3, 9, 4, 3, 7, 1])
        found = score_oracle.first_items(sessions, items, 2)
        self.assertEqual([each.tolist() for each in found], [[0, 1, 1], [3, 9, 4]])


class RankingTests(unittest.TestCase):
    """What is found wrong with lists."""

    CANDIDATES = entries((0, 1, 5.0), (0, 2, 7.0), (0, 3, 5.0), (0, 4, 5.0), (1, 0, 2.0))

    def test_the_best(self) -> None:
        found = best(self.CANDIDATES, 2)
        self.assertEqual(found.members.tolist(), [2, 1, 0])
        self.assertEqual(found.rows.tolist(), [0, 0, 1])

    def test_what_is_right(self) -> None:
        right = entries((0, 2, 7.0), (0, 1, 5.0 + 1e-10), (1, 0, 2.0))
        self.assertIsNone(problem(right, self.CANDIDATES, 2))

    def test_what_is_wrong(self) -> None:
        last = (1, 0, 2.0)
        wrong = {
            "number of entries": entries((0, 2, 7.0), last),
            "the score 5.00": entries((0, 2, 7.0), (0, 1, 5.00001), last),
            "no candidate": entries((0, 2, 7.0), (0, 9, 5.0), last),
            "of another": entries((0, 3, 7.0), (0, 1, 5.0), last),
            "twice": entries((0, 2, 7.0), (0, 2, 5.0), last),
            "lowest ids": entries((0, 2, 7.0), (0, 3, 5.0), last),
        }
        for words, ours in wrong.items():
            with self.subTest(words):
                self.assertIn(words, words_of(problem(ours, self.CANDIDATES, 2)))
        order = entries((0, 2, 7.0), (0, 3, 5.0), (0, 1, 5.0), last)
        self.assertIn("then by id", words_of(problem(order, self.CANDIDATES, 3)))

    def test_scores_that_rounding_tells_apart(self) -> None:
        candidates = entries((0, 1, 5.0), (0, 2, 5.0 + 1e-15), (0, 3, 5.0))
        ours = entries((0, 1, 5.0), (0, 2, 5.0))
        self.assertIsNone(problem(ours, candidates, 2))

    def test_nothing(self) -> None:
        self.assertIsNone(problem(entries(), entries(), 5))
        self.assertIn("number of entries", words_of(problem(entries(), self.CANDIDATES, 5)))


if __name__ == "__main__":
    unittest.main()
