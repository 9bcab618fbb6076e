#!/usr/bin/env python3
"""Checks that the same events and parameters give the same bytes, run after run.

    check_determinism.py --binary FOLDER [--data FOLDER]

Ingests, runs and computes the sample data of the repository, twice with one thread, once each with
two and with seven, and once with the least memory, and compares every file that the runs leave.
What is said of a run itself is left out of the comparison: its name, its time, and those of its
parts. With --data it does the same with a year of real events,
<FOLDER>/completejourney.exposure.jsonl.zst. Prints one line.

Exit code: 0 if all is equal; 1 if something is not, with the files that differ; 2 if something
could not be run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What one run leaves: the digest of each file by its path.
Digests = dict[str, str]

# Threads and megabytes. With the least memory an ingest of the real events must write sorted runs.
RUNS = [(1, 512), (1, 512), (2, 512), (7, 512), (2, 128)]

KINDS = ["popularity", "cooc", "implicit", "session_seq"]

# The members of JSON files that say when something was done, and in which run.
OF_THE_RUN = {
    "run_id", "built_at", "updated_at", "at", "committed_at", "started_at", "ended_at",
    "last_success_at",
}

SHOWN_DIFFERENCES = 10

PACKAGE = Path(__file__).resolve().parents[2]


class ToolFailed(Exception):
    """A program did not end well."""


@dataclass(frozen=True)
class Job:
    """Events, and the days that are published one by one and computed as a whole."""

    tenant: str
    events: Path
    first: str
    last_published: str
    last: str

    def commands(self) -> list[list[str]]:
        """The commands of the job, as arguments of recsys-pipelines."""
        owner = ["--tenant", self.tenant, "--surface", "home"]
        published = ["--start", self.first, "--end", self.last_published]
        whole = ["--start", self.first, "--end", self.last]
        return [
            ["ingest", str(self.events)],
            ["run", *owner, *published, "--window-days", "3", "--input", str(self.events)],
            ["compute", *KINDS, *owner, *whole],
            ["publish", *owner, *whole],
        ]


def run(command: list[str], settings: dict[str, str] | None = None) -> None:
    """Runs a program, with some environment variables, that must end well."""
    environment = {**os.environ, **(settings or {})}
    result = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, check=False
    )
    if result.returncode != 0:
        raise ToolFailed(f"{' '.join(command)}\nexit code {result.returncode}\n{result.stderr}")


def without_run(value: Any) -> Any:
    """A JSON value without what is said of the run."""
    if isinstance(value, dict):
        return {key: without_run(part) for key, part in value.items() if key not in OF_THE_RUN}
    if isinstance(value, list):
        return [without_run(part) for part in value]
    return value


def comparable(path: Path, name: str) -> bytes:
    """What of a file must not differ: all of it, or without what is said of the run."""
    content = path.read_bytes()
    is_result = name.startswith("objectstore/") or path.suffix != ".json"
    # Members keep their order, which must not differ either.
    return content if is_result else json.dumps(without_run(json.loads(content))).encode()


def digests(folder: Path) -> Digests:
    """The digest of what must not differ in each file below a folder."""
    result: Digests = {}
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        name = str(path.relative_to(folder))
        digest = hashlib.sha256(comparable(path, name)).hexdigest()
        # An entry of the ledger has the name of its run, which differs: it goes by its content.
        result[f"{Path(name).parent}/{digest}" if name.startswith("ledger/") else name] = digest
    return result


def execute(
    job: Job, binaries: Path, folder: Path, thread_count: int, memory_megabytes: int
) -> Digests:
    """Does the job from the beginning, always in the same folder, since manifests hold paths."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    options = ["--out-dir", str(out), "--threads", str(thread_count)]
    for command in job.commands():
        settings = {"RECSYS_LIMITS_MAX_MEMORY_MB": str(memory_megabytes)}
        run([str(binaries / "recsys-pipelines"), *command, *options], settings)
    return digests(out)


def differences(job: Job, binaries: Path, folder: Path) -> tuple[int, list[str]]:
    """How many files the job leaves, and those that differ in some run from the first."""
    first = execute(job, binaries, folder, *RUNS[0])
    lines = []
    for thread_count, memory_megabytes in RUNS[1:]:
        other = execute(job, binaries, folder, thread_count, memory_megabytes)
        for name in sorted(first.keys() | other.keys()):
            if first.get(name) != other.get(name):
                variant = f"{thread_count} threads, {memory_megabytes} MB"
                lines.append(f"  {job.tenant}, {variant}: {name}")
    return len(first), lines


def demo_job() -> Job:
    """The sample data of the repository."""
    events = PACKAGE / "Fixtures" / "demo" / "exposure.jsonl"
    return Job("demo", events, "2026-01-01", "2026-01-07", "2026-01-07")


def real_job(data: Path, folder: Path) -> Job:
    """A year of real events, decompressed into a folder."""
    events = folder / "completejourney.jsonl"
    source = data / "completejourney.exposure.jsonl.zst"
    run(["zstd", "-d", "-q", "-f", str(source), "-o", str(events)])
    return Job("completejourney", events, "2017-01-01", "2017-01-14", "2017-12-31")


def check(binaries: Path, data: Path | None) -> bool:
    """Does all jobs and prints how that went; true if no file differs."""
    counts, lines = [], []
    with tempfile.TemporaryDirectory(prefix="recsys-determinism-") as name:
        folder = Path(name)
        jobs = [demo_job()] + ([real_job(data, folder)] if data else [])
        for job in jobs:
            count, differing = differences(job, binaries, folder)
            counts.append(f"{job.tenant} {count}")
            lines += differing
    runs = ", ".join(f"{threads}/{megabytes}" for threads, megabytes in RUNS)
    verdict = f"{len(lines)} files DIFFER" if lines else "files equal"
    print(f"determinism: {verdict} in runs with {runs} threads/MB ({', '.join(counts)} files)")
    for line in lines[:SHOWN_DIFFERENCES]:
        print(line)
    return not lines


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Check that the same events and parameters give the same bytes.",
        epilog="Exit code: 0 equal, 1 different, 2 something could not be run.",
    )
    parser.add_argument(
        "--binary", type=Path, required=True, metavar="FOLDER", help="where recsys-pipelines is"
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="where completejourney.exposure.jsonl.zst is (default: only the sample data)",
    )
    return parser.parse_args()


def main() -> int:
    """Makes the check and returns the exit code."""
    arguments = parse_arguments()
    try:
        return 0 if check(arguments.binary, arguments.data) else 1
    except (ToolFailed, OSError, ValueError) as error:
        print(f"check_determinism.py: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
