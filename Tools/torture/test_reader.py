"""Tests of reader.py: what a reader would find wrong, in stores made for it."""

from __future__ import annotations

import json
import time
from pathlib import Path

from made_store import OWNER, SEGMENT, MadeStore
from reader import Reader, reading


class ReaderTests(MadeStore):
    def setUp(self) -> None:
        super().setUp()
        self.reader = Reader(self.store)

    def problems(self) -> list[str]:
        self.reader.read(OWNER)
        return self.reader.readings.problems

    def assert_problem(self, text: str) -> None:
        problems = self.problems()
        self.assertTrue(any(text in problem for problem in problems), problems)

    def test_what_is_live_and_whole(self) -> None:
        manifest = self.manifest("a")
        self.make_current(manifest)
        self.assertEqual(self.problems(), [])
        self.assertEqual(self.reader.readings.manifests[OWNER], {json.dumps(manifest).encode()})

    def test_a_manifest_may_be_missing_until_there_was_one(self) -> None:
        self.assertEqual(self.problems(), [])
        path = self.make_current(self.manifest("a"))
        self.assertEqual(self.problems(), [])
        path.unlink()
        self.reader.read(SEGMENT)
        self.assertEqual(len(self.reader.readings.problems), 0)
        self.assert_problem("the manifest is missing")

    def test_a_manifest_that_is_torn(self) -> None:
        path = self.make_current(self.manifest("a"))
        path.write_bytes(path.read_bytes()[:-1])
        self.assert_problem("torn")

    def test_a_manifest_that_is_empty(self) -> None:
        self.make_current(self.manifest("a")).write_bytes(b"")
        self.assert_problem("torn")

    def test_a_manifest_of_somebody_else(self) -> None:
        self.make_current(self.manifest("a") | {"tenant": "other"})
        self.assert_problem("of (1, 'other', 'home')")

    def test_a_manifest_that_names_no_file(self) -> None:
        self.make_current(self.manifest("a") | {"current": {"cooc": "somewhere"}})
        self.assert_problem("not a manifest")

    def test_a_blob_that_is_missing(self) -> None:
        self.make_current(self.manifest("a"))
        self.blob("a").unlink()
        self.assert_problem("missing, and the manifest is still the same")

    def test_a_blob_that_is_cut_off(self) -> None:
        self.make_current(self.manifest("a"))
        self.blob("a").write_bytes(b"")
        self.assert_problem("its SHA-256 is e3b0c442")

    def test_a_blob_that_became_garbage_meanwhile(self) -> None:
        path = self.make_current(self.manifest("a"))
        with path.open("rb") as file:
            text = file.read()
            # The same bytes, but another file: it was moved in between.
            self.make_current(self.manifest("a"))
            self.blob("a").unlink()
            self.assertEqual(self.reader.blob_problems(text, file, path), [])
            self.assertEqual(self.problems()[0].count("missing"), 1)


class ReadingTests(MadeStore):
    def wait_until_read(self, marker: Path) -> None:
        """Until a reader has surely gone once through all owners since it was started."""
        time.sleep(0.3)
        self.assertTrue(marker.exists())

    def test_a_process_reads_all_the_while(self) -> None:
        first, second = self.manifest("a"), self.manifest("b")
        with reading(self.store, (OWNER, SEGMENT)) as readings:
            self.wait_until_read(self.make_current(first))
            self.wait_until_read(self.make_current(second))
        self.assertEqual(readings.manifests[OWNER], {json.dumps(each).encode() for each in (first, second)})
        self.assertEqual(readings.problems, [])
        self.assertGreater(readings.manifest_count, 1)

    def test_what_it_finds_comes_back(self) -> None:
        self.make_current(self.manifest("a"))
        self.blob("a").unlink()
        with reading(self.store, (OWNER,)) as readings:
            time.sleep(0.3)
        self.assertTrue(readings.problems)

    def test_a_reader_that_cannot_read_is_an_error(self) -> None:
        # A folder is nothing that it expects there.
        self.write("registry/current/demo/home/manifest.json/file")
        with self.assertRaises(IsADirectoryError), reading(self.store, (OWNER,)):
            time.sleep(0.3)
