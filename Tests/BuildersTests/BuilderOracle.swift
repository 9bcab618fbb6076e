import Columns
import TestSupport

@testable import Builders

/// A row of a result, spelled out. Ids are bytes, since these are what is compared.
struct PlainRow: Equatable {
    struct Entry: Equatable {
        let id: [UInt8]
        /// The count or the score; 0 where there is neither.
        let score: Double

        /// The score of a kind that counts.
        var count: UInt64 { UInt64(score) }
    }

    let key: [UInt8]
    var entries: [Entry]
}

extension RankedRows {
    /// The rows spelled out; the one row of popularity has an empty key.
    var plain: [PlainRow] {
        let rows: [ScoredRow] =
            valueKind == .scores
            ? scoredRows : exampleRows.map { ($0.key, $0.entries.map { ($0.id, Double($0.count)) }) }
        return rows.map { row in
            PlainRow(
                key: Array(row.key.utf8),
                entries: row.entries.map { PlainRow.Entry(id: Array($0.id.utf8), score: $0.score) })
        }
    }

    /// What `RankedRows` promises of its parts and does not hold, or nil.
    var brokenPromise: String? {
        if !rowKeys.isStrictlyAscending { return "row keys are not ascending" }
        if !memberKeys.isStrictlyAscending { return "member keys are not ascending" }
        do {
            let members = try members(in: 0..<entryCount)
            if Set(members) != Set(memberKeys.indices.map { UInt32($0) }) { return "member keys are not those used" }
            let lengths = try rowLengths(in: 0..<rowCount)
            if lengths.reduce(0, { $0 + Int($1) }) != entryCount { return "row lengths do not add up" }
            if valueKind == .counts, try counts(in: 0..<entryCount).contains(0) { return "a count is zero" }
        } catch {
            return "the rows cannot be read: \(error)"
        }
        return !rowKeys.isEmpty && rowKeys.count != rowCount ? "a row has no key" : nil
    }
}

/// The definitions of the kinds, read literally: dictionaries of lists and a sort.
struct BuilderOracle {
    /// The events of each day of the window, as they arrived; the window ends with the third.
    let days: [[Exposure]]

    typealias Identifier = [UInt8]

    var events: [Exposure] { days.flatMap { $0 } }

    func rows(
        _ kind: ArtifactKind, _ parameters: BuildParameters = BuildParameters(), _ limits: BuildLimits = BuildLimits(),
    ) -> [PlainRow] {
        switch kind {
        case .popularity: popularity(parameters)
        case .cooc: cooc(parameters, limits)
        case .implicit: implicit(limit: parameters.maximumItemsPerUser)
        case .sessionSeq: sessionSeq(limit: parameters.maximumItemsPerUser)
        case .contentSim: []
        }
    }

    private func implicit(limit: Int) -> [PlainRow] {
        inOrder(histories.map { PlainRow(key: $0, entries: counted($1, limit: limit)) })
    }

    private func sessionSeq(limit: Int) -> [PlainRow] {
        inOrder(histories.map { PlainRow(key: $0, entries: counted(Array($1.dropFirst()), limit: limit)) })
    }

    /// Per user the items in the order of the events: by day, by time, as they arrived.
    private var histories: [Identifier: [Identifier]] {
        var histories: [Identifier: [Identifier]] = [:]
        for event in eventsInRowOrder {
            if let user = event.user { histories[Array(user.utf8), default: []].append(Array(event.item.utf8)) }
        }
        return histories
    }

    /// The events by day and as the rows of a partition stand: those of a session without a user before others, then
    /// by user, by time, as they arrived.
    var eventsInRowOrder: [Exposure] {
        days.flatMap { day in
            day.enumerated().sorted { left, right in
                let (first, second) = (
                    Array(left.element.user?.utf8 ?? "".utf8), Array(right.element.user?.utf8 ?? "".utf8)
                )
                if first != second { return first.lexicographicallyPrecedes(second) }
                return (left.element.nanosecondOfDay, left.offset) < (right.element.nanosecondOfDay, right.offset)
            }.map(\.element)
        }
    }

    private func counted(_ ids: [Identifier], limit: Int) -> [PlainRow.Entry] {
        ranking(ids.reduce(into: [:]) { $0[$1, default: 0] += 1 }, limit: limit)
    }

    /// The best first, of equals the lower id.
    func ranking(_ scores: [Identifier: Double], limit: Int) -> [PlainRow.Entry] {
        scores.map { PlainRow.Entry(id: $0, score: $1) }.sorted { left, right in
            left.score != right.score ? left.score > right.score : left.id.lexicographicallyPrecedes(right.id)
        }.prefix(limit).map { $0 }
    }

    func inOrder(_ rows: [PlainRow]) -> [PlainRow] {
        rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}
