"""Tests of the documentation check: each way in which a page can be wrong is found, and a true page passes."""

from __future__ import annotations

import contextlib
import io
import tempfile
import textwrap
import unittest
from pathlib import Path

import check_docs
from commands import last_command_line, lines_match
from markdown import heading_anchor, read_page


class Project:
    """A project in a temporary folder, with one program named `hello` and a Makefile with one target."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.write("bin/hello", "#!/bin/sh\necho hello ${1-world}\n")
        (self.programs / "hello").chmod(0o755)
        self.write("Makefile", "demo: ## text\n\ttrue\n")
        self.write("Fixtures/demo/a.txt", "alpha\n")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")

    def check(self, *options: str) -> tuple[int, str]:
        """The exit status of the check and what it printed."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            status = check_docs.main(["--root", str(self.root), "--binary", str(self.programs), *options])
        return status, output.getvalue()


class CheckDocsTestCase(unittest.TestCase):
    """Gives each test a project of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.project = Project(Path(folder.name))

    def check_readme(self, text: str) -> tuple[int, str]:
        """Checks the project with `text` as its README."""
        self.project.write("README.md", text)
        return self.project.check()

    def assert_passes(self, text: str, summary: str) -> None:
        """The page is found true, and the summary says what was checked."""
        status, output = self.check_readme(text)
        self.assertEqual(status, 0, output)
        self.assertIn(summary, output)

    def assert_fails(self, text: str, *messages: str) -> None:
        """The page is found wrong, with these words."""
        status, output = self.check_readme(text)
        self.assertEqual(status, 1, output)
        for message in messages:
            self.assertIn(message, output)


class ShellBlockTests(CheckDocsTestCase):
    """Blocks marked `sh`."""

    def test_commands_see_programs_and_fixtures(self) -> None:
        self.assert_passes("```sh\nhello | grep world\ngrep alpha Fixtures/demo/a.txt\n```\n", "1 blocks run")

    def test_blocks_of_a_page_share_a_folder(self) -> None:
        self.assert_passes("```sh\necho x > made\n```\n\n```sh\ntest -f made\n```\n", "2 blocks run")

    def test_pages_share_nothing(self) -> None:
        self.project.write("docs/a.md", "# A\n\nFor you.\n\n```sh\ntouch made\n```\n")
        self.project.write("docs/deep/b.md", "# B\n\nIt is for whoever reads.\n\n```sh\ntest ! -e made\n```\n")
        status, output = self.project.check()
        self.assertEqual(status, 0, output)
        self.assertIn("2 blocks run", output)

    def test_a_failing_command_is_named_with_its_line(self) -> None:
        self.assert_fails("# A\n\n```sh\ntrue\nls missing\ntrue\n```\n", "README.md:5: exit status 2, expected 0")

    def test_a_pipe_fails_with_its_first_command(self) -> None:
        self.assert_fails("```sh\nfalse | cat\n```\n", "README.md:2: exit status 1")

    def test_an_unset_variable_fails(self) -> None:
        self.assert_fails("```sh\necho $nothing\n```\n", "unbound variable")

    def test_the_last_command_may_be_expected_to_fail(self) -> None:
        self.assert_passes("<!-- exit: 3 -->\n\n```sh\ntrue\nsh -c \\\n  'exit 3'\n```\n", "1 blocks run")

    def test_an_earlier_command_may_not_stand_in_for_it(self) -> None:
        self.assert_fails("<!-- exit: 3 -->\n```sh\nsh -c 'exit 3'\ntrue\n```\n", "README.md:3:", "before the last")

    def test_success_fails_where_failure_is_expected(self) -> None:
        self.assert_fails("<!-- exit: 3 -->\n```sh\ntrue\n```\n", "exit status 0, expected 3")

    def test_a_block_that_is_not_run_is_listed_with_its_reason(self) -> None:
        self.assert_passes("<!-- not run: needs a bucket -->\n```sh\nexit 9\n```\n", "README.md:3: not run: needs a b")

    def test_a_block_is_not_skipped_without_a_reason(self) -> None:
        self.assert_fails("<!-- not run: -->\n```sh\nexit 9\n```\n", "README.md:2: 'not run' needs a reason")

    def test_a_comment_before_nothing_is_refused(self) -> None:
        self.assert_fails("<!-- exit: 3 -->\n\nText\n", "stands before no fenced block")

    def test_other_names_for_shells_are_refused(self) -> None:
        self.assert_fails("```bash\ntrue\n```\n", "mark commands as `sh`")

    def test_an_open_fence_is_refused(self) -> None:
        self.assert_fails("text\n```sh\ntrue\n", "README.md:2: this fenced block is never closed")


class MakeTests(CheckDocsTestCase):
    """Commands that call make."""

    def test_targets_that_exist_are_not_run(self) -> None:
        self.assert_passes("```sh\nmake demo PREFIX=/x  # some text\n```\n", "0 failures")

    def test_a_missing_target_is_named(self) -> None:
        self.assert_fails("```sh\nmake\nmake dmo\n```\n", "README.md:3: the Makefile has no target 'dmo'")

    def test_targets_of_skipped_blocks_are_checked(self) -> None:
        text = "<!-- not run: clones -->\n```console\n$ make nothing\nmake output\n```\n"
        self.assert_fails(text, "no target 'nothing'", "1 failures")


class ConsoleBlockTests(CheckDocsTestCase):
    """Blocks marked `console`."""

    def test_output_is_compared(self) -> None:
        self.assert_passes("```console\n$ hello\nhello world\n$ hello you; echo\nhello you\n```\n", "1 blocks run")

    def test_other_output_is_shown_as_a_difference(self) -> None:
        self.assert_fails("```console\n$ true\n$ hello\nbye\n```\n", "README.md:3: other", "-bye", "+hello world")

    def test_missing_and_extra_lines_are_found(self) -> None:
        self.assert_fails("```console\n$ hello\n```\n", "+hello world")
        self.assert_fails("```console\n$ true\nhello\n```\n", "-hello")

    def test_any_lines_and_any_text(self) -> None:
        self.assert_passes("```console\n$ seq 9\n1\n...\n9\n$ hello\nhe…d\n```\n", "0 failures")

    def test_commands_go_on_over_lines(self) -> None:
        self.assert_passes("```console\n$ hello \\\n>   you\nhello you\n$ hello \\\n   me\nhello me\n```\n", "0 fail")

    def test_state_lasts_to_the_end_of_the_block(self) -> None:
        self.assert_passes("```console\n$ cd Fixtures; x=1\n$ ls; echo $x\ndemo\n1\n```\n", "0 failures")

    def test_errors_are_part_of_the_output(self) -> None:
        text = "<!-- exit: 2 -->\n```console\n$ ls missing\nls: …No such file…\n```\n"
        self.assert_passes(text, "0 failures")

    def test_exit_status_counts(self) -> None:
        self.assert_fails("```console\n$ sh -c 'exit 4'\n$ true\n```\n", "README.md:2: exit status 4, expected 0")
        self.assert_fails("<!-- exit: 3 -->\n```console\n$ true\n```\n", "exit status 0, expected 3")

    def test_a_shell_that_ends_early_is_found(self) -> None:
        self.assert_fails("```console\n$ exit 0\n$ true\n```\n", "README.md:2: the shell ended before")

    def test_a_block_without_commands_is_refused(self) -> None:
        self.assert_fails("```console\nhello\n```\n", "no line begins with '$ '")


class PythonBlockTests(CheckDocsTestCase):
    """Blocks marked `python`."""

    def test_blocks_of_a_page_are_one_notebook(self) -> None:
        text = "```python\nx = 40\n```\n\n```sh\necho 2 > made\n```\n\n"
        text += "```python\nassert x + int(open('made').read()) == 42\n```\n"
        self.assert_passes(text, "3 blocks run")

    def test_pages_share_nothing(self) -> None:
        self.project.write("docs/a.md", "```python\nx = 1\n```\n")
        self.project.write("docs/b.md", "```python\nx\n```\n")
        self.assert_fails("text\n", "docs/b.md:2: this block of Python failed", "NameError")

    def test_output_and_the_last_expression_are_compared(self) -> None:
        self.assert_passes("```python\nprint('a')\n'b'\n```\n\n```text\na\n'b'\n```\n", "1 blocks run")
        self.assert_passes("```python\nlist(range(50))\n```\n```text\n[0, 1, …, 49]\n```\n", "0 failures")
        self.assert_fails("```python\n1 + 1\n```\n\n```text\n3\n```\n", "README.md:2: other output", "-3", "+2")

    def test_text_that_stands_apart_is_no_output(self) -> None:
        self.assert_passes("```python\n1 + 1\n```\n\nText.\n\n```text\n3\n```\n", "0 failures")
        self.assert_passes("```python\n1 + 1\n```\n", "0 failures")

    def test_a_failure_is_named_with_its_line(self) -> None:
        text = "# A\n\n```python\ndef f():\n    raise ValueError('why')\n\nf()\n```\n"
        self.assert_fails(text, "README.md:5: this block of Python failed", "ValueError: why")
        self.assert_fails("```python\nx = 1\nx = = 2\n```\n", "README.md:3: this block", "SyntaxError")

    def test_a_block_that_ends_the_process(self) -> None:
        text = "```python\nimport os; os._exit(0)\n```\n\n```python\n1\n```\n"
        self.assert_fails(text, "README.md:2:", "the process ended", "2 failures")

    def test_a_block_that_is_not_run(self) -> None:
        self.assert_passes("<!-- not run: for the page alone -->\n```python\n1 / 0\n```\n", "0 blocks run, 1 not run")

    def test_pages_of_tools_are_checked(self) -> None:
        self.project.write("Tools/x/README.md", "```python\n1 / 0\n```\n")
        self.assert_fails("text\n", "Tools/x/README.md:2: this block of Python failed")


class ImageTests(CheckDocsTestCase):
    """Images that the blocks of a page make."""

    TEXT = "```sh\necho drawn > a.svg\n```\n\n![a](docs/a.svg)\n"

    def test_an_image_that_is_as_made(self) -> None:
        self.project.write("docs/a.svg", "drawn\n")
        self.assert_passes(self.TEXT, "0 failures")

    def test_an_image_that_is_not(self) -> None:
        self.project.write("docs/a.svg", "drawn long ago\n")
        self.assert_fails(self.TEXT, "README.md:5: docs/a.svg is not what the page makes")

    def test_an_image_that_the_page_does_not_make(self) -> None:
        self.project.write("docs/b.svg", "drawn by hand\n")
        self.assert_passes("![b](docs/b.svg)\n", "0 failures")

    def test_images_are_written_when_that_is_asked_for(self) -> None:
        self.project.write("docs/a.svg", "drawn long ago\n")
        self.project.write("README.md", self.TEXT)
        self.assertEqual(self.project.check("--write-images")[0], 0)
        self.assertEqual((self.project.root / "docs/a.svg").read_text(), "drawn\n")


class NamedTestTests(CheckDocsTestCase):
    """Tests that pages refer to."""

    def test_names_of_tests(self) -> None:
        self.project.write("Tests/XTests/CrashTests.swift", "@Test func itHolds() {}\n")
        self.assert_passes("It holds: `CrashTests.itHolds`.\n", "0 failures")
        self.assert_fails("\nIt holds: `CrashTests.itDoes`.\n", "README.md:2: there is no test CrashTests.itDoes")
        self.assert_fails("`OtherTests.itHolds`\n", "there is no test OtherTests.itHolds")


class ReadersTests(CheckDocsTestCase):
    """Pages say whom they are for."""

    def test_pages_of_docs(self) -> None:
        self.project.write("docs/README.md", "# Documentation\n\nA list.\n")
        self.project.write("docs/a.md", "# A\n\nIt says more. For data\nengineers.\n")
        self.assert_passes("# Project\n", "0 failures")
        self.project.write("docs/a.md", "# A\n\nIt says\nmore.\n\nFor data engineers.\n")
        self.assert_fails("# Project\n", "docs/a.md:1: say in the first paragraph whom the page is for")


class LinkTests(CheckDocsTestCase):
    """Links and anchors."""

    def test_links_that_lead_somewhere(self) -> None:
        self.project.write("docs/a.md", "# One `two`: three!\n\nFor you.\n\n## Same\n\n## Same\n\n[up](../README.md)\n")
        text = """\
            # Top
            [a](docs/a.md#one-two-three) [b](docs/a.md#same-1) [c](#top) [d](docs/) [e](https://example.org/x#y)
            [f](Makefile#L1) `[not](a-link)` ![g](Fixtures/demo/a.txt "title") <a id="here"></a> [h](#here)

            [ref]: docs/a.md
            """
        self.assert_passes(text, "10 links, 0 failures")

    def test_links_in_blocks_are_text(self) -> None:
        self.assert_passes("```text\n[a](missing.md)\n```\n", "0 links")

    def test_a_missing_file(self) -> None:
        self.assert_fails("\n[a](docs/b.md)\n", "README.md:2: the link docs/b.md leads nowhere: there is no such file")

    def test_a_missing_reference(self) -> None:
        self.assert_fails("[a]: b.md\n", "README.md:1: the link b.md")

    def test_a_missing_anchor(self) -> None:
        self.assert_fails("# A\n[a](#b)\n", "README.md has no heading or anchor #b")

    def test_a_link_out_of_the_project(self) -> None:
        self.assert_fails("[a](../..)\n", "it leaves the repository")


class PartsTests(unittest.TestCase):
    """The small functions."""

    def test_lines_match(self) -> None:
        self.assertTrue(lines_match(["...", "b", "..."], ["a", "b", "b", "c"]))
        self.assertTrue(lines_match(["..."], []))
        self.assertTrue(lines_match(["a", "...", "b", "...", "c"], ["a", "b", "x", "b", "c"]))
        self.assertTrue(lines_match(["a (…) [.]"], ["a (12 s) [.]"]))
        self.assertFalse(lines_match(["...", "b"], ["a", "b", "c"]))
        self.assertFalse(lines_match(["a", "..."], ["b"]))
        self.assertFalse(lines_match(["a.c"], ["abc"]))

    def test_last_command_line(self) -> None:
        self.assertEqual(last_command_line(["a", "b \\", "  c", "", "# d"]), 2)

    def test_heading_anchor(self) -> None:
        self.assertEqual(heading_anchor("The `run` command, [in](x.md) 2 steps"), "the-run-command-in-2-steps")

    def test_nested_fences_belong_to_the_outer_block(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.md"
            path.write_text("````md\n```sh\nfalse\n```\n````\n", encoding="utf-8")
            self.assertEqual([block.language for block in read_page(path).blocks], ["md"])


if __name__ == "__main__":
    unittest.main()
