"""Tests of cli_reference.py, with programs that are shell scripts."""

from __future__ import annotations

import contextlib
import io
import json
import stat
import tempfile
import unittest
from pathlib import Path
from typing import Any

import cli_reference

HELP = "OVERVIEW: It does.\n\nUSAGE: it do FILE\n           [<options>]\n\nOPTIONS:\n  --fast\n"


def option(name: str, kind: str = "option", **members: Any) -> dict[str, Any]:
    """An argument as programs describe it."""
    known = {"kind": kind, "names": [{"kind": "long", "name": name}], "valueName": name, "shouldDisplay": True}
    return {"isOptional": True, "isRepeating": False, "abstract": f"About {name}.", **known, **members}


def command(name: str, *arguments: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A command as programs describe it."""
    return {"commandName": name, "abstract": f"Does {name}.", "arguments": list(arguments), **members}


class CommandLineReferenceTests(unittest.TestCase):
    """The page says what the programs say."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        common = option("fast", kind="flag")
        file = option("path", kind="positional", isOptional=False, isRepeating=True)
        level = option("level", allValues=["low", "high"], defaultValue="low", isRepeating=True)
        copy = command("copy", common, level, file, discussion="recsys-it copy *\n\nMore <text> of it.")
        description = command("it", subcommands=[copy, command("list", common), command("help")])
        for name in cli_reference.PROGRAMS:
            self.write(name, description)

    def write(self, name: str, description: dict[str, Any]) -> None:
        """Makes a program that describes itself so."""
        texts = self.folder / f"{name}.json", self.folder / f"{name}.txt"
        texts[0].write_text(json.dumps({"command": description}), encoding="utf-8")
        texts[1].write_text(HELP, encoding="utf-8")
        program = self.folder / name
        program.write_text(
            f'#!/bin/sh\ncase "$*" in --experimental-dump-help) cat {texts[0]};; *) cat {texts[1]};; esac\n',
            encoding="utf-8",
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def run_main(self, *words: str) -> tuple[int, str]:
        """The exit status, and what is printed."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            page = str(self.folder / "cli.md")
            status = cli_reference.main(["--binary", str(self.folder), "--page", page, *words])
        return status, output.getvalue()

    def test_sections(self) -> None:
        text = cli_reference.page(self.folder)
        self.assertIn("Every subcommand takes:\n\n- `--fast`: About fast.\n", text)
        self.assertIn(
            "### recsys-dump copy\n\nDoes copy.\n\n    it do FILE [<options>]\n\n    recsys-it copy *\n\n"
            "More \\<text\\> of it.\n\n- `<path>...` (required): About path.\n"
            "- `--level <level>...`: About level. (values: low, high; default: low)\n",
            text,
        )
        self.assertIn("### recsys-dump list\n", text)
        self.assertNotIn("help\n", text)

    def test_a_page_that_is_written_is_right(self) -> None:
        self.assertEqual(self.run_main()[0], 1)
        self.assertEqual(self.run_main("--write"), (0, ""))
        self.assertEqual(self.run_main()[0], 0)

    def test_what_differs_is_shown(self) -> None:
        self.run_main("--write")
        self.write("recsys-dump", command("it", option("slow", kind="flag")))
        status, output = self.run_main()
        self.assertEqual(status, 1)
        self.assertIn("+- `--slow`: About slow.", output)

    def test_a_program_that_is_missing(self) -> None:
        (self.folder / "recsys-dump").unlink()
        self.assertEqual(self.run_main()[0], 2)


if __name__ == "__main__":
    unittest.main()
