import Events
import TestSupport

@testable import Columns

extension GoldenPartition {
    /// What the writer makes of events at the edges of what an event may be.
    static let written: [GoldenPartition] = [
        GoldenPartition("empty", []),
        GoldenPartition("one-row", [Exposure(user: "u", session: "s", request: "r", item: "i", at: 1, rank: 0)]),
        GoldenPartition("bare-row", [Exposure(session: "s", item: "i")]),
        GoldenPartition(
            "no-users",
            [
                // In the order of bytes, which is not that of lengths, in which dictionaries are.
                Exposure(session: "10", request: "1", item: "3", at: 4), Exposure(session: "10", item: "1", at: 9),
                Exposure(session: "9", item: "2", at: 3), Exposure(session: "é", item: "2", at: 1),
            ]),
        GoldenPartition("equal-rows", [Exposure](repeating: Exposure(user: "u", at: 5, rank: 2), count: 5)),
        GoldenPartition(
            "ranks",
            [nil, 0, 1, 254, 255, 256, 65_535, 65_536, greatestRank].enumerated().map {
                Exposure(user: "u", at: UInt64($0.offset), rank: $0.element)
            }),
        GoldenPartition("ranks-absent", (0..<3).map { Exposure(user: "u", item: "\($0)", at: $0) }),
        GoldenPartition(
            "times",
            [0, 1, 999_999_999, 1_000_000_000, lastNanosecond - 1, lastNanosecond].map {
                Exposure(user: "u", at: $0)
            }),
        GoldenPartition("first-day", [Exposure(at: 0)], of: .fixture(day: "0000-01-01")),
        GoldenPartition("last-day", [Exposure(at: lastNanosecond)], of: .fixture(day: "9999-12-31")),
        GoldenPartition("day-before-1970", [Exposure(user: "u", at: 1)], of: .fixture(day: "1969-12-31")),
        GoldenPartition(
            "longest-names", [Exposure(user: "u")],
            of: .fixture(
                tenant: String(repeating: "t", count: 255), surface: "a" + String(repeating: "é", count: 127))),
        GoldenPartition("odd-names", [Exposure(user: "u")], of: .fixture(tenant: "a b.c", surface: "日本 <&> \"q\"")),
        GoldenPartition(
            "ids-decimal",
            userRows([
                "0", "1", "10", "18446744073709551614", "18446744073709551615", "9", "9999999999999999999",
            ])),
        GoldenPartition(
            "ids-uuid",
            userRows([
                "00000000-0000-0000-0000-000000000000", "01234567-89ab-cdef-fedc-ba9876543210",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
            ])),
        GoldenPartition(
            "ids-nearly-decimal",
            userRows(
                [
                    " 1", "+1", "-1", "00", "007", "1.0", "18446744073709551616", "1_000", "99999999999999999999",
                    "١",
                ].filter { !$0.isEmpty })),
        GoldenPartition(
            "ids-nearly-uuid",
            userRows([
                "01234567-89AB-cdef-fedc-ba9876543210", "0123456789abcdeffedcba9876543210",
                "g1234567-89ab-cdef-fedc-ba9876543210", "{01234567-89ab-cdef-fedc-ba9876543210}",
            ])),
        GoldenPartition(
            "ids-text",
            userRows([
                "\0", "\0\0", "\t\n\r", "\u{1B}[31m", "\"\\/", "<script>&", "A", "\u{7F}", "e\u{301}", "é", "\u{2028}",
                "\u{FEFF}", "日本", "👩‍👩‍👧", "\u{10FFFF}",
            ])),
        GoldenPartition("long-id", [Exposure(user: String(repeating: "long", count: 1000), session: "s", at: 1)]),
        GoldenPartition(
            "by-appearance",
            (0..<48).map { row in
                Exposure(
                    user: "u", session: scattered(row / 3), request: row % 2 == 0 ? scattered(row / 2) : nil,
                    item: "\(row % 5)", at: UInt64(row) * 1_000_000)
            }),
        GoldenPartition("a-morning", aMorning),
    ]

    static let greatestRank = UInt32(EventField.maximumRank)
    static let lastNanosecond = Timestamp.nanosecondsPerDay - 1

    /// A row for each id, which is everything that an event has an id for.
    private static func userRows(_ texts: [String]) -> [Exposure] {
        let ids = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return ids.enumerated().map { index, id in
            Exposure(user: id, session: id, request: id, item: ids[ids.count - 1 - index], at: UInt64(index) * 7)
        }
    }

    /// Ids in no order.
    private static func scattered(_ number: Int) -> String {
        String(UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15, radix: 16)
    }

    /// Rows as they come, that make the writer choose every encoding that it chooses.
    private static let aMorning: [Exposure] = {
        var generator = SplitMix64(seed: 2026)
        return (0..<90).map { row in
            let user = row < 12 ? nil : "\(1000 + row / 4)"
            return Exposure(
                user: user, session: user ?? "anonymous", request: row % 7 == 0 ? nil : "q\(row / 2)",
                item: "\(UInt64.random(in: 0..<40, using: &generator) * 977)",
                at: UInt64(28_800 + row * 60) * 1_000_000_000,
                rank: row % 3 == 0 ? nil : .random(in: 0..<100_000, using: &generator))
        }
    }()
}
