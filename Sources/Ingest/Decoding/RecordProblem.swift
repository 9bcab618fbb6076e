import CSimdjson
import Events
import Platform

/// Why a line is no event of the contract.
struct RecordProblem: Error {
    /// Nil where no field is to blame.
    let field: EventField?
    let reason: String

    init(_ field: EventField?, _ reason: String) {
        self.field = field
        self.reason = reason
    }

    /// `field: reason`, the same for all records that are bad in the same way.
    var summary: String { "\(field?.rawValue ?? "record"): \(reason)" }

    /// What the decoder says of a line that it rejected.
    init(_ reject: recsys_reject, in batch: borrowing DecodedBatch, maximumLineByteCount: Int) {
        field = EventField(reject.field)
        reason =
            switch reject.problem {
            case RECSYS_PROBLEM_NOT_OBJECT: "not a JSON object"
            case RECSYS_PROBLEM_TRAILING_CONTENT: "something follows the JSON object on its line"
            case RECSYS_PROBLEM_MISSING: "missing"
            case RECSYS_PROBLEM_DUPLICATE: "given twice"
            case RECSYS_PROBLEM_NOT_STRING: "not a string"
            case RECSYS_PROBLEM_NOT_WHOLE_NUMBER: "not a whole number"
            case RECSYS_PROBLEM_OUT_OF_RANGE: "not between 0 and \(EventField.maximumRank)"
            case RECSYS_PROBLEM_UNSUPPORTED_VERSION: "not 1, the only version there is"
            case RECSYS_PROBLEM_UNKNOWN_FIELD: "unknown field \"\(RecordProblem.text(reject.name, in: batch))\""
            case RECSYS_PROBLEM_LINE_TOO_LONG: "longer than \(maximumLineByteCount) bytes"
            case _ where RecordProblem.beginsWithByteOrderMark(batch.bytes(reject.source)):
                "begins with a byte order mark; save the file without one"
            default: "not valid JSON: \(RecordProblem.words(for: reject.json_error))"
            }
    }

    private static func beginsWithByteOrderMark(_ line: Span<UInt8>) -> Bool {
        line.count >= 3 && line[0] == 0xEF && line[1] == 0xBB && line[2] == 0xBF
    }

    private static func text(_ slice: recsys_slice, in batch: borrowing DecodedBatch) -> String {
        var copy: [UInt8] = []
        copy.append(contentsOf: batch.bytes(slice))
        return String(decoding: copy, as: UTF8.self)
    }

    private static func words(for jsonError: Int32) -> String {
        unsafe String(cString: recsys_error_message(jsonError))
    }
}

extension EventField {
    /// The field of that number in the decoder, or nil for none.
    fileprivate init?(_ field: recsys_field) {
        switch field {
        case RECSYS_FIELD_VERSION: self = .version
        case RECSYS_FIELD_TIMESTAMP: self = .timestamp
        case RECSYS_FIELD_TENANT: self = .tenant
        case RECSYS_FIELD_SURFACE: self = .surface
        case RECSYS_FIELD_USER: self = .user
        case RECSYS_FIELD_SESSION: self = .session
        case RECSYS_FIELD_REQUEST: self = .request
        case RECSYS_FIELD_ITEM: self = .item
        case RECSYS_FIELD_RANK: self = .rank
        default: return nil
        }
    }
}
