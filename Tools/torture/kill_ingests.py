#!/usr/bin/env python3
"""Kills ingests at random moments and checks that no partition is ever anything but old or new.

    kill_ingests.py --binary FOLDER [--rounds N] [--seed N]

Each round ingests a small generated input into one store, by replace or by merge, and ends the
process with SIGKILL: at a random moment of its run time, or as soon as the first partition is seen
to be switched. The same command is run to its end in a copy of the store, as a reference. Then

- every partition is byte for byte what it was before, or what it is in the reference;
- every entry of the ledger is whole;
- the same command, after one to three such kills, ends well, and leaves the reference's partitions;
- nothing is below the store after that but files that belong there: what the killed processes left
  under temporary names and in scratch folders is gone.

Prints one line; what was found wrong before it.

Exit code: 0 if all holds; 1 if something does not; 2 if something could not be run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from events import day, write_events
from programs import Moment, ToolFailed, run_and_kill, run_well
from store import leftovers

# The digest of each partition by its path below the store.
Partitions = dict[str, str]

DAY_COUNT = 60

SHOWN_PROBLEMS = 10


@dataclass(frozen=True)
class Ingest:
    """One command, without the program and the store."""

    arguments: list[str]

    def command(self, binaries: Path, store: Path) -> list[str]:
        """The whole command."""
        return [str(binaries / "recsys-pipelines"), "ingest", *self.arguments, "--out-dir", str(store)]


def next_ingest(folder: Path, number: int, choices: random.Random) -> Ingest:
    """The ingest of a round, with an input of its own: the truth of some days, or more of them."""
    events = folder / f"{number}.jsonl"
    write_events(events, DAY_COUNT, choices)
    if choices.random() < 0.5:
        return Ingest([str(events), "--mode", "merge"])
    first = choices.randrange(DAY_COUNT // 2)
    last = choices.randrange(DAY_COUNT // 2, DAY_COUNT)
    window = ["--start", str(day(first)), "--end", str(day(last))]
    owner = ["--tenant", "demo", "--surface", "home"] if choices.random() < 0.5 else []
    return Ingest([str(events), "--mode", "replace", *window, *owner])


def partitions(store: Path) -> Partitions:
    """The digest of each partition of a store."""
    return {
        str(path.relative_to(store)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in store.glob("canonical/*/*/exposures/[0-9]*.rspart")
    }


def outcome(old: Partitions, new: Partitions, now: Partitions) -> str:
    """What a kill left of the partitions that were to change: `old`, `new`, or `some new`."""
    changing = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
    switched = sum(now.get(name) == new.get(name) for name in changing)
    if switched == 0:
        return "old"
    return "new" if switched == len(changing) else "some new"


def mixed_up(old: Partitions, new: Partitions, now: Partitions) -> list[str]:
    """The partitions that are neither old nor new."""
    names = sorted(old.keys() | new.keys() | now.keys())
    return [name for name in names if now.get(name) not in (old.get(name), new.get(name))]


def broken_entries(store: Path) -> list[str]:
    """The entries of the ledger that are not whole."""
    broken = []
    for path in sorted(store.glob("ledger/*/*/[0-9]*.json")):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            broken.append(str(path.relative_to(store)))
    return broken


def inodes(store: Path) -> dict[str, int]:
    """The number of each partition's file: another one once the partition was switched."""
    return {str(path): path.stat().st_ino for path in store.glob("canonical/*/*/exposures/[0-9]*.rspart")}


def next_moment(store: Path, seconds: float, choices: random.Random) -> Moment:
    """When to kill the next ingest, which takes about so many seconds."""
    if choices.random() < 0.5:
        return Moment.at_random(choices, seconds)
    before = inodes(store)
    return Moment.soon_after(choices, lambda: switched(before, store))


def switched(before: dict[str, int], store: Path) -> bool:
    """True once a partition was replaced, added or removed."""
    try:
        return inodes(store) != before
    except FileNotFoundError:
        # One was removed between being listed and being looked at.
        return True


class Check:
    """A store that is ingested into again and again, and what was seen of it."""

    def __init__(self, binaries: Path, folder: Path, seed: int) -> None:
        self.binaries = binaries
        self.folder = folder
        self.choices = random.Random(seed)
        self.outcomes: Counter[str] = Counter()
        self.problems: list[str] = []
        self.store = folder / "store"

    def round(self, number: int) -> None:
        """One ingest, killed once or more often, and then done."""
        ingest = next_ingest(self.folder, number, self.choices)
        reference = self.folder / "reference"
        shutil.rmtree(reference, ignore_errors=True)
        if self.store.exists():
            shutil.copytree(self.store, reference)
        old = partitions(self.store)
        seconds = run_well(ingest.command(self.binaries, reference)).seconds
        new = partitions(reference)
        command = ingest.command(self.binaries, self.store)
        for _ in range(self.choices.randint(1, 3)):
            ended = run_and_kill(command, next_moment(self.store, seconds, self.choices))
            now = partitions(self.store)
            self.outcomes["done" if ended else outcome(old, new, now)] += 1
            if ended and ended.exit_code != 0:
                self.problems.append(f"round {number}: {ended}")
            self.note(number, "neither old nor new", mixed_up(old, new, now))
            self.note(number, "not whole", broken_entries(self.store))
        run_well(command)
        self.note(number, "not new after the next run", mixed_up(new, new, partitions(self.store)))
        self.note(number, "left behind", leftovers(self.store))

    def note(self, number: int, what: str, names: list[str]) -> None:
        """Takes down what is wrong."""
        self.problems += [f"round {number}: {name}: {what}" for name in names]


def check(arguments: argparse.Namespace, seed: int) -> bool:
    """Makes all rounds and prints how they went; true if nothing is wrong."""
    with tempfile.TemporaryDirectory(prefix="recsys-kill-ingests-") as name:
        check = Check(arguments.binary, Path(name), seed)
        for number in range(arguments.rounds):
            check.round(number)
    for problem in check.problems[:SHOWN_PROBLEMS]:
        print(f"  {problem}")
    seen = check.outcomes
    verdict = "every partition old or new and nothing left behind"
    if check.problems:
        verdict = f"{len(check.problems)} problems"
    print(
        f"kill_ingests: {verdict} after {sum(seen.values()) - seen['done']} kills "
        f"({seen['old']} left all old, {seen['some new']} some new, {seen['new']} all new), seed {seed}"
    )
    return not check.problems


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Kill ingests at random moments and check what they leave.",
        epilog="Exit code: 0 all holds, 1 something does not, 2 something could not be run.",
    )
    parser.add_argument("--binary", type=Path, required=True, metavar="FOLDER", help="where recsys-pipelines is")
    parser.add_argument("--rounds", type=int, default=20, metavar="N", help="how many ingests (default: 20)")
    parser.add_argument("--seed", type=int, metavar="N", help="to repeat a run's inputs and delays (default: random)")
    return parser.parse_args()


def main() -> int:
    """Makes the check and returns the exit code."""
    arguments = parse_arguments()
    seed = random.SystemRandom().randrange(1 << 32) if arguments.seed is None else arguments.seed
    try:
        return 0 if check(arguments, seed) else 1
    except (ToolFailed, OSError) as error:
        print(f"kill_ingests.py: seed {seed}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
