import Artifacts
import Builders
import Columns
import Platform

/// Prints rows of an artifact, of popularity entries, some thousand at a time.
struct RankedRowPrinter {
    private let damage: DamageMap
    private let unreadableKeys: [Range<Int>]
    private let unreadableMembers: [Range<Int>]
    private let options: RowOptions
    private let form: any RowForm
    private var rows: ArtifactRows
    private var leftOutCount = 0

    /// A row whose ids are not known yet.
    private struct Draft {
        /// The number of the row; nil in popularity.
        let row: Int?
        let entries: [RankedRows.Entry]
    }

    /// So many rows are located at a time, and of so many entries the ids are looked up.
    private static let batchCount = 1 << 13

    /// - Parameter damage: What is known to be damaged: rows that need it are left out.
    init(_ rows: ArtifactRows, _ options: RowOptions, _ form: any RowForm, _ damage: DamageMap) {
        self.damage = damage
        self.options = options
        self.form = form
        self.rows = rows
        unreadableKeys = damage.unreadable(of: rows.rowKeys)
        unreadableMembers = damage.unreadable(of: rows.memberKeys)
    }

    /// How many rows there are to choose from.
    static func rowCount(of rows: ArtifactRows) -> Int {
        rows.key.kind.form == .ranking ? rows.entryCount : rows.rowCount
    }

    /// Prints the rows that are asked for.
    ///
    /// - Returns: How many rows were left out because they, or an id of theirs, cannot be read.
    /// - Throws: `FormatError` if a block is damaged that is not known to be, once the rows before it are printed; as
    ///   `LinePrinter.flush`.
    mutating func print(with printer: LinePrinter = LinePrinter()) throws -> Int {
        var printer = printer
        do {
            try printer.print { $0 += form.artifactHeading(rows.key.kind, rows.valueKind) }
            try print(to: &printer)
            try printer.flush()
            return leftOutCount
        } catch let error as FormatError {
            try printer.flush()
            throw error
        }
    }

    private mutating func print(to printer: inout LinePrinter) throws {
        let count = RankedRowPrinter.rowCount(of: rows)
        var picker = options.head.map { RowPicker.first($0) } ?? options.sample.map { .even($0, of: count) } ?? .all
        var firstEntry = 0
        for start in stride(from: 0, to: count, by: RankedRowPrinter.batchCount) where !picker.isDone {
            let batch = start..<min(count, start + RankedRowPrinter.batchCount)
            let picked = picker.pick(batch.count).map { start + $0 }
            if rows.key.kind.form == .ranking {
                try printEntries(picked, to: &printer)
            } else {
                let ends = try ends(of: batch, from: firstEntry)
                let located = picked.filter { $0 < start + ends.count }
                try printRows(located, ends, from: firstEntry, of: batch, to: &printer)
                if ends.count < batch.count {
                    // Where a row begins follows from the lengths of all before it.
                    leftOutCount += count - start - ends.count
                    return
                }
                firstEntry = ends.last ?? firstEntry
            }
        }
        // What concerns the file as a whole does not show in any of its rows.
        if options.areAll, damage.blocks.isEmpty { _ = try ArtifactDecoder.verify(rows.container.file) }
    }

    /// Per row of a batch the entry behind its last one; of fewer rows if the length of one cannot be read.
    private mutating func ends(of batch: Range<Int>, from start: Int) throws(FormatError) -> [Int] {
        let unreadable = rows.lengthBlocks(of: batch).first { damage.blocks.contains($0.block) }
        let readable = batch.lowerBound..<max(batch.lowerBound, unreadable?.rows.lowerBound ?? batch.upperBound)
        var end = start
        let ends = try rows.rowLengths(in: readable).map { length in
            end += Int(length)
            return end
        }
        try rows.checkEnd(end)
        return ends
    }

    private mutating func printRows(
        _ picked: [Int], _ ends: [Int], from start: Int, of batch: Range<Int>, to printer: inout LinePrinter,
    ) throws {
        var drafts: [Draft] = []
        var entryCount = 0
        for row in picked {
            let place = row - batch.lowerBound
            let range = (place == 0 ? start : ends[place - 1])..<ends[place]
            guard let entries = try entries(in: range), !unreadableKeys.contains(where: { $0.contains(row) }) else {
                leftOutCount += 1
                continue
            }
            drafts.append(Draft(row: row, entries: entries))
            entryCount += entries.count
            if entryCount > RankedRowPrinter.batchCount {
                try print(drafts, to: &printer)
                drafts.removeAll()
                entryCount = 0
            }
        }
        try print(drafts, to: &printer)
    }

    /// Prints entries of popularity.
    private mutating func printEntries(_ picked: [Int], to printer: inout LinePrinter) throws {
        var drafts: [Draft] = []
        for place in picked {
            if let entries = try entries(in: place..<place + 1) {
                drafts.append(Draft(row: nil, entries: entries))
            } else {
                leftOutCount += 1
            }
        }
        try print(drafts, to: &printer)
    }

    /// Entries that stand together; nil if one of them, or its id, cannot be read.
    private mutating func entries(in range: Range<Int>) throws(FormatError) -> [RankedRows.Entry]? {
        if !damage.blocks.isEmpty, rows.entryBlocks(of: range).contains(where: { damage.blocks.contains($0) }) {
            return nil
        }
        let entries = try rows.entries(in: range)
        let isReadable =
            unreadableMembers.isEmpty
            || entries.allSatisfy { entry in
                !unreadableMembers.contains { $0.contains(entry.member) }
            }
        return isReadable ? entries : nil
    }

    private mutating func print(_ drafts: [Draft], to printer: inout LinePrinter) throws {
        let spelled = try rows.spelled(drafts.compactMap(\.row), drafts.map(\.entries))
        for row in drafts.indices {
            try printer.print { text in form.append(row, of: spelled, to: &text) }
        }
    }
}

extension ArtifactRows {
    /// Rows with their ids.
    ///
    /// - Parameters:
    ///   - numbers: Of the rows, ascending; none where rows have no keys.
    ///   - entries: Per row.
    mutating func spelled(
        _ numbers: [Int], _ entries: [[RankedRows.Entry]],
    ) throws(FormatError) -> SpelledRows {
        let members = Set(entries.joined().map(\.member)).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(members, 0...))
        let placed = entries.map { row in
            row.map { RankedRows.Entry(member: places[$0.member] ?? 0, value: $0.value) }
        }
        return SpelledRows(
            kind: key.kind, keys: try keys(ofRows: numbers), entries: placed, ids: try ids(ofMembers: members))
    }
}
