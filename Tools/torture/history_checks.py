"""What must hold of the histories of a store at rest, and of what readers saw live."""

from __future__ import annotations

import json
from collections.abc import Set
from pathlib import Path
from typing import Any

from store import Entry, Owner, TornFile, chain, current_manifest, history


def number_problems(entries: list[Entry]) -> list[str]:
    """Numbers count from 1 without gaps."""
    numbers = [entry.number for entry in entries]
    return [] if numbers == list(range(1, len(numbers) + 1)) else [f"entries are not 1 to {len(numbers)}: {numbers}"]


def link_problems(entries: list[Entry]) -> list[str]:
    """Each entry replaces an earlier one, but for those before anything was live."""
    problems = []
    is_live = False
    for entry in entries:
        is_live = is_live or entry.replaces is not None
        if entry.replaces is None and is_live:
            problems.append(f"entry {entry.number} replaces none, though there was one")
        if entry.replaces is not None and not 1 <= entry.replaces < entry.number:
            problems.append(f"entry {entry.number} replaces {entry.replaces}")
    return problems


def current_problems(entries: list[Entry], manifest: dict[str, Any] | None) -> list[str]:
    """What is live has an entry, and the chain from there leads to one that replaced none."""
    if manifest is None:
        return []
    links = chain(entries, manifest)
    if not links:
        return ["what is live has no entry"]
    first = links[-1]
    return [] if first.replaces is None else [f"entry {first.number} replaces {first.replaces}, which is not there"]


def lost_problems(entries: list[Entry], manifest: dict[str, Any] | None, seen: Set[bytes]) -> list[str]:
    """Whatever a reader saw live is on the chain from what is live now: nobody's change went under in another's."""
    on_chain = [entry.manifest for entry in chain(entries, manifest)]
    lost = [json.loads(text) for text in seen]
    return [
        f"was live at {manifest.get('updated_at')}, and is not what came before what is live: {manifest['current']}"
        for manifest in lost
        if manifest not in on_chain
    ]


def fork_problems(entries: list[Entry], manifest: dict[str, Any] | None) -> list[str]:
    """Where no process was killed, each entry replaces the one before it, and what is live is the last one's."""
    problems = [
        f"entry {entry.number} replaces {entry.replaces}, and not the one before it"
        for entry in entries
        if entry.replaces != (entry.number - 1 or None)
    ]
    if (entries[-1].manifest if entries else None) != manifest:
        problems.append("what is live is not the manifest of the last entry")
    return problems


def history_problems(store: Path, owner: Owner, *, killed: bool, seen: Set[bytes] = frozenset()) -> list[str]:
    """All that is wrong with the history of an owner.

    killed: whether processes may have been killed, which leaves entries whose manifests never were live.
    seen: the manifests of that owner that were seen live.
    """
    try:
        entries = history(store, owner)
        manifest = current_manifest(store, owner)
    except TornFile as error:
        return [f"{owner}: {error}"]
    problems = number_problems(entries) + link_problems(entries) + current_problems(entries, manifest)
    problems += lost_problems(entries, manifest, seen)
    if not killed:
        problems += fork_problems(entries, manifest)
    return [f"{owner}: {problem}" for problem in problems]
