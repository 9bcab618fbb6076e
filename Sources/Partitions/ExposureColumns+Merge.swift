package import Columns

extension ExposureColumns {
    /// These events and those of `other`: of every distinct event as many as the one that has more of it has.
    ///
    /// Nothing is lost, and merging the same events again changes nothing. Both are of one tenant, surface and day; the
    /// result is in partition order, these events before the others of equal user and time.
    package func merging(_ other: ExposureColumns) -> ExposureColumns {
        let appended = appending(other)
        var known: [EventIdentity: Int] = [:]
        for row in 0..<count { known[EventIdentity(appended, row), default: 0] += 1 }
        var rows = (0..<count).map { UInt32($0) }
        for row in count..<appended.count {
            let identity = EventIdentity(appended, row)
            if let left = known[identity], left > 0 {
                known[identity] = left - 1
            } else {
                rows.append(UInt32(row))
            }
        }
        return rows.count == count ? self : appended.selecting(rows).inPartitionOrder()
    }

    /// All rows of both, those of `other` last.
    private func appending(_ other: ExposureColumns) -> ExposureColumns {
        var result = self
        for column in IdentifierColumn.allCases { result[column] = self[column].appending(other[column]) }
        result.nanosecondsOfDay += other.nanosecondsOfDay
        result.ranks += other.ranks
        return result
    }
}

extension CodedColumn {
    /// The rows of both columns over one dictionary.
    fileprivate func appending(_ other: CodedColumn) -> CodedColumn {
        var interner = IdentifierInterner()
        let codeMaps = [dictionary, other.dictionary].map { list in [0] + interner.codes(for: list).map { $0 + 1 } }
        let codes = codes.map { codeMaps[0][Int($0)] } + other.codes.map { codeMaps[1][Int($0)] }
        return CodedColumn(dictionary: interner.identifiers, codes: codes)
    }
}

/// All that makes an event what it is, as codes.
private struct EventIdentity: Hashable {
    private let codes: SIMD4<UInt32>
    private let nanosecondOfDay: UInt64
    private let rank: UInt32

    init(_ columns: ExposureColumns, _ row: Int) {
        codes = SIMD4(
            columns.users.codes[row], columns.sessions.codes[row], columns.requests.codes[row],
            columns.items.codes[row])
        nanosecondOfDay = columns.nanosecondsOfDay[row]
        rank = columns.ranks[row]
    }
}
