import Columns
import TestSupport

@testable import Builders

/// A row of a result, spelled out. Ids are bytes, since these are what is compared.
struct PlainRow: Equatable {
    struct Entry: Equatable {
        let id: [UInt8]
        let count: UInt64
    }

    let key: [UInt8]
    var entries: [Entry]
}

extension RankedRows {
    /// The rows spelled out; the one row of popularity has an empty key.
    var plain: [PlainRow] {
        exampleRows.map { row in
            PlainRow(
                key: Array(row.key.utf8),
                entries: row.entries.map { PlainRow.Entry(id: Array($0.id.utf8), count: UInt64($0.count)) })
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
    /// The events of each day of the window, as they arrived.
    let days: [[Exposure]]

    private typealias Identifier = [UInt8]

    private var events: [Exposure] { days.flatMap { $0 } }

    func rows(_ kind: ArtifactKind, _ parameters: BuildParameters = BuildParameters()) -> [PlainRow] {
        switch kind {
        case .popularity: popularity(limit: parameters.maximumItemsPerArtifact ?? 1000)
        case .cooc: cooc(parameters)
        case .implicit: implicit(limit: parameters.maximumItemsPerUser)
        case .sessionSeq: sessionSeq(limit: parameters.maximumItemsPerUser)
        case .contentSim: []
        }
    }

    private func popularity(limit: Int) -> [PlainRow] {
        let row = ranking(of: events.map { Array($0.item.utf8) }, limit: limit)
        return row.isEmpty ? [] : [PlainRow(key: [], entries: row)]
    }

    private func cooc(_ parameters: BuildParameters) -> [PlainRow] {
        var itemsOfSessions: [Identifier: Set<Identifier>] = [:]
        for event in events { itemsOfSessions[Array(event.session.utf8), default: []].insert(Array(event.item.utf8)) }
        var companions: [Identifier: [Identifier]] = [:]
        var sessionCounts: [Identifier: Int] = [:]
        for items in itemsOfSessions.values {
            for item in items {
                sessionCounts[item, default: 0] += 1
                companions[item, default: []] += items.filter { $0 != item }
            }
        }
        let rows = companions.map { item, companions in
            let limit = parameters.maximumNeighborsPerItem
            let entries = ranking(of: companions, limit: .max).filter { $0.count >= parameters.minimumCoocSupport }
            return PlainRow(key: item, entries: Array(entries.prefix(limit)))
        }.filter { !$0.entries.isEmpty }
        let kept = rows.sorted { left, right in
            let counts = (sessionCounts[left.key] ?? 0, sessionCounts[right.key] ?? 0)
            return counts.0 != counts.1 ? counts.0 > counts.1 : left.key.lexicographicallyPrecedes(right.key)
        }.prefix(parameters.maximumItemsPerArtifact ?? .max)
        return inOrder(Array(kept))
    }

    private func implicit(limit: Int) -> [PlainRow] {
        inOrder(histories.map { PlainRow(key: $0, entries: ranking(of: $1, limit: limit)) })
    }

    private func sessionSeq(limit: Int) -> [PlainRow] {
        inOrder(histories.map { PlainRow(key: $0, entries: ranking(of: Array($1.dropFirst()), limit: limit)) })
    }

    /// Per user the items in the order of the events: by day, by time, as they arrived.
    private var histories: [Identifier: [Identifier]] {
        var histories: [Identifier: [Identifier]] = [:]
        for day in days {
            let ordered = day.enumerated().sorted { left, right in
                (left.element.nanosecondOfDay, left.offset) < (right.element.nanosecondOfDay, right.offset)
            }.map(\.element)
            for event in ordered {
                if let user = event.user { histories[Array(user.utf8), default: []].append(Array(event.item.utf8)) }
            }
        }
        return histories
    }

    private func ranking(of ids: [Identifier], limit: Int) -> [PlainRow.Entry] {
        let counts: [Identifier: UInt64] = ids.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return counts.map { PlainRow.Entry(id: $0, count: $1) }.sorted { left, right in
            left.count != right.count ? left.count > right.count : left.id.lexicographicallyPrecedes(right.id)
        }.prefix(limit).map { $0 }
    }

    private func inOrder(_ rows: [PlainRow]) -> [PlainRow] {
        rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}
