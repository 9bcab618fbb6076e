import Artifacts
import Builders
import Columns
import Platform
import TestSupport

/// What must hold of readers that look into files without reading all of them: asked for everything, they say the same
/// of a file that is accepted as those that read it whole. What verifies a file and keeps nothing must accept and
/// refuse what they do.
enum RowsJudge {
    /// Files of more rows, or entries, are not read some at a time.
    private static let maximumCount = 2_000

    /// - Parameter whole: What reading all columns makes of the file.
    static func judge(
        _ reader: PartitionReader, _ whole: Outcome<ExposureColumns>, using zstandard: Zstandard,
    ) throws {
        let verified = try Outcome { try reader.verify(using: zstandard) }
        // Verification reads a section that the columns of a partition have no part in.
        if whole.value == nil || !hasArrivals(reader) {
            try check(
                (whole.value == nil) == (verified.value == nil),
                "whole: \(whole.refusal ?? "accepted"); verified: \(verified.refusal ?? "accepted")")
        }
        guard reader.rowCount <= maximumCount else { return }
        let events = try Outcome { () -> [Exposure] in
            var rows = try PartitionRows(reader, using: zstandard)
            var events: [Exposure] = []
            for span in rows.spans {
                events += try rows.events(Array(0..<span.rows.count), of: span.rows).exposures
            }
            return events
        }
        guard let columns = whole.value else { return }
        try check(events.value == columns.exposures, "some rows at a time are not theirs: \(events.refusal ?? "")")
    }

    /// True if there is a section that reading all columns leaves out, and verification does not.
    private static func hasArrivals(_ reader: PartitionReader) -> Bool {
        reader.container.entries.contains { $0.section == PartitionFormat.Section.arrival.rawValue }
    }

    /// - Parameter decoded: What reading all of the file makes of it.
    static func judge(_ file: DataFile, _ decoded: Outcome<Artifact>) throws {
        let zstandard = Zstandard()
        let read = try Outcome { () -> [[RankedRows.Entry]]? in
            var rows = try ArtifactRows(ContainerReader(file, format: ArtifactFormat.file), using: zstandard)
            guard rows.rowCount + rows.entryCount <= maximumCount else { return nil }
            return try entries(of: &rows)
        }
        if case .accepted(nil) = read { return }
        guard let artifact = decoded.value else { return }
        guard let entries = read.value else { throw Finding("not to be read row by row: \(read.refusal ?? "")") }
        var cursor = RankedRowsCursor(artifact.rows)
        for row in entries ?? [] {
            let count = try cursor.readRow() ?? 0
            let expected = try (0..<count).map { _ in try cursor.readEntry() }
            try check(row == expected, "some rows at a time are other entries")
        }
    }

    /// The entries row by row, each row asked for by its number.
    private static func entries(of rows: inout ArtifactRows) throws -> [[RankedRows.Entry]] {
        var entries: [[RankedRows.Entry]] = []
        for row in 0..<rows.rowCount {
            let range = try rows.entries(ofRow: row)
            entries.append(try rows.entries(in: range))
        }
        return entries
    }
}
