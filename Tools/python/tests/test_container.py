"""Tests of the container: every check of section 11 of its page, by a file that fails it and no other."""

from __future__ import annotations

import struct
import unittest
from typing import Any

from building import U32_MAX, PartitionParts, Piece, column, container, decimals, narrow, text, with_tail
from memory import at_most
from recsys_artifacts import Corrupt, FormatError, NeedsNewerReader, NotRecognised, read_artifact, read_partition

PARTS = PartitionParts()
WHOLE = PARTS.file()
MAGIC = WHOLE[:8]


def items(pieces: list[Piece]) -> bytes:
    """The partition with other blocks of item codes."""
    parts = PartitionParts()
    parts.sections[20] = pieces
    return parts.file()


def item(raw: bytes = narrow([1, 2, 1]), **fields: Any) -> bytes:
    """The partition with one block of item codes whose entry has these fields."""
    whole: dict[str, Any] = {"section": 20, "part": 0, "encoding": 2, "rows": 3, "raw": raw}
    return items([Piece(**whole | fields)])


class ContainerTestCase(unittest.TestCase):
    """A test of whole files."""

    def assert_corrupt(self, file: bytes, words: str) -> Corrupt:
        """The file is found corrupt; returns in which words."""
        with self.assertRaisesRegex(Corrupt, words) as caught:
            read_partition(file).verify()
        return caught.exception

    def assert_corrupt_when_opened(self, file: bytes, words: str) -> None:
        """The file is found corrupt, before anybody asks for a column."""
        with self.assertRaisesRegex(Corrupt, words):
            read_partition(file)

    def assert_reads(self, file: bytes) -> None:
        """The file is right, and has the events of `PARTS`."""
        self.assertEqual(list(read_partition(file).events()), list(read_partition(WHOLE).events()))


class HeaderTests(ContainerTestCase):
    """Checks 1 to 5."""

    def test_files_of_no_format(self) -> None:
        for file in (b"", b"hello", WHOLE[:63], bytes(1000), MAGIC.replace(b"\r\n", b"\n") + WHOLE[8:]):
            with self.assertRaises(NotRecognised):
                read_partition(file)

    def test_files_of_the_other_format(self) -> None:
        with self.assertRaisesRegex(NotRecognised, "not an artifact"):
            read_artifact(WHOLE)

    def test_a_later_version(self) -> None:
        with self.assertRaisesRegex(NeedsNewerReader, r"format 2, this one reads 1"):
            read_partition(PARTS.file(version=2))

    def test_an_unknown_required_feature(self) -> None:
        for bit in range(32):
            with self.assertRaises(NeedsNewerReader):
                read_partition(PARTS.file(required=1 << bit))

    def test_what_is_newer_is_not_told_to_be_corrupt(self) -> None:
        newer = container(b"P", b"what may have changed", [], version=3, zeros=(1, 1))
        with self.assertRaises(NeedsNewerReader):
            read_partition(newer[:32] + bytes(32))

    def test_a_damaged_header_is_not_told_to_be_newer(self) -> None:
        self.assert_corrupt_when_opened(WHOLE[:8] + b"\2" + WHOLE[9:], "header, offset 0: the checksum")

    def test_version_0_and_reserved_fields(self) -> None:
        self.assert_corrupt_when_opened(PARTS.file(version=0), "header")
        self.assert_corrupt_when_opened(PARTS.file(zeros=(1, 0)), "header")
        self.assert_corrupt_when_opened(PARTS.file(zeros=(0, 1)), "header")

    def test_optional_features_are_ignored(self) -> None:
        self.assert_reads(PARTS.file(optional=U32_MAX))


class TailTests(ContainerTestCase):
    """Checks 6 and 7."""

    def test_cut_off_or_appended_to(self) -> None:
        for file in (WHOLE[:-1], WHOLE + b"\0", WHOLE[:-32], WHOLE[:100] + WHOLE[101:]):
            self.assert_corrupt_when_opened(file, "tail")

    def test_the_magic_of_the_other_format(self) -> None:
        self.assert_corrupt_when_opened(WHOLE[:-4] + b"A" + WHOLE[-3:], "tail")

    def test_the_reserved_field(self) -> None:
        tail = len(WHOLE) - 32
        self.assert_corrupt_when_opened(WHOLE[: tail + 4] + b"\1" + WHOLE[tail + 5 :], "reserved")

    def test_a_footer_that_is_too_long_or_too_short(self) -> None:
        tail = len(WHOLE) - 32
        for length, words in ((U32_MAX, "before the end of the header"), (tail - 31, "before"), (0, "checksum")):
            self.assert_corrupt_when_opened(WHOLE[:tail] + struct.pack("<I", length) + WHOLE[tail + 4 :], words)

    def test_a_footer_as_long_as_the_file(self) -> None:
        self.assert_corrupt_when_opened(with_tail(WHOLE[:32], b"", MAGIC), "footer")

    def test_a_damaged_footer(self) -> None:
        at = len(WHOLE) - 40
        self.assert_corrupt_when_opened(WHOLE[:at] + bytes([WHOLE[at] ^ 1]) + WHOLE[at + 1 :], "footer.*checksum")


class FooterTests(ContainerTestCase):
    """Checks 8, 9 and 11."""

    def footer(self, data: bytes) -> bytes:
        """A file without blocks that has this footer."""
        return with_tail(WHOLE[:32], data, MAGIC)

    def test_lengths_that_do_not_add_up(self) -> None:
        misfit, no_place = "the metadata would not fit", "it is no place for [0-9]+ block entries"
        for data, words in (
            (b"", misfit),
            (bytes(7), misfit),
            (struct.pack("<I", 1) + bytes(4), misfit),
            (struct.pack("<I", U32_MAX) + bytes(4), misfit),
            (bytes(8) + b"\0", no_place),
            (struct.pack("<II", 0, 1), no_place),
            (struct.pack("<II", 0, U32_MAX) + bytes(24), no_place),
            (struct.pack("<II", 0, 1) + bytes(23), no_place),
        ):
            self.assert_corrupt_when_opened(self.footer(data), f"footer.*{words}")

    def test_an_entry_of_zeros(self) -> None:
        self.assert_corrupt_when_opened(self.footer(struct.pack("<II", 0, 1) + bytes(24)), "outside its ranges")

    def test_entries_outside_their_ranges(self) -> None:
        for file in (
            item(encoding=0),
            item(encoding=8),
            item(codec=2),
            item(rows=0),
            item(rows=65_537),
            item(raw_length=0),
            item(raw_length=3),
            item(raw_length=5),
            item(raw=bytes(32 + 12 * 3 + 1)),
            item(raw=b""),
            item(codec=1, stored=b""),
            item(codec=1, raw_length=32 + 12 * 3 + 1),
            item(encoding=7, raw=b"abc", rows=2),
        ):
            self.assert_corrupt_when_opened(file, "section table: entry .* is outside its ranges")

    def test_text_that_its_stored_bytes_cannot_hold(self) -> None:
        for length, is_right in ((262_144, True), (262_145, False), (U32_MAX, False)):
            with self.subTest(length), at_most(50):
                string = Piece(4, 5, 7, length, b"", codec=1, raw_length=length, stored=bytes(7))
                parts = PartitionParts()
                parts.sections[4] = [*column(4, [length], part=4), string]
                if is_right:
                    read_partition(parts.file())
                else:
                    self.assert_corrupt_when_opened(parts.file(), "outside its ranges")

    def test_entries_are_checked_although_nobody_asks_for_them(self) -> None:
        with self.assertRaises(Corrupt):
            _ = read_partition(item(codec=2)).rank

    def test_blocks_that_do_not_fill_the_file(self) -> None:
        pieces = [piece for section in PARTS.sections.values() for piece in section]
        gap = container(b"P", PARTS.statistics, [*pieces, Piece(200, 0, 0, 0, b"gap")])
        short = gap.replace(b"gap", b"")
        footer = short[-32 - int.from_bytes(gap[-32:-28], "little") : -32]
        self.assert_corrupt_when_opened(with_tail(short[: -32 - len(footer)], footer, MAGIC), "do not end where")

    def test_an_unknown_section(self) -> None:
        for section in (0, 3 + 2, 22, 127):
            parts = PartitionParts()
            parts.sections[section] = [Piece(section, 0, 2, 1, narrow([1]))]
            self.assert_corrupt_when_opened(parts.file(), f"section {section} is unknown")

    def test_optional_sections_are_skipped_whatever_their_entries_say(self) -> None:
        pieces = [piece for section in PARTS.sections.values() for piece in section]
        strange = Piece(255, 255, 255, U32_MAX, b"of a later version", codec=255, raw_length=U32_MAX, checksum=0)
        empty = Piece(128, 0, 0, 0, b"")
        self.assert_reads(container(b"P", PARTS.statistics, [strange, empty, *pieces[:5], strange, *pieces[5:], empty]))

    def test_sections_in_any_order_and_blocks_apart(self) -> None:
        parts = PartitionParts()
        one, rest = column(17, [5])[0], column(17, [3, 9])[0]
        parts.sections[17] = []
        others = [piece for section in reversed(parts.sections.values()) for piece in section]
        self.assert_reads(container(b"P", parts.statistics, [one, *others, rest]))


class BlockTests(ContainerTestCase):
    """Checks 12 to 14, 16 and 17."""

    def test_too_few_and_too_many_values(self) -> None:
        self.assert_corrupt(items(column(20, [1, 2])), "section item: its blocks have 2 values where there must be 3")
        self.assert_corrupt(items([*column(20, [1, 2]), *column(20, [1, 1])]), "have 4 values")
        self.assert_corrupt(items([]), "have 0 values")

    def test_the_number_of_values_comes_before_memory(self) -> None:
        parts = PartitionParts(rows=2**63 - 1)
        with at_most(50):
            self.assert_corrupt(parts.file(), "where there must be 9223372036854775807")

    def test_a_part_in_a_column(self) -> None:
        self.assert_corrupt(item(part=1), "section item, block 0, offset [0-9]+: part 1 in a column")

    def test_text_in_a_column(self) -> None:
        self.assert_corrupt(item(encoding=7, raw=b"abc"), "text where numbers belong")

    def test_a_damaged_block_is_named(self) -> None:
        parts = PartitionParts()
        parts.sections[20] = [*column(20, [1, 2]), Piece(20, 0, 2, 1, narrow([1]), checksum=1)]
        error = self.assert_corrupt(parts.file(), "the checksum of the stored bytes does not match")
        place = sum(len(piece.stored_bytes) for section in range(1, 20) for piece in parts.sections.get(section, []))
        self.assertEqual((error.section, error.block, error.offset), ("item", 1, 32 + place + 3))

    def test_a_damaged_block_that_nobody_asks_for(self) -> None:
        partition = read_partition(item(checksum=1))
        self.assertEqual(partition.rank.tolist(), [None, 0, 2**31 - 1])
        with self.assertRaises(Corrupt):
            _ = partition.item.codes

    def test_a_frame_that_is_none(self) -> None:
        self.assert_corrupt(item(codec=1, stored=b"hello"), "section item, block 0.*magic of a zstd frame")

    def test_values_that_are_none(self) -> None:
        self.assert_corrupt(item(raw=bytes([1, 1, 2])), "section item, block 0.*raw bytes")
        self.assert_corrupt(item(raw=bytes([5]) + bytes(15)[:-1] + b"\1"), "at most 4294967295 fits")

    def test_values_of_every_encoding_and_codec(self) -> None:
        self.assert_reads(item(codec=1))
        self.assert_reads(item(encoding=3))
        self.assert_reads(item(encoding=4, raw=struct.pack("<QQB", 1, 1, 1) + bytes([0, 1, 0])))
        self.assert_reads(item(encoding=5, raw=struct.pack("<QqB", 1, -1, 1) + bytes([2, 0])))
        self.assert_reads(item(encoding=6, raw=struct.pack("<IBB", 3, 1, 2) + bytes(3) + narrow([1, 2, 1])))


class DictionaryTests(ContainerTestCase):
    """Checks 15 and 18."""

    def dictionary(self, *pieces: Piece) -> bytes:
        """The partition with another dictionary of items."""
        parts = PartitionParts()
        parts.sections[4] = list(pieces)
        return parts.file()

    def ids(self, *pieces: Piece) -> list[str]:
        """The ids of a dictionary of two items."""
        return list(read_partition(self.dictionary(*pieces)).item.ids)

    def assert_damaged(self, words: str, *pieces: Piece) -> None:
        """No ids."""
        self.assert_corrupt(self.dictionary(*pieces), words)

    def test_numbers(self) -> None:
        self.assertEqual(self.ids(*decimals(4, [0, 2**64 - 1])), ["0", "18446744073709551615"])

    def test_uuids_of_the_page(self) -> None:
        high = column(4, [0x0123456789ABCDEF, 0], part=2)
        low = column(4, [0xFEDCBA9876543210, 1], part=3)
        ids = ["01234567-89ab-cdef-fedc-ba9876543210", "00000000-0000-0000-0000-000000000001"]
        self.assertEqual(self.ids(*high, *low), ids)

    def test_text(self) -> None:
        for ids in (["é", "😀"], ["a\0", "\0"], [" ", "a\nb"], ["x" * 300, "y"]):
            self.assertEqual(self.ids(*text(4, ids)), ids)

    def test_groups(self) -> None:
        uuid = [*column(4, [1], part=2), *column(4, [2], part=3)]
        self.assertEqual(self.ids(*decimals(4, [5]), *text(4, ["x"])), ["5", "x"])
        self.assertEqual(self.ids(*text(4, ["5"]), *uuid), ["5", "00000000-0000-0001-0000-000000000002"])

    def test_groups_that_are_incomplete(self) -> None:
        lengths, string = text(4, ["x", "y"])
        self.assert_damaged("part 5 does not follow", lengths)
        self.assert_damaged("part 5 where no part", string)
        self.assert_damaged("part 5 where no part", string, lengths)
        self.assert_damaged("part 3 does not follow", *column(4, [1, 2], part=2), *decimals(4, [1, 2]))
        self.assert_damaged("part 3 where no part", *column(4, [1, 2], part=3))
        self.assert_damaged("1 low halves of UUIDs", *column(4, [1, 2], part=2), *column(4, [1], part=3))

    def test_parts_that_are_none(self) -> None:
        for part in (0, 6, 255):
            self.assert_damaged(f"part {part} where no part", *column(4, [1, 2], part=part))

    def test_the_number_of_ids(self) -> None:
        self.assert_damaged("item_dictionary: its blocks have 3 values", *text(4, ["x", "y", "z"]))
        self.assert_damaged("have 1 values", *text(4, ["x"]))

    def test_encodings_that_do_not_suit(self) -> None:
        lengths, string = text(4, ["x", "y"])
        self.assert_damaged("text where numbers belong", Piece(4, 4, 7, 2, b"\1\1"), string)
        self.assert_damaged("encoding 2 where text belongs", lengths, Piece(4, 5, 2, 2, narrow([1, 1])))

    def test_lengths_that_do_not_suit(self) -> None:
        string = text(4, ["x", "y"])[1]
        self.assert_damaged("the ids have 3 bytes, their text has 2", *column(4, [1, 2], part=4), string)
        self.assert_damaged("id 0 of the block is empty", *column(4, [0, 2], part=4), string)

    def test_lengths_come_before_the_text(self) -> None:
        length = 262_144
        string = Piece(4, 5, 7, length, b"", codec=1, raw_length=length, stored=b"no frame")
        self.assert_damaged("the ids have 3 bytes", *column(4, [1, 2], part=4), string)

    def test_long_text_is_of_one_id(self) -> None:
        length = 16_777_216
        self.assertEqual(len(self.ids(*self.long_text([length - 1, 1]))[0]), length - 1)
        self.assert_damaged("16777217 bytes of text for 2 ids", *self.long_text([length, 1]))
        single = [*self.long_text([length + 1]), *text(4, ["y"])]
        self.assertEqual(len(self.ids(*single)[0]), length + 1)

    def long_text(self, lengths: list[int]) -> list[Piece]:
        """A group of text with ids of these lengths, compressed."""
        return [*column(4, lengths, part=4), Piece(4, 5, 7, sum(lengths), b"x" * sum(lengths), codec=1)]

    def test_bytes_that_are_no_text(self) -> None:
        for first, second in (
            (b"x", b"\xff"),
            (b"\xc3", b"\xa9"),
            (b"x", b"\xed\xa0\x80"),
            (b"x", b"\xc0\x80"),
            (b"x", b"\xf4\x90\x80\x80"),
        ):
            self.assert_damaged("item_dictionary, block 1.*no UTF-8", *text(4, [first, second]))


class ErrorTests(unittest.TestCase):
    """What is told."""

    def test_every_error_is_of_one_class_and_says_what_to_do(self) -> None:
        for kind in (Corrupt, NeedsNewerReader, NotRecognised):
            self.assertTrue(issubclass(kind, FormatError))
            self.assertTrue(kind.remedy)

    def test_the_path_stands_first(self) -> None:
        error = Corrupt("what", "a.rspart", section="item", block=2, offset=70)
        self.assertEqual(str(error), "a.rspart: corrupt at section item, block 2, offset 70: what")
        self.assertEqual(str(Corrupt("what")), "corrupt: what")


if __name__ == "__main__":
    unittest.main()
