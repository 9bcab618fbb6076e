"""Runs the `python` blocks of a page, one after the other in one process, as a notebook would.

As a program it is that process: it takes blocks on standard input and answers each on standard output, both as lines of
JSON. As a module it has the end that speaks with it.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = "<page>"


@dataclass(frozen=True)
class Answer:
    """What a block printed, its last expression included; and the line of the page where it failed, if it did."""

    output: str
    failed_line: int | None


class PythonSession:
    """A process that runs blocks, and keeps what they define."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.communicate()

    def run(self, code: str, first_line: int, timeout_seconds: float) -> Answer:
        """Runs a block that begins on a line of the page. Nothing more can be run if it takes too long."""
        assert self._process.stdin is not None and self._process.stdout is not None
        timer = threading.Timer(timeout_seconds, self._process.kill)
        timer.start()
        try:
            self._process.stdin.write(json.dumps([code, first_line]) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        if not line:
            return Answer(f"the process ended, or took more than {timeout_seconds} seconds", first_line)
        return Answer(*json.loads(line))


def run_block(code: str, first_line: int, names: dict[str, Any]) -> tuple[str, int | None]:
    """Runs a block in this process: what it printed, and the line where it failed or None."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            _execute("\n" * (first_line - 1) + code, names)
        except SyntaxError as error:
            print(f"{type(error).__name__}: {error.msg}")
            return output.getvalue(), error.lineno or first_line
        except BaseException as error:
            print("".join(traceback.format_exception_only(error)), end="")
            frames = traceback.extract_tb(error.__traceback__)
            lines = [frame.lineno for frame in frames if frame.filename == PAGE and frame.lineno]
            return output.getvalue(), lines[-1] if lines else first_line
    return output.getvalue(), None


def _execute(code: str, names: dict[str, Any]) -> None:
    tree = ast.parse(code, PAGE)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, PAGE, "exec"), names)
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), PAGE, "eval"), names)
        if value is not None:
            print(repr(value))


def main() -> None:
    """Answers blocks until there are no more."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for line in sys.stdin:
        print(json.dumps(run_block(*json.loads(line), names)), flush=True)


if __name__ == "__main__":
    main()
