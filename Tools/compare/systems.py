"""The systems that are compared: recsys-pipelines, and libraries for Python."""

from __future__ import annotations

import json
import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from processes import Limits, run_process

KINDS = ["popularity", "cooc", "implicit", "session_seq"]
PHASES = ["ingest", *KINDS]


@dataclass(frozen=True)
class Job:
    """What everybody has to do."""

    input: Path
    tenant: str
    surface: str
    start: str
    end: str
    threads: int


@dataclass(frozen=True)
class Measurement:
    """What a process took."""

    process_seconds: float
    """From its start to its end."""
    query_seconds: float
    """Without the start of an interpreter and the import of libraries."""
    peak_bytes: int
    """The most memory that it had resident."""


class System(ABC):
    """One of the systems that are compared, with a folder of its own."""

    name: str
    version = ""

    def __init__(self, job: Job, folder: Path) -> None:
        """Takes the job, and a folder that need not exist."""
        self.job = job
        self._folder = folder
        self._run_count = 0
        self.store = folder / "store"
        self.limits = Limits()
        """What a run may take."""

    def measure(self, phase: str) -> Measurement:
        """Runs a phase, whose result nobody has made before.

        Raises LimitExceededError or ProcessFailedError.
        """
        # Always new folders: after many files were removed, file systems are slow for a while.
        self._run_count += 1
        if phase == "ingest":
            self.store = self._folder / f"store-{self._run_count}"
        self.results.mkdir(parents=True)
        return self.run(phase)

    @property
    def results(self) -> Path:
        """Where the run writes what it computes."""
        return self._folder / f"results-{self._run_count}"

    @abstractmethod
    def run(self, phase: str) -> Measurement:
        """Runs a phase as a process."""

    @abstractmethod
    def stored_bytes(self) -> int:
        """The size of the columnar files."""


class Ours(System):
    """recsys-pipelines."""

    name = "recsys-pipelines"

    def __init__(self, job: Job, folder: Path, binaries: Path) -> None:
        """Takes the folder of the program."""
        super().__init__(job, folder)
        self._program = binaries.resolve() / "recsys-pipelines"

    def run(self, phase: str) -> Measurement:
        """Runs a phase as a process."""
        job = self.job
        command = ["ingest", str(job.input)] if phase == "ingest" else ["compute", phase]
        scope = ["--tenant", job.tenant, "--surface", job.surface]
        window = ["--start", job.start, "--end", job.end]
        options = ["--out-dir", str(self.store), "--threads", str(job.threads), "--quiet"]
        settings = {"RECSYS_ARTIFACTS_DIR": str(self.results)}
        process = run_process(
            [self._program, *command, *scope, *window, *options], settings, self.limits
        )
        return Measurement(process.seconds, process.seconds, process.peak_bytes)

    def stored_bytes(self) -> int:
        """The size of all partitions."""
        return size_of(self.store / "canonical", "*.rspart")


class Peer(System):
    """A Python library, whose part of the job is a script beside this one."""

    def __init__(self, job: Job, folder: Path, name: str, script: str) -> None:
        """Takes the name for people and the name of the script."""
        super().__init__(job, folder)
        self.name = name
        self._script = Path(__file__).resolve().with_name(script)

    def run(self, phase: str) -> Measurement:
        """Runs a phase as a process."""
        task = {
            "phase": phase,
            "input": str(self.job.input),
            "store": str(self.store),
            "results": str(self.results),
            "tenant": self.job.tenant,
            "surface": self.job.surface,
            "start": self.job.start,
            "end": self.job.end,
        }
        threads = str(self.job.threads)
        # What does not fit in memory DuckDB writes to the working directory.
        process = run_process(
            [sys.executable, self._script, json.dumps(task), threads],
            limits=self.limits,
            folder=self.results,
        )
        answer = json.loads(process.output)
        self.version = answer["version"]
        return Measurement(process.seconds, answer["query"], process.peak_bytes)

    def stored_bytes(self) -> int:
        """The size of all Parquet files."""
        return size_of(self.store, "*.parquet")


def duckdb_peer(job: Job, folder: Path) -> Peer:
    """DuckDB, with a folder of its own below the given one."""
    return Peer(job, folder / "duckdb", "DuckDB", "duckdb_peer.py")


def polars_peer(job: Job, folder: Path) -> Peer:
    """Polars, with a folder of its own below the given one."""
    return Peer(job, folder / "polars", "Polars", "polars_peer.py")


def size_of(folder: Path, pattern: str) -> int:
    """The size of all files below a folder that match the pattern."""
    return sum(path.stat().st_size for path in folder.rglob(pattern))


def read_through(path: Path) -> None:
    """Reads a file, so that nobody is the first to wait for the disk."""
    with open(path, "rb") as file:
        while file.read(1 << 20):
            pass
