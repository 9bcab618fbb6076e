"""The programs that write the files, where they are built, and what they say that is in these."""

from __future__ import annotations

import json
import os
import re
import subprocess
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recsys_artifacts import Artifact, Entry

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = ROOT / ".build" / "release"
EVENTS = ROOT / "Fixtures" / "demo" / "exposure.jsonl"
CATALOG = ROOT / "Fixtures" / "demo" / "catalog.csv"

needs_programs = unittest.skipUnless((PROGRAMS / "recsys-dump").exists(), f"{PROGRAMS} has no programs; make build")


def run(program: str, *arguments: str | Path, settings: dict[str, str] | None = None, text: str | None = None) -> str:
    """Runs a program; what it printed. No settings of the environment reach it but these."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RECSYS_")}
    command = [PROGRAMS / program, *arguments]
    environment |= settings or {}
    process = subprocess.run(command, check=False, env=environment, input=text, capture_output=True, text=True)
    if process.returncode != 0:
        raise AssertionError(f"{program}: exit code {process.returncode}\n{process.stderr}")
    return process.stdout


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """What `recsys-dump rows` prints of a file, line by line."""
    # Not by `splitlines`, which takes other characters for ends of lines, too.
    return map(json.loads, run("recsys-dump", "rows", path).rstrip("\n").split("\n"))


def rows_of(artifact: Artifact) -> Iterator[dict[str, Any]]:
    """What `recsys-dump rows` should print of an artifact."""
    value = "count" if artifact.scores is None else "score"

    def spelled(entries: list[Entry]) -> list[dict[str, Any]]:
        return [{"item_id": entry.item, value: entry.score} for entry in entries]

    for key in artifact.keys:
        if artifact.kind == "content_sim":
            yield {"item_id": key, "tags": artifact.tags(key)}
        elif artifact.kind == "cooc":
            yield {"item_id": key, "items": spelled(artifact.neighbors(key))}
        else:
            yield {"user_id": key, "items": spelled(artifact.items(key))}
    if artifact.kind == "popularity":
        yield from spelled(artifact.top())


def exported(path: Path) -> list[list[str]]:
    """The lines of `export --format tsv` of an artifact, the header first."""
    lines = run("recsys-pipelines", "export", "--file", path, "--format", "tsv").split("\n")
    return [[_unescaped(text) for text in line.split("\t")] for line in lines[:-1]]


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    characters = {"t": "\t", "n": "\n", "r": "\r"}
    return re.sub(r"\\(.)", lambda match: characters.get(match[1], match[1]), text)


class Demo:
    """What the programs make of the events in Fixtures/demo, in a folder of its own."""

    SCOPE = ("--tenant", "demo", "--surface", "home", "--start", "2026-01-01", "--end", "2026-01-07")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        run("recsys-pipelines", "ingest", EVENTS, "--out-dir", folder)

    @property
    def partitions(self) -> list[Path]:
        """The partitions, by day."""
        return sorted(self.folder.glob("canonical/demo/home/exposures/*.rspart"))

    def artifact(self, kind: str, *options: str, **settings: str) -> Path:
        """Computes an artifact with some settings, given without their RECSYS_."""
        named = {f"RECSYS_{name}": value for name, value in settings.items()}
        arguments = ["compute", kind, *self.SCOPE, "--out-dir", str(self.folder), *options]
        run("recsys-pipelines", *arguments, settings={"RECSYS_CATALOG": str(CATALOG)} | named)
        newest = max(self.folder.rglob(f"{kind}/**/*.rsart"), key=lambda path: path.stat().st_mtime_ns)
        return newest.rename(self.folder / f"{newest.stem}.rsart")
