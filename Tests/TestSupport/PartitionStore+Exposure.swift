package import Columns
package import Events
package import Partitions
import Platform

extension PartitionStore {
    /// Stores the partition of one day.
    package func store(_ exposures: [Exposure], as key: PartitionKey, seed: UInt64? = nil) throws {
        let change = beginChange()
        try change.replace(key, with: ExposureColumns(exposures, seed: seed), using: Zstandard())
        try change.commit()
    }

    /// The events of a partition, row by row; nil if there is none.
    package func exposures(of key: PartitionKey) throws -> [Exposure]? {
        guard try File.exists(path(key)) else { return nil }
        return try open(key).columns(using: Zstandard()).exposures
    }
}

extension Window {
    /// The window between two dates, which must be good ones.
    package static func fixture(_ start: String, _ end: String) -> Window {
        guard let start = Day(start), let end = Day(end), let window = Window(start: start, end: end) else {
            preconditionFailure("a fixture is well-formed")
        }
        return window
    }
}
