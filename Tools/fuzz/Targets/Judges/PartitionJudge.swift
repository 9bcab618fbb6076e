import Columns
import Events
import Platform
import TestSupport

/// What must hold of every file that is read as a partition.
///
/// All columns at once, columns one by one, pieces of columns and some rows at a time are the same values or are all
/// refused, and verification says so; what is accepted keeps to the format; and encoded again it is read as the same
/// events.
enum PartitionJudge {
    /// Files of more rows are read, and their events not spelled out, for that would take long.
    static let maximumRowCount = 2_000

    static func judge(_ input: [UInt8], in folder: TrialFolder) throws -> Bool {
        let file = try folder.open(input, as: "trial.rspart")
        try InspectionJudge.judge(file, PartitionFormat.file)
        guard let reader = try Outcome({ try PartitionReader(file) }).value else { return false }
        let zstandard = Zstandard()
        let whole = try Outcome { try reader.columns(using: zstandard) }
        let copied = try Outcome {
            try PartitionReader(DataFile(path: file.path, access: .copied)).columns(using: zstandard)
        }
        try check(whole.refusal == copied.refusal && whole.value == copied.value, "without a map it is something else")
        let parts = try PartitionParts(reader, zstandard)
        try RowsJudge.judge(reader, whole, using: zstandard)
        guard let joined = parts.joined else {
            try check(whole.value == nil, "all columns are accepted, and one of them is refused")
            return false
        }
        try check(whole.value.map { $0 == joined } ?? true, "all columns are not what each of them is")
        guard reader.rowCount <= maximumRowCount else { return whole.value != nil }
        let users = Set(joined.users.codes).subtracting([0])
        let isRight =
            joined.hasDistinctIdentifiers && isInOrder(joined.exposures) && users.count == joined.users.dictionary.count
        try check(
            (whole.value != nil) == isRight,
            whole.refusal ?? "rows are accepted that are out of order, ids that stand twice, or users without a row")
        guard let columns = whole.value else { return false }
        try judge(columns, reader.statistics)
        try judgeEncoding(columns, key: reader.statistics.key, in: folder, using: zstandard)
        return true
    }

    /// What the format says of values.
    private static func judge(_ columns: ExposureColumns, _ statistics: PartitionStatistics) throws {
        try check(columns.count == statistics.rowCount, "the rows are miscounted")
        let times = columns.nanosecondsOfDay
        try check(
            times.min() ?? 0 == statistics.earliest && times.max() ?? 0 == statistics.latest,
            "the times are not those of the footer")
        try check(times.allSatisfy { $0 < Timestamp.nanosecondsPerDay }, "a time is beyond the day")
        try check(columns.ranks.allSatisfy { $0 <= 1 << 31 }, "a rank is beyond its range")
        try check(columns.users.dictionary.isStrictlyAscending, "the users are out of order")
        for column in IdentifierColumn.allCases {
            let content = columns[column]
            let dictionary = content.dictionary
            try check(dictionary.count == statistics.distinctCount(column), "ids are miscounted")
            try check(content.codes.count == columns.count, "a column has not all rows")
            let least = column.isOptional ? 0 : 1
            try check(
                content.codes.allSatisfy { least <= $0 && $0 <= dictionary.count }, "a code stands for no id")
            try check(dictionary.isText, "an id is empty or no text")
        }
    }

    /// Encodes what was read.
    private static func judgeEncoding(
        _ columns: ExposureColumns, key: PartitionKey, in folder: TrialFolder, using zstandard: Zstandard,
    ) throws {
        let once = PartitionEncoder.encode(columns, key: key, using: zstandard)
        let reader = try PartitionReader(folder.open(once, as: "again.rspart"))
        let again = try reader.columns(using: zstandard)
        try check(again.exposures == columns.exposures, "encoded again they are other events")
        try check(reader.statistics.key == key, "encoded again they are somebody else's")
        let twice = PartitionEncoder.encode(again, key: key, using: zstandard)
        try check(once == twice, "encoded once more they are other bytes")
    }

    /// True if events stand as the format says: by user, those without one by session, then by time.
    private static func isInOrder(_ events: [Exposure]) -> Bool {
        let keys = events.map { event in
            RowOrderKey(
                hasUser: event.user != nil, identifier: Array((event.user ?? event.session).utf8),
                time: event.nanosecondOfDay)
        }
        return zip(keys, keys.dropFirst()).allSatisfy { !($1 < $0) }
    }
}

/// The columns of a partition, each read by itself; nil where it is refused.
private struct PartitionParts {
    private var columns: [IdentifierColumn: CodedColumn] = [:]
    private let times: [UInt64]?
    private let ranks: [UInt32]?

    /// - Throws: `Finding` if a part of a column is not what the column is.
    init(_ reader: PartitionReader, _ zstandard: Zstandard) throws {
        typealias Section = PartitionFormat.Section
        times = try Outcome { try reader.nanosecondsOfDay(using: zstandard) }.value
        ranks = try Outcome { try reader.ranks(using: zstandard) }.value
        try PartitionParts.judge(times, Section.timeOfDay, reader, zstandard)
        try PartitionParts.judge(ranks, Section.rank, reader, zstandard)
        for column in IdentifierColumn.allCases {
            let dictionary = try PartitionParts.dictionary(column, reader, zstandard)
            let codes = try Outcome { try reader.codes(column, using: zstandard) }.value
            try PartitionParts.judge(codes, column.codes, reader, zstandard)
            try PartitionParts.judge(rowsOf: column, codes, reader, zstandard)
            if let dictionary, let codes { columns[column] = CodedColumn(dictionary: dictionary, codes: codes) }
        }
    }

    /// All columns; nil if one is refused.
    var joined: ExposureColumns? {
        guard let users = columns[.user], let sessions = columns[.session], let requests = columns[.request],
            let items = columns[.item], let times, let ranks
        else { return nil }
        return ExposureColumns(
            users: users, sessions: sessions, requests: requests, items: items, nanosecondsOfDay: times, ranks: ranks)
    }

    /// Reads ids at once and run by run.
    private static func dictionary(
        _ column: IdentifierColumn, _ reader: PartitionReader, _ zstandard: Zstandard,
    ) throws -> IdentifierList? {
        let dictionary = try Outcome { try reader.dictionary(column, using: zstandard) }.value
        let runs = try Outcome { try reader.dictionaryRuns(column, using: zstandard) }.value
        guard let dictionary else { return nil }
        var joined = IdentifierList()
        for run in runs ?? [] { run.append(to: &joined) }
        try check(runs != nil && joined == dictionary, "the runs of ids are not the ids")
        return dictionary
    }

    /// Reads a column in pieces that do not fit its blocks.
    private static func judge<Value: ColumnValue>(
        _ values: [Value]?, _ section: PartitionFormat.Section, _ reader: PartitionReader, _ zstandard: Zstandard,
    ) throws {
        let count = reader.rowCount
        let pieces = try Outcome { () -> [Value] in
            var cursor = try ColumnCursor<Value>(
                reader.container, section: section.rawValue, count: count, using: zstandard)
            var pieces: [Value] = []
            let step = max(1, count / 3)
            while pieces.count < count { pieces += try cursor.read(min(step, count - pieces.count)) }
            return pieces
        }.value
        if let values { try check(pieces == values, "the pieces of column \(section.name) are not the column") }
    }

    /// Reads the codes of some rows in the middle.
    private static func judge(
        rowsOf column: IdentifierColumn, _ codes: [UInt32]?, _ reader: PartitionReader, _ zstandard: Zstandard,
    ) throws {
        let rows = reader.rowCount / 3..<max(reader.rowCount / 3 + 1, reader.rowCount / 3 * 2)
        guard reader.rowCount > 0 else { return }
        let part = try Outcome { try reader.codes(column, covering: rows, using: zstandard) }.value
        guard let codes else { return }
        guard let part else { throw Finding("the codes of some rows are refused, and those of all rows are not") }
        let range = part.firstRow..<part.firstRow + part.codes.count
        try check(
            range.contains(rows.lowerBound) && range.upperBound >= rows.upperBound
                && range.upperBound <= codes.count && part.codes[...] == codes[range],
            "the codes of some rows are not theirs")
    }
}

/// What decides where a row of a partition stands.
private struct RowOrderKey: Comparable {
    let hasUser: Bool
    let identifier: [UInt8]
    let time: UInt64

    static func < (left: RowOrderKey, right: RowOrderKey) -> Bool {
        if left.hasUser != right.hasUser { return right.hasUser }
        if left.identifier != right.identifier { return left.identifier.lexicographicallyPrecedes(right.identifier) }
        return left.time < right.time
    }
}

extension ExposureColumns {
    /// True if no id stands twice in its dictionary.
    fileprivate var hasDistinctIdentifiers: Bool {
        IdentifierColumn.allCases.allSatisfy { column in
            let dictionary = self[column].dictionary
            return Set(dictionary.indices.map { dictionary.bytes(at: $0) }).count == dictionary.count
        }
    }

    /// True if every id stands in a row, as the format says and a reader need not check.
    var usesAllIdentifiers: Bool {
        IdentifierColumn.allCases.allSatisfy { column in
            let codes = Set(self[column].codes)
            return self[column].dictionary.indices.allSatisfy { codes.contains(UInt32($0) + 1) }
        }
    }
}

extension IdentifierList {
    func bytes(at index: Int) -> [UInt8] { Array(text(of: index..<index + 1)) }

    /// True if every id is text of at least one byte.
    var isText: Bool {
        indices.allSatisfy { index in
            let bytes = bytes(at: index)
            return !bytes.isEmpty && String(validating: bytes.rawSpan) != nil
        }
    }
}
