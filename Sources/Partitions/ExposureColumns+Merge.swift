package import Columns

extension ExposureColumns {
    /// These events and those of `other`: of every distinct event as many as the one that has more of it has.
    ///
    /// Nothing is lost, and merging the same events again changes nothing. Both are of one tenant, surface and day; the
    /// result is in partition order, these events before the others of equal user and time.
    package func merging(_ other: ExposureColumns) -> ExposureColumns {
        let both = [RowPiece(part: 0, rows: 0..<count), RowPiece(part: 1, rows: 0..<other.count)]
        let appended = ExposureColumns.gathering(both, of: [self, other])
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
