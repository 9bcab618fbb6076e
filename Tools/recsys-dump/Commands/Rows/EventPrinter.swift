import Columns
import Commands
import Platform

/// Prints events of a partition, span by span: in memory are those of a few blocks.
struct EventPrinter {
    private let damage: DamageMap
    private let filter: EventFilter
    private let options: RowOptions
    private let form: any RowForm
    private var rows: PartitionRows
    private let spans: [PartitionRows.Span]

    /// - Parameter damage: What is known to be damaged: rows that need it are left out.
    /// - Throws: `FormatError` if something else is.
    init(
        _ reader: PartitionReader, _ options: RowOptions, _ form: any RowForm, _ damage: DamageMap,
    ) throws(FormatError) {
        self.damage = damage
        self.options = options
        self.form = form
        rows = try PartitionRows(reader, using: Zstandard())
        spans = rows.spans
        filter = try EventFilter(options, rows, damage)
    }

    /// Why there are no rows if it is for an id that no event has, or for times of other days: a typing error looks
    /// like a quiet day.
    var emptiness: [String] {
        let ids = filter.missing.map { column, text in
            let (name, near) = (column.codes.name, try? NearestKeys.search(for: text, in: rows.dictionary(column)))
            let question = NearestKeys.question(near ?? [], dictionary: name)
            return "no \(name) \"\(DisplayText.line(text))\"" + (question.map { "; \($0)" } ?? "")
        }
        let day = rows.reader.statistics.key.day
        return ids + (filter.isOfOtherDays ? ["is of \(day), and none of that day is asked for"] : [])
    }

    /// Prints the events that are asked for.
    ///
    /// - Returns: How many rows were left out because they, or an id of theirs, cannot be read. Of damaged blocks all
    ///   rows count, for nobody knows whether they are asked for.
    /// - Throws: `FormatError` if a block is damaged that is not known to be, once the rows before it are printed; as
    ///   `LinePrinter.flush`.
    mutating func print(with printer: LinePrinter = LinePrinter()) throws -> Int {
        var printer = printer
        do {
            let leftOutCount = try print(to: &printer)
            try printer.flush()
            return leftOutCount
        } catch let error as FormatError {
            try printer.flush()
            throw error
        }
    }

    private mutating func print(to printer: inout LinePrinter) throws -> Int {
        var picker = try picker()
        var leftOutCount = 0
        try printer.print { $0 += form.eventHeading() }
        let key = rows.reader.statistics.key
        for span in spans where !picker.isDone {
            let (places, unreadableCount) = try matches(in: span)
            leftOutCount += unreadableCount
            let picked = places.picked(by: &picker)
            if picked.isEmpty { continue }
            let events = try rows.events(picked, of: span.rows)
            for row in 0..<events.count {
                try printer.print { text in form.append(row, of: events, key, to: &text) }
            }
        }
        // What concerns the file as a whole does not show in any of its rows.
        if options.areAll, damage.blocks.isEmpty { try rows.reader.verify(using: Zstandard()) }
        return leftOutCount
    }

    /// Takes the rows that are asked for of those that match the filters.
    private mutating func picker() throws -> RowPicker {
        if let head = options.head { return .first(head) }
        guard let sample = options.sample else { return .all }
        // How far apart rows stand that are spread evenly depends on how many there are.
        let total = try spans.reduce(0) { count, span in
            try Cancellation.check()
            return count + (try matches(in: span).places.count)
        }
        return .even(sample, of: total)
    }

    private mutating func matches(
        in span: PartitionRows.Span,
    ) throws(FormatError) -> (places: RowPlaces, unreadableCount: Int) {
        if span.blocks.values.contains(where: { damage.blocks.contains($0) }) { return (.none, span.rows.count) }
        if filter.isTrivial { return (.all(span.rows.count), 0) }
        let (places, unreadableCount) = try filter.matches(in: span.rows, of: &rows)
        return (.some(places), unreadableCount)
    }
}

/// Places of rows in a range: all need not be listed.
private enum RowPlaces {
    case all(Int)
    case some([Int])

    static let none = RowPlaces.some([])

    var count: Int {
        switch self {
        case .all(let count): count
        case .some(let places): places.count
        }
    }

    /// Those that a picker takes.
    func picked(by picker: inout RowPicker) -> [Int] {
        let picked = picker.pick(count)
        switch self {
        case .all: return picked
        case .some(let places): return picked.map { places[$0] }
        }
    }
}
