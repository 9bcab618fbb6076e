"""Tests of publishing.py: what can surely be asked for, in stores made for it."""

from __future__ import annotations

import random
from datetime import date

from made_store import OWNER, MadeStore
from publishing import CommandSource, HastyCommandSource, Input, Shelf
from store import version


class ShelfTests(MadeStore):
    def setUp(self) -> None:
        super().setUp()
        self.shelf = Shelf(self.store, OWNER)
        self.manifests = [self.entry(number, number - 1 or None, text) for number, text in enumerate("abbc", 1)]
        self.make_current(self.manifests[-1])

    def collect(self, index: int) -> str:
        """Takes the record of a manifest's artifact away; returns the version."""
        name = version(self.manifests[index]["current"]["cooc"])
        (self.store / f"registry/records/demo/home/cooc/{name}.json").unlink()
        return name

    def test_steps_go_back_to_the_first_entry(self) -> None:
        self.assertEqual(self.shelf.step_count(None), 3)

    def test_steps_of_a_kind_pass_over_entries_that_change_another(self) -> None:
        self.assertEqual(self.shelf.step_count("cooc"), 2)
        self.assertEqual(self.shelf.step_count("implicit"), 0)

    def test_steps_end_at_what_was_collected(self) -> None:
        name = self.collect(0)
        self.assertEqual((self.shelf.step_count(None), self.shelf.step_count("cooc")), (2, 1))
        self.assertNotIn(name, self.shelf.reachable_versions())
        self.assertNotIn(("cooc", name), self.shelf.versions())

    def test_what_is_staged_by_half_is_not_published(self) -> None:
        folder = "artifacts/demo/home/_"
        for name in ["a.rsart", "a.provenance.json"]:
            self.write(f"{folder}/cooc/2026-01-01_2026-01-02/{name}")
            self.write(f"{folder}/cooc/2026-01-01_2026-01-03/{name}")
        self.write(f"{folder}/implicit/2026-01-01_2026-01-03/a.provenance.json")
        self.write(f"{folder}/implicit/2026-01-01_2026-01-02/.tmp-1f-a.provenance.json")
        self.write(f"{folder}/cooc/2026-01-01_2026-01-04/.tmp-1f-a.provenance.json")
        self.assertEqual(self.shelf.staged_windows(), [("2026-01-01", "2026-01-02")])


class CommandSourceTests(MadeStore):
    def test_there_is_always_a_command(self) -> None:
        inputs = [Input(self.store / "events", [date(2026, 1, 1)])]
        for kind in (CommandSource, HastyCommandSource):
            source = kind(self.store, inputs, random.Random(1))
            verbs = {source.next().verb for _ in range(100)}
            self.assertLessEqual({"run", "gc"}, verbs)
            self.assertNotIn("publish", verbs)
