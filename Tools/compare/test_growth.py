"""Tests of the growth measurements: limits hold, results are kept, and tables tell what was."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import unittest
from pathlib import Path

import growth
import growth_table
from growth_results import Outcome, Results
from processes import LimitExceededError, Limits, ProcessFailedError, run_process
from systems import Measurement


def python(text: str, limits: Limits | None = None) -> str:
    """Runs a line of Python in a process of its own; what it printed."""
    return run_process([sys.executable, "-c", text], limits=limits).output


class ProcessTests(unittest.TestCase):
    """Processes end by themselves, or when they take too much."""

    def test_a_process_that_ends(self) -> None:
        process = run_process([sys.executable, "-c", "print(1)"], limits=Limits(60, 10**10))
        self.assertEqual(process.output, "1\n")
        self.assertGreater(process.seconds, 0)
        self.assertGreater(process.peak_bytes, 1_000_000)

    def test_settings_and_folder(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            line = "import os; print(os.environ['RECSYS_A'], os.getcwd())"
            process = run_process(
                [sys.executable, "-c", line], {"RECSYS_A": "b"}, folder=Path(folder)
            )
            self.assertEqual(process.output, f"b {os.path.realpath(folder)}\n")

    def test_a_process_that_fails(self) -> None:
        with self.assertRaisesRegex(ProcessFailedError, "(?s)exit code 3.*why"):
            python("import sys; sys.stderr.write('why'); sys.exit(3)")

    def test_too_long(self) -> None:
        with self.assertRaisesRegex(LimitExceededError, "over 1 s"):
            python("import time; time.sleep(60)", Limits(seconds=1))

    @unittest.skipUnless(Path("/proc/self/statm").exists(), "the system does not tell")
    def test_too_much_memory(self) -> None:
        with self.assertRaisesRegex(LimitExceededError, "out of memory"):
            python(
                "import time; x = bytearray(300_000_000); time.sleep(60)",
                Limits(memory_bytes=100_000_000),
            )

    def test_memory_that_the_process_itself_did_not_get(self) -> None:
        with self.assertRaisesRegex(LimitExceededError, "out of memory"):
            python("raise MemoryError")


class WorldTests(unittest.TestCase):
    """What is generated."""

    def test_worlds_grow_in_proportion(self) -> None:
        world = growth.World(50_000_000)
        self.assertEqual((world.users, world.items), (1_000_000, 200_000))
        world = growth.World(1_000_000)
        self.assertEqual((world.users, world.items), (20_000, 4_000))

    def test_numbers(self) -> None:
        texts = ["1M", "0.05M", "20k", "7"]
        self.assertEqual([growth.number(each) for each in texts], [1_000_000, 50_000, 20_000, 7])


class ResultsTests(unittest.TestCase):
    """Results outlive the script."""

    RUN = Measurement(2.0, 1.5, 3_000_000)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "growth.json"

    def test_round_trip(self) -> None:
        results = Results(self.path)
        ended = Outcome("1", [self.RUN], stored_bytes=5)
        not_ended = Outcome("2", [], excess="out of memory")
        results.keep(20, "DuckDB", "ingest", ended)
        results.keep(10, "DuckDB", "cooc", not_ended)
        again = Results(self.path)
        self.assertEqual(again.sizes, [10, 20])
        self.assertEqual(again.outcome(20, "DuckDB", "ingest"), ended)
        self.assertEqual(again.outcome(10, "DuckDB", "cooc"), not_ended)
        self.assertIsNone(again.outcome(10, "DuckDB", "ingest"))

    def test_what_is_complete(self) -> None:
        results = Results(self.path)
        results.keep(10, "DuckDB", "cooc", Outcome("1", [self.RUN]))
        self.assertTrue(results.is_complete(10, ["DuckDB"], ["cooc"]))
        self.assertFalse(results.is_complete(10, ["DuckDB"], ["cooc", "ingest"]))
        self.assertFalse(results.is_complete(20, ["DuckDB"], ["cooc"]))
        results.forget(10)
        self.assertFalse(results.is_complete(10, ["DuckDB"], ["cooc"]))

    def test_medians_of_runs_that_ended(self) -> None:
        first = Outcome("1", [self.RUN])
        both = Outcome("1", [Measurement(4.0, 3.5, 1_000_000)]).after(first)
        self.assertEqual(both.median("process_seconds"), 3.0)
        self.assertIsNone(Outcome("1", [], excess="over 9 s").after(both).median("peak_bytes"))

    def test_the_table(self) -> None:
        results = Results(self.path)
        results.keep(
            1000, "recsys-pipelines", "cooc", Outcome("", [Measurement(0.5, 0.5, 4_000_000)])
        )
        results.keep(1000, "DuckDB", "cooc", Outcome("1", [self.RUN]))
        results.keep(1000, "Polars", "cooc", Outcome("1", [], excess="out of memory"))
        self.assertEqual(
            growth_table.table(results, "cooc")[2:],
            ["| 1,000 | 0.500 s | 1.500 s | 3.0 | out of memory |  | 4.0 MB | 3.0 MB |  |"],
        )

    def test_who_computes_from_the_files_of_another(self) -> None:
        results = Results(self.path)
        for events, excess in [(10, None), (20, "out of memory")]:
            results.keep(events, "DuckDB", "ingest", Outcome("1", [], excess=excess))
            results.keep(events, "Polars", "ingest", Outcome("1", [], excess="over 9 s"))
        self.assertEqual(growth_table.borrowers(results), [(10, "Polars")])
        text = "With 10 events Polars computes from the files of DuckDB."
        self.assertIn(text, growth_table.tables(results, ["cooc"]))

    @unittest.skipUnless(importlib.util.find_spec("matplotlib"), "matplotlib is not installed")
    def test_the_chart(self) -> None:
        import growth_chart

        results = Results(self.path)
        results.keep(1000, "recsys-pipelines", "cooc", Outcome("", [self.RUN]))
        results.keep(1000, "DuckDB", "cooc", Outcome("1", [], excess="over 1,800 s"))
        charts = [self.path.with_suffix(f".{number}.svg") for number in range(2)]
        for chart in charts:
            growth_chart.draw(results, chart)
        self.assertIn("over 1,800 s", charts[0].read_text())
        self.assertEqual(charts[0].read_text(), charts[1].read_text())


if __name__ == "__main__":
    unittest.main()
