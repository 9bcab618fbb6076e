/// How far long work has come.
package enum WorkProgress: Sendable, Equatable {
    /// Inputs are read: how many bytes of them, compressed as they are, and how many events were taken from these.
    /// The total is nil where it is not known before the end.
    case reading(byteCount: Int, total: Int?, eventCount: Int)
    /// Partitions are written.
    case writing(partitionCount: Int, total: Int)
    /// Days are published.
    case publishing(dayCount: Int, total: Int)
    /// Files are verified; more may turn up on the way.
    case verifying(fileCount: Int, total: Int)
}

/// Hears how far work has come: when it begins, and after each part of it, from any thread.
///
/// It is called for each chunk of an input, so it is to return soon. Of calls from several threads at once the order is
/// open: work never goes back, whatever a later call says.
package typealias ProgressListener = @Sendable (WorkProgress) -> Void
