"""What recsys-pipelines makes of events."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from events import Row
from question import Question

NO_SETTINGS: Mapping[str, str] = {}


class ToolFailedError(Exception):
    """A command of ours did not end well."""


class Ours:
    """What recsys-pipelines makes of the events, in a folder of its own."""

    def __init__(self, binaries: Path, folder: Path, question: Question) -> None:
        """Takes the folder of the programs, and an empty one for what they write."""
        self._binaries = binaries
        self._folder = folder
        self._question = question
        self._artifact_folders = 0

    def ingest(self) -> None:
        """Makes the partitions."""
        self._run("ingest", str(self._question.input), *self._scope)

    def artifact(self, kind: str, settings: Mapping[str, str] = NO_SETTINGS) -> Path:
        """Computes an artifact, with some environment variables; the TSV file that it becomes."""
        self._artifact_folders += 1
        staged = self._folder / f"artifacts-{self._artifact_folders}"
        self._run(
            "compute",
            kind,
            *self._scope,
            settings={**settings, "RECSYS_ARTIFACTS_DIR": str(staged)},
        )
        files = list(staged.glob(f"*/*/_/{kind}/{self._question.window}/*.rsart"))
        if len(files) != 1:
            raise ToolFailedError(f"{kind}: {len(files)} staged artifacts instead of one")
        exported = files[0].with_suffix(".tsv")
        arguments = ["--file", str(files[0]), "--format", "tsv", "--output", str(exported)]
        self._run("export", *arguments)
        return exported

    def days(self) -> list[str]:
        """The days that have a partition, ascending."""
        return sorted(path.stem for path in self._partitions.glob("*.rspart"))

    def partition(self, day: str) -> Iterator[Row]:
        """The events of a day in the order of the partition."""
        names = ["ts", "user_id", "session_id", "request_id", "item_id", "rank"]
        file = self._folder / f"{day}.jsonl"
        command = [
            str(self._binaries / "recsys-dump"),
            "rows",
            str(self._partitions / f"{day}.rspart"),
        ]
        with file.open("wb") as output:
            run(command, output=output)
        with file.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                row = json.loads(line)
                yield tuple(row.get(name) for name in names)
        file.unlink()

    @property
    def _partitions(self) -> Path:
        key = self._question
        return self._folder / "canonical" / key.tenant / key.surface / "exposures"

    @property
    def _scope(self) -> list[str]:
        return [*self._question.scope, "--out-dir", str(self._folder)]

    def _run(self, *arguments: str, settings: Mapping[str, str] = NO_SETTINGS) -> None:
        run([str(self._binaries / "recsys-pipelines"), *arguments], settings)


def run(
    command: list[str], settings: Mapping[str, str] = NO_SETTINGS, output: IO[bytes] | None = None
) -> None:
    """Runs a command with some environment variables, its output to a file if there is one."""
    result = subprocess.run(
        command,
        stdout=output or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **settings},
        encoding="utf-8",
        check=False,
    )
    if result.returncode != 0:
        raise ToolFailedError(
            f"{' '.join(command)}\nexit code {result.returncode}\n{result.stderr}"
        )
