import Artifacts
import Builders
import Columns
import Events
import FoundationEssentials
import Platform
import TestSupport

/// What must hold of every file that is read as an artifact.
///
/// The decoder, the check and the reader for services accept it or refuse it alike, and give the same rows; rows are
/// ranked; encoded again they are the same artifact; and its other forms can be written.
enum ArtifactJudge {
    static func judge(_ input: [UInt8], in folder: TrialFolder) throws -> Bool {
        let file = try folder.open(input, as: "trial.rsart")
        try InspectionJudge.judge(file, ArtifactFormat.file)
        let decoded = try Outcome { try ArtifactDecoder.decode(file) }
        let verified = try Outcome { try ArtifactDecoder.verify(file) }
        let opened = try Outcome { try ArtifactReader(file) }
        // Which of several things that are wrong is met first may differ.
        try check(
            (decoded.value == nil) == (verified.value == nil) && decoded.refusal == opened.refusal,
            "refused differently: \([decoded.refusal, verified.refusal, opened.refusal])")
        try RowsJudge.judge(file, decoded)
        guard let artifact = decoded.value, let key = verified.value, let reader = opened.value else {
            return false
        }
        try check(key == artifact.key, "verified as somebody else's")
        let copied = try ArtifactDecoder.decode(DataFile(path: file.path, access: .copied))
        try check(copied == artifact, "without a map it is something else")
        guard artifact.rows.rowCount + artifact.rows.entryCount <= maximumEntryCount else { return true }
        try judge(artifact)
        try judge(reader, artifact, digest: SHA256Digest(of: input.rawSpan))
        try judgeEncoding(artifact, in: folder)
        try judgeText(artifact)
        return true
    }

    /// Larger ones are read, and not spelled out.
    private static let maximumEntryCount = 4_000

    /// What the format says of rows.
    private static func judge(_ artifact: Artifact) throws {
        let rows = artifact.rows
        for keys in [rows.rowKeys, rows.memberKeys] {
            try check(keys.isStrictlyAscending && keys.isText, "ids are out of order, or no text")
        }
        let isRanking = artifact.key.kind.form == .ranking
        try check(
            isRanking ? rows.rowKeys.isEmpty && rows.rowCount <= 1 : rows.rowKeys.count == rows.rowCount,
            "rows have not the keys of their kind")
        for row in rows.spelledOut {
            try check(!row.entries.isEmpty || artifact.key.kind.mayHaveEmptyRows, "a row is empty")
            try check(
                rows.valueKind == .none || zip(row.entries, row.entries.dropFirst()).allSatisfy { $0.isBefore($1) },
                "a row is not ranked")
        }
    }

    private static func judge(_ reader: ArtifactReader, _ artifact: Artifact, digest: SHA256Digest) throws {
        let owner = artifact.key.owner
        try check(reader.version == digest.hexadecimal, "the version is not the digest of the file")
        try check(
            reader.kind == artifact.key.kind.rawValue && reader.tenant == owner.tenant.text
                && reader.surface == owner.surface.text && reader.segment == owner.segment?.text,
            "opened as somebody else's")
        try check(reader.keys.count == artifact.rows.rowKeys.count, "keys are missing")
        let isRanking = artifact.key.kind.form == .ranking
        for row in artifact.rows.spelledOut {
            let list = isRanking ? reader.top(n: .max) : reader.row(row.key)
            guard let list else { throw Finding("a row is not found") }
            try check(
                list.elementsEqual(row.entries) { $0.id.utf8.elementsEqual($1.id.utf8) && $0.score == $1.score },
                "a row is found that is another")
        }
        try check(reader.top(n: -1).isEmpty && reader.top(n: 0).isEmpty, "no entries are some")
        // NUL makes it the next key in the order of bytes, which few artifacts have.
        for key in Set(reader.keys.map { $0 + "\0" } + [""]) where !artifact.rows.hasRow(key) {
            try check(reader.row(key) == nil, "a row is found that there is not")
        }
    }

    private static func judgeEncoding(_ artifact: Artifact, in folder: TrialFolder) throws {
        let once = try artifact.fileBytes
        let again = try ArtifactDecoder.decode(folder.open(once, as: "again.rsart"))
        try check(again == artifact, "encoded again it is another artifact")
        try check(try again.fileBytes == once, "encoded once more it is other bytes")
    }

    /// Writes the forms for other programs.
    private static func judgeText(_ artifact: Artifact) throws {
        var table: [UInt8] = []
        try TSVWriter.write(artifact) { table += $0 }
        let lineCount = table.count { $0 == UInt8(ascii: "\n") }
        try check(lineCount == artifact.rows.entryCount + 1, "the table has not a line for each entry")
        var json: [UInt8] = []
        let written = try Outcome(refusals: [.usage, .refused]) {
            try JSONv1Writer.write(artifact, version: SHA256Digest(of: table.rawSpan)) { json += $0 }
        }
        try check(
            (written.value == nil) == (artifact.rows.valueKind == .scores), "scores are written that JSON v1 has not")
        guard written.value != nil else { return }
        let header = try? JSONDecoder().decode(JSONHeader.self, from: Data(json))
        let isRead = header?.v == 1 && header?.artifact_type == artifact.key.kind.rawValue
        try check(isRead && header?.tenant == artifact.key.owner.tenant.text, "JSON v1 is not to be read")
    }

    private struct JSONHeader: Decodable {
        let v: Int
        let artifact_type: String
        let tenant: String
    }
}

/// An entry spelled out.
private struct SpelledEntry {
    let id: String
    /// 0 where there is neither a count nor a score.
    let score: Double

    /// True if the entry may stand right before another one.
    func isBefore(_ other: SpelledEntry) -> Bool {
        score != other.score ? score > other.score : id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }
}

extension RankedRows {
    /// The rows with their keys; that of popularity has an empty one.
    fileprivate var spelledOut: [(key: String, entries: [SpelledEntry])] {
        switch valueKind {
        case .scores: scoredRows.map { ($0.key, $0.entries.map { SpelledEntry(id: $0.id, score: $0.score) }) }
        case .counts, .none:
            exampleRows.map { ($0.key, $0.entries.map { SpelledEntry(id: $0.id, score: Double($0.count)) }) }
        }
    }

    fileprivate func hasRow(_ key: String) -> Bool {
        rowKeys.indices.contains { rowKeys.bytes(at: $0) == Array(key.utf8) }
    }
}

extension ArtifactReader {
    /// The row of a key, by the method of the form.
    fileprivate func row(_ key: String) -> RankedList? {
        switch ArtifactKind(rawValue: kind)?.form {
        case .neighbors: neighbors(of: key)
        case .tags: tags(of: key)
        case .users: items(for: key)
        case .ranking, nil: nil
        }
    }
}
