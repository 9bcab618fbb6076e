package import Events
import Platform

/// The days that an incremental run has to do.
package enum PendingDays: Sendable, Equatable {
    case none(lastDay: Day)
    case days(Window)
}

extension Pipeline {
    /// The days after the last one that was run for `owner`, up to `end`; before its first run those from `start` on.
    ///
    /// - Parameter start: Nil if it must have been run before.
    /// - Throws: `PipelineError.noCheckpoint` if it was not; `PipelineError.startsAfterEnd`;
    ///   `PipelineError.corruptCheckpoint`; `StorageError`.
    package func pendingDays(of owner: SegmentKey, from start: Day?, through end: Day) throws -> PendingDays {
        let path = layout.checkpoint(owner)
        guard try File.exists(path) else {
            guard let start else { throw PipelineError.noCheckpoint(owner, path) }
            guard let window = Window(start: start, end: end) else { throw PipelineError.startsAfterEnd(start, end) }
            return .days(window)
        }
        guard let checkpoint = Checkpoint(encoded: try File.read(path)) else {
            throw PipelineError.corruptCheckpoint(path)
        }
        let last = checkpoint.lastPublishedDay
        guard let next = last.advanced(by: 1), let window = Window(start: next, end: end) else {
            return .none(lastDay: last)
        }
        return .days(window)
    }
}
