"""Checks a file of /etc/cron.d."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from string import Template

from example import PROGRAM, Command, Project, Report, is_cron_schedule

SEPARATORS = {"&&", "||", ";"}


def check_cron_table(path: Path, project: Project) -> Report:
    """Assignments and jobs, each job with a schedule, a user and commands of the program."""
    del project
    report = Report()
    text = path.read_text(encoding="utf-8")
    report.expect(re.fullmatch(r"[\w-]+", path.name), 1, "cron passes over a file of such a name")
    report.expect(text.endswith("\n"), 1, "cron does not read a last line without an end")
    environment: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if assignment := re.fullmatch(r"(\w+)=(.*)", line):
            environment[assignment[1]] = assignment[2]
        else:
            check_job(line, number, environment, report)
    return report


def check_job(line: str, number: int, environment: dict[str, str], report: Report) -> None:
    """A job: five fields, a user, and a command line of the shell."""
    fields = line.split(maxsplit=6)
    report.expect(is_cron_schedule(fields[:5]), number, f"no schedule: {' '.join(fields[:5])}")
    if len(fields) < 7:
        report.wrong(number, "a user and a command are missing")
        return
    report.expect(not re.search(r"(?<!\\)%", fields[6]), number, "cron takes % for the end of the line")
    settings = {name: value for name, value in environment.items() if name.startswith("RECSYS_")}
    for words in shell_commands(fields[6], environment, number, report):
        report.expect(words[:1] == [PROGRAM], number, f"starts another program: {' '.join(words[:1])}")
        report.commands.append(Command(str(number), words[1:], settings))


def shell_commands(line: str, environment: dict[str, str], number: int, report: Report) -> list[list[str]]:
    """The simple commands of a line of the shell, variables filled in, without redirections."""
    try:
        filled_in = Template(line).substitute(environment)
    except (KeyError, ValueError) as error:
        report.wrong(number, f"a variable that is not set: {error}")
        return []
    lexer = shlex.shlex(filled_in, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    commands: list[list[str]] = [[]]
    is_target = False
    for word in lexer:
        if word in SEPARATORS:
            commands.append([])
        elif word in {">", ">>"}:
            is_target = True
        elif is_target:
            is_target = False
        else:
            commands[-1].append(word)
    return commands
