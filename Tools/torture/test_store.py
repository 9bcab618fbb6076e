"""Tests of what is known of stores: which files belong there, and what a history says."""

from __future__ import annotations

import store
from made_store import OWNER, RUN, SEGMENT, MadeStore

VERSION = "0123456789abcdef" * 4


class LayoutTests(MadeStore):
    def test_what_belongs_there_is_not_left_behind(self) -> None:
        for name in [
            "canonical/demo/home/exposures/2026-01-01.rspart",
            f"canonical/.quarantine/{RUN}/demo/home/exposures/2026-01-01.rspart",
            f"ledger/demo/home/{RUN}.json",
            f"artifacts/demo/home/_/session_seq/2026-01-01_2026-01-07/{VERSION}.rsart",
            f"artifacts/demo/home/vip/cooc/2026-01-01_2026-01-07/{VERSION}.provenance.json",
            f"objectstore/demo/home/cooc/{VERSION}.rsart",
            f"objectstore/.quarantine/{RUN}/demo/home/cooc/{VERSION}.rsart",
            f"registry/records/demo/home/cooc/{VERSION}.json",
            f"registry/.quarantine/{RUN}/records/demo/home/cooc/{VERSION}.json",
            f"registry/pins/demo/home/cooc/{VERSION}.json",
            f"registry/collected/demo/home/{RUN}.json",
            "registry/history/demo/home/00000001.json",
            "registry/history/demo/home/segments/vip/00000001.json",
            "registry/current/demo/home/segments/vip/manifest.json",
            "checkpoints/demo/home/checkpoint.json",
            "runs/demo/home/segments/vip/last-failure.json",
            "locks/demo/home/partitions.lock",
            "locks/demo/home/blobs.lock",
            "locks/demo/home/segments/vip/publish.lock",
            "locks/demo/home/staging.lock",
        ]:
            self.write(name)
        (self.store / "scratch").mkdir()
        self.assertEqual(store.leftovers(self.store), [])

    def test_what_is_left_behind(self) -> None:
        files = [
            f"artifacts/demo/home/_/cooc/2026-01-01_2026-01-07/.tmp-1f-{VERSION}.rsart",
            "canonical/demo/home/exposures/.tmp-1f-2026-01-01.rspart",
            f"ledger/demo/home/.tmp-1f-{RUN}.json",
            f"objectstore/demo/home/cooc/.tmp-1f-{VERSION}.rsart",
            "registry/current/demo/home/.tmp-1f-manifest.json",
            "registry/history/demo/home/.tmp-1f-00000001.json",
            "registry/notes.txt",
            f"scratch/{RUN}/0",
        ]
        for name in files:
            self.write(name)
        self.assertEqual(store.leftovers(self.store), [*files[:-1], f"scratch/{RUN}", files[-1]])

    def test_a_folder_for_scratch_that_is_empty_is_left_behind(self) -> None:
        (self.store / "scratch" / RUN).mkdir(parents=True)
        self.assertEqual(store.leftovers(self.store), [f"scratch/{RUN}"])


class BegunTests(MadeStore):
    def test_a_store_is_begun_once_there_is_more_than_locks_and_what_is_unfinished(self) -> None:
        self.write("locks/demo/home/partitions.lock")
        self.write("canonical/demo/home/exposures/.tmp-1f-2026-01-01.rspart")
        self.assertFalse(store.is_begun(self.store))
        self.write("canonical/demo/home/exposures/2026-01-01.rspart")
        self.assertTrue(store.is_begun(self.store))


class HistoryTests(MadeStore):
    def test_the_chain_leads_from_what_is_live_past_what_never_was(self) -> None:
        self.entry(1, None, "a")
        self.entry(2, 1, "never live")
        live = self.entry(3, 1, "b")
        self.entry(4, 3, "never live either")
        entries = store.history(self.store, OWNER)
        self.assertEqual([entry.number for entry in store.chain(entries, live)], [3, 1])
        self.assertEqual(store.chain(entries, self.manifest("unheard of")), [])

    def test_a_chain_that_bites_its_tail_ends(self) -> None:
        live = self.entry(1, 2, "a")
        self.entry(2, 1, "b")
        self.assertEqual([entry.number for entry in store.chain(store.history(self.store, OWNER), live)], [1, 2])

    def test_owners_have_histories_of_their_own(self) -> None:
        self.entry(1, None, "a", owner=SEGMENT)
        self.assertEqual(store.history(self.store, OWNER), [])
        self.assertEqual(len(store.history(self.store, SEGMENT)), 1)

    def test_an_entry_with_the_name_of_another_is_an_error(self) -> None:
        self.entry(1, None, "a")
        folder = self.store / "registry/history/demo/home"
        (folder / "00000001.json").rename(folder / "00000002.json")
        with self.assertRaises(store.TornFile):
            store.history(self.store, OWNER)
