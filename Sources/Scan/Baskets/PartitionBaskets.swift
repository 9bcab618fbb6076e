import Columns
import Platform

/// Reads the baskets of some partitions, reused from some to others.
struct PartitionBaskets {
    /// Holds those of the sessions that no other partition has.
    private(set) var writer: BasketWriter
    /// Those of the other sessions.
    private(set) var shared: [SharedBasket] = []
    private let zstandard = Zstandard()

    init(writer: BasketWriter) {
        self.writer = writer
    }

    /// Forgets what was read, and makes room for these partitions.
    mutating func restart(_ partitions: [PartitionReader]) {
        shared.removeAll()
        writer.restart(
            sessionCount: partitions.reduce(0) { $0 + $1.statistics.sessionCount },
            itemCount: partitions.reduce(0) { $0 + $1.rowCount })
    }

    /// Adds the baskets of a partition.
    ///
    /// - Parameters:
    ///   - itemCodes: For each item of the partition its code in the window; likewise for sessions.
    ///   - isShared: For every session of the window whether several partitions have it.
    /// - Throws: `OversizedSession`; `FormatError` if a block is damaged.
    mutating func append(
        _ partition: PartitionReader, _ itemCodes: Span<UInt32>, _ sessionCodes: Span<UInt32>, _ isShared: [Bool],
    ) throws {
        let rows = RowsBySession(
            sessions: try partition.codes(.session, using: zstandard), sessionCount: sessionCodes.count,
            items: try partition.codes(.item, using: zstandard), itemCodes)
        for session in sessionCodes.indices {
            let range = rows.range(ofSession: session)
            if range.isEmpty {
                throw partition.container.corrupt(
                    section: PartitionFormat.Section.session.rawValue, "no row has session \(session)")
            }
            let code = sessionCodes[session]
            if isShared[Int(code)] {
                shared.append(
                    SharedBasket(
                        session: code, items: Array(rows.items[range]), partition: partition,
                        indexInDictionary: session))
            } else if let count = writer.append(rows.items.span.extracting(range), of: code) {
                let name = try partition.dictionary(.session, using: zstandard).string(at: session)
                throw OversizedSession(session: name, itemCount: count)
            }
        }
    }
}

/// The items of a partition's rows, brought together by session.
private struct RowsBySession {
    /// The window's codes of the items, those of the first session first, of a session in the order of the rows.
    let items: [UInt32]
    /// For every session the index in `items` after its last one.
    private let ends: [UInt32]

    /// - Parameters:
    ///   - sessions: For each row the index of its session plus 1; likewise `items`.
    ///   - codes: For each item of the partition its code in the window.
    init(sessions: [UInt32], sessionCount: Int, items: [UInt32], _ codes: Span<UInt32>) {
        var cursors = [UInt32](repeating: 0, count: sessionCount + 1)
        var sorted = [UInt32](repeating: 0, count: items.count)
        countRows(sessions.span, into: cursors.mutableSpan)
        distribute(items.span, codes, by: sessions.span, cursors.mutableSpan, into: sorted.mutableSpan)
        self.items = sorted
        ends = cursors
    }

    func range(ofSession session: Int) -> Range<Int> {
        (session == 0 ? 0 : Int(ends[session - 1]))..<Int(ends[session])
    }
}

/// Makes of each cursor the number of rows of the sessions before its own.
private func countRows(_ sessions: Span<UInt32>, into cursors: consuming MutableSpan<UInt32>) {
    for index in sessions.indices { cursors[Int(sessions[index])] &+= 1 }
    for session in 1..<cursors.count { cursors[session] &+= cursors[session &- 1] }
    // Codes of rows begin with 1: the count of a session's rows stands one place behind it.
}

/// Writes each item at the cursor of its session, which then is at the session's end.
private func distribute(
    _ items: Span<UInt32>, _ codes: Span<UInt32>, by sessions: Span<UInt32>, _ cursors: consuming MutableSpan<UInt32>,
    into sorted: consuming MutableSpan<UInt32>,
) {
    for index in items.indices {
        let session = Int(sessions[index]) &- 1
        sorted[Int(cursors[session])] = codes[Int(items[index]) &- 1]
        cursors[session] &+= 1
    }
}
