import Builders
import Columns
import Events
import Platform
import TestSupport

@testable import Artifacts

extension GoldenArtifact {
    /// Every kind with counts, or with neither, and what there can be of each.
    static let counted = [
        GoldenArtifact(
            "popularity", .popularity, [counts("", ("sku-7", 9), ("sku-1", 4), ("sku-9", 4))],
            parameters: [ArtifactParameter("max_items_per_artifact", 1000)]),
        GoldenArtifact(
            "popularity-segment", .popularity, of: .fixture(segment: "vip"), over: .fixture("2026-01-01", "2026-01-31"),
            [counts("", ("1", .max), ("10", .max), ("2", .max - 1), ("3", 1))],
            parameters: [ArtifactParameter("max_items_per_artifact", 4), ArtifactParameter("unit", "sessions")]),
        GoldenArtifact(
            "cooc", .cooc,
            [
                counts("sku-1", ("sku-7", 9), ("sku-9", 4)), counts("sku-7", ("sku-1", 9)),
                counts("sku-9", ("sku-1", 4)),
            ],
            parameters: [
                ArtifactParameter("max_neighbors_per_item", 50), ArtifactParameter("min_cooc_support", 1),
            ]),
        GoldenArtifact(
            "cooc-segment", .cooc, of: .fixture(tenant: "日本", surface: "a b", segment: "s 1"),
            over: .fixture("0000-01-01", "9999-12-31"),
            [counts("\0", ("👩‍👩‍👧", 1)), counts("👩‍👩‍👧", ("\0", 1), ("\"<&>\u{2028}", 1))],
            parameters: [
                ArtifactParameter("max_items_per_session", 100), ArtifactParameter("max_neighbors_per_item", 2),
                ArtifactParameter("min_cooc_support", 1), ArtifactParameter("on_oversized_session", "truncate"),
            ]),
        GoldenArtifact(
            "implicit", .implicit, [counts("ann", ("pear", 3), ("fig", 1)), counts("bob", ("pear", 1))],
            parameters: [ArtifactParameter("max_items_per_user", 500)]),
        GoldenArtifact("implicit-uuids", .implicit, of: .fixture(segment: "_x"), byUUID),
        GoldenArtifact(
            "session-seq", .sessionSeq,
            [counts("ann"), counts("bob", ("fig", 2), ("pear", 2)), counts("cid"), counts("dan")],
            parameters: [ArtifactParameter("max_items_per_user", 500)]),
        GoldenArtifact(
            "session-seq-segment", .sessionSeq, of: .fixture(segment: String(repeating: "é", count: 127)),
            [counts("1", ("1", 1)), counts("2")]),
        GoldenArtifact(
            "content-sim", .contentSim, [tags("apple", "red", "fruit"), tags("fig", "fruit"), tags("pear", "green")],
            .none),
        GoldenArtifact(
            "content-sim-segment", .contentSim, of: .fixture(segment: "vip"), [tags("1", "a b", "é", "é", "1")], .none),
        GoldenArtifact("longest-owner", .popularity, of: longestOwner, [counts("", ("i", 1))]),
    ]

    /// Scores of every sign and size.
    static let scored = [
        GoldenArtifact(
            "popularity-scores", .popularity,
            [scores("", ("a", 12.5), ("b", 0.1), ("c", 0.1), ("d", .leastNonzeroMagnitude), ("e", 0))], .scores,
            parameters: [
                ArtifactParameter("half_life_days", 0.5), ArtifactParameter("max_items_per_artifact", 1000),
            ]),
        GoldenArtifact(
            "cooc-scores", .cooc, of: .fixture(segment: "vip"),
            [
                scores("a", ("c", 1.7976931348623157e308), ("b", 1 / 3)),
                scores("b", ("a", -0.25), ("c", -0.25), ("d", -1e-9 - 1)),
                scores("c", ("d", 3), ("a", 0), ("b", -1.7976931348623157e308)),
            ],
            .scores,
            parameters: [
                ArtifactParameter("max_neighbors_per_item", 50), ArtifactParameter("min_cooc_support", 2),
                ArtifactParameter("score", "npmi"),
            ]),
    ]

    /// The kinds that there were when the files were made.
    static let firstKinds: [ArtifactKind] = [.popularity, .cooc, .implicit, .contentSim, .sessionSeq]

    /// Kinds without any row.
    static let empty =
        firstKinds.map { kind in
            GoldenArtifact("\(name(kind))-empty", kind, [], kind == .contentSim ? .none : .counts)
        }
        + [ArtifactKind.popularity, .cooc].map { kind in
            GoldenArtifact("\(name(kind))-scores-empty", kind, [], .scores)
        }

    /// As many entries, and as many ids, as just fill a block, and one more.
    static let large = [
        GoldenArtifact(
            "popularity-65537", .popularity,
            [("", (0..<65_537).map { ("\(100_000 + $0)", .count($0 < 65_535 ? 2 : 1)) })], isLarge: true)
    ]

    private static func name(_ kind: ArtifactKind) -> String { kind.rawValue.replacing("_", with: "-") }

    private static let longestOwner = SegmentKey.fixture(
        tenant: String(repeating: "t", count: 255), surface: String(repeating: "s", count: 255),
        segment: String(repeating: "g", count: 255))

    private static let byUUID: [Row] = (0..<3).map { number in
        let uuid = "01234567-89ab-cdef-fedc-ba987654321\(number)"
        return counts(uuid, (uuid, 70_000 - UInt32(number)), ("\(number)", 300))
    }

    static func counts(_ key: String, _ entries: (id: String, count: UInt32)...) -> Row {
        (key, entries.map { ($0.id, .count($0.count)) })
    }

    private static func scores(_ key: String, _ entries: (id: String, score: Double)...) -> Row {
        (key, entries.map { ($0.id, .score($0.score)) })
    }

    private static func tags(_ key: String, _ tags: String...) -> Row {
        (key, tags.map { ($0, .none) })
    }
}
