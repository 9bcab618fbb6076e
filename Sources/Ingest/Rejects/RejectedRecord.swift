package import Events

/// A record that breaks the contract, with its place.
package struct RejectedRecord: Sendable, Equatable, CustomStringConvertible {
    /// The input's path, or `-`.
    package let input: String
    /// Lines are counted from 1.
    package let line: Int
    /// The field at fault; nil where the record is not a JSON object at all.
    package let field: EventField?
    package let reason: String

    /// `file:line: field: reason`.
    package var description: String { "\(input):\(line): \(summary)" }

    /// `field: reason`, the same for all records that are bad in the same way.
    var summary: String { RecordProblem(field, reason).summary }
}

/// What happens to records that break the contract.
package enum RejectPolicy: Sendable, Equatable {
    /// One ends the ingest before anything is replaced.
    case fail
    /// They are set aside, and end the ingest if they are more than this share of all records.
    case quarantine(maximumRatio: Double)
}
