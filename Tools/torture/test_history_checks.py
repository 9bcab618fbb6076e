"""Tests of history_checks.py: what it would find wrong, in histories made for it."""

from __future__ import annotations

import json
from collections.abc import Set

from history_checks import history_problems
from made_store import OWNER, MadeStore


class HistoryChecksTests(MadeStore):
    def problems(self, *, killed: bool = False, seen: Set[bytes] = frozenset()) -> list[str]:
        return history_problems(self.store, OWNER, killed=killed, seen=seen)

    def assert_problem(self, text: str, problems: list[str]) -> None:
        self.assertTrue(any(text in problem for problem in problems), problems)

    def test_a_store_in_which_nothing_was_published(self) -> None:
        self.assertEqual(self.problems(), [])

    def test_a_history_without_crashes(self) -> None:
        first = self.entry(1, None, "a")
        self.make_current(self.entry(2, 1, "b"))
        self.assertEqual(self.problems(seen={json.dumps(first).encode()}), [])

    def test_what_crashes_leave_is_wrong_only_where_there_were_none(self) -> None:
        self.entry(1, None, "never live")
        self.entry(2, None, "a")
        self.entry(3, 2, "never live either")
        self.make_current(self.entry(4, 2, "b"))
        self.assertEqual(self.problems(killed=True), [])
        self.assert_problem("entry 4 replaces 2, and not the one before it", self.problems())

    def test_a_gap(self) -> None:
        self.entry(1, None, "a")
        self.make_current(self.entry(3, 1, "b"))
        self.assert_problem("entries are not 1 to 2: [1, 3]", self.problems(killed=True))

    def test_an_entry_that_is_torn(self) -> None:
        self.make_current(self.entry(1, None, "a"))
        path = self.store / "registry/history/demo/home/00000001.json"
        path.write_bytes(path.read_bytes()[:40])
        self.assert_problem("torn", self.problems(killed=True))

    def test_a_manifest_that_is_torn(self) -> None:
        path = self.make_current(self.entry(1, None, "a"))
        path.write_bytes(path.read_bytes()[:-1])
        self.assert_problem("torn", self.problems(killed=True))

    def test_a_manifest_without_an_entry(self) -> None:
        self.entry(1, None, "a")
        self.make_current(self.manifest("b"))
        self.assert_problem("what is live has no entry", self.problems(killed=True))

    def test_a_chain_that_leads_nowhere(self) -> None:
        self.make_current(self.entry(2, 1, "b"))
        self.assert_problem("entry 2 replaces 1, which is not there", self.problems(killed=True))

    def test_a_fork_loses_what_was_live(self) -> None:
        self.entry(1, None, "a")
        lost = self.entry(2, 1, "b")
        self.make_current(self.entry(3, 1, "c"))
        self.assertEqual(self.problems(killed=True), [])
        problems = self.problems(killed=True, seen={json.dumps(lost).encode()})
        self.assert_problem("is not what came before what is live", problems)
        self.assert_problem("entry 3 replaces 1", self.problems())

    def test_an_entry_that_forgets_what_was_live(self) -> None:
        self.entry(1, None, "a")
        self.entry(2, 1, "b")
        self.make_current(self.entry(3, None, "c"))
        self.assert_problem("entry 3 replaces none", self.problems(killed=True))

    def test_an_entry_that_replaces_a_later_one(self) -> None:
        self.entry(1, 2, "a")
        self.make_current(self.entry(2, 1, "b"))
        self.assert_problem("entry 1 replaces 2", self.problems(killed=True))

    def test_a_manifest_that_is_not_the_last_where_nobody_was_killed(self) -> None:
        self.make_current(self.entry(1, None, "a"))
        self.entry(2, 1, "b")
        self.assertEqual(self.problems(killed=True), [])
        self.assert_problem("not the manifest of the last entry", self.problems())

    def test_a_history_without_a_manifest_where_nobody_was_killed(self) -> None:
        self.entry(1, None, "a")
        self.assertEqual(self.problems(killed=True), [])
        self.assert_problem("not the manifest of the last entry", self.problems())
