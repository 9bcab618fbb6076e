"""Small inputs of exposure events."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2026, 1, 1)
EVENTS_A_DAY = 50


def day(number: int) -> date:
    """The day with that number, the first being 0."""
    return FIRST_DAY + timedelta(days=number)


def write_events(path: Path, day_count: int, choices: random.Random) -> list[date]:
    """Writes events of tenant demo and surface home in any order; returns the days, for some have none."""
    lines = []
    days = [day(number) for number in range(day_count) if choices.random() < 0.9] or [FIRST_DAY]
    for each in days:
        for _ in range(EVENTS_A_DAY):
            event = {
                "v": 1,
                "ts": f"{each}T{choices.randrange(24):02}:00:{choices.randrange(60):02}Z",
                "tenant": "demo",
                "surface": "home",
                "user_id": f"u{choices.randrange(20)}",
                "session_id": f"s{choices.randrange(40)}",
                "item_id": f"i{choices.randrange(30)}",
            }
            lines.append(json.dumps(event))
    choices.shuffle(lines)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return days
