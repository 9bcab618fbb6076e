"""What a store holds on disk: which files belong there, whose manifests there are, and their history.

It knows output-layout.md and manifest-and-records.md of docs/reference, and nothing of the program that writes it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNFINISHED = ".tmp-"

_RUN = r"\d{8}T\d{6}Z-[0-9a-f]{8}"
_SURFACE = r"[^/.][^/]*/[^/]+"
_OWNER = rf"{_SURFACE}(/segments/[^/]+)?"
_KIND = r"[a-z_]+"
_VERSION = r"[0-9a-f]{64}"
_BLOB = rf"{_SURFACE}/{_KIND}/{_VERSION}\.rsart"
_RECORD = rf"records/{_SURFACE}/{_KIND}/{_VERSION}\.json"
_PARTITION = rf"{_SURFACE}/exposures/\d{{4}}-\d\d-\d\d\.rspart"
_TAKEN_OUT = rf"(\.quarantine/{_RUN}/)?"

# All files of a store. Unfinished files and scratch are not among them.
LAYOUT = re.compile(
    rf"canonical/{_TAKEN_OUT}{_PARTITION}"
    rf"|ledger/{_SURFACE}/{_RUN}\.json"
    rf"|artifacts/{_SURFACE}/[^/]+/{_KIND}/[0-9-]+_[0-9-]+/{_VERSION}\.(rsart|provenance\.json)"
    rf"|objectstore/{_TAKEN_OUT}{_BLOB}"
    rf"|registry/{_TAKEN_OUT}{_RECORD}"
    rf"|registry/pins/{_SURFACE}/{_KIND}/{_VERSION}\.json"
    rf"|registry/collected/{_SURFACE}/{_RUN}\.json"
    rf"|registry/history/{_OWNER}/\d{{8}}\.json"
    rf"|registry/current/{_OWNER}/manifest\.json"
    rf"|checkpoints/{_OWNER}/checkpoint\.json"
    rf"|runs/{_OWNER}/last-(run|failure)\.json"
    rf"|locks/({_SURFACE}/partitions|{_SURFACE}/blobs|{_OWNER}/(publish|staging))\.lock"
    r"|locks/[^/]+\.lock"
)


def leftovers(store: Path) -> list[str]:
    """What is below a store and does not belong there: files of no known place, and folders for scratch."""
    names = []
    for path in sorted(store.rglob("*")):
        name = str(path.relative_to(store))
        is_scratch = path.is_dir() and path.parent == store / "scratch"
        if is_scratch or (path.is_file() and not LAYOUT.fullmatch(name)):
            names.append(name)
    return names


def is_begun(store: Path) -> bool:
    """True if there is a file that is more than a lock: something to verify."""
    names = (str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())
    return any(LAYOUT.fullmatch(name) and not name.startswith("locks/") for name in names)


@dataclass(frozen=True)
class Owner:
    """Whose manifest it is: a surface of a tenant, or a segment of it."""

    tenant: str
    surface: str
    segment: str | None = None

    def __str__(self) -> str:
        return self.folders

    @property
    def folders(self) -> str:
        """Where an owner's files are, below the folder of what they are."""
        base = f"{self.tenant}/{self.surface}"
        return f"{base}/segments/{self.segment}" if self.segment else base

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that name it on the command line."""
        segment = ("--segment", self.segment) if self.segment else ()
        return ("--tenant", self.tenant, "--surface", self.surface, *segment)


@dataclass(frozen=True)
class Entry:
    """An entry of a history."""

    number: int
    replaces: int | None
    run_id: str
    reason: str | None
    manifest: dict[str, Any]


def manifest_path(store: Path, owner: Owner) -> Path:
    """Where what is live is named."""
    return store / "registry/current" / owner.folders / "manifest.json"


class TornFile(Exception):
    """A file is not what was written."""


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file; TornFile if there is none."""
    try:
        found = json.loads(path.read_bytes())
    except ValueError as error:
        raise TornFile(f"{path}: torn: {error}") from error
    if not isinstance(found, dict):
        raise TornFile(f"{path}: no object")
    return found


def current_manifest(store: Path, owner: Owner) -> dict[str, Any] | None:
    """What is live; None if nothing ever was; TornFile if it is damaged. Only for a store at rest."""
    path = manifest_path(store, owner)
    return read_object(path) if path.exists() else None


def history(store: Path, owner: Owner) -> list[Entry]:
    """The entries of an owner by number; TornFile if one is damaged, or has the name of another."""
    paths = sorted((store / "registry/history" / owner.folders).glob("[0-9]*.json"))
    return [read_entry(path) for path in paths]


def read_entry(path: Path) -> Entry:
    """The entry of a history in a file; TornFile if it is damaged, or has the name of another."""
    found = read_object(path)
    try:
        number, run_id, manifest = found["number"], found["run_id"], found["manifest"]
    except KeyError as error:
        raise TornFile(f"{path}: has no {error}") from error
    if path.name != f"{number:08}.json":
        raise TornFile(f"{path}: holds entry {number}")
    return Entry(number, found.get("replaces"), run_id, found.get("reason"), manifest)


def version(uri: str) -> str:
    """The version that a URI names."""
    return uri.rpartition("/")[2].partition(".")[0]


def chain(entries: list[Entry], manifest: dict[str, Any] | None) -> list[Entry]:
    """The entry that made a manifest current, then what that one replaced, and so on; empty if there is none."""
    found: list[Entry] = []
    by_number = {entry.number: entry for entry in entries}
    number = max((entry.number for entry in entries if entry.manifest == manifest), default=None)
    while number in by_number:
        entry = by_number.pop(number)
        found.append(entry)
        number = entry.replaces
    return found
