"""Tests of programs.py: with a shell for the program."""

from __future__ import annotations

import random

from made_store import MadeStore
from programs import Moment, ToolFailed, run_and_kill, run_to_the_end, run_well


class ProgramsTests(MadeStore):
    def test_a_program_that_ends(self) -> None:
        ended = run_to_the_end(["sh", "-c", "echo out; echo err >&2; exit 6"])
        self.assertEqual((ended.exit_code, ended.output, ended.errors), (6, "out\n", "err\n"))

    def test_a_program_that_must_end_well(self) -> None:
        self.assertEqual(run_well(["true"]).exit_code, 0)
        with self.assertRaisesRegex(ToolFailed, "exit code 1 of false"):
            run_well(["false"])

    def test_a_program_that_is_killed(self) -> None:
        self.assertIsNone(run_and_kill(["sleep", "60"], Moment(0.01)))

    def test_a_program_that_was_faster(self) -> None:
        ended = run_and_kill(["sh", "-c", "exit 3"], Moment(60))
        self.assertEqual(ended and ended.exit_code, 3)

    def test_a_program_that_is_killed_once_something_has_happened(self) -> None:
        marker = self.store / "marker"
        moment = Moment.soon_after(random.Random(1), marker.exists)
        self.assertIsNone(run_and_kill(["sh", "-c", f"touch {marker}; exec sleep 60"], moment))
        self.assertTrue(marker.exists())
