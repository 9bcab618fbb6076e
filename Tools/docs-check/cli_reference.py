#!/usr/bin/env python3
"""Writes the reference page of the command line from what the programs say of themselves, or checks that it is so.

The page is docs/reference/cli.md. Exit status: 0 if it is what the programs say, 1 if not, 2 if they cannot be asked.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

PROGRAMS = ("recsys-pipelines", "recsys-dump", "recsys-generate")
WIDTH = 120

INTRODUCTION = """\
# Command line

For everybody who writes a command or a script: every subcommand with its options, as `--help` says it. This page is
made from the programs by `Tools/docs-check/cli_reference.py`, and `make test` holds it to them. `man
recsys-pipelines.run` shows the same where `make install` was used.

Results go to standard output, everything else to [standard error](logs.md). How a command ended is its
[exit code](exit-codes.md). `--` ends the options; a value may follow its option after `=` or as the next word.
"""

Argument = dict[str, Any]
Command = dict[str, Any]


def ask(program: Path, *words: str) -> str:
    """What a program prints."""
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout


def spelling(argument: Argument) -> str:
    """How an argument is given: `PATH...`, `-o, --output <output>`."""
    if argument["kind"] == "positional":
        return f"<{argument['valueName']}>" + ("..." if argument["isRepeating"] else "")
    names = [("-" if name["kind"] == "short" else "--") + name["name"] for name in argument["names"]]
    value = f" <{argument['valueName']}>" if argument["kind"] == "option" else ""
    return ", ".join(names) + value + ("..." if argument["isRepeating"] and value else "")


def meaning(argument: Argument) -> str:
    """What an argument does, with its values and its default."""
    facts = []
    if values := argument.get("allValues"):
        facts.append("values: " + ", ".join(values))
    if default := argument.get("defaultValue"):
        facts.append(f"default: {default}")
    text: str = argument.get("abstract", "")
    return text + (f" ({'; '.join(facts)})" if facts else "")


def is_required(argument: Argument) -> bool:
    """True if the command does not work without it."""
    return not argument["isOptional"] and argument["kind"] != "flag"


def options(arguments: list[Argument]) -> str:
    """A list of arguments, those first without which nothing works."""
    lines = []
    for argument in sorted(arguments, key=lambda each: not is_required(each)):
        text = f"`{spelling(argument)}`" + (" (required)" if is_required(argument) else "")
        lines.append(wrapped(f"{text}: {escaped(meaning(argument))}", "- ", "  "))
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    return re.sub(r"[<>*_]", lambda found: "\\" + found.group(), text)


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """A paragraph in lines that are not too long."""
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def usage(program: Path, path: list[str]) -> str:
    """How a command is used, one line a form."""
    text = ask(program, *path, "--help")
    block = text.split("USAGE: ", 1)[1].split("\n\n", 1)[0]
    return " ".join(block.split())


def discussion(text: str) -> str:
    """What there is to say of a command: its paragraphs, those that begin with a command as code."""
    parts = []
    for paragraph in text.split("\n\n"):
        lines = paragraph.splitlines()
        if lines[0].strip().startswith("recsys-") or lines[0].startswith("  "):
            parts.append("\n".join("    " + line for line in lines))
        else:
            parts.append(wrapped(escaped(" ".join(paragraph.split()))))
    return "\n\n".join(parts) + "\n"


def shown(command: Command) -> list[Argument]:
    """The arguments of a command, without those that every command has."""
    hidden = {"--version", "-h, --help"}
    return [each for each in command.get("arguments", []) if each["shouldDisplay"] and spelling(each) not in hidden]


def leaves(command: Command, path: list[str]) -> list[tuple[list[str], Command]]:
    """The commands that do something, each with the words that name it."""
    below = [each for each in command.get("subcommands", []) if each["commandName"] != "help"]
    if not below:
        return [(path, command)]
    return [leaf for each in below for leaf in leaves(each, [*path, each["commandName"]])]


def section(program: Path) -> str:
    """All that is said of a program."""
    root = json.loads(ask(program, "--experimental-dump-help"))["command"]
    commands = leaves(root, [])
    text = f"\n## {program.name}\n\n{wrapped(root['abstract'])}\n"
    common: list[Argument] = []
    if len(commands) > 1:
        common = [each for each in shown(commands[0][1]) if all(each in shown(command) for _, command in commands)]
    if common:
        text += f"\nEvery subcommand takes:\n\n{options(common)}"
    for path, command in commands:
        if path:
            text += f"\n### {program.name} {' '.join(path)}\n\n{wrapped(escaped(command['abstract']))}\n"
        words = usage(program, path)
        text += "\n" + textwrap.fill(
            words, WIDTH, initial_indent="    ", subsequent_indent="        ", break_on_hyphens=False
        )
        text += "\n"
        if about := command.get("discussion"):
            text += "\n" + discussion(about)
        if own := [each for each in shown(command) if each not in common]:
            text += "\n" + options(own)
    return text


def page(programs: Path) -> str:
    """The whole page."""
    return INTRODUCTION + "".join(section(programs / name) for name in PROGRAMS)


def main(words: list[str]) -> int:
    """Checks the page, or writes it."""
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description="Checks the reference page of the command line.")
    parser.add_argument("--binary", type=Path, required=True, help="the folder with the built programs")
    parser.add_argument("--page", type=Path, default=root / "docs" / "reference" / "cli.md", help="the page")
    parser.add_argument("--write", action="store_true", help="write the page")
    arguments = parser.parse_args(words)
    try:
        expected = page(arguments.binary.resolve())
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"cli_reference: {error}", file=sys.stderr)
        return 2
    if arguments.write:
        arguments.page.write_text(expected, encoding="utf-8")
        return 0
    present = arguments.page.read_text(encoding="utf-8") if arguments.page.exists() else ""
    difference = list(
        difflib.unified_diff(present.splitlines(), expected.splitlines(), "the page", "the programs", lineterm="")
    )
    print("\n".join(difference[:40]) or "cli_reference: the page is what the programs say")
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
