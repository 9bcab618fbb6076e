import Builders
import Columns
import Events
package import Platform

/// Artifacts as JSON, version 1: the form that services read which do not read artifact files.
package enum JSONv1Writer {
    /// The SHA-256 of the compact form with an empty time and an empty version: the version of the JSON.
    package static func version(of artifact: Artifact) -> SHA256Digest {
        var hasher = SHA256Hasher()
        stream(artifact, .compact, build: { $0.emptyBuild() }, to: { hasher.update($0.rawSpan) })
        return hasher.finish()
    }

    /// Hands the indented JSON, which ends with a line break, to `sink` piece by piece.
    ///
    /// `built_at` is the end of the window, the first instant at which the result could be known, so that the same
    /// result is the same bytes. The record of a published artifact has the time of the clock.
    package static func write(
        _ artifact: Artifact, version: SHA256Digest, to sink: ([UInt8]) throws -> Void,
    ) rethrows {
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
    ) rethrows {
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
    fileprivate mutating func content(_ artifact: Artifact, _ sink: ([UInt8]) throws -> Void) rethrows {
        let rows = artifact.rows
        switch artifact.key.kind {
        case .popularity:
            key("items")
            let count = rows.rowCount == 0 ? 0 : rows.entries(ofRow: 0).count
            try elements(0..<count, sink) { json, entry in json.entry(rows, entry, count: "count") }
        case .cooc:
            key("neighbors")
            try self.rows(rows, key: "item_id", list: "items", sink) { $0.entry(rows, $1, count: "count") }
        case .implicit, .sessionSeq:
            key("users")
            try self.rows(rows, key: "user_id", list: "items", sink) { $0.entry(rows, $1, count: "score") }
        case .contentSim:
            key("items")
            try self.rows(rows, key: "item_id", list: "tags", sink) {
                $0.string(rows.memberKeys[Int(rows.members[$1])])
            }
        }
    }

    private mutating func rows(
        _ rows: RankedRows, key rowKey: StaticString, list: StaticString, _ sink: ([UInt8]) throws -> Void,
        entry: (inout JSONWriter, Int) -> Void,
    ) rethrows {
        try elements(0..<rows.rowCount, sink) { json, row in
            json.object { json in
                json.key(rowKey)
                json.string(rows.rowKeys[row])
                json.key(list)
                json.array { json in for index in rows.entries(ofRow: row) { entry(&json, index) } }
            }
        }
    }

    /// An array with an element for each index, drained now and then.
    private mutating func elements(
        _ indices: Range<Int>, _ sink: ([UInt8]) throws -> Void, _ body: (inout JSONWriter, Int) -> Void,
    ) rethrows {
        try array { json in
            for index in indices {
                body(&json, index)
                if json.bytes.count > 1 << 16 { try json.drain(sink) }
            }
        }
    }

    private mutating func entry(_ rows: RankedRows, _ index: Int, count name: StaticString) {
        object { json in
            json.key("item_id")
            json.string(rows.memberKeys[Int(rows.members[index])])
            json.member(name, rows.counts[index])
        }
    }
}
