"""Checks units of systemd and the environment files of their instances."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path, PurePosixPath

from example import PROGRAM, Command, Project, Report, joined_lines, listed
from trial import option

SECTIONS = {".service": {"Unit", "Service", "Install"}, ".timer": {"Unit", "Timer", "Install"}}
VARIABLE = re.compile(r"\$\{(\w+)\}")

# Section and key, with their lines and values in order.
Settings = dict[tuple[str, str], list[tuple[int, str]]]


def check_environment_file(path: Path, project: Project) -> Report:
    """Names and values, one a line; RECSYS_ settings are tried with the commands of the units."""
    del project
    report = Report()
    for number, line in joined_lines(path.read_text(encoding="utf-8")):
        if line.strip() and not line.startswith("#"):
            report.expect(re.fullmatch(r"[A-Z_]+=\S*", line), number, f"not NAME=VALUE: {line}")
    return report


def check_unit(path: Path, project: Project) -> Report:
    """A service or a timer: its syntax, and of a service what it starts and what it retries."""
    report = Report()
    settings = read_unit(path, report)
    if path.suffix == ".timer":
        check_timer(path, settings, report)
    else:
        check_retries(settings, project, report)
        found = instances(path, settings)
        report.expect(found, 1, "no file of an instance's environment stands beside it")
        for environment, instance in found:
            check_commands(settings, environment, instance, report)
    verify_with_systemd(path, project, report)
    return report


def read_unit(path: Path, report: Report) -> Settings:
    """The settings of a unit; what is none is reported."""
    section = ""
    settings: Settings = {}
    for number, line in joined_lines(path.read_text(encoding="utf-8")):
        if not line.strip() or line.startswith(("#", ";")):
            continue
        if header := re.fullmatch(r"\[(\w+)\]", line):
            section = header[1]
            report.expect(section in SECTIONS[path.suffix], number, f"no section of this kind of unit: {section}")
        elif match := re.fullmatch(r"([A-Z]\w*)=(.*)", line):
            settings.setdefault((section, match[1]), []).append((number, match[2].strip()))
        else:
            report.wrong(number, f"neither a section nor a setting: {line}")
    return settings


def value(settings: Settings, section: str, key: str) -> str:
    """The last value of a setting, or nothing."""
    return settings.get((section, key), [(0, "")])[-1][1]


def check_timer(path: Path, settings: Settings, report: Report) -> None:
    """A timer says when, in UTC, and its service stands beside it."""
    for number, when in settings.get(("Timer", "OnCalendar"), []):
        report.expect(when.endswith(" UTC"), number, "OnCalendar is not in UTC")
    report.expect(("Timer", "OnCalendar") in settings, 1, "no OnCalendar")
    report.expect(path.with_suffix(".service").exists(), 1, "no service of this name")


def check_retries(settings: Settings, project: Project, report: Report) -> None:
    """What is retried is what the page on exit codes says."""
    prevented = value(settings, "Service", "RestartPreventExitStatus").split()
    codes = {int(word) for word in prevented if word.isdigit()}
    if value(settings, "Service", "Restart"):
        number = settings[("Service", "Restart")][-1][0]
        report.expect(
            codes == project.final_codes,
            number,
            f"RestartPreventExitStatus has {listed(codes)}; of no use is a retry after {listed(project.final_codes)}",
        )
    if value(settings, "Service", "Type") == "oneshot" and ("Service", "RestartForceExitStatus") in settings:
        report.wrong(1, "systemd refuses RestartForceExitStatus in a unit of type oneshot")


def instances(path: Path, settings: Settings) -> list[tuple[dict[str, str], str]]:
    """The environment and the name of each instance; of a unit that is no template the one without a name."""
    if not path.stem.endswith("@"):
        return [({}, "")]
    pattern = PurePosixPath(value(settings, "Service", "EnvironmentFile")).name
    found = sorted(path.parent.glob(pattern.replace("%i", "*")))
    return [(read_environment(file), file.stem) for file in found]


def read_environment(path: Path) -> dict[str, str]:
    """The variables of an environment file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if "=" in line and not line.startswith("#")]
    return {name: value for name, _, value in pairs}


def check_commands(settings: Settings, environment: dict[str, str], instance: str, report: Report) -> None:
    """What the service starts for an instance, and that it may write where it has to."""
    found = settings.get(("Service", "ExecStart"), [])
    report.expect(found, 1, "no ExecStart")
    for number, line in found:
        program, *words = shlex.split(line.replace("%i", instance))
        report.expect(program == f"/usr/local/bin/{PROGRAM}", number, f"starts another program: {program}")
        for name in VARIABLE.findall(" ".join(words)):
            report.expect(name in environment, number, f"{instance}.env has no {name}")
        words = [VARIABLE.sub(lambda match: environment.get(match[1], ""), word) for word in words]
        report.commands.append(Command(str(number), words, recsys_settings(environment)))
        check_writable(settings, words, environment, number, report)


def recsys_settings(environment: dict[str, str]) -> dict[str, str]:
    """The settings of the program in an environment."""
    return {name: value for name, value in environment.items() if name.startswith("RECSYS_")}


def check_writable(
    settings: Settings, words: list[str], environment: dict[str, str], number: int, report: Report
) -> None:
    """The folders that the command writes to are writable in the sandbox of the unit."""
    if value(settings, "Service", "ProtectSystem") != "strict":
        return
    writable = [PurePosixPath(path) for path in value(settings, "Service", "ReadWritePaths").split()]
    written = [option(words, "--out-dir") or environment.get("RECSYS_OUT_DIR"), option(words, "--metrics-file")]
    for path in filter(None, written):
        inside = any(PurePosixPath(path).is_relative_to(folder) for folder in writable)
        report.expect(inside, number, f"ReadWritePaths does not have {path}")


def verify_with_systemd(path: Path, project: Project, report: Report) -> None:
    """Asks systemd itself, of version 250 or later, where it is installed."""
    program = shutil.which("systemd-analyze")
    if program is None or "--recursive-errors" not in output([program, "--help"])[1]:
        return
    with tempfile.TemporaryDirectory() as folder:
        # The program of a unit must exist for systemd.
        for unit in [path, path.with_suffix(".service")]:
            text = unit.read_text(encoding="utf-8") if unit.exists() else ""
            text = text.replace("/usr/local/bin", str(project.programs.resolve()))
            (Path(folder) / unit.name).write_text(text, encoding="utf-8")
        command = [program, "verify", "--man=no", "--recursive-errors=no", str(Path(folder) / path.name)]
        status, messages = output(command)
    # It may say other things of the machine that it runs on.
    about_unit = [line for line in messages.splitlines() if path.stem in line]
    if about_unit and (status != 0 or "Unknown key" in messages):
        report.wrong(1, f"systemd-analyze verify: {' '.join(about_unit)}")


def output(command: list[str]) -> tuple[int, str]:
    """The exit status of a command and what it printed."""
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return result.returncode, result.stdout + result.stderr
