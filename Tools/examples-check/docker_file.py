"""Checks a Dockerfile: what it copies and calls is there, and its image has the libraries that the program needs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from example import PROGRAM, Command, Project, Report, joined_lines

INSTRUCTIONS = {"CMD", "COPY", "ENTRYPOINT", "ENV", "FROM", "RUN", "USER", "VOLUME", "WORKDIR"}
# What every image of Debian has.
LIBRARIES_OF_THE_SYSTEM = {"libc", "libm", "ld-linux-x86-64", "ld-linux-aarch64", "linux-vdso", "libpthread", "libdl"}
# What the build needs of the clone.
SOURCES = ["Package.swift", "Sources", "Tests", "Tools", "Benchmarks"]

Instructions = list[tuple[int, str, str]]


def check_dockerfile(path: Path, project: Project) -> Report:
    """A Dockerfile, the file beside it that says what is left out, and the commands in its comments."""
    report = Report()
    text = path.read_text(encoding="utf-8")
    instructions = read_instructions(text, report)
    report.expect(instructions and instructions[0][1] == "FROM", 1, "the first instruction is not FROM")
    for number, name, rest in instructions:
        if name == "COPY" and not rest.startswith("--from="):
            for source in shlex.split(rest)[:-1]:
                report.expect((project.root / source).exists(), number, f"copies what is not there: {source}")
        if name == "RUN":
            for script in re.findall(r"\bTools/\S+", rest):
                report.expect((project.root / script).is_file(), number, f"runs what is not there: {script}")
    check_settings(instructions, report)
    check_libraries(instructions, project, report)
    check_comments(text, project, report)
    check_ignored(path.with_name(f"{path.name}.dockerignore"), report)
    return report


def read_instructions(text: str, report: Report) -> Instructions:
    """The instructions with their lines."""
    result: Instructions = []
    for number, line in joined_lines(text):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.partition(" ")
        report.expect(name in INSTRUCTIONS, number, f"no instruction: {name}")
        result.append((number, name, rest.strip()))
    return result


def check_settings(instructions: Instructions, report: Report) -> None:
    """Process 1 is the program, not root, and its output folder is a volume."""
    last = {name: (number, rest) for number, name, rest in instructions}
    number, entry_point = last.get("ENTRYPOINT", (1, ""))
    report.expect(entry_point == json.dumps([PROGRAM]), number, "ENTRYPOINT is not the program in the exec form")
    number, user = last.get("USER", (1, ""))
    report.expect(re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), number, "USER is not numbers above 0")
    number, volume = last.get("VOLUME", (1, "[]"))
    environment = dict(part.split("=", 1) for _, name, rest in instructions if name == "ENV" for part in rest.split())
    folder = environment.get("RECSYS_OUT_DIR")
    report.expect(json.loads(volume) == [folder], number, "VOLUME is not RECSYS_OUT_DIR")
    if "CMD" in last:
        number, words = last["CMD"]
        report.commands.append(Command(str(number), json.loads(words), environment))


def check_libraries(instructions: Instructions, project: Project, report: Report) -> None:
    """The last stage installs a package for each library that the program is linked to, but for versions."""
    if shutil.which("ldd") is None:
        return
    start = max((index for index, item in enumerate(instructions) if item[1] == "FROM"), default=0)
    installed = " ".join(rest for _, name, rest in instructions[start:] if name == "RUN").split()
    program = str(project.programs / PROGRAM)
    result = subprocess.run(["ldd", program], capture_output=True, text=True, check=False)
    for library in re.findall(r"^\s*(\S+?)\.so", result.stdout, flags=re.MULTILINE):
        stem = Path(library).name
        wanted = "zlib" if stem == "libz" else stem.replace("_", "-")
        if stem not in LIBRARIES_OF_THE_SYSTEM:
            found = any(word.startswith(wanted) for word in installed)
            report.expect(found, instructions[start][0], f"no package has {stem}, which the program needs")


def check_comments(text: str, project: Project, report: Report) -> None:
    """The commands of docker in the comments."""
    comments = "\n".join(line[1:] if line.startswith("#") else "" for line in text.splitlines())
    for number, line in joined_lines(comments):
        if not line.strip().startswith("docker "):
            continue
        words = shlex.split(line)
        if words[1] == "build":
            file = words[words.index("--file") + 1]
            report.expect((project.root / file).is_file(), number, f"builds what is not there: {file}")
        elif words[1] == "run" and PROGRAM in words:
            report.commands.append(Command(str(number), words[words.index(PROGRAM) + 1 :]))


def check_ignored(path: Path, report: Report) -> None:
    """What the build needs is not left out."""
    if not path.exists():
        report.wrong(1, f"{path.name} is missing: all of the clone would be sent to the builder")
        return
    patterns = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for source in SOURCES:
        report.expect(source not in patterns, 1, f"{path.name} leaves {source} out")
