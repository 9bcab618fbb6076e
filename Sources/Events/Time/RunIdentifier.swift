import Platform

/// Names one run of the program: in the ledger, in records and in the history.
///
/// `<UTC time to the second>-<8 hexadecimal digits>`, so that names sort by time and two runs of one second differ.
package struct RunIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// When the run began, to the second.
    package let startedAt: Timestamp
    package let description: String

    /// A new name for a run that begins now.
    package init() {
        startedAt = .thisSecond
        let digits = String(UInt32.random(in: 0...UInt32.max), radix: 16)
        let time = startedAt.description.filter { $0 != "-" && $0 != ":" }
        description = "\(time)-\(String(repeating: "0", count: 8 - digits.utf8.count))\(digits)"
    }
}
