#!/usr/bin/env python3
"""Compares JSON v1 artifacts with the digests that the system before this one published.

    check_digests.py --binary FOLDER --data FOLDER

For each table of digests beside this script, runs recsys-pipelines over its month and compares
every version. The data folder holds the events as <tenant>.exposure.jsonl.zst; without the folder,
or without a file, the comparison is skipped, and a line says so. Prints a line per table.

Exit code: 0 if all are equal or were skipped; 1 if one is not, with the differences; 2 if something
could not be run.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

# What an artifact is of: its day and its kind.
Key = tuple[str, str]

SEGMENT = "all"

# As the system before this one ran: nothing is cut off but neighbours after the fiftieth.
CONFIGURATION = {
    "artifact_format": "json-v1",
    "artifact_kinds": ["cooc", "implicit", "popularity", "session_seq"],
    "limits": {
        "max_items_per_artifact": 10_000_000,
        "max_items_per_user": 10_000_000,
        "max_neighbors_per_item": 50,
        "min_cooc_support": 1,
        "max_items_per_session": 10_000_000,
    },
}

SHOWN_DIFFERENCES = 10


class ToolFailed(Exception):
    """A program did not end well."""


@dataclass(frozen=True)
class Reference:
    """The digests of one tenant's month."""

    tenant: str
    surface: str
    digests: dict[Key, str]

    @staticmethod
    def read(path: Path) -> Reference:
        """Reads a table: tenant, surface, day, kind and digest in columns."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t"))
        owners = {(row[0], row[1]) for row in rows}
        if len(owners) != 1:
            raise ToolFailed(f"{path}: digests of {len(owners)} tenants and surfaces, not of one")
        ((tenant, surface),) = owners
        return Reference(tenant, surface, {(row[2], row[3]): row[4] for row in rows})

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day of the month, as far as it has events."""
        days = [day for day, _ in self.digests]
        return min(days), max(days)


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Runs a program that must end well."""
    result = subprocess.run(
        command, stderr=subprocess.PIPE, encoding="utf-8", check=False, **options
    )
    if result.returncode != 0:
        raise ToolFailed(f"{' '.join(command)}\nexit code {result.returncode}\n{result.stderr}")
    return result


def decompress(source: Path, target: Path) -> None:
    """Decompresses a file with the zstd program."""
    run(["zstd", "-d", "-q", "-f", str(source), "-o", str(target)])


def publish(reference: Reference, events: Path, binaries: Path, folder: Path) -> dict[Key, str]:
    """Publishes the month day by day, and returns the versions."""
    configuration = folder / "configuration.json"
    configuration.write_text(json.dumps(CONFIGURATION), encoding="utf-8")
    first, last = reference.days
    command = [str(binaries / "recsys-pipelines"), "run", "--quiet", "--format", "json"]
    command += ["--tenant", reference.tenant, "--surface", reference.surface]
    command += ["--segment", SEGMENT, "--start", first, "--end", last, "--input", str(events)]
    command += ["--config", str(configuration), "--out-dir", str(folder / "out")]
    result = json.loads(run(command, stdout=subprocess.PIPE).stdout.splitlines()[-1])
    versions: dict[Key, str] = {}
    for day in result["days"]:
        for artifact in day["artifacts"]:
            versions[day["day"], artifact["artifact_type"]] = artifact["version"]
    check_blobs(reference, versions, folder / "out" / "objectstore")
    return versions


def check_blobs(reference: Reference, versions: dict[Key, str], store: Path) -> None:
    """Checks that each version is a file of that version's name, and says so itself."""
    for (_, kind), version in versions.items():
        path = store / reference.tenant / reference.surface / kind / f"{version}.json"
        build = json.loads(path.read_text(encoding="utf-8"))["build"]
        if build["version"] != version or build["source_hash"] != version:
            raise ToolFailed(f"{path}: calls itself version {build['version']}")


def differences(expected: dict[Key, str], found: dict[Key, str]) -> list[str]:
    """The artifacts whose digests differ, for people to read."""
    keys = sorted(expected.keys() | found.keys())
    return [
        f"  {day} {kind}: expected {expected.get((day, kind))}, found {found.get((day, kind))}"
        for day, kind in keys
        if expected.get((day, kind)) != found.get((day, kind))
    ]


def compare(table: Path, binaries: Path, data: Path) -> bool:
    """Compares one table, and prints how that went; true if all is equal, or skipped."""
    reference = Reference.read(table)
    source = data / f"{reference.tenant}.exposure.jsonl.zst"
    if not source.is_file():
        print(f"{reference.tenant}: skipped, there is no {source}", flush=True)
        return True
    with tempfile.TemporaryDirectory(prefix="recsys-reference-") as name:
        folder = Path(name)
        events = folder / "events.jsonl"
        decompress(source, events)
        found = publish(reference, events, binaries, folder)
    lines = differences(reference.digests, found)
    if not lines:
        print(f"{reference.tenant}: {len(found)} digests equal", flush=True)
        return True
    print(f"{reference.tenant}: {len(lines)} of {len(reference.digests)} digests DIFFERENT")
    print("\n".join(lines[:SHOWN_DIFFERENCES]), flush=True)
    return False


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Compare JSON v1 artifacts with the digests of the system before this one.",
        epilog="Exit code: 0 equal or skipped, 1 different, 2 something could not be run.",
    )
    parser.add_argument(
        "--binary", type=Path, required=True, metavar="FOLDER", help="where recsys-pipelines is"
    )
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="where the events are: <tenant>.exposure.jsonl.zst",
    )
    return parser.parse_args()


def main() -> int:
    """Makes all comparisons and returns the exit code."""
    arguments = parse_arguments()
    if not arguments.data.is_dir():
        print(f"reference digests: skipped, there is no folder {arguments.data}")
        return 0
    tables = sorted(Path(__file__).parent.glob("*.tsv"))
    try:
        results = [compare(table, arguments.binary, arguments.data) for table in tables]
    except (ToolFailed, OSError) as error:
        print(f"check_digests.py: {error}", file=sys.stderr)
        return 2
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
