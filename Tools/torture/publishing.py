"""Commands that change what is published, chosen by what is in a store."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from events import write_events
from store import Entry, Owner, chain, current_manifest, history, version

OWNERS = (Owner("demo", "home"), Owner("demo", "home", "vip"))
SURFACE = "demo/home"
KINDS = ("cooc", "implicit", "popularity", "session_seq")
DAY_COUNT = 6
INPUT_COUNT = 8


@dataclass(frozen=True)
class Command:
    """A command, without the program and the store."""

    verb: str
    arguments: tuple[str, ...]
    owner: Owner | None = None

    def line(self, binaries: Path, store: Path, *more: str) -> list[str]:
        """The whole command."""
        owner = self.owner.flags if self.owner else ()
        program = str(binaries / "recsys-pipelines")
        return [program, self.verb, *self.arguments, *owner, *more, "--quiet", "--out-dir", str(store)]


@dataclass(frozen=True)
class Input:
    """A file of events, and the days that have some."""

    path: Path
    days: list[date]


def write_inputs(folder: Path, choices: random.Random) -> list[Input]:
    """Inputs that differ in every day."""
    paths = [folder / f"{number}.jsonl" for number in range(INPUT_COUNT)]
    return [Input(path, write_events(path, DAY_COUNT, choices)) for path in paths]


@dataclass(frozen=True)
class Shelf:
    """What of an owner is in a store at rest, as far as commands can ask for it."""

    store: Path
    owner: Owner

    def has_record(self, kind: str, name: str) -> bool:
        """True if a version is there."""
        return (self.store / f"registry/records/{SURFACE}/{kind}/{name}.json").exists()

    def versions(self) -> list[tuple[str, str]]:
        """Kinds and versions that the history names and that are there."""
        named = {
            (kind, version(uri))
            for entry in history(self.store, self.owner)
            for kind, uri in entry.manifest["current"].items()
        }
        return sorted(each for each in named if self.has_record(*each))

    def staged_windows(self) -> list[tuple[str, str]]:
        """First and last days of windows for which artifacts are staged, none of them by half."""
        folder = self.store / "artifacts" / SURFACE / (self.owner.segment or "_")
        counts: dict[str, list[int]] = {}
        for path in folder.glob("*/*"):
            counts.setdefault(path.name, []).append(len(list(path.glob("[0-9a-f]*"))))
        # An artifact and its note, or nothing yet.
        whole = [window for window, found in counts.items() if {2} <= set(found) <= {0, 2}]
        return sorted((window[:10], window[11:]) for window in whole)

    def earlier(self) -> list[Entry]:
        """The entries that a rollback can go to, latest first."""
        return chain(history(self.store, self.owner), current_manifest(self.store, self.owner))[1:]

    def is_complete(self, entry: Entry, kinds: Iterable[str]) -> bool:
        """True if all is there that an entry names of those kinds."""
        named = entry.manifest["current"]
        return all(self.has_record(kind, version(named[kind])) for kind in kinds if kind in named)

    def step_count(self, kind: str | None) -> int:
        """How many steps a rollback can surely go back, whatever was collected."""
        entries = self.earlier()
        if kind:
            now = (current_manifest(self.store, self.owner) or {}).get("current", {})
            entries = list(changes_of_kind(entries, kind, now.get(kind)))
        complete = [self.is_complete(entry, [kind] if kind else KINDS) for entry in entries]
        return (complete + [False]).index(False)

    def reachable_versions(self) -> list[str]:
        """Versions that a rollback can surely go to."""
        latest: dict[str, Entry] = {}
        for entry in self.earlier():
            for uri in entry.manifest["current"].values():
                latest.setdefault(version(uri), entry)
        return sorted(name for name, entry in latest.items() if self.is_complete(entry, KINDS))


def changes_of_kind(entries: Iterable[Entry], kind: str, current: str | None) -> Iterable[Entry]:
    """The entries, latest first, that name another artifact of the kind than the one after them, or than `current`."""
    for entry in entries:
        uri = entry.manifest["current"].get(kind)
        if uri and uri != current:
            current = uri
            yield entry


class CommandSource:
    """Chooses commands: all of them such that they end well if nobody else does anything."""

    def __init__(self, store: Path, inputs: list[Input], choices: random.Random) -> None:
        self.store = store
        self.inputs = inputs
        self.choices = choices
        self.makers: list[tuple[Callable[[Shelf], Command | None], int]] = [
            (self.run, 6), (self.compute, 3), (self.publish, 5), (self.rollback, 5), (self.collect, 4), (self.pin, 2),
            (self.unpin, 1),
        ]

    def next(self) -> Command:
        """The next command; a run while there is nothing else to do."""
        makers, weights = zip(*self.makers, strict=True)
        shelf = Shelf(self.store, self.choices.choice(OWNERS))
        make = self.choices.choices(makers, weights)[0]
        return make(shelf) or self.run(shelf)

    def run(self, shelf: Shelf) -> Command:
        """A run over a few days, most often up to the last one, for the days before it move nothing."""
        events = self.choices.choice(self.inputs)
        last = self.choices.choice([events.days[-1], self.choices.choice(events.days)])
        first = self.choices.choice([each for each in events.days if each <= last][-3:])
        arguments = ["--input", str(events.path), "--start", str(first), "--end", str(last)]
        return Command("run", (*arguments, "--window-days", str(self.choices.randint(1, 2))), shelf.owner)

    def compute(self, shelf: Shelf) -> Command | None:
        """One artifact of some kinds over a window that has events."""
        present = sorted(path.stem for path in self.store.glob(f"canonical/{SURFACE}/exposures/[0-9]*.rspart"))
        if not present:
            return None
        first, last = sorted(self.choices.choices(present, k=2))
        kinds = self.choices.sample(KINDS, self.choices.randint(1, len(KINDS)))
        return Command("compute", (*kinds, "--start", first, "--end", last), shelf.owner)

    def publish(self, shelf: Shelf) -> Command | None:
        """What is staged for a window; without any it is staged first."""
        windows = shelf.staged_windows()
        if not windows:
            return self.compute(shelf)
        first, last = self.choices.choice(windows)
        return Command("publish", ("--start", first, "--end", last), shelf.owner)

    def rollback(self, shelf: Shelf) -> Command | None:
        """By steps, by steps of a kind, or to a version."""
        kind = self.choices.choice([None, None, *KINDS[:2]])
        flags = ("--kind", kind) if kind else ()
        names = [] if kind else shelf.reachable_versions()
        if names and self.choices.random() < 0.4:
            return Command("rollback", ("--to", self.choices.choice(names)[:12]), shelf.owner)
        count = shelf.step_count(kind)
        if count == 0:
            return None
        return Command("rollback", ("--steps", str(self.choices.randint(1, count)), *flags), shelf.owner)

    def collect(self, _: Shelf) -> Command:
        """Garbage collection of all that is older than this second."""
        return collection(self.choices.randint(0, 3), *(("--keep-days", "1") if self.choices.random() < 0.1 else ()))

    def pin(self, shelf: Shelf) -> Command | None:
        """Any version."""
        versions = shelf.versions()
        if not versions:
            return None
        kind, name = self.choices.choice(versions)
        return Command("pin", (name[:12], "--kind", kind), shelf.owner)

    def unpin(self, shelf: Shelf) -> Command | None:
        """A version that is pinned, if any is."""
        pins = self.store.glob(f"registry/pins/{SURFACE}/*/[0-9a-f]*.json")
        found = sorted({(path.parent.name, path.stem) for path in pins} & set(shelf.versions()))
        if not found:
            return None
        kind, name = self.choices.choice(found)
        return Command("unpin", (name[:12], "--kind", kind), shelf.owner)


def collection(kept: int, *more: str) -> Command:
    """Garbage collection that keeps so many earlier manifests."""
    return Command("gc", ("--apply", "--grace-days", "0", "--keep-versions", str(kept), *more))


class HastyCommandSource(CommandSource):
    """Chooses commands whatever others do: some of them ask for what is not there."""

    def rollback(self, shelf: Shelf) -> Command | None:
        """Further back than may be possible, or to a version that may be gone."""
        entries = shelf.earlier()[:6]
        if entries and self.choices.random() < 0.4:
            named = self.choices.choice(entries).manifest["current"]
            kind = self.choices.choice(sorted(named))
            return Command("rollback", ("--to", version(named[kind])[:12], "--kind", kind), shelf.owner)
        kind = self.choices.choice([None, None, *KINDS])
        flags = ("--kind", kind) if kind else ()
        return Command("rollback", ("--steps", str(self.choices.randint(1, 4)), *flags), shelf.owner)
