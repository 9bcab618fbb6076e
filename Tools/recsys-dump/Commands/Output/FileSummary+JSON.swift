import Columns
import Platform

extension JSONWriter {
    /// A summary as members of an object that the caller has begun.
    mutating func members(of summary: FileSummary) {
        member("type", summary.type)
        member("format", summary.format)
        members(of: summary.identity)
        if !summary.parameters.isEmpty {
            key("parameters")
            object { $0.members(of: summary.parameters) }
        }
        member("bytes", summary.byteCount)
        member("sha256", summary.digest.hexadecimal)
        member("header", summary.headerProblem?.detail ?? "ok")
        member("footer", summary.footerProblem?.detail ?? "ok")
        member("blocks", summary.blockCount)
        member("damaged_blocks", summary.damagedBlockCount)
        key("columns")
        array { json in
            for column in summary.columns {
                json.object { json in
                    json.member("column", column.name)
                    json.member("raw_bytes", column.rawByteCount)
                    json.member("stored_bytes", column.storedByteCount)
                    json.member("damaged_blocks", column.damagedBlockCount)
                }
            }
        }
    }
}
