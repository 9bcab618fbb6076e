#!/usr/bin/env python3
"""Kills whoever changes what is published, and checks that readers never notice.

    kill_publishers.py --binary FOLDER [--kills N] [--seed N]

A surface and a segment of it are published to one store: by `run`, by `compute` and `publish`, by rollbacks, with pins
and garbage collections in between. Most of the processes are ended with SIGKILL: at a random moment of their run time,
or as soon as something is seen to happen, a blob to be begun, a record, an entry of the history or a manifest to
appear. Meanwhile a reader opens the manifests and all that they name, again and again. Then

- no manifest is ever torn or missing, and no blob that it names is missing or wrong;
- whatever was live is found in the history, on the chain that leads to what is live now;
- after a few kills the store verifies, and the last command ends well when it is run again;
- one garbage collection later there is nothing in the store but files that belong there.

Stores are begun anew from time to time. Prints one line; what was found wrong before it.

Exit code: 0 if all holds; 1 if something does not; 2 if something could not be run.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from history_checks import history_problems
from programs import Ended, Moment, ToolFailed, run_and_kill, run_to_the_end
from publishing import KINDS, OWNERS, SURFACE, Command, CommandSource, collection, write_inputs
from reader import Readings, reading
from store import UNFINISHED, Owner, TornFile, chain, current_manifest, history, is_begun, leftovers

KILLS_A_STORE = 50
SHOWN_PROBLEMS = 10

# How long a command is taken to run until one has run to its end.
FIRST_GUESS_SECONDS = 0.2

_OF_OWNERS = [owner.folders for owner in OWNERS]
_OF_KINDS = [f"{SURFACE}/{kind}" for kind in KINDS]

# What can be seen to happen: a change of the names or files in these folders.
PLACES: dict[str, list[str]] = {
    "blob": [f"objectstore/{name}" for name in _OF_KINDS],
    "record": [f"registry/records/{name}" for name in _OF_KINDS],
    "history": [f"registry/history/{name}" for name in _OF_OWNERS],
    "manifest": [f"registry/current/{name}" for name in _OF_OWNERS],
    "checkpoint": [f"checkpoints/{name}" for name in _OF_OWNERS],
    "note": [f"runs/{name}" for name in _OF_OWNERS],
    "partition": [f"canonical/{SURFACE}/exposures"],
    "ledger": [f"ledger/{SURFACE}"],
    "pin": [f"registry/pins/{name}" for name in _OF_KINDS],
    "collected": [f"registry/collected/{SURFACE}"],
    "quarantine": [f"{tree}/.quarantine" for tree in ("registry", "objectstore", "canonical")],
}

_OF_PUBLISHERS = ["blob", "record", "history", "manifest", "note"]
PLACES_OF: dict[str, list[str]] = {
    "run": ["partition", "ledger", "checkpoint", *_OF_PUBLISHERS],
    "compute": ["staged"],
    "publish": _OF_PUBLISHERS,
    "rollback": ["history", "manifest"],
    "gc": ["collected", "quarantine", "record", "blob"],
    "pin": ["pin"],
    "unpin": ["pin"],
}


def staging_folders(command: Command) -> list[str]:
    """Where a computation stages its artifacts."""
    *kinds, _, first, _, last = command.arguments
    segment = (command.owner.segment if command.owner else None) or "_"
    return [f"artifacts/{SURFACE}/{segment}/{kind}/{first}_{last}" for kind in kinds]


def listing(folders: Iterable[Path], *, unfinished: bool) -> frozenset[tuple[str, int]]:
    """The names in folders, each with the number of its file: another one once it was replaced."""
    found: set[tuple[str, int]] = set()
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                found.update((each.path, each.inode()) for each in entries)
        except FileNotFoundError:
            continue
    return frozenset(each for each in found if unfinished or UNFINISHED not in each[0])


def never_live_count(store: Path, owner: Owner) -> int:
    """How many entries of a history name a manifest that never was live: a kill came in between."""
    entries = history(store, owner)
    return len(entries) - len(chain(entries, current_manifest(store, owner)))


class Check:
    """Stores that are published to, and what was seen of them."""

    def __init__(self, binaries: Path, folder: Path, seed: int) -> None:
        self.binaries = binaries
        self.choices = random.Random(seed)
        self.inputs = write_inputs(folder, self.choices)
        self.store = folder / "store"
        self.seconds: dict[str, float] = {}
        self.kills: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.moved_count = 0
        self.never_live_count = 0
        self.settled_count = 0
        self.manifest_count = 0
        self.problems: list[str] = []

    @property
    def kill_count(self) -> int:
        """How many processes were killed so far."""
        return sum(self.kills.values())

    def life_of_a_store(self, kill_count: int) -> None:
        """Begins a store, and kills whoever changes it until there were so many kills in all, or something is wrong."""
        shutil.rmtree(self.store, ignore_errors=True)
        with reading(self.store, OWNERS) as readings:
            try:
                self.kill(CommandSource(self.store, self.inputs, self.choices), kill_count)
            except TornFile as error:
                self.note(str(error))
        self.take_in(readings)

    def kill(self, source: CommandSource, kill_count: int) -> None:
        """Kills until there were so many kills in all, or something is wrong."""
        problem_count = len(self.problems)
        while self.kill_count < kill_count and len(self.problems) == problem_count:
            count = min(self.choices.randint(1, 5), kill_count - self.kill_count)
            self.settle(self.kill_some(source, count))

    def kill_some(self, source: CommandSource, count: int) -> Command:
        """Starts processes until so many of them were killed; returns the last command."""
        last = self.kill_count + count
        while True:
            command = source.next()
            before = self.live()
            line = command.line(self.binaries, self.store)
            if self.choices.random() < 0.2:
                ended: Ended | None = run_to_the_end(line)
            else:
                ended = run_and_kill(line, self.next_moment(command))
            self.count(command, ended)
            self.moved_count += not ended and self.live() != before
            if self.kill_count >= last:
                return command

    def next_moment(self, command: Command) -> Moment:
        """When to kill the next process."""
        seconds = self.seconds.get(command.verb, FIRST_GUESS_SECONDS)
        if self.choices.random() < 0.4:
            return Moment.at_random(self.choices, seconds)
        place = self.choices.choice(PLACES_OF[command.verb])
        names = staging_folders(command) if place == "staged" else PLACES[place]
        folders = [self.store / name for name in names]
        unfinished = self.choices.random() < 0.5
        before = listing(folders, unfinished=unfinished)
        return Moment.soon_after(self.choices, lambda: listing(folders, unfinished=unfinished) != before)

    def count(self, command: Command, ended: Ended | None) -> None:
        """Takes down how a process ended, which must be well unless it was killed."""
        if not ended:
            self.kills[command.verb] += 1
            return
        self.ends[f"{command.verb} {ended.exit_code}"] += 1
        self.seconds[command.verb] = (self.seconds.get(command.verb, ended.seconds) + ended.seconds) / 2
        # Where nothing was ever published there is nothing to collect.
        is_early = command.verb == "gc" and ended.exit_code == 8 and not any(self.live())
        if ended.exit_code != 0 and not is_early:
            self.note(str(ended))

    def live(self) -> list[object]:
        """What is live."""
        return [current_manifest(self.store, owner) for owner in OWNERS]

    def settle(self, command: Command) -> None:
        """Checks a store in which processes were killed, and that it is whole and clean afterwards."""
        self.settled_count += 1
        self.check_histories()
        has_manifest = any(self.live())
        self.verify(is_needed=has_manifest)
        self.run(command)
        self.run(collection(self.choices.randint(0, 3)))
        self.verify(is_needed=has_manifest)
        self.check_histories()
        for name in leftovers(self.store):
            self.note(f"left behind: {name}")

    def verify(self, *, is_needed: bool) -> None:
        """Verifies the store, unless the first kills came before anything that lasts was in it."""
        if is_needed or is_begun(self.store):
            self.run(Command("verify", ()))

    def check_histories(self, readings: Readings | None = None) -> None:
        """Notes what is wrong with the histories."""
        for owner in OWNERS:
            seen = readings.manifests[owner] if readings else set()
            for problem in history_problems(self.store, owner, killed=True, seen=seen):
                self.note(problem)

    def run(self, command: Command) -> None:
        """Runs a command that nobody disturbs."""
        self.count(command, run_to_the_end(command.line(self.binaries, self.store)))

    def take_in(self, readings: Readings) -> None:
        """Notes what a reader saw."""
        self.check_histories(readings)
        self.manifest_count += readings.manifest_count
        # What is torn is noted by now.
        with suppress(TornFile):
            self.never_live_count += sum(never_live_count(self.store, owner) for owner in OWNERS)
        for problem in readings.problems:
            self.note(problem)

    def note(self, problem: str) -> None:
        """Takes down what is wrong."""
        self.problems.append(f"after {self.kill_count} kills: {problem}")

    def report(self, seed: int) -> None:
        """Prints how it went."""
        for problem in self.problems[:SHOWN_PROBLEMS]:
            print(f"  {problem}")
        kills = ", ".join(f"{count} of {verb}" for verb, count in self.kills.most_common())
        ends = ", ".join(f"{name}: {count}" for name, count in sorted(self.ends.items()))
        print(f"kills: {kills}")
        print(f"{self.moved_count} left a new manifest, and {self.never_live_count} an entry that never was live")
        print(f"exit codes: {ends}")
        verdict = f"{len(self.problems)} problems" if self.problems else "nothing torn, missing, lost or left behind"
        print(
            f"kill_publishers: {verdict} after {self.kill_count} kills; {self.settled_count} times verified, completed "
            f"and collected; {self.manifest_count:,} manifests read meanwhile; seed {seed}"
        )


def check(arguments: argparse.Namespace, seed: int) -> bool:
    """Makes all kills and prints how they went; true if nothing is wrong."""
    with tempfile.TemporaryDirectory(prefix="recsys-kill-publishers-") as name:
        check = Check(arguments.binary, Path(name), seed)
        while check.kill_count < arguments.kills:
            check.life_of_a_store(min(check.kill_count + KILLS_A_STORE, arguments.kills))
        check.report(seed)
    return not check.problems


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Kill whoever changes what is published, and check that readers never notice.",
        epilog="Exit code: 0 all holds, 1 something does not, 2 something could not be run.",
    )
    parser.add_argument("--binary", type=Path, required=True, metavar="FOLDER", help="where recsys-pipelines is")
    parser.add_argument("--kills", type=int, default=100, metavar="N", help="how many kills (default: 100)")
    parser.add_argument("--seed", type=int, metavar="N", help="to choose the same inputs again (default: random)")
    return parser.parse_args()


def main() -> int:
    """Makes the check and returns the exit code."""
    arguments = parse_arguments()
    seed = random.SystemRandom().randrange(1 << 32) if arguments.seed is None else arguments.seed
    try:
        return 0 if check(arguments, seed) else 1
    except (ToolFailed, OSError) as error:
        print(f"kill_publishers.py: seed {seed}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
