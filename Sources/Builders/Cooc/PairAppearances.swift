import Columns
import Events
import Platform
import Scan

/// Which sessions of a window have one of two items, and on which days, whatever their size.
struct PairAppearances {
    /// The sessions of a day that have one of the items or both on it, each once.
    private struct DayAppearances: Sendable {
        let day: Day
        /// Codes of the window.
        var sessions: [UInt32] = []
        /// For each session which of the items it has: bit 0 for the one, bit 1 for the other.
        var items: [UInt8] = []
    }

    private let days: [DayAppearances]
    private let sessionCount: Int

    /// - Throws: `FormatError` if a block is damaged; `Interruption`.
    init(of item: Int, _ other: Int, in window: PairWindow) throws {
        let scan = window.scan
        sessionCount = window.sessions.count
        days = try Parallel.map(
            count: scan.partitions.count, threadCount: scan.threadCount, makeState: { Zstandard() },
            { zstandard, index in
                let partition = scan.partitions[index]
                var appearances = DayAppearances(day: partition.statistics.key.day)
                // The codes of a partition's rows begin with 1; 0 for an item that it does not have stands for none.
                let codes = window.items.codes(ofPartition: index)
                let wanted = (code(codes, of: UInt32(item)), code(codes, of: UInt32(other)))
                if wanted == (0, 0) { return appearances }
                let sessions = window.sessions.codes(ofPartition: index)
                var isMet = [UInt8](repeating: 0, count: sessions.count)
                let rows = (
                    sessions: try partition.codes(.session, using: zstandard),
                    items: try partition.codes(.item, using: zstandard)
                )
                mark(wanted, rows.sessions.span, rows.items.span, in: isMet.mutableSpan)
                for (session, items) in isMet.enumerated() where items != 0 {
                    appearances.sessions.append(sessions[session])
                    appearances.items.append(items)
                }
                return appearances
            })
    }

    /// How many sessions have both items, if not on the same day.
    var sharedSessionCount: Int {
        var items = [UInt8](repeating: 0, count: sessionCount)
        for day in days {
            for (session, met) in zip(day.sessions, day.items) { items[Int(session)] |= met }
        }
        return items.count { $0 == 3 }
    }

    /// For every day how many of some sessions have one of the items or both on it; days without are left out.
    ///
    /// - Parameter isCounted: For every session of the window whether it is one of them.
    func counts(ofSessions isCounted: [Bool]) -> [PairExplanation.DayCount] {
        days.map { day in
            PairExplanation.DayCount(day: day.day, sessionCount: day.sessions.count { isCounted[Int($0)] })
        }.filter { $0.sessionCount > 0 }
    }
}

/// The place of a code plus 1, or 0.
private func code(_ codes: Span<UInt32>, of item: UInt32) -> UInt32 {
    for index in codes.indices where codes[index] == item { return UInt32(index + 1) }
    return 0
}

/// Notes for each session of some rows which of two items it has.
private func mark(
    _ wanted: (UInt32, UInt32), _ sessions: Span<UInt32>, _ items: Span<UInt32>,
    in isMet: consuming MutableSpan<UInt8>,
) {
    for row in items.indices {
        let item = items[row]
        if item == wanted.0 { isMet[Int(sessions[row]) &- 1] |= 1 }
        if item == wanted.1 { isMet[Int(sessions[row]) &- 1] |= 2 }
    }
}
