#!/usr/bin/env python3
"""Checks the examples in docs/examples without a network or a server: their syntax, and that the program takes them.

    check_examples.py --binary FOLDER

- Every command line of recsys-pipelines in them is tried: its templates are filled in, its places stand for ones in an
  empty folder with a week of events, and a `run` is a dry run there. It must end with 0.
- What they retry is what docs/reference/exit-codes.md says, the metrics of alerts are those of
  docs/reference/metrics.md, and every runbook has an alert.
- systemd-analyze and promtool are asked where they are installed.

Exit status: 0 if all holds, 1 if something does not, 2 if the check cannot run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from airflow_dag import check_airflow
from cron_table import check_cron_table
from docker_file import check_dockerfile
from example import PROGRAM, Project, Report
from kubernetes_objects import check_kubernetes
from prometheus_rules import check_rules
from systemd_units import check_environment_file, check_unit
from trial import Trial, trial_in_new_folder

EXAMPLES = "docs/examples"
Check = Callable[[Path, Project], Report]

# By folder and pattern of the name; the first that matches counts.
CHECKS: list[tuple[str, str, Check | None]] = [
    ("docker", "Dockerfile", check_dockerfile),
    ("docker", "*.dockerignore", None),  # With its Dockerfile.
    ("systemd", "*.env", check_environment_file),
    ("systemd", "*.service", check_unit),
    ("systemd", "*.timer", check_unit),
    ("cron", "*", check_cron_table),
    ("kubernetes", "*.yaml", check_kubernetes),
    ("airflow", "*.py", check_airflow),
    ("prometheus", "*.yml", check_rules),
]


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """The command line of the check."""
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description="Checks the examples and tries their commands.")
    parser.add_argument("--binary", type=Path, required=True, help="the folder with the built programs")
    parser.add_argument("--root", type=Path, default=root, help="the folder of the project")
    return parser.parse_args(arguments)


def check_example(path: Path, project: Project, trial: Trial) -> Report:
    """Everything in an example that is not as it should be, commands that the program refuses among it."""
    for folder, pattern, check in CHECKS:
        if path.parent.name == folder and path.match(pattern):
            report = check(path, project) if check is not None else Report()
            break
    else:
        report = Report()
        report.wrong(1, "no check knows this kind of file")
    for command in report.commands:
        message = trial.failure(command)
        if message is not None:
            report.wrong(command.place, message)
    return report


def main(arguments: list[str]) -> int:
    """Checks the examples and reports each finding as `file:place: what`."""
    options = parse_arguments(arguments)
    if not (options.binary / PROGRAM).is_file():
        print(f"check_examples.py: {options.binary}: no {PROGRAM} there; build it first", file=sys.stderr)
        return 2
    project = Project(options.root, options.binary)
    examples = options.root / EXAMPLES
    paths = sorted(path for path in examples.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    if not paths:
        print(f"check_examples.py: {examples}: no examples", file=sys.stderr)
        return 2
    commands = findings = 0
    with trial_in_new_folder(project) as trial:
        for path in paths:
            report = check_example(path, project, trial)
            commands += len(report.commands)
            findings += len(report.findings)
            for finding in report.findings:
                print(f"{path.relative_to(options.root)}:{finding.place}: {finding.message}")
    print(f"{len(paths)} examples: {commands} command lines tried, {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
