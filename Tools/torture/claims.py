"""What processes said that they did, held against the history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from programs import Ended
from store import Entry


@dataclass(frozen=True)
class Claim:
    """How a process ended, and what it said then."""

    verb: str
    # What it was to write into the history, if it is a rollback: nobody else writes that.
    reason: str | None
    is_done: bool
    result: dict[str, Any]

    @staticmethod
    def of(verb: str, reason: str | None, ended: Ended) -> Claim:
        """The claim of a process that was run with `--format json`."""
        lines = ended.output.splitlines()
        return Claim(verb, reason, ended.exit_code == 0, json.loads(lines[-1]) if lines else {})

    def entries(self, added: list[Entry]) -> list[Entry]:
        """Those of the entries that were added that it says, or would say, are its own."""
        if self.verb == "rollback":
            return [entry for entry in added if entry.reason == self.reason]
        if self.verb == "run":
            return [entry for entry in added if entry.run_id == self.result.get("run_id")]
        return [entry for entry in added if self.names(entry)]

    def names(self, entry: Entry) -> bool:
        """True if the manifest that it says is current is that of the entry."""
        return all(self.result.get(name) == entry.manifest[name] for name in ("current", "updated_at"))

    def problems(self, added: list[Entry], everything: list[Entry]) -> list[str]:
        """What is wrong with it."""
        found = self.entries(added)
        if not self.is_done:
            return [f"{self.verb} failed and has an entry"] if found else []
        if self.verb == "rollback" and (len(found) != 1 or not self.names(found[0])):
            return [f"rollback {self.reason} was done, and its entries are {found}"]
        if self.verb == "run":
            count = sum(day["published"] for day in self.result["days"])
            return [] if len(found) == count else [f"run published {count} days and has {len(found)} entries"]
        # What it published may have been current already.
        if self.verb == "publish" and not any(self.names(entry) for entry in everything):
            return [f"publish was done and has no entry: {self.result}"]
        return []


def claim_problems(claims: list[Claim], added: list[Entry], everything: list[Entry]) -> list[str]:
    """What is wrong with the claims of all who worked for an owner, and with entries that none of them made.

    added: the entries that were made while they worked.
    """
    moving = [claim for claim in claims if claim.verb in ("run", "publish", "rollback")]
    problems = [problem for claim in moving for problem in claim.problems(added, everything)]
    own = [entry for claim in moving if claim.is_done for entry in claim.entries(added)]
    return problems + [f"entry {entry.number} is nobody's" for entry in added if entry not in own]
