"""Checks alert rules of Prometheus: their metrics are those of the program, and each has a runbook."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from example import Project, Report
from yaml_file import read_yaml

RUNBOOKS = "docs/operations/runbooks"
KEYWORDS = {"and", "or", "unless", "on", "ignoring", "by", "without", "bool", "offset"}


def check_rules(path: Path, project: Project) -> Report:
    """A file of rules. Every runbook must be that of some alert."""
    report = Report()
    rules = [
        rule
        for document in read_yaml(path, report)
        for group in document.get("groups", [])
        for rule in group.get("rules", [])
    ]
    report.expect(rules, 1, "no rules")
    names = [str(rule.get("alert")) for rule in rules]
    used: set[str] = set()
    for name, rule in zip(names, rules, strict=True):
        report.expect(names.count(name) == 1, name, "there are two of this name")
        used |= check_rule(name, rule, project, report)
    for runbook in sorted((project.root / RUNBOOKS).glob("*.md")):
        report.expect(f"{RUNBOOKS}/{runbook.name}" in used, 1, f"no alert has the runbook {runbook.name}")
    ask_promtool(path, report)
    return report


def check_rule(name: str, rule: dict[str, Any], project: Project, report: Report) -> set[str]:
    """One alert; its runbooks."""
    unknown = set(rule) - {"alert", "expr", "for", "labels", "annotations"}
    report.expect(not unknown, name, f"no members of an alert: {sorted(unknown)}")
    metrics = metric_names(str(rule.get("expr", "")))
    report.expect(metrics, name, "an expression without a metric")
    for metric in sorted(metrics - project.metrics):
        report.wrong(name, f"docs/reference/metrics.md has no metric {metric}")
    report.expect(rule.get("labels", {}).get("severity") in {"page", "ticket"}, name, "no severity page or ticket")
    annotations = rule.get("annotations", {})
    report.expect(annotations.get("summary"), name, "no summary")
    report.expect(annotations.get("runbook"), name, "no runbook")
    runbooks = {str(value) for key, value in annotations.items() if key.startswith("runbook")}
    for runbook in sorted(runbooks):
        report.expect((project.root / runbook).is_file(), name, f"the runbook is not there: {runbook}")
    return runbooks


def metric_names(expression: str) -> set[str]:
    """The names in an expression that are neither functions nor words of the language."""
    bare = re.sub(r"\{[^}]*\}|\"[^\"]*\"|\[[^\]]*\]", " ", expression)
    bare = re.sub(r"\b(on|by|ignoring|without|group_left|group_right)\s*\([^)]*\)", " ", bare)
    names = re.findall(r"\b([a-zA-Z_:][\w:]*)\b(?!\s*\()", bare)
    return {name for name in names if name not in KEYWORDS}


def ask_promtool(path: Path, report: Report) -> None:
    """Asks Prometheus itself, where its tool is installed."""
    program = shutil.which("promtool")
    if program is None:
        return
    command = [program, "check", "rules", str(path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    report.expect(result.returncode == 0, 1, f"promtool: {(result.stdout + result.stderr).strip()}")
