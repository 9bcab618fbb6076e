"""Tests of claims.py: what it would find wrong, in what processes said and in histories made for it."""

from __future__ import annotations

import json
from typing import Any

from claims import Claim, claim_problems
from made_store import OWNER, MadeStore
from programs import Ended
from store import history


def claim(verb: str, result: dict[str, Any], *, reason: str | None = None, exit_code: int = 0) -> Claim:
    output = f"something else\n{json.dumps(result)}\n"
    return Claim.of(verb, reason, Ended([], exit_code, output, "", 0))


class ClaimTests(MadeStore):
    def problems(self, *claims: Claim) -> list[str]:
        """Of those who made all entries but the first."""
        entries = history(self.store, OWNER)
        return claim_problems(list(claims), entries[1:], entries)

    def setUp(self) -> None:
        super().setUp()
        self.first = self.entry(1, None, "a")

    def test_a_rollback_has_its_entry(self) -> None:
        manifest = self.entry(2, 1, "b", reason="mine")
        self.assertEqual(self.problems(claim("rollback", manifest, reason="mine")), [])

    def test_a_rollback_whose_entry_is_lost(self) -> None:
        self.assertEqual(len(self.problems(claim("rollback", self.first, reason="mine"))), 1)

    def test_a_rollback_to_something_else(self) -> None:
        self.entry(2, 1, "b", reason="mine")
        self.assertEqual(len(self.problems(claim("rollback", self.first, reason="mine"))), 1)

    def test_a_rollback_that_failed_and_has_an_entry(self) -> None:
        self.entry(2, 1, "b", reason="mine")
        problems = self.problems(claim("rollback", {}, reason="mine", exit_code=6))
        self.assertEqual(problems, ["rollback failed and has an entry", "entry 2 is nobody's"])

    def test_a_run_has_as_many_entries_as_it_published_days(self) -> None:
        self.entry(2, 1, "b")
        days = [{"published": True}, {"published": False}]
        self.assertEqual(self.problems(claim("run", {"run_id": "run 2", "days": days})), [])
        more = claim("run", {"run_id": "run 2", "days": [*days, {"published": True}]})
        self.assertEqual(self.problems(more), ["run published 2 days and has 1 entries"])

    def test_a_publish_has_an_entry_new_or_old(self) -> None:
        manifest = self.entry(2, 1, "b")
        self.assertEqual(self.problems(claim("publish", manifest), claim("publish", self.first)), [])
        problems = self.problems(claim("publish", self.manifest("c")))
        self.assertIn("publish was done and has no entry", problems[0])

    def test_an_entry_that_nobody_made(self) -> None:
        self.entry(2, 1, "b")
        self.assertEqual(self.problems(claim("gc", {})), ["entry 2 is nobody's"])

    def test_who_moves_no_manifest_claims_nothing(self) -> None:
        self.assertEqual(self.problems(claim("compute", {}), claim("pin", {}, exit_code=8)), [])
