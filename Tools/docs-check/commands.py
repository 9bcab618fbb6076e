"""Runs the commands of fenced blocks and compares what they print."""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from markdown import Block
from python_session import PythonSession

TIMEOUT_SECONDS = 300
MAKE_COMMAND = re.compile(r"^\s*make(?:\s+(?P<arguments>.*))?$")
ANY_LINES = "..."
ANY_TEXT = "…"
MARKER = "\x1e"


@dataclass(frozen=True)
class Failure:
    """Something that is not as the page says, and where it says so."""

    line: int
    message: str


@dataclass(frozen=True)
class Exchange:
    """A command of a console block and the output that should follow it."""

    line: int
    command: str
    expected: list[str]


class Workspace:
    """The working directory of one page: a copy of the fixtures, and the programs on the PATH, this Python's too."""

    def __init__(self, fixtures: Path, programs: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="docs-check-")
        self.path = Path(self._folder.name).resolve()
        if fixtures.is_dir():
            shutil.copytree(fixtures, self.path / "Fixtures")
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("RECSYS_", "MAKE"))
        }
        folders = [str(programs.resolve()), str(Path(sys.executable).parent), os.environ.get("PATH", "")]
        self._environment.update(
            PATH=os.pathsep.join(folders),
            LC_ALL="C.UTF-8",
            # Equal drawings of matplotlib are equal bytes.
            MATPLOTLIBRC=str(Path(__file__).with_name("matplotlibrc")),
            SOURCE_DATE_EPOCH="0",
            NO_COLOR="1",
            TERM="dumb",
            TZ="UTC",
        )
        self._python: PythonSession | None = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        if self._python is not None:
            self._python.close()
        self._folder.cleanup()

    @property
    def python(self) -> PythonSession:
        """The process that runs the blocks of Python, which begins with the first of them."""
        if self._python is None:
            self._python = PythonSession(self.path, self._environment)
        return self._python

    def run(self, script: str) -> tuple[int, str]:
        """Runs a bash script; returns its exit status and what it wrote to either stream."""
        arguments = ["bash", "-c", script]
        try:
            result = subprocess.run(
                arguments,
                cwd=self.path,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=TIMEOUT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as expiry:
            output = (expiry.stdout or b"").decode(errors="replace")
            return 124, f"{output}\n(stopped after {TIMEOUT_SECONDS} seconds)"
        return result.returncode, result.stdout.decode(errors="replace")


def is_make_command(line: str) -> bool:
    """True if the line calls make."""
    return MAKE_COMMAND.match(line) is not None


def check_make_targets(block: Block, targets: set[str]) -> list[Failure]:
    """The `make` commands of a block that name a target the Makefile lacks."""
    failures = []
    for offset, line in enumerate(block.lines):
        command = MAKE_COMMAND.match(line.removeprefix("$ "))
        if command is None or (block.language == "console" and not line.startswith("$ ")):
            continue
        words = re.sub(r"(^|\s)#.*", "", command["arguments"] or "").split()
        for word in words:
            if "=" not in word and not word.startswith("-") and word not in targets:
                failures.append(Failure(block.first_line + offset, f"the Makefile has no target {word!r}"))
    return failures


def run_shell_block(block: Block, workspace: Workspace) -> list[Failure]:
    """Runs a `sh` block whole. Only its last command may have the exit status that is expected if that is not 0."""
    lines = ["" if is_make_command(line) else line for line in block.lines]
    if not any(line.strip() for line in lines):
        return []
    failed_line = workspace.path / ".docs-check-failed-line"
    failed_line.unlink(missing_ok=True)
    # The trap tells on which line of the block a command failed; it stands on the first line to keep the count.
    trap = f"set -euo pipefail; trap 'echo $LINENO >{failed_line}' ERR; "
    status, output = workspace.run(trap + "\n".join(lines) + "\n")
    reached = int(failed_line.read_text()) if failed_line.exists() else len(lines)
    failed_line.unlink(missing_ok=True)
    line = block.first_line + min(reached, len(lines)) - 1
    if status != block.exit_status:
        return [Failure(line, f"exit status {status}, expected {block.exit_status}\n{_indented(output)}")]
    if block.exit_status != 0 and reached < last_command_line(lines):
        return [Failure(line, f"exit status {status} before the last command\n{_indented(output)}")]
    return []


def last_command_line(lines: list[str]) -> int:
    """The number within the block, from 1, of the line on which its last command begins."""
    last = 1
    continues = False
    for number, line in enumerate(lines, start=1):
        if not continues and line.strip() and not line.lstrip().startswith("#"):
            last = number
        continues = line.endswith("\\")
    return last


def run_console_block(block: Block, workspace: Workspace) -> list[Failure]:
    """Runs the commands of a `console` block in one shell and compares what each prints."""
    exchanges = [exchange for exchange in parse_exchanges(block) if not is_make_command(exchange.command)]
    if not exchanges:
        return [] if parse_exchanges(block) else [Failure(block.first_line, "no line begins with '$ '")]
    script = "set -uo pipefail\n"
    for exchange in exchanges:
        script += f"{exchange.command}\nprintf '\\n{MARKER}%d\\n' $?\n"
    _, output = workspace.run(script)
    results = re.findall(rf"(.*?)\n{MARKER}(\d+)\n", output, flags=re.DOTALL)
    failures: list[Failure] = []
    for number, exchange in enumerate(exchanges):
        if number >= len(results):
            rest = output.rsplit(MARKER, 1)[-1]
            return [*failures, Failure(exchange.line, f"the shell ended before this command did\n{_indented(rest)}")]
        text, status = results[number]
        expected = block.exit_status if number == len(exchanges) - 1 else 0
        failures += _compare(exchange, text, int(status), expected)
    return failures


def run_python_block(block: Block, workspace: Workspace) -> list[Failure]:
    """Runs a `python` block and compares what it prints, if the page shows that."""
    answer = workspace.python.run("\n".join(block.lines), block.first_line, TIMEOUT_SECONDS)
    if answer.failed_line is not None:
        return [Failure(answer.failed_line, f"this block of Python failed\n{_indented(answer.output)}")]
    if block.output is None:
        return []
    difference = _difference(block.output, answer.output)
    return [Failure(block.first_line, f"other output than shown\n{difference}")] if difference else []


def parse_exchanges(block: Block) -> list[Exchange]:
    """The commands of a console block; a command goes on over lines that end in a backslash."""
    exchanges: list[Exchange] = []
    continues = False
    for offset, line in enumerate(block.lines):
        if continues:
            last = exchanges[-1]
            exchanges[-1] = Exchange(last.line, f"{last.command}\n{line.removeprefix('> ')}", [])
        elif line.startswith("$ "):
            exchanges.append(Exchange(block.first_line + offset, line.removeprefix("$ "), []))
        elif exchanges:
            exchanges[-1].expected.append(line)
        continues = (continues or line.startswith("$ ")) and line.endswith("\\")
    return exchanges


def _compare(exchange: Exchange, text: str, status: int, expected_status: int) -> list[Failure]:
    if status != expected_status:
        message = f"exit status {status}, expected {expected_status}: {exchange.command}\n{_indented(text)}"
        return [Failure(exchange.line, message)]
    difference = _difference(exchange.expected, text)
    if difference is None:
        return []
    return [Failure(exchange.line, f"other output than shown: {exchange.command}\n{difference}")]


def _difference(shown: list[str], text: str) -> str | None:
    """How the lines of a text differ from those that are shown, or None if they do not."""
    actual = [line.rstrip() for line in text.splitlines()]
    expected = [line.rstrip() for line in shown]
    while expected and not expected[-1]:
        expected.pop()
    while actual and not actual[-1]:
        actual.pop()
    if lines_match(expected, actual):
        return None
    return _indented("\n".join(difflib.unified_diff(expected, actual, "the page", "the command", lineterm="")))


def lines_match(expected: list[str], actual: list[str]) -> bool:
    """True if the lines are as expected, where a line `...` stands for any number of lines."""
    position = 0
    retry: tuple[int, int] | None = None
    index = 0
    while position < len(actual) or index < len(expected):
        if index < len(expected) and expected[index].strip() == ANY_LINES:
            retry = (index, position)
            index += 1
        elif index < len(expected) and position < len(actual) and _line_matches(expected[index], actual[position]):
            index += 1
            position += 1
        elif retry is not None and retry[1] < len(actual):
            retry = (retry[0], retry[1] + 1)
            index, position = retry[0] + 1, retry[1]
        else:
            return False
    return True


def _line_matches(expected: str, actual: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in expected.split(ANY_TEXT))
    return re.fullmatch(pattern, actual) is not None


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip().splitlines())
