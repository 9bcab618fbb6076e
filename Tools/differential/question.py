"""What is compared, and the command line that says so."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# The kinds of artifacts that count events.
KINDS = ["popularity", "cooc", "implicit", "session_seq"]


@dataclass(frozen=True)
class Question:
    """Events, and which of them."""

    input: Path
    tenant: str
    surface: str
    start: str
    end: str

    @property
    def scope(self) -> list[str]:
        """The question as flags of recsys-pipelines."""
        owner = ["--tenant", self.tenant, "--surface", self.surface]
        return [*owner, "--start", self.start, "--end", self.end]

    @property
    def window(self) -> str:
        """The name of the window's folder."""
        return f"{self.start}_{self.end}"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that every comparison has."""
    add: Callable[..., object] = parser.add_argument
    help_of_binary = "the folder of recsys-pipelines and recsys-dump"
    add("--binary", type=Path, required=True, metavar="FOLDER", help=help_of_binary)
    add("--input", type=Path, required=True, help="a JSON Lines file of valid events")
    add("--tenant", required=True)
    add("--surface", required=True)
    add("--start", required=True, metavar="DAY", help="first day, YYYY-MM-DD")
    add("--end", required=True, metavar="DAY", help="last day, inclusive")
    add("--scratch", type=Path, metavar="FOLDER", help="where temporary files go")


def question_of(arguments: argparse.Namespace) -> Question:
    """What the options ask."""
    return Question(
        arguments.input, arguments.tenant, arguments.surface, arguments.start, arguments.end
    )
