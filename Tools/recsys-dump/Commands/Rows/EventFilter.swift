import Columns
import Events
import Platform

/// Tells which rows of a partition are asked for, from as few columns as can be.
struct EventFilter {
    /// Per column the code that rows must have; nil where no row has the id that is asked for.
    private var codes: [(column: IdentifierColumn, code: UInt32?)] = []
    private var times: Range<UInt64>?
    /// Per column the codes of ids that cannot be read.
    private var unreadable: [(column: IdentifierColumn, codes: [Range<Int>])] = []
    /// Ids that were asked for and that no row has.
    private(set) var missing: [(column: IdentifierColumn, text: String)] = []

    /// - Throws: `FormatError` if an id is looked for in a dictionary that is damaged, unless the damage is known.
    init(_ options: RowOptions, _ rows: PartitionRows, _ damage: DamageMap) throws(FormatError) {
        for column in IdentifierColumn.allCases {
            let ranges = damage.unreadable(of: rows.dictionary(column)).map { $0.lowerBound + 1..<$0.upperBound + 1 }
            if !ranges.isEmpty { unreadable.append((column, ranges)) }
        }
        for (column, text) in [
            (IdentifierColumn.user, options.user), (.item, options.item), (.session, options.session),
            (.request, options.request),
        ] {
            guard let text else { continue }
            let code = text.isEmpty ? 0 : try EventFilter.code(of: text, rows.dictionary(column), damage)
            codes.append((column, code))
            if code == nil { missing.append((column, text)) }
        }
        let day = rows.reader.statistics.key.day
        if options.from == nil && options.to == nil { return }
        let start = options.from?.nanosecond(of: day) ?? 0
        times = start..<max(start, options.to?.nanosecond(of: day) ?? Timestamp.nanosecondsPerDay)
    }

    /// True if the times that are asked for are all of other days.
    var isOfOtherDays: Bool { times?.isEmpty ?? false }

    /// True if it can be told without a column which rows are asked for: all.
    var isTrivial: Bool { codes.isEmpty && times == nil && unreadable.isEmpty }

    /// The rows of a range that are asked for, as places in it, ascending; and how many more would be, had they an id
    /// that can be read.
    ///
    /// - Throws: `FormatError` if a block is damaged.
    func matches(
        in range: Range<Int>, of rows: inout PartitionRows,
    ) throws(FormatError) -> (places: [Int], unreadableCount: Int) {
        var places = Array(0..<range.count)
        for (column, code) in codes {
            guard let code else { return ([], 0) }
            let values = try rows.codes(column, in: range)
            places.removeAll { values[$0] != code }
            if places.isEmpty { return ([], 0) }
        }
        if let times {
            let values = try rows.nanosecondsOfDay(in: range)
            places.removeAll { !times.contains(values[$0]) }
        }
        let matchCount = places.count
        for (column, ranges) in unreadable {
            let values = try rows.codes(column, in: range)
            places.removeAll { place in ranges.contains { $0.contains(Int(values[place])) } }
        }
        return (places, matchCount - places.count)
    }

    /// The code of an id; nil if it is not there. Runs that are known to be damaged are passed over.
    private static func code(
        of text: String, _ dictionary: DictionaryLookup, _ damage: DamageMap,
    ) throws(FormatError) -> UInt32? {
        let identifier = Array(text.utf8)
        for run in 0..<dictionary.runCount
        where !dictionary.blocks(ofRun: run).contains(where: { damage.blocks.contains($0) }) {
            if let place = try dictionary.run(at: run).firstIndex(of: identifier.span) {
                return UInt32(dictionary.numbers(ofRun: run).lowerBound + place + 1)
            }
        }
        return nil
    }
}
