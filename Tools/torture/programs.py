"""Programs that are run to their end, and programs that are killed."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

# Nothing here takes a tenth of that: what does hangs.
HANG_SECONDS = 120


class ToolFailed(Exception):
    """A program did not end well."""


@dataclass(frozen=True)
class Ended:
    """A program that came to its end."""

    command: list[str]
    exit_code: int
    output: str
    errors: str
    seconds: float

    def __str__(self) -> str:
        return f"exit code {self.exit_code} of {' '.join(self.command)}\n{self.output}{self.errors}"


def run_to_the_end(command: list[str]) -> Ended:
    """Runs a program, however it ends."""
    start = time.monotonic()
    try:
        result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=HANG_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(f"hangs: {' '.join(command)}") from error
    return Ended(command, result.returncode, result.stdout, result.stderr, time.monotonic() - start)


def run_well(command: list[str]) -> Ended:
    """Runs a program that must end well."""
    ended = run_to_the_end(command)
    if ended.exit_code != 0:
        raise ToolFailed(str(ended))
    return ended


@dataclass(frozen=True)
class Moment:
    """When a program is to be killed: some time after it was started, or after something happened."""

    delay: float
    has_happened: Callable[[], bool] | None = None

    @staticmethod
    def at_random(choices: random.Random, seconds: float) -> Moment:
        """Any moment of a run time of so many seconds, or soon after."""
        return Moment(choices.uniform(0, seconds * 1.1))

    @staticmethod
    def soon_after(choices: random.Random, has_happened: Callable[[], bool]) -> Moment:
        """Right after something happened, or while the next things do."""
        return Moment(choices.uniform(0, choices.choice([0, 0.0005, 0.002, 0.01])), has_happened)


def run_and_kill(command: list[str], moment: Moment) -> Ended | None:
    """Starts a program and kills it; returns how it ended if it was done before that."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
    deadline = start + moment.delay
    if moment.has_happened:
        while process.poll() is None and not moment.has_happened():
            if time.monotonic() > start + HANG_SECONDS:
                process.kill()
                raise ToolFailed(f"hangs: {' '.join(command)}")
        deadline = time.monotonic() + moment.delay
    while process.poll() is None and time.monotonic() < deadline:
        pass
    process.kill()
    _, errors = process.communicate()
    if process.returncode < 0:
        return None
    return Ended(command, process.returncode, "", errors, time.monotonic() - start)
