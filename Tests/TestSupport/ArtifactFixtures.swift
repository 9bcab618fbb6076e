package import Artifacts
package import Builders
import Columns
package import Events

extension SegmentKey {
    /// The key of a tenant, a surface and perhaps a segment, all of which must be good names.
    package static func fixture(
        tenant: String = "demo", surface: String = "home", segment: String? = nil,
    ) -> SegmentKey {
        do {
            let surfaceKey = SurfaceKey(tenant: try PathSegment(tenant), surface: try PathSegment(surface))
            return SegmentKey(surfaceKey, segment: try segment.map { try PathSegment($0) })
        } catch {
            preconditionFailure("a fixture is well-formed: \(error)")
        }
    }
}

extension Window {
    /// The window of these days, or of one day.
    package static func fixture(_ start: String = "2026-01-07", _ end: String? = nil) -> Window {
        guard let first = Day(start), let last = Day(end ?? start), let window = Window(start: first, end: last) else {
            preconditionFailure("a fixture is well-formed")
        }
        return window
    }
}

/// A row spelled out: its key, and its entries in their order.
package typealias ExampleRow = (key: String, entries: [(id: String, count: UInt64)])

extension RankedRows {
    /// The rows as they are given, in any order of their keys.
    ///
    /// - Parameter isCounted: False to leave the counts out, as content_sim does.
    package init(_ rows: [ExampleRow], isCounted: Bool = true) {
        let rows = rows.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        self.init(keys: rows.map(\.key), entries: rows.map(\.entries), isCounted: isCounted)
    }

    /// The single row of popularity.
    package init(popularity entries: [(id: String, count: UInt64)]) {
        self.init(keys: [], entries: entries.isEmpty ? [] : [entries], isCounted: true)
    }

    private init(keys: [String], entries: [[(id: String, count: UInt64)]], isCounted: Bool) {
        let identifiers = entries.joined().map { Array($0.id.utf8) }
        let distinct = Set(identifiers).sorted { $0.lexicographicallyPrecedes($1) }
        let indices = Dictionary(uniqueKeysWithValues: zip(distinct, UInt32(0)...))
        var ends: [Int] = []
        for row in entries { ends.append((ends.last ?? 0) + row.count) }
        var memberKeys = IdentifierList()
        for identifier in distinct { memberKeys.append(identifier.span) }
        self.init(
            rowKeys: IdentifierList(keys), rowEnds: ends, memberKeys: memberKeys,
            members: identifiers.compactMap { indices[$0] },
            counts: isCounted ? entries.joined().map(\.count) : [])
    }

    /// The rows spelled out; that of popularity has an empty key.
    package var exampleRows: [ExampleRow] {
        (0..<rowCount).map { row in
            let entries = entries(ofRow: row).map { entry in
                (memberKeys.string(at: Int(members[entry])), counts.isEmpty ? 0 : counts[entry])
            }
            return (rowKeys.isEmpty ? "" : rowKeys.string(at: row), entries)
        }
    }
}

extension Artifact {
    /// A few rows of a kind.
    ///
    /// - Parameter weight: At least 1; another weight gives another version.
    package static func example(
        _ kind: ArtifactKind, of owner: SegmentKey = .fixture(), over window: Window = .fixture(), weight: UInt64 = 1,
    ) -> Artifact {
        let rows: RankedRows
        switch kind {
        case .popularity: rows = RankedRows(popularity: [("pear", 5 * weight), ("apple", 3), ("fig", 1)])
        case .cooc: rows = RankedRows([("apple", [("pear", 2 * weight)]), ("pear", [("apple", 2), ("fig", 1)])])
        case .implicit: rows = RankedRows([("ann", [("pear", 3 * weight), ("fig", 1)]), ("bob", [("pear", 1)])])
        case .contentSim:
            rows = RankedRows(
                [("apple", [("red", 0), ("fruit \(weight)", 0)]), ("fig", [("red", 0)])], isCounted: false)
        case .sessionSeq: rows = RankedRows([("ann", [("fig", 4 * weight)]), ("bob", [])])
        }
        return Artifact(ArtifactKey(owner, kind, window), rows: rows, parameters: BuildParameters())
    }
}
