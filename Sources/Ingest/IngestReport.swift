package import Columns
package import Events
package import Platform
package import SystemPackage

/// What an ingest met and what it made of it.
package struct IngestReport: Sendable {
    /// One input, read to its end.
    package struct Input: Sendable {
        /// The path, or `-`.
        package let name: String
        package let byteCount: Int
        package let lineCount: Int
        /// XXH3-128 of the bytes, as `xxh128sum` prints it.
        package let digest: String
    }

    /// A partition that was written, or left as it was because it holds just these events.
    package struct Partition: Sendable {
        package let key: PartitionKey
        package let rowCount: Int
        package let byteCount: Int
        package let digest: SHA256Digest
        /// False if it was left as it was; true of a dry run.
        package let isNew: Bool
        /// Rows of the partition that it replaces; nil if there is none, if it cannot be read, or if it stays.
        package let replacedRowCount: Int?
    }

    package internal(set) var inputs: [Input] = []
    /// Events in the scope.
    package internal(set) var eventCount = 0
    /// Events of days outside the window, which were skipped.
    package internal(set) var outOfWindowCount = 0
    /// Events of other tenants or surfaces than those asked for, which were skipped.
    package internal(set) var outOfScopeCount = 0
    /// Fields that the contract does not know, which were ignored.
    package internal(set) var unknownFieldCount = 0
    /// How many records were set aside, by `field: reason`, most first.
    package internal(set) var rejectCounts: [(summary: String, count: Int)] = []
    /// Where they were set aside; nil if there are none, or the run was dry.
    package internal(set) var rejectsFolder: FilePath?
    /// In ascending order of their keys.
    package internal(set) var partitions: [Partition] = []
    /// Partitions that went because the input has no events of their day, in ascending order.
    package internal(set) var removed: [PartitionKey] = []

    /// The last day that the inputs have events of, of those that were wanted.
    package var lastDay: Day? { partitions.map(\.key.day).max() }
    package var lineCount: Int { inputs.reduce(0) { $0 + $1.lineCount } }
    package var inputByteCount: Int { inputs.reduce(0) { $0 + $1.byteCount } }
    package var partitionByteCount: Int { partitions.reduce(0) { $0 + $1.byteCount } }
}
