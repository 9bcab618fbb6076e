"""Tests of the program: what it prints, and its exit codes."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import tempfile
import tomllib
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from building import ArtifactParts, PartitionParts
from recsys_artifacts import cli

PARTITION = """\
type      partition
tenant    demo
surface   home
day       2026-01-01
events    3
earliest  2026-01-01T00:00:00.000000003Z
latest    2026-01-01T00:00:00.000000009Z
users     2
sessions  2
requests  1
items     2
"""


class CommandTests(unittest.TestCase):
    """Commands."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.file = self.folder / "a.rspart"
        self.file.write_bytes(PartitionParts().file())

    def run_main(self, *arguments: str | Path) -> tuple[int, str, str]:
        """The exit code, and what was written to either stream."""
        output, errors = io.StringIO(), io.StringIO()
        with redirect_stdout(output), redirect_stderr(errors):
            try:
                code = cli.main(list(map(str, arguments)))
            except SystemExit as exit_:
                code = int(exit_.code or 0)
        return code, output.getvalue(), errors.getvalue()

    def assert_fails(self, code: int, *arguments: str | Path, words: str, remedy: str) -> None:
        """The program ends with this code and message, and prints nothing else."""
        actual = self.run_main(*arguments)
        self.assertEqual(actual[:2], (code, ""))
        message, _, rest = actual[2].partition("\n")
        self.assertTrue(message.startswith("error: "), message)
        self.assertIn(words, message)
        self.assertEqual(rest, f"  {remedy}\n" if remedy else "")

    def test_info_of_a_partition(self) -> None:
        self.assertEqual(self.run_main("info", self.file), (0, PARTITION, ""))

    def test_info_of_an_artifact(self) -> None:
        parts = ArtifactParts()
        parts.members["segment"] = "vip"
        self.file.write_bytes(parts.file())
        code, output, _ = self.run_main("info", self.file)
        self.assertEqual(code, 0)
        for line in ("kind                    cooc", "segment                 vip", "min_cooc_support        1"):
            self.assertIn(f"{line}\n", output)

    def test_to_parquet(self) -> None:
        output = self.folder / "a.parquet"
        self.assertEqual(self.run_main("to-parquet", self.file, "--output", output), (0, f"{output}\n", ""))
        self.assertTrue(output.exists())

    def test_usage(self) -> None:
        for arguments in ((), ("inf",), ("info",), ("info", "a", "b"), ("to-parquet",), ("info", "--x", "a")):
            code, output, errors = self.run_main(*arguments)
            self.assertEqual((code, output), (2, ""))
            self.assertIn("usage: recsys-artifacts", errors)
        self.assert_fails(2, "info", self.folder, words="Is a directory", remedy="name a file in that folder")
        words, remedy = "--output: Parquet is not written to standard output", "name a file or a folder"
        for option in (("--output", "-"), ("-o-",)):
            self.assert_fails(2, "to-parquet", self.file, *option, words=words, remedy=remedy)
        remedy = "name a file or a folder with --output"
        self.assert_fails(2, "to-parquet", self.folder, words="no output", remedy=remedy)

    def test_help(self) -> None:
        for arguments in (("--help",), ("info", "--help"), ("to-parquet", "--help")):
            code, output, _ = self.run_main(*arguments)
            self.assertEqual(code, 0)
            self.assertIn("Exit codes: 0 done, 2 usage, 5 corruption", " ".join(output.split()))

    def test_the_version_is_that_of_the_package(self) -> None:
        declared = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
        self.assertEqual(self.run_main("--version"), (0, f"{declared['project']['version']}\n", ""))

    def test_a_newer_version(self) -> None:
        self.file.write_bytes(PartitionParts().file(version=2))
        self.assert_fails(2, "info", self.file, words="needs a newer", remedy="install a newer recsys-artifacts")

    def test_a_day_that_parquet_cannot_say(self) -> None:
        self.file.write_bytes(PartitionParts(day=2_932_896).file())
        self.assert_fails(2, "to-parquet", self.file, "-o", self.folder / "a.parquet", words="9999-12-31", remedy="")

    def test_without_pyarrow(self) -> None:
        with mock.patch.dict(sys.modules, {"pyarrow": None}):
            for name in ("export", "arrow_tables"):
                sys.modules.pop(f"recsys_artifacts.{name}", None)
                vars(sys.modules["recsys_artifacts"]).pop(name, None)
            words = "pyarrow is missing: pip install pyarrow"
            self.assert_fails(2, "to-parquet", self.file, words=words, remedy="")

    def test_corruption(self) -> None:
        self.file.write_bytes(b"hello")
        self.assert_fails(5, "info", self.file, words="neither", remedy="check that the path names the file you mean")
        self.file.write_bytes(PartitionParts(zero=1).file())
        remedy = "restore the file from a copy, or make it again from its input"
        self.assert_fails(5, "info", self.file, words=f"{self.file}: corrupt at statistics", remedy=remedy)

    def test_files_of_other_formats(self) -> None:
        remedy = "check that the path names the file you mean"
        for name in ("events.jsonl", "manifest.json", "x.gz", "empty"):
            path = self.folder / name
            path.write_bytes({"x.gz": b"\x1f\x8b\x08\x00", "empty": b""}.get(name, b"{}\n"))
            for command in ("info", "to-parquet"):
                self.assert_fails(2, command, path, words=f"{path}: neither a partition nor", remedy=remedy)
        self.assert_fails(2, "info", "/dev/null", words="neither", remedy=remedy)

    def test_files_that_were_ours_once(self) -> None:
        remedy = "check that the path names the file you mean"
        whole = PartitionParts().file()
        for start in (
            whole[:8],
            whole[:63],
            b"\xc2" + whole,
            b"\xef\xbf\xbd" + whole[1:],
            b"?RSA\n\x1a",
            b"x" + whole[1:],
        ):
            path = self.folder / "copy"
            path.write_bytes(start)
            self.assert_fails(5, "info", path, words=f"{path}: n", remedy=remedy)
        for name in ("a.rspart", "a.rsart"):
            path = self.folder / name
            path.write_bytes(b"{}")
            self.assert_fails(5, "info", path, words="neither", remedy=remedy)

    def test_a_missing_file(self) -> None:
        for command in ("info", "to-parquet"):
            path = self.folder / "missing"
            self.assert_fails(8, command, path, words=f"{path}: No such", remedy="check the spelling of the path")

    def test_storage(self) -> None:
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a.parquet")
        with mock.patch("recsys_artifacts.export._write_rows", side_effect=full):
            words, remedy = "a.parquet: No space left", "run the same command again when it works"
            self.assert_fails(7, "to-parquet", self.file, "-o", self.folder / "a.parquet", words=words, remedy=remedy)

    def test_an_interrupt(self) -> None:
        with mock.patch("recsys_artifacts.cli.open_file", side_effect=KeyboardInterrupt):
            self.assertEqual(self.run_main("info", self.file), (130, "", ""))

    def test_a_reader_that_stops_early(self) -> None:
        source = str(Path(cli.__file__).parents[1])
        command = [sys.executable, "-m", "recsys_artifacts.cli", "info", str(self.file)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": source}
        ) as process:
            assert process.stdout is not None and process.stderr is not None
            process.stdout.close()
            self.assertEqual((process.stderr.read(), process.wait()), (b"", 0))


if __name__ == "__main__":
    unittest.main()
