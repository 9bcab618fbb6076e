#!/usr/bin/env python3
"""Plays thirty nights of three tenants through: what operates the product daily, and what goes wrong.

    thirty_nights.py --binary FOLDER

Every night each tenant's incremental run is started as a scheduler would start it. On the way a file
comes late, one holds broken lines, one never comes, one holds events often, a gate refuses a day that
is all right; artifacts are rolled back, pinned and collected. After each failure the steps of the
runbook are taken. At the end all tenants must be fresh, all files verified, and a run that was never
disturbed must have given the same artifacts of the last day.

Exit code: 0 if all went as it must; 1 if something did not, with what it was; 2 if the programs could
not be run.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NIGHTS = 30
TENANTS = ["north", "south", "west"]
EVENTS_A_DAY = 400

# What a team would configure after a while.
CONFIGURATION = {
    "limits": {"max_events_per_run": 3000},
    "gates": {
        "min_events": "fail 50",
        "min_events_to_median": "fail 0.3",
        "max_events_to_median": "fail 3",
    },
}


class Wrong(Exception):
    """Something did not go as it must."""


@dataclass
class Outcome:
    """How a command ended."""

    command: list[str]
    exit_code: int
    output: str
    errors: str

    def expect(self, exit_code: int, message: str = "") -> Outcome:
        """The same, if it ended so and said so."""
        if self.exit_code != exit_code or message not in self.errors:
            raise Wrong(
                f"{' '.join(self.command)}\n  ended with {self.exit_code}, expected {exit_code} and"
                f" {message!r}\n{self.output}{self.errors}"
            )
        return self

    @property
    def result(self) -> dict[str, Any]:
        """The result object of --format json."""
        value: dict[str, Any] = json.loads(self.output.splitlines()[-1])
        return value


@dataclass
class House:
    """The programs, and the folder that they work in."""

    binaries: Path
    folder: Path
    first: datetime.date
    environment: dict[str, str] = field(default_factory=dict)

    def day(self, night: int) -> str:
        """The day that is run on a night, counted from 1."""
        return str(self.first + datetime.timedelta(days=night - 1))

    def program(self, name: str, *arguments: str, **settings: str) -> Outcome:
        """Runs a program in the folder."""
        command = [str(self.binaries / name), *arguments]
        ended = subprocess.run(
            command,
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **settings},
            check=False,
        )
        return Outcome(command, ended.returncode, ended.stdout, ended.stderr)

    def pipelines(self, *arguments: str, **settings: str) -> Outcome:
        """Runs recsys-pipelines with the team's configuration."""
        return self.program("recsys-pipelines", *arguments, "--config", "settings.json", **settings)

    def nightly(self, tenant: str, night: int, *more: str, **settings: str) -> Outcome:
        """The command of the scheduler; the last night says no date, as it would every night."""
        end = [] if night == NIGHTS else ["--end", self.day(night)]
        owner = ["--tenant", tenant, "--surface", "home"]
        return self.pipelines(
            "run", *owner, "--incremental", "--start", self.day(1), *end,
            "--window-days", "7", "--skip-existing", *more, **settings,
        )  # fmt: skip

    def file(self, tenant: str, night: int) -> Path:
        """Where the events of a night's day belong."""
        return self.folder / ".out/raw_events" / tenant / "home" / f"exposure.{self.day(night)}.jsonl"

    def prepare(self) -> None:
        """Writes the configuration, and the events of each tenant and day to where they wait."""
        (self.folder / "settings.json").write_text(json.dumps(CONFIGURATION), encoding="utf-8")
        for seed, tenant in enumerate(TENANTS):
            made = self.program(
                "recsys-generate", "--events", str(EVENTS_A_DAY * NIGHTS), "--days", str(NIGHTS),
                "--start", self.day(1), "--users", "300", "--items", "200", "--tenant", tenant,
                "--seed", str(seed + 1), "--quiet",
            ).expect(0)  # fmt: skip
            lines: dict[str, list[str]] = {}
            for line in made.output.splitlines():
                lines.setdefault(json.loads(line)["ts"][:10], []).append(line)
            for night in range(1, NIGHTS + 1):
                path = self.folder / "waiting" / tenant / str(night)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("\n".join(lines[self.day(night)]) + "\n", encoding="utf-8")

    def waiting(self, tenant: str, night: int) -> str:
        """The events of a day."""
        return (self.folder / "waiting" / tenant / str(night)).read_text(encoding="utf-8")

    def deliver(self, tenant: str, night: int, text: str | None = None) -> None:
        """Puts the file of a day where the nightly run looks for it."""
        path = self.file(tenant, night)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.waiting(tenant, night) if text is None else text, encoding="utf-8")


def late_file(house: House, tenant: str, night: int) -> None:
    """The file comes a day late: the run says which, and the next night does both days."""
    house.nightly(tenant, night).expect(8, f"no file exposure.{house.day(night)}.jsonl")
    house.deliver(tenant, night)


def broken_lines(house: House, tenant: str, night: int) -> None:
    """Some lines are broken: nothing is replaced, then they are set aside."""
    house.deliver(tenant, night, house.waiting(tenant, night) + '{"v":1,"ts":"noon"}\n' * 3)
    house.nightly(tenant, night).expect(3, f"exposure.{house.day(night)}.jsonl:")
    house.nightly(tenant, night, RECSYS_ON_BAD_RECORD="quarantine", RECSYS_MAX_REJECT_RATIO="0.05").expect(0)


def missing_day(house: House, tenant: str, night: int) -> None:
    """The file never comes: for two nights runs fail, then somebody goes past the day."""
    house.nightly(tenant, night).expect(8, f"no file exposure.{house.day(night)}.jsonl")


def past_missing_day(house: House, tenant: str, night: int) -> None:
    """The second night: the runs after the gap are started by their date."""
    house.deliver(tenant, night)
    house.nightly(tenant, night).expect(8, f"no file exposure.{house.day(night - 1)}.jsonl")
    owner = ["--tenant", tenant, "--surface", "home"]
    day = house.day(night)
    house.pipelines(
        "run", *owner, "--start", day, "--end", day, "--window-days", "7"
    ).expect(0)  # fmt: skip


def events_often(house: House, tenant: str, night: int) -> None:
    """The file holds every event often: a limit refuses it; the right file is run."""
    house.deliver(tenant, night, house.waiting(tenant, night) * 9)
    house.nightly(tenant, night).expect(4, "limits.max_events_per_run")
    house.deliver(tenant, night)
    house.nightly(tenant, night).expect(0)


def quiet_day(house: House, tenant: str, night: int) -> None:
    """A holiday: a gate refuses the day, somebody looks, and gives the reason."""
    lines = house.waiting(tenant, night).splitlines()[:60]
    house.deliver(tenant, night, "\n".join(lines) + "\n")
    house.nightly(tenant, night).expect(4, "gate ")
    house.nightly(tenant, night, "--override", "min_events_to_median=a holiday").expect(0)


def roll_back(house: House, tenant: str, night: int) -> None:
    """Artifacts look wrong: the day before is made current again, and kept for good."""
    house.deliver(tenant, night)
    house.nightly(tenant, night).expect(0)
    owner = ["--tenant", tenant, "--surface", "home"]
    house.pipelines("rollback", *owner, "--reason", "recommendations look odd").expect(0)
    rows = house.pipelines("versions", *owner, "--format", "json").expect(0).result["versions"]
    current = [row for row in rows if row["current"] and row["artifact_type"] == "cooc"]
    house.pipelines("pin", current[0]["version"], *owner, "--reason", "known good").expect(0)


def collect(house: House, tenant: str, night: int) -> None:
    """Old artifacts and partitions are taken out; what is pinned or current stays."""
    house.deliver(tenant, night)
    house.nightly(tenant, night).expect(0)
    house.pipelines(
        "gc", "--apply", "--grace-days", "0", "--keep-versions", "3", "--keep-days", "20"
    ).expect(0)  # fmt: skip
    house.pipelines("verify", "--deep").expect(0)


# What is out of the ordinary, by night and tenant.
INCIDENTS: dict[tuple[int, str], Callable[[House, str, int], None]] = {
    (5, "north"): late_file,
    (9, "south"): broken_lines,
    (12, "west"): missing_day,
    (13, "west"): past_missing_day,
    (15, "north"): events_often,
    (18, "south"): quiet_day,
    (20, "west"): roll_back,
    (23, "north"): collect,
}


def check_end(house: House) -> None:
    """All tenants are fresh, no run has failed last, and every file is what was written."""
    house.pipelines("verify", "--deep").expect(0)
    status = house.pipelines("status", "--max-days-behind", "0", "--format", "json").expect(0)
    owners = status.result["owners"]
    found = {owner["tenant"]: (owner["last_day"], owner["last_run"]["status"]) for owner in owners}
    expected = {tenant: (house.day(NIGHTS), "ok") for tenant in TENANTS}
    if found != expected:
        raise Wrong(f"status says {found}, expected {expected}")


def versions(house: House, tenant: str) -> dict[str, str]:
    """The current version of each kind."""
    owner = ["--tenant", tenant, "--surface", "home"]
    rows = house.pipelines("versions", *owner, "--format", "json").expect(0).result["versions"]
    return {row["artifact_type"]: row["version"] for row in rows if row["current"]}


def check_undisturbed(house: House, folder: Path) -> None:
    """One run over the last days, which nothing disturbed, gives the same artifacts."""
    calm = House(house.binaries, folder, house.first)
    (folder / "settings.json").write_text(json.dumps(CONFIGURATION), encoding="utf-8")
    last = house.day(NIGHTS)
    for tenant in TENANTS:
        for night in range(NIGHTS - 6, NIGHTS + 1):
            calm.deliver(tenant, night, house.waiting(tenant, night))
        calm.pipelines(
            "run", "--tenant", tenant, "--surface", "home", "--start", house.day(NIGHTS - 6),
            "--end", last, "--window-days", "7", RECSYS_LIMITS_MAX_EVENTS_PER_RUN="10000",
        ).expect(0)  # fmt: skip
        if versions(house, tenant) != versions(calm, tenant):
            raise Wrong(f"{tenant}: other artifacts than a run that was never disturbed")


def play(house: House) -> int:
    """All nights, one after the other; returns how many runs there were."""
    count = 0
    for night in range(1, NIGHTS + 1):
        for tenant in TENANTS:
            count += 1
            incident = INCIDENTS.get((night, tenant))
            if incident is not None:
                incident(house, tenant, night)
                continue
            house.deliver(tenant, night)
            house.nightly(tenant, night).expect(0)
    return count


def utc_day() -> datetime.date:
    """The day that it is now."""
    return datetime.datetime.now(datetime.UTC).date()


def play_and_check(binaries: Path, today: datetime.date) -> int:
    """The nights that end with the run of yesterday, and what must hold then; returns how many runs there were."""
    with (
        tempfile.TemporaryDirectory(prefix="recsys-nights-") as name,
        tempfile.TemporaryDirectory(prefix="recsys-calm-") as calm,
    ):
        house = House(binaries, Path(name), today - datetime.timedelta(days=NIGHTS))
        house.prepare()
        count = play(house)
        check_end(house)
        check_undisturbed(house, Path(calm))
    return count


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description="Play thirty nights of three tenants through, with what goes wrong.",
        epilog="Exit code: 0 all well, 1 something is not, 2 something could not be run.",
    )
    parser.add_argument("--binary", type=Path, required=True, metavar="FOLDER", help="where the programs are")
    return parser.parse_args()


def main() -> int:
    """Plays, checks, and returns the exit code."""
    arguments = parse_arguments()
    today = utc_day()
    try:
        try:
            count = play_and_check(arguments.binary.resolve(), today)
        except Wrong:
            # Yesterday, which the last night runs, is another day after midnight.
            if utc_day() == today:
                raise
            count = play_and_check(arguments.binary.resolve(), utc_day())
    except Wrong as error:
        print(f"thirty_nights: {error}")
        return 1
    except (OSError, ValueError) as error:
        print(f"thirty_nights.py: {error}", file=sys.stderr)
        return 2
    print(
        f"thirty_nights: {count} nightly runs of {len(TENANTS)} tenants, {len(INCIDENTS)} nights with"
        " something out of the ordinary; all fresh, verified, and the same as undisturbed"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
