import Builders
import Columns
import Events
package import Platform

/// Artifacts as JSON, version 1: the form that services read which do not read artifact files.
package enum JSONv1Writer {
    /// The SHA-256 of the compact form with an empty time and an empty version: the version of the JSON.
    ///
    /// - Throws: `ArtifactError` if the artifact has scores; `StorageError` if its rows are in a file that cannot be
    ///   read.
    package static func version(of artifact: Artifact) throws -> SHA256Digest {
        var hasher = SHA256Hasher()
        try stream(artifact, .compact, build: { $0.emptyBuild() }, to: { hasher.update($0.rawSpan) })
        return hasher.finish()
    }

    /// Hands the indented JSON, which ends with a line break, to `sink` piece by piece.
    ///
    /// `built_at` is the end of the window, the first instant at which the result could be known, so that the same
    /// result is the same bytes. The record of a published artifact has the time of the clock.
    ///
    /// - Throws: As `version`; whatever `sink` throws.
    package static func write(
        _ artifact: Artifact, version: SHA256Digest, to sink: ([UInt8]) throws -> Void,
    ) throws {
        try stream(
            artifact, .indented,
            build: { json in
                json.object { json in
                    json.member("built_at", artifact.key.window.endInstant)
                    json.member("version", version.hexadecimal)
                    json.member("source_hash", version.hexadecimal)
                }
            }, to: sink)
        try sink([UInt8(ascii: "\n")])
    }

    private static func stream(
        _ artifact: Artifact, _ style: JSONWriter.Style, build: (inout JSONWriter) -> Void,
        to sink: ([UInt8]) throws -> Void,
    ) throws {
        guard artifact.rows.valueKind != .scores else { throw ArtifactError.scoresInJSONv1(artifact.key) }
        var json = JSONWriter(style: style)
        try json.object { json in
            json.header(artifact.key)
            try json.content(artifact, sink)
            json.key("build")
            build(&json)
        }
        try json.drain(sink)
    }
}

extension JSONWriter {
    fileprivate mutating func emptyBuild() {
        object { json in
            json.member("built_at", "")
            json.member("version", "")
        }
    }

    fileprivate mutating func header(_ artifactKey: ArtifactKey) {
        member("v", 1)
        member("artifact_type", artifactKey.kind.rawValue)
        member("tenant", artifactKey.owner.tenant.text)
        member("surface", artifactKey.owner.surface.text)
        if let segment = artifactKey.owner.segment { member("segment", segment.text) }
        key("window")
        object { json in
            json.member("start", artifactKey.window.startInstant)
            json.member("end", artifactKey.window.endInstant)
        }
    }

    /// The member that holds the rows.
    fileprivate mutating func content(_ artifact: Artifact, _ sink: ([UInt8]) throws -> Void) throws {
        var cursor = RankedRowsCursor(artifact.rows)
        let rows = artifact.rows
        switch artifact.key.kind.form {
        case .ranking:
            key("items")
            try array { json in
                let count = try cursor.readRow() ?? 0
                for _ in 0..<count { try json.write(cursor.readEntry(), of: rows, as: "count", sink) }
            }
        case .neighbors:
            key("neighbors")
            try write(rows, key: "item_id", list: "items", value: "count", &cursor, sink)
        case .users:
            key("users")
            try write(rows, key: "user_id", list: "items", value: "score", &cursor, sink)
        case .tags:
            key("items")
            try write(rows, key: "item_id", list: "tags", value: "", &cursor, sink)
        }
    }

    private mutating func write(
        _ rows: RankedRows, key rowKey: StaticString, list: StaticString, value: StaticString,
        _ cursor: inout RankedRowsCursor, _ sink: ([UInt8]) throws -> Void,
    ) throws {
        try array { json in
            for row in 0..<rows.rowCount {
                try json.object { json in
                    json.key(rowKey)
                    json.string(rows.rowKeys[row])
                    json.key(list)
                    try json.array { json in
                        let count = try cursor.readRow() ?? 0
                        for _ in 0..<count { try json.write(cursor.readEntry(), of: rows, as: value, sink) }
                    }
                }
            }
        }
    }

    /// An entry, after which what there is to drain is drained now and then.
    private mutating func write(
        _ entry: RankedRows.Entry, of rows: RankedRows, as value: StaticString, _ sink: ([UInt8]) throws -> Void,
    ) throws {
        if case .count(let count) = entry.value {
            object { json in
                json.key("item_id")
                json.string(rows.memberKeys[entry.member])
                json.member(value, count)
            }
        } else {
            string(rows.memberKeys[entry.member])
        }
        if bytes.count > 1 << 16 { try drain(sink) }
    }
}
