import Columns
package import Events
import Partitions
import Platform

extension Pipeline {
    /// Holds the events of each day against the gates, and publishes nothing. Every partition is read whole, which
    /// checks that its times lie in the day and that its ids are valid.
    ///
    /// - Returns: What each gate that is on says of each day; a refusal is among the results, not thrown.
    /// - Throws: `PipelineError.noEvents` if no day has any; `FormatError` if a partition is damaged; `StorageError`;
    ///   `Interruption`.
    package func validate(_ surfaceKey: SurfaceKey, _ window: Window) throws -> [GateResult] {
        let store = layout.partitions
        let present = try store.days(surfaceKey, in: window)
        guard !present.isEmpty else { throw PipelineError.noEvents(surfaceKey, window) }
        _ = try Parallel.map(count: present.count, threadCount: threadCount) { index in
            try store.open(PartitionKey(surfaceKey, present[index])).verify(using: Zstandard())
        }
        let dayGates = try DayGates(self, surfaceKey)
        let days = Array(window.days)
        return try Parallel.map(count: days.count, threadCount: threadCount) { index in
            try dayGates.check(days[index])
        }
        .flatMap { $0 }
    }
}
