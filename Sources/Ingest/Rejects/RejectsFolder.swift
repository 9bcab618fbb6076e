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

    /// Writes both files.
    ///
    /// - Parameters:
    ///   - scratch: Where the files are until they are whole.
    ///   - next: Gives the records one after the other, each with what is wrong with it.
    func write(
        in scratch: FilePath, _ next: () -> (reject: RejectedRecord, record: [UInt8])?,
    ) throws(StorageError) {
        var records = try AtomicFile(path: path.appending("records.jsonl"), in: scratch)
        var reasons = try AtomicFile(path: path.appending("reasons.jsonl"), in: scratch)
        while let (reject, record) = next() {
            try records.write((record + [UInt8(ascii: "\n")]).rawSpan)
            try reasons.write((reason(reject) + [UInt8(ascii: "\n")]).rawSpan)
        }
        try records.commit()
        try reasons.commit()
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
