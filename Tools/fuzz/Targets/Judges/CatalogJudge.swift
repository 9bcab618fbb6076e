import Builders
import Columns
import Events
import Platform
import SystemPackage
import TestSupport

/// What must hold of every file that is read as a catalog.
///
/// How much is read at a time does not matter; rows are those of a content_sim artifact; and written in either form
/// they are read as the same rows.
enum CatalogJudge {
    /// Inputs of a few bytes must be able to exceed it.
    private static let smallRecordByteCount = 64
    private static let recordByteCount = 1 << 20

    /// As much as most inputs have.
    private static let wholeByteCount = 8_192

    /// - Parameter name: Says of which form the catalog is.
    static func judge(_ input: [UInt8], as name: String, in folder: TrialFolder) throws -> Bool {
        let path = try folder.write(input, as: name)
        var isAccepted = false
        for maximumRecordByteCount in [smallRecordByteCount, recordByteCount] {
            let whole = try read(path, maximumRecordByteCount, chunkByteCount: wholeByteCount)
            for chunkByteCount in [1, 61] {
                let chunked = try read(path, maximumRecordByteCount, chunkByteCount: chunkByteCount)
                try check(whole.value == chunked.value, "other rows in small chunks: \(chunked.refusal ?? "")")
                // What is compressed may be damaged behind a row that is bad; which of them is met first depends.
                guard !isCompressed(input) else { continue }
                try check(whole.refusal == chunked.refusal, "refused as \(chunked.refusal ?? "-"), in small chunks")
            }
            if let rows = whole.value { try judge(rows, in: folder) }
            isAccepted = isAccepted || whole.value != nil
        }
        return isAccepted
    }

    private static func isCompressed(_ input: [UInt8]) -> Bool {
        input.starts(with: [0x1F, 0x8B]) || input.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
    }

    private static func read(
        _ path: FilePath, _ maximumRecordByteCount: Int, chunkByteCount: Int,
    ) throws -> Outcome<RankedRows> {
        try Outcome(refusals: [.badInput]) {
            let reader = CatalogReader(
                path, maximumRecordByteCount: maximumRecordByteCount, chunkByteCount: chunkByteCount)
            let surface = SegmentKey.fixture().surface
            return try ContentSimBuilder.build(from: reader, surface: surface, BuildLimits(), scratch: .memory).rows
        }
    }

    private static func judge(_ rows: RankedRows, in folder: TrialFolder) throws {
        for keys in [rows.rowKeys, rows.memberKeys] {
            try check(keys.isStrictlyAscending && keys.isText, "ids or tags are out of order, or no text")
        }
        for row in rows.exampleRows {
            let tags = row.entries.map(\.id)
            try check(!tags.isEmpty, "an item has no tags")
            try check(Set(tags.map { Array($0.utf8) }).count == tags.count, "a tag stands twice")
            for tag in tags {
                try check(tag.lowercased() == tag && !tag.contains { ",;|".contains($0) }, "a tag is not a tag")
            }
        }
        if rows.rowCount == 0 { return }
        for (name, text) in [("again.csv", csv(rows)), ("again.jsonl", jsonLines(rows))] {
            let again = try read(folder.write(text, as: name), recordByteCount, chunkByteCount: wholeByteCount)
            try check(again.value == rows, "written as \(name) they are other rows: \(again.refusal ?? "")")
        }
    }

    private static func csv(_ rows: RankedRows) -> [UInt8] {
        let quoted = { (text: String) in "\"" + text.replacing("\"", with: "\"\"") + "\"" }
        let lines = rows.exampleRows.map { row in
            quoted(row.key) + "," + quoted(row.entries.map(\.id).joined(separator: ";")) + "\n"
        }
        return Array(("item_id,tags\n" + lines.joined()).utf8)
    }

    private static func jsonLines(_ rows: RankedRows) -> [UInt8] {
        rows.exampleRows.flatMap { row in
            JSONWriter.text(style: .compact) { json in
                json.object { json in
                    json.member("item_id", row.key)
                    json.key("tags")
                    json.array { json in for entry in row.entries { json.string(entry.id) } }
                }
            } + [UInt8(ascii: "\n")]
        }
    }
}
