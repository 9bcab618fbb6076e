#!/usr/bin/env python3
"""Draws what `growth.py` measured: time and memory against events, a panel for each phase.

growth_chart.py RESULTS.json CHART.svg

Both axes are logarithmic, so work in proportion to the events is a line of the same slope
everywhere. A system that did not end has a cross above the curves instead, and the reason.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from growth_results import Outcome, Results
from systems import PHASES

NOTE = "Time: of ours the whole process, of the others the query alone."

INK, PALE = "#24292f", "#d0d7de"

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    # The same results give the same bytes.
    "svg.hashsalt": "growth",
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": PALE,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#eaeef2",
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
}


@dataclass(frozen=True)
class Look:
    """How a system is drawn."""

    color: str
    marker: str
    width: float


# Colours that people with any colour vision tell apart (Okabe and Ito), and shapes for print.
LOOKS = {
    "recsys-pipelines": Look("#0072b2", "o", 2.2),
    "DuckDB": Look("#e69f00", "s", 1.5),
    "Polars": Look("#8c6bb1", "^", 1.5),
}


@dataclass(frozen=True)
class Measure:
    """What is drawn in a row of panels: a figure of ours, the one of a peer, and its unit."""

    title: str
    ours: str
    peers: str
    divisor: float

    def value(self, system: str, outcome: Outcome) -> float | None:
        """The median in the unit of the axis, or None if the runs did not end."""
        median = outcome.median(self.ours if system == "recsys-pipelines" else self.peers)
        return None if median is None else median / self.divisor


MEASURES = [
    Measure("seconds", "process_seconds", "query_seconds", 1),
    Measure("peak memory, MB", "peak_bytes", "peak_bytes", 1_000_000),
]


def draw(results: Results, path: Path) -> None:
    """Writes the chart of all results as SVG."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(12, 5.6))
        rows = figure.subplots(len(MEASURES), len(PHASES), sharex=True, sharey="row")
        for axes_of_row, each in zip(rows, MEASURES, strict=True):
            for axes, phase in zip(axes_of_row, PHASES, strict=True):
                draw_panel(axes, results, phase, each)
            axes_of_row[0].set_ylabel(each.title)
        leave_room(rows[0][0])
        for axes, phase in zip(rows[0], PHASES, strict=True):
            axes.set_title(phase, loc="left", pad=10)
            mark_failures(axes, results, phase)
        for axes in rows[-1]:
            axes.set_xlabel("events")
        handles, labels = rows[0][0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="upper left", ncols=3, frameon=False, fontsize=10)
        figure.text(0.995, 0.965, NOTE, ha="right", va="center")
        figure.tight_layout(rect=(0, 0, 1, 0.94), w_pad=1.5, h_pad=1.5)
        figure.savefig(path, facecolor="white", metadata={"Date": None})


def draw_panel(axes: Axes, results: Results, phase: str, measure: Measure) -> None:
    """Draws the curves of all systems."""
    axes.set_xscale("log")
    axes.set_yscale("log")
    for system, look in LOOKS.items():
        outcomes = [(events, results.outcome(events, system, phase)) for events in results.sizes]
        values = [(events, measure.value(system, each)) for events, each in outcomes if each]
        points = [(events, value) for events, value in values if value is not None]
        axes.plot(
            [events for events, _ in points],
            [value for _, value in points],
            color=look.color,
            marker=look.marker,
            markersize=5,
            linewidth=look.width,
            label=system,
            zorder=3 if system == "recsys-pipelines" else 2,
        )
    label_axes(axes, results.sizes)


def mark_failures(axes: Axes, results: Results, phase: str) -> None:
    """A line of crosses above the curves for each system that did not end, with the reason."""
    place = 0.0
    for system, look in LOOKS.items():
        outcomes = [(events, results.outcome(events, system, phase)) for events in results.sizes]
        failures = [(events, each.excess) for events, each in outcomes if each and each.excess]
        if not failures:
            continue
        across = axes.get_xaxis_transform()
        axes.plot(
            [events for events, _ in failures],
            [1 - place] * len(failures),
            "x",
            color=look.color,
            markersize=6,
            transform=across,
            clip_on=False,
        )
        reasons = ", ".join(dict.fromkeys(reason for _, reason in failures))
        axes.annotate(
            reasons,
            (failures[0][0], 1 - place),
            xycoords=across,
            xytext=(-6, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            color=look.color,
            fontsize=8,
        )
        place += 0.09


def leave_room(axes: Axes) -> None:
    """Makes an axis of a row reach higher than the curves, for what stands above them."""
    low, high = axes.get_ylim()
    axes.set_ylim(low, high * (high / low) ** 0.25)


def label_axes(axes: Axes, sizes: list[int]) -> None:
    """Ticks where something was measured, and at powers of ten."""
    axes.set_xticks(sizes, [short(size) for size in sizes])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.margins(x=0.08)
    axes.yaxis.set_major_locator(LogLocator(base=10, subs=(1, 3)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}"))
    axes.yaxis.set_minor_locator(NullLocator())


def short(count: int) -> str:
    """A number of events for an axis: 50M, 100k."""
    for unit, suffix in ((1_000_000, "M"), (1000, "k")):
        if count >= unit:
            return f"{count / unit:g}{suffix}"
    return str(count)


def main() -> None:
    """Draws the chart."""
    parser = argparse.ArgumentParser(description="Draw the curves of growth.py as SVG.")
    parser.add_argument("results", type=Path, help="the results file of growth.py")
    parser.add_argument("chart", type=Path, help="the SVG file to write")
    arguments = parser.parse_args()
    draw(Results(arguments.results), arguments.chart)


if __name__ == "__main__":
    main()
