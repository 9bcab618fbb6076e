"""What `growth.py` measured, as Markdown."""

from __future__ import annotations

from growth_results import Outcome, Results

OURS = "recsys-pipelines"
PEERS = ["DuckDB", "Polars"]


def tables(results: Results, phases: list[str]) -> list[str]:
    """A table for each phase, a line for each number of events, and what is true of all."""
    lines = [
        "Medians. Ours is the whole process; of a peer the query alone, without the start of "
        "Python and its imports.",
    ]
    for events, name in borrowers(results):
        lines.append(f"With {events:,} events {name} computes from the files of DuckDB.")
    for phase in phases:
        lines += ["", f"**{phase}**", "", *table(results, phase)]
    return lines


def borrowers(results: Results) -> list[tuple[int, str]]:
    """Where a peer's own ingest did not end, and DuckDB's did."""
    return [
        (events, name)
        for events in results.sizes
        for name in PEERS
        if (ingest := results.outcome(events, name, "ingest")) and ingest.excess
        if (lender := results.outcome(events, "DuckDB", "ingest")) and not lender.excess
    ]


def table(results: Results, phase: str) -> list[str]:
    """The table of a phase."""
    heads = ["events", "ours"]
    heads += [head for peer in PEERS for head in (peer, "times as fast")]
    heads += ["our peak", *(f"{peer}, peak" for peer in PEERS)]
    if phase == "ingest":
        heads += ["our files", *(f"{peer}, files" for peer in PEERS)]
    lines = [row(heads), "|" + "---:|" * len(heads)]
    return lines + [row(cells(results, phase, events)) for events in results.sizes]


def cells(results: Results, phase: str, events: int) -> list[str]:
    """The cells of a number of events."""
    ours, *theirs = (results.outcome(events, name, phase) for name in [OURS, *PEERS])
    result = [f"{events:,}", seconds(ours, "process_seconds")]
    for peer in theirs:
        result += [seconds(peer, "query_seconds"), ratio(ours, peer)]
    everybody = [ours, *theirs]
    result += [megabytes(figure(each, "peak_bytes")) for each in everybody]
    if phase == "ingest":
        result += [megabytes(each.stored_bytes if each else None) for each in everybody]
    return result


def figure(outcome: Outcome | None, name: str) -> float | None:
    """A median, or None if there is none."""
    return None if outcome is None else outcome.median(name)


def seconds(outcome: Outcome | None, name: str) -> str:
    """A time for people, or why there is none."""
    if outcome is not None and outcome.excess is not None:
        return outcome.excess
    value = figure(outcome, name)
    if value is None:
        return ""
    return f"{value:.3f} s" if value < 10 else f"{value:.1f} s"


def ratio(ours: Outcome | None, peer: Outcome | None) -> str:
    """How many times as fast ours is, the peer's query taken alone."""
    our, their = figure(ours, "process_seconds"), figure(peer, "query_seconds")
    return "" if our is None or their is None else f"{their / our:.1f}"


def megabytes(byte_count: float | None) -> str:
    """A size for people."""
    return "" if byte_count is None else f"{byte_count / 1_000_000:,.1f} MB"


def row(texts: list[str]) -> str:
    """A line of a table."""
    return f"| {' | '.join(texts)} |"
