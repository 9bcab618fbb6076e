"""What `growth.py` measured, kept as JSON."""

from __future__ import annotations

import json
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from systems import Measurement


@dataclass(frozen=True)
class Outcome:
    """What the runs of a phase came to."""

    version: str
    """Of the library; empty for recsys-pipelines."""
    runs: list[Measurement] = field(default_factory=list)
    stored_bytes: int | None = None
    """The size of the columnar files, after an ingest."""
    excess: str | None = None
    """What a run took too much of, after which there were no others: "out of memory"."""

    def after(self, before: Outcome | None) -> Outcome:
        """This outcome with the runs of an earlier one before its own."""
        if before is None:
            return self
        return Outcome(self.version, before.runs + self.runs, self.stored_bytes, self.excess)

    def median(self, figure: str) -> float | None:
        """The median of a figure of the runs; None unless all of them ended."""
        if self.excess is not None:
            return None
        values: list[float] = [getattr(run, figure) for run in self.runs]
        return statistics.median(values)


class Results:
    """A file with the outcomes by number of events, system and phase."""

    def __init__(self, path: Path) -> None:
        """Reads the file, if there is one."""
        self._path = path
        self._outcomes: dict[tuple[int, str, str], Outcome] = {}
        if path.exists():
            for entry in json.loads(path.read_text(encoding="utf-8")):
                key = (entry.pop("events"), entry.pop("system"), entry.pop("phase"))
                self._outcomes[key] = outcome_of(entry)

    @property
    def sizes(self) -> list[int]:
        """The numbers of events there are outcomes of, ascending."""
        return sorted({events for events, _, _ in self._outcomes})

    def outcome(self, events: int, system: str, phase: str) -> Outcome | None:
        """What the phase came to, or None if it was not measured yet."""
        return self._outcomes.get((events, system, phase))

    def is_complete(self, events: int, systems: list[str], phases: list[str]) -> bool:
        """True if nothing is left to measure of a number of events."""
        return all((events, name, phase) in self._outcomes for name in systems for phase in phases)

    def keep(self, events: int, system: str, phase: str, outcome: Outcome) -> None:
        """Adds an outcome and writes the file."""
        self._outcomes[events, system, phase] = outcome
        self._write()

    def forget(self, events: int) -> None:
        """Removes the outcomes of a number of events."""
        self._outcomes = {key: each for key, each in self._outcomes.items() if key[0] != events}

    def _write(self) -> None:
        entries = [
            {"events": events, "system": system, "phase": phase, **asdict(outcome)}
            for (events, system, phase), outcome in sorted(
                self._outcomes.items(), key=lambda item: item[0]
            )
        ]
        # Hours of measuring are in it: never half written.
        temporary = self._path.with_name(self._path.name + ".new")
        temporary.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
        temporary.replace(self._path)


def outcome_of(entry: dict[str, Any]) -> Outcome:
    """An outcome from its JSON object."""
    runs = [Measurement(**run) for run in entry.pop("runs")]
    return Outcome(runs=runs, **entry)
