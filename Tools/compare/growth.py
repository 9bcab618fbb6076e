#!/usr/bin/env python3
r"""How time and memory grow with the number of events: recsys-pipelines, DuckDB and Polars.

    growth.py --binary FOLDER --results growth.json [--events N ...] [--runs N] [--again]

For each number of events: `recsys-generate` makes them, every system ingests them and computes
popularity, cooc, implicit and session_seq over the 28 days, as in `compare.py`, taking turns. What
was measured goes to the results file at once and is not measured again; the tables of all that is
in it are printed as Markdown. `growth_chart.py` draws them.

All sizes are of one world, see `World`. A run that takes more time or memory than it may is ended,
not repeated, and shown as what it was: "over 1,800 s" or "out of memory". A system whose ingest did
not end computes from the files of DuckDB.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from growth_results import Outcome, Results
from growth_table import tables
from processes import LimitExceededError, Limits, ProcessFailedError
from systems import PHASES, Job, Ours, Peer, System, duckdb_peer, polars_peer, read_through

SIZES = [1_000_000, 5_000_000, 20_000_000, 50_000_000]
MEGABYTE = 1_000_000

# Less than the machine has, for the system itself needs some; more than the 0.8 at which DuckDB
# goes on with files on the disk.
MEMORY_SHARE = 0.9


@dataclass(frozen=True)
class World:
    """A service of one size: one that is twice as large has twice the users, items and events.

    So the laws of activity, popularity and sessions are the same, and so is what a user sees: 50
    events in 28 days on average. 50 million events are of 1 million users and 200,000 items.
    """

    events: int

    @property
    def users(self) -> int:
        """How many users there are."""
        return max(1, self.events // 50)

    @property
    def items(self) -> int:
        """How many items there are on the last day."""
        return max(1, self.events // 250)

    def generate(self, binaries: Path, output: Path) -> None:
        """Writes the events."""
        options = {"--events": self.events, "--users": self.users, "--items": self.items}
        words = [word for name, value in options.items() for word in (name, str(value))]
        scope = ["--start", "2026-01-01", "--days", "28", "--tenant", "demo", "--surface", "home"]
        program = binaries / "recsys-generate"
        subprocess.run([program, *words, *scope, "--output", output, "--quiet"], check=True)


def job_of(events: Path, threads: int) -> Job:
    """What everybody has to do with the events of a world."""
    return Job(events, "demo", "home", "2026-01-01", "2026-01-28", threads)


def measure(system: System, phase: str) -> Outcome:
    """What a single run of a phase came to."""
    if phase != "ingest" and system.stored_bytes() == 0:
        return Outcome(system.version, [], excess="no ingest")
    try:
        each = system.measure(phase)
    except LimitExceededError as excess:
        return Outcome(system.version, [], excess=str(excess))
    stored_bytes = system.stored_bytes() if phase == "ingest" else None
    return Outcome(system.version, [each], stored_bytes)


class Campaign:
    """The measurements of all systems with one world."""

    def __init__(self, world: World, systems: list[System], results: Results, runs: int) -> None:
        """Takes the systems, DuckDB before those that may need its files."""
        self._world = world
        self._systems = systems
        self._results = results
        self._runs = runs

    def run(self) -> None:
        """Measures what is missing, and keeps the results after every phase."""
        for phase in PHASES:
            missing = [system for system in self._systems if self._is_missing(system, phase)]
            if missing:
                self._measure_in_turns(phase, missing)
            if phase == "ingest":
                self._prepare_stores([each for each in self._systems if each not in missing])

    def _is_missing(self, system: System, phase: str) -> bool:
        return self._results.outcome(self._world.events, system.name, phase) is None

    def _measure_in_turns(self, phase: str, systems: list[System]) -> None:
        outcomes: dict[str, Outcome] = {}
        for number in range(self._runs):
            for system in systems:
                before = outcomes.get(system.name)
                if before is None or before.excess is None:
                    say(f"{self._world.events:,} events: {phase}, {system.name}, run {number + 1}")
                    outcomes[system.name] = measure(system, phase).after(before)
        for system in systems:
            self._results.keep(self._world.events, system.name, phase, outcomes[system.name])
            if phase == "ingest" and outcomes[system.name].excess:
                self._borrow_store(system)

    def _prepare_stores(self, systems: list[System]) -> None:
        """Ingests unmeasured with the systems whose ingest was measured at another time."""
        for system in systems:
            known = self._results.outcome(self._world.events, system.name, "ingest")
            if known is not None and known.excess is not None:
                self._borrow_store(system)
            elif any(self._is_missing(system, phase) for phase in PHASES):
                say(f"{self._world.events:,} events: ingest, {system.name}, not measured")
                measure(system, "ingest")

    def _borrow_store(self, system: System) -> None:
        """Lets a peer whose ingest did not end read what DuckDB made of the events, if it did."""
        lender = self._systems[1]
        if lender is system or not isinstance(system, Peer):
            system.store /= "unfinished"
        else:
            system.store = lender.store


def measure_world(world: World, results: Results, arguments: argparse.Namespace) -> None:
    """Makes the events of a world and measures what is missing of it."""
    with scratch_folder(arguments.scratch) as folder:
        events = folder / "events.jsonl"
        say(f"{world.events:,} events: generate")
        world.generate(arguments.binary.resolve(), events)
        job = job_of(events, arguments.threads)
        systems: list[System] = [
            Ours(job, folder / "ours", arguments.binary),
            duckdb_peer(job, folder),
            polars_peer(job, folder),
        ]
        for system in systems:
            system.limits = Limits(arguments.time_limit, arguments.memory_limit * MEGABYTE)
        read_through(events)
        Campaign(world, systems, results, arguments.runs).run()


@contextlib.contextmanager
def scratch_folder(parent: Path | None) -> Iterator[Path]:
    """A folder that goes with all that is in it."""
    with tempfile.TemporaryDirectory(prefix="recsys-growth-", dir=parent) as name:
        yield Path(name).resolve()


def say(text: str) -> None:
    """Tells how far it is."""
    print(f"growth.py: {text}", file=sys.stderr, flush=True)


def number(text: str) -> int:
    """A number of events: k and M are a thousand and a million."""
    factor = {"k": 1000, "M": 1_000_000}.get(text[-1:], 1)
    return int(float(text.rstrip("kM")) * factor)


def machine_memory() -> int:
    """The memory of this machine in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    default_memory = int(machine_memory() * MEMORY_SHARE / MEGABYTE)
    parser = argparse.ArgumentParser(
        description="Measure how time and memory grow with the number of events.",
        epilog="50 million events need some 30 GB of disk, and up to an hour for each run.",
    )
    add = parser.add_argument
    add("--binary", type=Path, required=True, metavar="FOLDER", help="the folder of the programs")
    add("--results", type=Path, required=True, metavar="FILE", help="JSON; need not exist")
    add("--events", type=number, nargs="*", default=SIZES, metavar="N", help="1M 5M 20M 50M")
    add("--runs", type=int, default=3, metavar="N", help="3 by default")
    add("--threads", type=int, default=2, metavar="N", help="2 by default")
    add("--time-limit", type=float, default=1800, metavar="SECONDS", help="of a run; 1800")
    add(
        "--memory-limit",
        type=int,
        default=default_memory,
        metavar="MB",
        help=f"of a run; {default_memory:,} by default, 0.9 of what this machine has",
    )
    add("--again", action="store_true", help="measure these numbers of events again")
    add("--scratch", type=Path, metavar="FOLDER", help="where temporary files go")
    return parser.parse_args()


def main() -> None:
    """Measures what is missing and prints the tables."""
    arguments = parse_arguments()
    results = Results(arguments.results)
    names = ["recsys-pipelines", "DuckDB", "Polars"]
    try:
        for events in arguments.events:
            if arguments.again:
                results.forget(events)
            if not results.is_complete(events, names, PHASES):
                measure_world(World(events), results, arguments)
    except (ProcessFailedError, subprocess.CalledProcessError, OSError) as error:
        sys.exit(f"growth.py: {error}")
    print("\n".join(tables(results, PHASES)))


if __name__ == "__main__":
    main()
