import Platform

/// Checks that the sessions of rows without a user stand in the order of their ids.
///
/// Ids are looked up for many sessions at once, and only in the groups of the dictionary that have some of them. What
/// is in memory is bounded, however many sessions and however long their ids are.
struct SessionOrderVerification {
    /// How many sessions are looked up at once; for tests to be less.
    var windowCount = 1 << 18
    /// How many bytes their ids may have together, unless there are two of them.
    var windowByteCount = 64 << 20

    private let reader: PartitionReader
    private let zstandard: Zstandard
    private let section = PartitionFormat.Section.sessionDictionary.rawValue
    /// Sessions that follow each other, and the first row of each.
    private var codes: [UInt32] = []
    private var rows: [Int] = []

    init(_ reader: PartitionReader, using zstandard: Zstandard) {
        self.reader = reader
        self.zstandard = zstandard
    }

    /// Adds a session that another one, or none, stood before.
    mutating func append(_ code: UInt32, row: Int) throws(FormatError) {
        codes.append(code)
        rows.append(row)
        if codes.count >= windowCount { try checkPending() }
    }

    /// Checks those that were added; the last of them is kept for what comes next.
    mutating func checkPending() throws(FormatError) {
        try check(codes.indices)
        codes.removeFirst(max(0, codes.count - 1))
        rows.removeFirst(max(0, rows.count - 1))
    }

    private func check(_ window: Range<Int>) throws(FormatError) {
        if window.count < 2 { return }
        // The places of the window in the order of the dictionary, so that each group is read once.
        let order = window.sorted { codes[$0] < codes[$1] }
        guard let identifiers = try identifiers(order) else {
            let middle = window.lowerBound + window.count / 2
            try check(window.lowerBound..<(middle + 1))
            return try check(middle..<window.upperBound)
        }
        var indices = [Int](repeating: 0, count: window.count)
        for (index, place) in order.enumerated() { indices[place - window.lowerBound] = index }
        for place in window.dropFirst() {
            let (before, after) = (indices[place - window.lowerBound - 1], indices[place - window.lowerBound])
            if ByteStrings.compare(identifiers[before], identifiers[after]) < 0 { continue }
            throw reader.container.corrupt(
                section: PartitionFormat.Section.session.rawValue, at: rows[place],
                "row \(rows[place]) is out of order: its session does not stand after that of the row before")
        }
    }

    /// The ids of the sessions at these places, which ascend by code; nil if they are too long to be looked up at once.
    private func identifiers(_ places: [Int]) throws(FormatError) -> IdentifierList? {
        var identifiers = IdentifierList()
        var rest = places[...]
        for group in reader.container.groups(section: section) {
            let end = rest.firstIndex { Int(codes[$0]) > group.identifiers.upperBound } ?? rest.endIndex
            let wanted = rest[..<end]
            rest = rest[end...]
            if wanted.isEmpty { continue }
            var blocks = group.blocks
            let run = try reader.container.run(from: &blocks, using: zstandard)
            run.append(wanted.map { Int(codes[$0]) - 1 - group.identifiers.lowerBound }, to: &identifiers)
            if identifiers.text.count > windowByteCount, places.count > 2 { return nil }
        }
        return identifiers
    }
}
