"""Checks a file of DAGs of Airflow without Airflow: its syntax, what it retries and the commands that it starts."""

from __future__ import annotations

import ast
from pathlib import Path

from example import Command, Project, Report, listed
from trial import LAST_DAY

# What stands for parameters of functions in a trial.
PARAMETERS = {"tenant": "demo", "surface": "home"}
TEMPLATES = {"{{ data_interval_start | ds }}": LAST_DAY}


def check_airflow(path: Path, project: Project) -> Report:
    """A file of DAGs."""
    report = Report()
    text = path.read_text(encoding="utf-8")
    try:
        compile(text, str(path), "exec")
    except SyntaxError as error:
        report.wrong(error.lineno or 1, f"no Python: {error.msg}")
        return report
    tree = ast.parse(text)
    constants = module_constants(tree)
    retried = constants.get("WORTH_A_RETRY")
    report.expect(
        retried == project.codes_to_retry,
        1,
        f"WORTH_A_RETRY has {retried}; a retry may help after {listed(project.codes_to_retry)}",
    )
    found = [node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "arguments"]
    report.expect(found, 1, "no arguments=[…] of a command")
    for keyword in found:
        check_arguments(keyword.value, constants, report)
    return report


def module_constants(tree: ast.Module) -> dict[str, object]:
    """The names that the module gives a literal value."""
    result: dict[str, object] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                result[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return result


def check_arguments(node: ast.expr, constants: dict[str, object], report: Report) -> None:
    """The words of one command."""
    if not isinstance(node, ast.List):
        report.wrong(node.lineno, "arguments is no list of words")
        return
    words: list[str] = []
    for element in node.elts:
        word: object = None
        if isinstance(element, ast.Constant):
            word = element.value
        elif isinstance(element, ast.Name):
            word = PARAMETERS.get(element.id, constants.get(element.id))
        if not isinstance(word, str):
            report.wrong(element.lineno, f"no word that this check can tell: {ast.unparse(element)}")
            continue
        if "{{" in word:
            report.expect(word in TEMPLATES, element.lineno, f"no template that this check knows: {word}")
        words.append(TEMPLATES.get(word, word))
    report.commands.append(Command(str(node.lineno), words))
