"""Tries the command lines of examples with the program, in a folder of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from example import PROGRAM, Command, Project

FIRST_DAY = "2026-01-01"
LAST_DAY = "2026-01-07"
TIMEOUT_SECONDS = 120
# Settings and flags that name a place, and what stands for it in a trial.
PLACES = {"--out-dir": "store", "--metrics-file": "metrics.prom"}
SETTINGS_OF_PLACES = {"RECSYS_OUT_DIR": "store", "RECSYS_RAW_EVENTS_DIR": "store/raw_events"}


class Trial:
    """A store with a published week, in which commands are tried one after the other."""

    def __init__(self, project: Project, folder: Path) -> None:
        self._program = project.programs.resolve() / PROGRAM
        self._folder = folder
        self._events = (project.root / "Fixtures/demo/exposure.jsonl").read_text(encoding="utf-8")

    def failure(self, command: Command) -> str | None:
        """Why the program does not accept the command; nothing if it does."""
        shutil.rmtree(self._folder / "store", ignore_errors=True)
        tenant, surface = option(command.words, "--tenant") or "demo", option(command.words, "--surface") or "home"
        self._write_events(tenant, surface)
        if command.words[:1] != ["run"]:
            week = ["--start", FIRST_DAY, "--end", LAST_DAY]
            message = self._message(["run", "--tenant", tenant, "--surface", surface, *week], {})
            if message is not None:
                return f"the store for the trial could not be made: {message}"
        return self._message(trial_words(command.words), command.environment)

    def _write_events(self, tenant: str, surface: str) -> None:
        events = self._folder / "store/raw_events/exposure.jsonl"
        events.parent.mkdir(parents=True)
        owner = f'"tenant":"{tenant}","surface":"{surface}"'
        events.write_text(self._events.replace('"tenant":"demo","surface":"home"', owner), encoding="utf-8")

    def _message(self, words: list[str], environment: dict[str, str]) -> str | None:
        outer = {name: value for name, value in os.environ.items() if not name.startswith("RECSYS_")}
        result = subprocess.run(
            [str(self._program), *words],
            cwd=self._folder,
            env=outer | environment | SETTINGS_OF_PLACES,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
        if result.returncode == 0:
            return None
        return f"exit code {result.returncode}: {' '.join(words)}\n{result.stderr.rstrip()}"


@contextmanager
def trial_in_new_folder(project: Project) -> Iterator[Trial]:
    """A trial whose folder goes away in the end."""
    with tempfile.TemporaryDirectory(prefix="examples-check-") as folder:
        yield Trial(project, Path(folder))


def option(words: list[str], name: str) -> str | None:
    """The value of an option among the words, given behind it or with an equals sign."""
    for index, word in enumerate(words):
        if word == name and index + 1 < len(words):
            return words[index + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def trial_words(words: list[str]) -> list[str]:
    """The words as they are tried: places below the folder of the trial; a run is a dry run up to the last day."""
    result: list[str] = []
    for word in words:
        name = word.partition("=")[0]
        if result and result[-1] in PLACES:
            result.append(PLACES[result[-1]])
        elif word != name and name in PLACES:
            result.append(f"{name}={PLACES[name]}")
        else:
            result.append(word)
    if words[:1] == ["run"]:
        if option(words, "--end") is None:
            result += ["--end", LAST_DAY]
        result.append("--dry-run")
    return result
