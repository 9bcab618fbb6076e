"""What the checks of all kinds of examples share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

PROGRAM = "recsys-pipelines"


@dataclass(frozen=True)
class Finding:
    """Something in an example that is not as it should be, and where: a line or a name."""

    place: str
    message: str


@dataclass(frozen=True)
class Command:
    """A command line of the program in an example: its words behind the program's name, templates filled in."""

    place: str
    words: list[str]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Report:
    """What the check of one example gave."""

    findings: list[Finding] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)

    def wrong(self, place: str | int, message: str) -> None:
        """Notes that something is not as it should be."""
        self.findings.append(Finding(str(place), message))

    def expect(self, condition: object, place: str | int, message: str) -> None:
        """Notes the message unless the condition holds."""
        if not condition:
            self.wrong(place, message)


@dataclass
class Project:
    """The project that the examples belong to, the folder of its programs, and what its pages say."""

    root: Path
    programs: Path

    @cached_property
    def retried(self) -> dict[int, bool]:
        """Of each exit code but 0 whether a retry may help, by the table of the page on exit codes."""
        text = (self.root / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (\d+) \|.*\| (yes|no) \|$", text, flags=re.MULTILINE)
        return {int(code): answer == "yes" for code, answer in rows}

    @property
    def codes_to_retry(self) -> set[int]:
        """The exit codes after which a retry may help."""
        return {code for code, retry in self.retried.items() if retry}

    @property
    def final_codes(self) -> set[int]:
        """The exit codes after which a retry is of no use."""
        return {code for code, retry in self.retried.items() if not retry}

    @cached_property
    def metrics(self) -> set[str]:
        """The names of the metrics, by the table of the page on metrics."""
        text = (self.root / "docs/reference/metrics.md").read_text(encoding="utf-8")
        return set(re.findall(r"^\| `(recsys_\w+)` \|", text, flags=re.MULTILINE))


def joined_lines(text: str) -> list[tuple[int, str]]:
    """The lines with their numbers; one that ends with a backslash has the next ones behind it."""
    result: list[tuple[int, str]] = []
    start = 0
    parts: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        start = start if parts else number
        continued = line.endswith("\\")
        parts.append(line[:-1] if continued else line)
        if not continued:
            result.append((start, "".join(parts)))
            parts = []
    if parts:
        result.append((start, "".join(parts)))
    return result


def listed(codes: set[int]) -> str:
    """Exit codes as a message names them."""
    return " ".join(str(code) for code in sorted(codes)) or "none"


CRON_RANGES = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]


def is_cron_schedule(fields: list[str]) -> bool:
    """True for five fields of numbers, ranges, steps, lists and stars within their bounds."""
    return len(fields) == len(CRON_RANGES) and all(
        all(_is_cron_item(item, low, high) for item in value.split(","))
        for value, (low, high) in zip(fields, CRON_RANGES, strict=True)
    )


def _is_cron_item(item: str, low: int, high: int) -> bool:
    match = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)(?:/[1-9]\d*)?", item)
    if match is None:
        return False
    numbers = [int(number) for number in match.groups() if number is not None]
    return numbers == sorted(numbers) and all(low <= number <= high for number in numbers)
