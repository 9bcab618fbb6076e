import Events
import Platform
package import SystemPackage

/// Where the bad records of one run are kept: `records.jsonl` has them as they came, line by line, to be corrected and
/// ingested again; `reasons.jsonl` says line by line where each stood and what is wrong with it.
package struct RejectsFolder: Sendable {
    package let path: FilePath

    package init(path: FilePath) {
        self.path = path
    }

    /// Writes both files. The records of the two lists are the same.
    func write(_ rejects: [RejectedRecord], records: [[UInt8]]) throws(StorageError) {
        try write(records, as: "records.jsonl")
        try write(rejects.map(reason), as: "reasons.jsonl")
    }

    private func write(_ lines: [[UInt8]], as name: String) throws(StorageError) {
        var file = try AtomicFile(path: path.appending(name))
        for line in lines { try file.write((line + [UInt8(ascii: "\n")]).rawSpan) }
        try file.commit()
    }

    private func reason(_ reject: RejectedRecord) -> [UInt8] {
        JSONWriter.text(style: .compact) { json in
            json.object { json in
                json.member("input", reject.input)
                json.member("line", reject.line)
                json.member("field", reject.field?.rawValue ?? "record")
                json.member("reason", reject.reason)
            }
        }
    }
}
