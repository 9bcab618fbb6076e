"""A process that reads what is live again and again, as services do, while others change it."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from store import Owner, manifest_path, version

# Enough to be between any two changes of a process, and some time left to the processes.
PAUSE_SECONDS = 0.0005

MOST_PROBLEMS = 20


@dataclass
class Readings:
    """What a reader saw."""

    manifest_count: int = 0
    problems: list[str] = field(default_factory=list)
    # The bytes of the manifests that were live and whole, by owner.
    manifests: dict[Owner, set[bytes]] = field(default_factory=lambda: defaultdict(set))


class Reader:
    """Opens manifests and all that they name."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.readings = Readings()
        # Whose manifests there were.
        self.present: set[Owner] = set()

    def read(self, owner: Owner) -> None:
        """Reads the manifest of an owner, and every blob it names."""
        path = manifest_path(self.store, owner)
        try:
            file = path.open("rb")
        except FileNotFoundError:
            if owner in self.present:
                self.note(owner, "the manifest is missing")
            return
        # While it is open no other file can have its inode.
        with file:
            text = file.read()
            self.readings.manifest_count += 1
            self.present.add(owner)
            problems = manifest_problems(text, owner)
            if not problems:
                self.readings.manifests[owner].add(text)
                problems = self.blob_problems(text, file, path)
            for problem in problems:
                self.note(owner, problem)

    def blob_problems(self, text: bytes, file: BinaryIO, path: Path) -> list[str]:
        """What is wrong with the blobs of a manifest."""
        problems = []
        for uri in json.loads(text)["current"].values():
            blob = Path(unquote(urlsplit(uri).path))
            try:
                digest = hashlib.sha256(blob.read_bytes()).hexdigest()
            except FileNotFoundError:
                # Meanwhile another manifest may have become current, and the blob garbage.
                if is_same(file, path):
                    problems.append(f"{uri}: missing, and the manifest is still the same")
                continue
            if digest != version(uri):
                problems.append(f"{uri}: its SHA-256 is {digest}")
        return problems

    def note(self, owner: Owner, problem: str) -> None:
        """Takes down what is wrong, once."""
        text = f"reader: {owner}: {problem}"
        if text not in self.readings.problems and len(self.readings.problems) < MOST_PROBLEMS:
            self.readings.problems.append(text)


def manifest_problems(text: bytes, owner: Owner) -> list[str]:
    """What is wrong with the bytes of a manifest."""
    try:
        manifest = json.loads(text)
        found = (manifest["v"], manifest["tenant"], manifest["surface"])
        if not all(uri.startswith("file:///") for uri in manifest["current"].values()) or not manifest["updated_at"]:
            return [f"not a manifest: {text!r}"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return [f"torn: {text!r}"]
    return [] if found == (1, owner.tenant, owner.surface) else [f"of {found}"]


def is_same(file: BinaryIO, path: Path) -> bool:
    """True if the open file still is the one at that path."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def read_until_told(connection: Connection, store: Path, owners: tuple[Owner, ...]) -> None:
    """Reads until something is received, then sends what was seen; or why nothing can be read."""
    reader = Reader(store)
    try:
        while not connection.poll():
            for owner in owners:
                reader.read(owner)
            time.sleep(PAUSE_SECONDS)
        connection.send(reader.readings)
    except OSError as error:
        connection.send(error)


@contextmanager
def reading(store: Path, owners: tuple[Owner, ...]) -> Iterator[Readings]:
    """Reads all the while, in a process of its own; what it yields is filled in at the end."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=read_until_told, args=(there, store, owners), daemon=True)
    process.start()
    there.close()
    readings = Readings()
    try:
        yield readings
        # Where it has ended already, it has sent why.
        with suppress(BrokenPipeError):
            here.send("stop")
        seen: Readings | OSError = here.recv()
        if isinstance(seen, OSError):
            raise seen
        readings.manifest_count = seen.manifest_count
        readings.problems = seen.problems
        readings.manifests = seen.manifests
    finally:
        process.kill()
        process.join()
