#!/usr/bin/env python3
r"""The test of the scores: recsys-pipelines against numpy and scipy, on the same events.

    check_scores.py --binary FOLDER --input EVENTS.jsonl \
        --tenant T --surface S --start DAY --end DAY [--checks NAME ...]

Computes cooc with every score, and with long sessions dropped and cut short; popularity with a
half-life, and by sessions and users. Compares each list with what the definitions make of the same
lines: scores to 1e-9, members and order. G-squared of a sample of pairs is compared with
`scipy.stats.chi2_contingency`, too. Prints a line per check. Exit code: 0 if all is equal; 1 if
something is not; 2 if something could not be run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
from scipy.stats import chi2_contingency

import score_oracle
from events import Events
from programs import Ours, ToolFailedError
from question import Question, add_options, question_of
from ranking import Problem, is_close, problem
from score_oracle import Array, Entries, Sessions
from tsv import escaped

# The defaults of recsys-pipelines.
POPULARITY_LENGTH = 1000
NEIGHBOR_COUNT = 50

HALF_LIFE_DAYS = 7.5

# Few enough that many sessions have more.
ITEMS_PER_SESSION = 8

SAMPLED_PAIRS = 200

# The events in the order in which a session keeps items: by day, then as in the partition.
ORDERED = """
select session, item, date_diff('day', day, $last::date) as age, coalesce(user, -1) as user
from coded
order by day, user nulls first, case when user is null then session end, nanosecond, arrival
"""


@dataclass(frozen=True)
class Check:
    """An artifact with settings of its own."""

    name: str
    kind: str
    settings: Mapping[str, str] = field(default_factory=dict)


def cooc_check(score: str, oversized: str | None = None) -> Check:
    """The check of a score of cooc, and of what is done about long sessions."""
    settings = {"RECSYS_COOC_SCORE": score}
    if oversized is None:
        return Check(score, "cooc", settings)
    settings["RECSYS_LIMITS_ON_OVERSIZED_SESSION"] = oversized
    settings["RECSYS_LIMITS_MAX_ITEMS_PER_SESSION"] = str(ITEMS_PER_SESSION)
    return Check(f"{score}-{oversized}", "cooc", settings)


CHECKS = [
    *map(cooc_check, score_oracle.SCORES),
    *(cooc_check(each, way) for each in ("count", "asym_shrunk") for way in ("drop", "truncate")),
    Check("half-life", "popularity", {"RECSYS_POPULARITY_HALF_LIFE_DAYS": str(HALF_LIFE_DAYS)}),
    Check("sessions", "popularity", {"RECSYS_POPULARITY_UNIT": "sessions"}),
    Check("users", "popularity", {"RECSYS_POPULARITY_UNIT": "users"}),
]


class Oracle:
    """What the definitions make of the events."""

    def __init__(self, events: Events, last_day: date) -> None:
        """Takes the events, and the last day of the window."""
        columns = events.connection.execute(ORDERED, {"last": str(last_day)}).fetchnumpy()
        self._sessions, self._items = columns["session"], columns["item"]
        self._ages, self._users = columns["age"], columns["user"]
        rows = events.connection.execute("select id from item_id order by code").fetchall()
        # As they stand in TSV.
        self.items = {escaped(identifier): code for code, (identifier,) in enumerate(rows)}

    def sessions(self, settings: Mapping[str, str]) -> Sessions:
        """The sessions that count with these settings, numbered anew."""
        way = settings.get("RECSYS_LIMITS_ON_OVERSIZED_SESSION")
        sessions, items = self._sessions, self._items
        if way is not None:
            sizes = score_oracle.distinct_counts(sessions, items, int(sessions.max()) + 1)
            if way == "drop":
                keep = sizes[sessions] <= ITEMS_PER_SESSION
                sessions, items = sessions[keep], items[keep]
            else:
                sessions, items = score_oracle.first_items(sessions, items, ITEMS_PER_SESSION)
        names, numbers = np.unique(sessions, return_inverse=True)
        return Sessions(numbers, items, len(names), len(self.items))

    def popularity(self, name: str) -> Entries:
        """All items that have any popularity, in one row."""
        values = self._popularity(name)
        members = np.flatnonzero(values)
        return Entries(np.zeros(len(members), dtype=np.int64), members, values[members])

    def _popularity(self, name: str) -> Array:
        item_count = len(self.items)
        if name == "half-life":
            return score_oracle.decayed_counts(self._items, self._ages, HALF_LIFE_DAYS, item_count)
        others = self._sessions if name == "sessions" else self._users
        has_other = others >= 0
        return score_oracle.distinct_counts(self._items[has_other], others[has_other], item_count)


def read_entries(path: Path, items: Mapping[str, int]) -> Entries:
    """The entries of a TSV file, with numbers for the ids of items; one row if it has no rows."""
    rows: list[int] = []
    members: list[int] = []
    scores: list[float] = []
    with path.open(encoding="utf-8", newline="\n") as lines:
        has_rows = len(next(lines).split("\t")) == 3
        for line in lines:
            *key, member, score = line.rstrip("\n").split("\t")
            rows.append(items[key[0]] if has_rows else 0)
            members.append(items[member])
            scores.append(float(score))
    integer = np.int64
    return Entries(np.array(rows, integer), np.array(members, integer), np.array(scores, float))


def cooc_problem(ours: Entries, sessions: Sessions, score: str) -> Problem | None:
    """What is wrong with the neighbours of ours, or None."""
    if (np.diff(ours.rows) < 0).any():
        row = ours.rows[np.flatnonzero(np.diff(ours.rows) < 0)[0]]
        return Problem(int(row), "a row of a lower id follows it")
    for rows, candidates in sessions.neighbors(score):
        if reason := problem(ours.of_rows(rows), candidates, NEIGHBOR_COUNT):
            return reason
    return sample_problem(ours, sessions) if score == "llr" else None


def sample_problem(ours: Entries, sessions: Sessions) -> Problem | None:
    """A pair of a sample whose score is not what scipy says of its table, or None."""
    places = np.random.default_rng(1).integers(0, len(ours.rows), SAMPLED_PAIRS)
    for place in places:
        support = sessions.support(int(ours.rows[place]), int(ours.members[place]))
        table = score_oracle.contingency_table(*support, sessions.count)
        right = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        if not is_close(ours.scores[place], right):
            words = f"{ours.scores[place]}, scipy says {right}"
            return Problem(int(ours.rows[place]), words)
    return None


def run_check(check: Check, ours: Ours, oracle: Oracle) -> bool:
    """Makes a check and prints how it went; true if all is equal."""
    entries = read_entries(ours.artifact(check.kind, check.settings), oracle.items)
    if check.kind == "popularity":
        found = problem(entries, oracle.popularity(check.name), POPULARITY_LENGTH)
    else:
        sessions = oracle.sessions(check.settings)
        found = cooc_problem(entries, sessions, check.settings["RECSYS_COOC_SCORE"])
    verdict = f"{len(entries.rows)} entries equal"
    if found:
        row = f', row "{list(oracle.items)[found.row]}"' if check.kind == "cooc" else ""
        verdict = f"DIFFERENT{row}: {found.words}"
    print(f"{check.kind}, {check.name}: {verdict}", flush=True)
    return found is None


def run_checks(
    binaries: Path, question: Question, checks: list[Check], scratch: Path | None
) -> bool:
    """Makes some checks; true if all is equal."""
    with tempfile.TemporaryDirectory(prefix="recsys-scores-", dir=scratch) as name:
        folder = Path(name)
        ours = Ours(binaries, folder, question)
        ours.ingest()
        oracle = Oracle(Events(question, folder), date.fromisoformat(question.end))
        results = [run_check(check, ours, oracle) for check in checks]
    return all(results)


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    names = [check.name for check in CHECKS]
    parser = argparse.ArgumentParser(
        description="Compare the scores of recsys-pipelines with numpy and scipy.",
        epilog="Exit code: 0 equal, 1 different, 2 something could not be run.",
    )
    add_options(parser)
    parser.add_argument(
        "--checks", nargs="*", choices=names, default=names, metavar="NAME", help=", ".join(names)
    )
    return parser.parse_args()


def main() -> int:
    """Runs the test and returns its exit code."""
    arguments = parse_arguments()
    checks = [check for check in CHECKS if check.name in arguments.checks]
    try:
        equal = run_checks(arguments.binary, question_of(arguments), checks, arguments.scratch)
    except (ToolFailedError, OSError, duckdb.Error) as error:
        print(f"check_scores.py: {error}", file=sys.stderr)
        return 2
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
