"""Tests of kill_publishers.py: what it sees happen, and what it would find wrong, with a script for the program."""

from __future__ import annotations

import unittest

import kill_publishers
from made_store import MadeStore
from publishing import OWNERS, Command


class PlacesTests(MadeStore):
    def seen(self, *, unfinished: bool) -> frozenset[tuple[str, int]]:
        return kill_publishers.listing([self.store / "missing", self.store], unfinished=unfinished)

    def test_what_is_written_is_seen_begun_and_done(self) -> None:
        nothing = self.seen(unfinished=True)
        path = self.write(".tmp-1f-manifest.json")
        self.assertEqual(self.seen(unfinished=False), nothing)
        begun = self.seen(unfinished=True)
        self.assertNotEqual(begun, nothing)
        path.rename(self.store / "manifest.json")
        self.assertNotIn(self.seen(unfinished=True), (begun, nothing))
        self.assertNotEqual(self.seen(unfinished=False), nothing)

    def test_what_is_replaced_is_seen(self) -> None:
        self.write("manifest.json")
        before = self.seen(unfinished=False)
        self.write("new").rename(self.store / "manifest.json")
        self.assertNotEqual(self.seen(unfinished=False), before)

    def test_where_a_computation_stages(self) -> None:
        command = Command("compute", ("cooc", "implicit", "--start", "2026-01-01", "--end", "2026-01-02"), OWNERS[1])
        self.assertEqual(
            kill_publishers.staging_folders(command),
            [f"artifacts/demo/home/vip/{kind}/2026-01-01_2026-01-02" for kind in ("cooc", "implicit")],
        )


class CheckTests(MadeStore):
    def check(self, script: str) -> kill_publishers.Check:
        """A check of a program that is that script."""
        program = self.write("bin/recsys-pipelines", f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        check = kill_publishers.Check(program.parent, self.store, seed=1)
        check.store.mkdir()
        return check

    def settled(self, script: str, damage: str | None = None) -> list[str]:
        """What is found wrong once a store is settled."""
        check = self.check(script)
        if damage:
            self.write(f"store/{damage}")
        check.settle(Command("pin", ("0123",)))
        return check.problems

    def test_a_store_that_is_as_it_must_be(self) -> None:
        self.assertEqual(self.settled("exit 0"), [])

    def test_a_store_that_does_not_verify(self) -> None:
        problems = self.settled('[ "$1" != verify ] || exit 5', "canonical/demo/home/exposures/2026-01-01.rspart")
        self.assertEqual(len(problems), 2)
        self.assertIn("exit code 5 of", problems[0])

    def test_a_store_with_nothing_in_it_need_not_verify_before_the_command(self) -> None:
        script = '[ "$1" != verify ] || [ -e {0}/done ] || exit 8; [ "$1" != pin ] || touch {0}/done'
        self.assertEqual(self.settled(script.replace("{0}", str(self.store)), "locks/demo/home/blobs.lock"), [])

    def test_a_command_that_does_not_end_well_once_more(self) -> None:
        problems = self.settled('[ "$1" != pin ] || exit 8')
        self.assertEqual(len(problems), 1)
        self.assertIn("exit code 8 of", problems[0])

    def test_what_garbage_collection_leaves_behind(self) -> None:
        problems = self.settled("exit 0", "checkpoints/demo/home/.tmp-1f-checkpoint.json")
        self.assertEqual(problems, ["after 0 kills: left behind: checkpoints/demo/home/.tmp-1f-checkpoint.json"])

    def test_a_history_that_is_damaged(self) -> None:
        problems = self.settled("exit 0", "registry/history/demo/home/00000001.json")
        self.assertIn("torn", problems[0])

    def test_a_manifest_that_is_torn_for_a_moment(self) -> None:
        path = self.store / "store/registry/current/demo/home/manifest.json"
        check = self.check(f"mkdir -p {path.parent}; echo '{{' >{path}; sleep 0.1; rm {path}; sleep 0.1")
        check.life_of_a_store(3)
        self.assertTrue(any("reader: demo/home: torn" in problem for problem in check.problems), check.problems)


if __name__ == "__main__":
    unittest.main()
