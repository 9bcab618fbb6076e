package import Artifacts
package import Builders
import Columns
package import Events
import Platform

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
package typealias ExampleRow = (key: String, entries: [(id: String, count: UInt32)])

/// A row with scores, spelled out.
package typealias ScoredRow = (key: String, entries: [(id: String, score: Double)])

extension RankedRows {
    /// The rows as they are given, in any order of their keys.
    ///
    /// - Parameter isCounted: False to leave the counts out, as content_sim does.
    package init(_ rows: [ExampleRow], isCounted: Bool = true) {
        let rows = rows.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let counts = rows.flatMap(\.entries).map(\.count)
        self.init(
            keys: rows.map(\.key), members: rows.map { $0.entries.map(\.id) },
            values: isCounted ? .counts(ScratchArray(counts)) : .none)
    }

    /// The single row of popularity.
    package init(popularity entries: [(id: String, count: UInt32)]) {
        self.init(
            keys: [], members: entries.isEmpty ? [] : [entries.map(\.id)],
            values: .counts(ScratchArray(entries.map(\.count))))
    }

    /// Rows with scores; a single one with an empty key is that of popularity.
    package init(scored rows: [ScoredRow]) {
        let rows = rows.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let bits = rows.flatMap(\.entries).map(\.score.bitPattern)
        self.init(
            keys: rows.map(\.key).filter { !$0.isEmpty }, members: rows.map { $0.entries.map(\.id) },
            values: .scores(ScratchArray(bits)))
    }

    private init(keys: [String], members: [[String]], values: Values) {
        let identifiers = members.joined().map { Array($0.utf8) }
        let distinct = Set(identifiers).sorted { $0.lexicographicallyPrecedes($1) }
        let indices = Dictionary(uniqueKeysWithValues: zip(distinct, UInt32(0)...))
        var memberKeys = IdentifierList()
        for identifier in distinct { memberKeys.append(identifier.span) }
        self.init(
            rowKeys: IdentifierList(keys), memberKeys: memberKeys,
            rowLengths: ScratchArray(members.map { UInt32($0.count) }),
            members: ScratchArray(identifiers.compactMap { indices[$0] }), values: values)
    }

    /// The rows spelled out, with a count of 0 where there are none; that of popularity has an empty key.
    package var exampleRows: [ExampleRow] {
        spelledOut { value in
            if case .count(let count) = value { count } else { 0 }
        }.map { (key: $0.key, entries: $0.entries.map { (id: $0.id, count: $0.value) }) }
    }

    /// The rows of scores spelled out; that of popularity has an empty key.
    package var scoredRows: [ScoredRow] {
        spelledOut { value in
            if case .score(let score) = value { score } else { Double.nan }
        }.map { (key: $0.key, entries: $0.entries.map { (id: $0.id, score: $0.value) }) }
    }

    private func spelledOut<Value>(
        _ transform: (RankedRows.Value) -> Value,
    ) -> [(key: String, entries: [(id: String, value: Value)])] {
        do {
            var cursor = RankedRowsCursor(self)
            return try (0..<rowCount).map { row in
                let count = try cursor.readRow() ?? 0
                let entries = try (0..<count).map { _ in
                    let entry = try cursor.readEntry()
                    return (memberKeys.string(at: entry.member), transform(entry.value))
                }
                return (rowKeys.isEmpty ? "" : rowKeys.string(at: row), entries)
            }
        } catch {
            preconditionFailure("the rows cannot be read: \(error)")
        }
    }
}

extension RankedRows: Equatable {
    /// True if both have the same rows, wherever they are kept.
    package static func == (left: RankedRows, right: RankedRows) -> Bool {
        guard left.valueKind == right.valueKind, left.rowKeys == right.rowKeys, left.memberKeys == right.memberKeys,
            left.rowCount == right.rowCount, left.entryCount == right.entryCount
        else { return false }
        do {
            let (rows, entries) = (0..<left.rowCount, 0..<left.entryCount)
            guard try left.rowLengths(in: rows) == right.rowLengths(in: rows),
                try left.members(in: entries) == right.members(in: entries)
            else { return false }
            switch left.valueKind {
            case .none: return true
            case .counts: return try left.counts(in: entries) == right.counts(in: entries)
            case .scores: return try left.scoreBits(in: entries) == right.scoreBits(in: entries)
            }
        } catch {
            preconditionFailure("the rows cannot be read: \(error)")
        }
    }
}

extension Artifact: Equatable {
    package static func == (left: Artifact, right: Artifact) -> Bool {
        left.key == right.key && left.parameters == right.parameters && left.rows == right.rows
    }
}

extension Artifact {
    /// A few rows of a kind.
    ///
    /// - Parameter weight: At least 1; another weight gives another version.
    package static func example(
        _ kind: ArtifactKind, of owner: SegmentKey = .fixture(), over window: Window = .fixture(), weight: UInt32 = 1,
    ) -> Artifact {
        let rows: RankedRows
        switch kind.form {
        case .ranking: rows = RankedRows(popularity: [("pear", 5 * weight), ("apple", 3), ("fig", 1)])
        case .neighbors: rows = RankedRows([("apple", [("pear", 2 * weight)]), ("pear", [("apple", 2), ("fig", 1)])])
        case .users where kind.mayHaveEmptyRows: rows = RankedRows([("ann", [("fig", 4 * weight)]), ("bob", [])])
        case .users: rows = RankedRows([("ann", [("pear", 3 * weight), ("fig", 1)]), ("bob", [("pear", 1)])])
        case .tags:
            rows = RankedRows(
                [("apple", [("red", 0), ("fruit \(weight)", 0)]), ("fig", [("red", 0)])], isCounted: false)
        }
        return Artifact(ArtifactKey(owner, kind, window), rows: rows, parameters: BuildParameters())
    }
    /// A few rows with scores, of any sign and size: those of a kind that may have scores.
    package static func scoredExample(_ kind: ArtifactKind, of owner: SegmentKey = .fixture()) -> Artifact {
        let rows =
            kind == .popularity
            ? RankedRows(scored: [("", [("pear", 5.5), ("apple", 0.1), ("fig", 0.1)])])
            : RankedRows(scored: [
                ("apple", [("pear", 1e300), ("fig", 0)]),
                ("pear", [("fig", .leastNonzeroMagnitude), ("apple", -0.25), ("plum", -1e-9 - 1)]),
            ])
        let parameters = [ArtifactParameter("half_life_days", 7.5), ArtifactParameter("score", "cosine")]
        return Artifact(ArtifactKey(owner, kind, .fixture()), rows: rows, parameters: parameters)
    }
    /// The artifact as a file.
    package var fileBytes: [UInt8] {
        get throws {
            var bytes: [UInt8] = []
            try ArtifactEncoder.encode(self, threadCount: 1, using: Zstandard()) { bytes += $0.copiedBytes }
            return bytes
        }
    }
}
