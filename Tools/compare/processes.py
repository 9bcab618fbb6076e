"""Processes that are timed, and ended when they take more than they may."""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

# What a process says when it gets no memory: DuckDB, Rust, Python, the C++ library.
OUT_OF_MEMORY_WORDS = ("Out of Memory Error", "memory allocation of", "MemoryError", "bad_alloc")

# How often a process with limits is looked at, in seconds: one takes about 1 GB a second at most.
GLANCE = 0.05


@dataclass(frozen=True)
class Limits:
    """What a process may take; None for as much as it wants."""

    seconds: float | None = None
    memory_bytes: int | None = None


@dataclass(frozen=True)
class FinishedProcess:
    """What a process took, and what it printed."""

    seconds: float
    """From its start to its end."""
    peak_bytes: int
    """The most memory that it had resident."""
    output: str


class ProcessFailedError(Exception):
    """A process ended with an error."""


class LimitExceededError(Exception):
    """A process took more than it may, or than there is; the message says of what."""


def run_process(
    command: list[str | Path],
    settings: dict[str, str] | None = None,
    limits: Limits | None = None,
    folder: Path | None = None,
) -> FinishedProcess:
    """Runs a process to its end, with some environment variables, in a folder.

    Raises LimitExceededError or ProcessFailedError.
    """
    environment = {**os.environ, **(settings or {})}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=errors,
            stdin=subprocess.DEVNULL,
            env=environment,
            cwd=folder,
        )
        volunteer(process.pid)
        guard = Guard(process.pid, limits or Limits())
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        guard.stop()
        output.seek(0)
        errors.seek(0)
        check(process.returncode, guard.excess, command, errors.read().decode(errors="replace"))
        # Linux counts in kibibytes, macOS in bytes.
        unit = 1 if platform.system() == "Darwin" else 1024
        return FinishedProcess(seconds, usage.ru_maxrss * unit, output.read().decode())


def volunteer(pid: int) -> None:
    """Makes a process the first to go if the machine has no memory left; on Linux only."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/oom_score_adj").write_text("1000")


class Guard:
    """Looks at a process from time to time, and ends it when it exceeds a limit."""

    def __init__(self, pid: int, limits: Limits) -> None:
        """Begins to look, if there is a limit at all."""
        self.excess = ""
        """What the process took too much of, or nothing."""
        self._pid = pid
        self._limits = limits
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        if limits != Limits():
            self._thread.start()

    def stop(self) -> None:
        """Ends the watch, which has to be before the process's number can be another's."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        start = time.perf_counter()
        while not self._ended.wait(GLANCE):
            self.excess = excess_of(self._pid, self._limits, time.perf_counter() - start)
            if self.excess:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._pid, signal.SIGKILL)
                return


def excess_of(pid: int, limits: Limits, seconds: float) -> str:
    """Of what a running process has taken more than it may, or nothing."""
    if limits.seconds is not None and seconds > limits.seconds:
        return f"over {limits.seconds:,.0f} s"
    if limits.memory_bytes is not None and resident_bytes(pid) > limits.memory_bytes:
        return "out of memory"
    return ""


def resident_bytes(pid: int) -> int:
    """The memory that a process has resident; 0 where the system does not tell, as macOS."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def check(return_code: int, excess: str, command: list[str | Path], errors: str) -> None:
    """Raises unless a process ended well; passes on what it had to say."""
    if return_code == 0:
        sys.stderr.write(errors)
        return
    if "No space left on device" in errors:
        raise LimitExceededError("out of disk")
    # The system itself ends a process in this way when there is no memory left.
    is_killed = return_code == -signal.SIGKILL
    if excess or is_killed or any(words in errors for words in OUT_OF_MEMORY_WORDS):
        raise LimitExceededError(excess or "out of memory")
    line = " ".join(map(str, command))
    raise ProcessFailedError(f"{line}\nexit code {return_code}\n{errors}".rstrip())
