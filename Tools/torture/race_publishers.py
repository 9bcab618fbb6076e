#!/usr/bin/env python3
"""Starts publishers, rollbacks and garbage collections all at once, and checks that none undoes another's work.

    race_publishers.py --binary FOLDER [--rounds N] [--seed N]

Each round starts 2 to 8 processes on one store, of a surface and of a segment of it; some try again when somebody else
holds the lock. Meanwhile a reader opens the manifests and all that they name. Then

- each process was done, or found the lock held, or did not find what it asked for;
- the history of each owner is one line: every entry replaces the one before it, the last one's manifest is live;
- whoever said that it moved the manifest has its entries, and nobody else has;
- no manifest was ever torn or missing, and no blob that it names; whatever was live is in the history;
- the store verifies.

Prints one line; what was found wrong before it.

Exit code: 0 if all holds; 1 if something does not; 2 if something could not be run.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from claims import Claim, claim_problems
from history_checks import history_problems
from programs import Ended, ToolFailed, run_to_the_end
from publishing import OWNERS, Command, HastyCommandSource, write_inputs
from reader import Readings, reading
from store import TornFile, history

MOST_PROCESSES = 8
MOST_ATTEMPTS = 20
SHOWN_PROBLEMS = 10

DONE, HELD, NOT_FOUND = 0, 6, 8

# What may not be there: what a rollback or a pin asks for, the events of a window beyond the days that are kept, and
# anything at all at first.
EXIT_CODES = {
    "run": {DONE, HELD},
    "compute": {DONE, HELD, NOT_FOUND},
    "publish": {DONE, HELD},
    "rollback": {DONE, HELD, NOT_FOUND},
    "gc": {DONE, HELD, NOT_FOUND},
    "pin": {DONE, HELD, NOT_FOUND},
    "unpin": {DONE, HELD, NOT_FOUND},
}


class Racer:
    """A process of a round, and the attempts it makes."""

    def __init__(self, command: Command, name: str, choices: random.Random) -> None:
        self.command = command
        self.attempt_count = MOST_ATTEMPTS if choices.random() < 0.5 else 1
        self.pauses = [choices.uniform(0, 0.05) for _ in range(self.attempt_count)]
        # The history tells whose entry it is.
        self.reason = name if command.verb == "rollback" else None
        self.attempts: list[Ended] = []

    @property
    def claim(self) -> Claim:
        """What it said at last."""
        return Claim.of(self.command.verb, self.reason, self.attempts[-1])

    def race(self, binaries: Path, store: Path, barrier: Barrier) -> None:
        """Starts when the others do."""
        more = ("--reason", self.reason) if self.reason else ()
        line = self.command.line(binaries, store, "--format", "json", *more)
        barrier.wait()
        for pause in self.pauses:
            self.attempts.append(run_to_the_end(line))
            if self.attempts[-1].exit_code != HELD:
                break
            time.sleep(pause)


class Check:
    """A store that many processes change at once, and what was seen of it."""

    def __init__(self, binaries: Path, folder: Path, seed: int) -> None:
        self.binaries = binaries
        self.choices = random.Random(seed)
        self.store = folder / "store"
        self.source = HastyCommandSource(self.store, write_inputs(folder, self.choices), self.choices)
        self.ends: Counter[str] = Counter()
        self.manifest_count = 0
        self.entry_count = 0
        self.problems: list[str] = []

    def round(self, number: int) -> None:
        """Many processes at once, and then a look at what they left."""
        count = self.choices.randint(2, MOST_PROCESSES)
        racers = [Racer(self.source.next(), f"round {number} process {each}", self.choices) for each in range(count)]
        before = {owner: len(history(self.store, owner)) for owner in OWNERS}
        barrier = Barrier(count)
        with ThreadPoolExecutor(count) as pool:
            for future in [pool.submit(racer.race, self.binaries, self.store, barrier) for racer in racers]:
                future.result()
        for racer in racers:
            for ended in racer.attempts:
                self.count(number, racer, ended)
        for owner in OWNERS:
            claims = [racer.claim for racer in racers if racer.command.owner == owner]
            entries = history(self.store, owner)
            self.entry_count += len(entries) - before[owner]
            self.note(number, history_problems(self.store, owner, killed=False))
            self.note(number, claim_problems(claims, entries[before[owner] :], entries))
        verified = run_to_the_end(Command("verify", ()).line(self.binaries, self.store))
        if verified.exit_code != DONE:
            self.note(number, [str(verified)])

    def count(self, number: int, racer: Racer, ended: Ended) -> None:
        """Takes down how an attempt of a process ended."""
        self.ends[f"{racer.command.verb} {ended.exit_code}"] += 1
        if ended.exit_code not in EXIT_CODES[racer.command.verb]:
            self.note(number, [str(ended)])

    def take_in(self, readings: Readings) -> None:
        """Notes what a reader saw."""
        self.manifest_count = readings.manifest_count
        self.problems += readings.problems
        for owner in OWNERS:
            self.problems += history_problems(self.store, owner, killed=False, seen=readings.manifests[owner])

    def note(self, number: int, problems: list[str]) -> None:
        """Takes down what is wrong."""
        self.problems += [f"round {number}: {problem}" for problem in problems]

    def report(self, round_count: int, seed: int) -> None:
        """Prints how it went."""
        for problem in self.problems[:SHOWN_PROBLEMS]:
            print(f"  {problem}")
        print("exit codes: " + ", ".join(f"{name}: {count}" for name, count in sorted(self.ends.items())))
        verdict = f"{len(self.problems)} problems" if self.problems else "no change lost, and nothing torn or missing"
        print(
            f"race_publishers: {verdict} after {round_count} rounds of {sum(self.ends.values())} processes; "
            f"{self.entry_count} changes of manifests; {self.manifest_count:,} manifests read meanwhile; seed {seed}"
        )


def check(arguments: argparse.Namespace, seed: int) -> bool:
    """Makes all rounds and prints how they went; true if nothing is wrong."""
    with tempfile.TemporaryDirectory(prefix="recsys-race-publishers-") as name:
        check = Check(arguments.binary, Path(name), seed)
        with reading(check.store, OWNERS) as readings:
            try:
                for number in range(arguments.rounds):
                    check.round(number)
            except TornFile as error:
                check.problems.append(str(error))
        check.take_in(readings)
        check.report(arguments.rounds, seed)
    return not check.problems


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Start many who change what is published at once, and check that none undoes another's work.",
        epilog="Exit code: 0 all holds, 1 something does not, 2 something could not be run.",
    )
    parser.add_argument("--binary", type=Path, required=True, metavar="FOLDER", help="where recsys-pipelines is")
    parser.add_argument("--rounds", type=int, default=20, metavar="N", help="how many rounds (default: 20)")
    parser.add_argument("--seed", type=int, metavar="N", help="to choose the same inputs again (default: random)")
    return parser.parse_args()


def main() -> int:
    """Makes the check and returns the exit code."""
    arguments = parse_arguments()
    seed = random.SystemRandom().randrange(1 << 32) if arguments.seed is None else arguments.seed
    try:
        return 0 if check(arguments, seed) else 1
    except (ToolFailed, OSError) as error:
        print(f"race_publishers.py: seed {seed}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
