import Events
package import Platform

/// A build that would need more memory than it may take.
package struct MemoryExceeded: Failure {
    /// What was to be built, and of which window.
    package let subject: String
    /// The least value of the limit with which it could be, in megabytes of 1,000,000 bytes.
    package let megabyteCount: Int
    /// The limit.
    package let allowed: Int
    /// The longest window with the same end that fits; nil if not even its last day does.
    package let fitting: String?

    package var kind: FailureKind { .refused }

    package var message: String {
        "\(subject) needs at least \(megabyteCount) MB of memory, more than limits.max_memory_mb allows, which is "
            + "\(allowed)"
    }

    package var remedy: String? {
        let raise = "raise limits.max_memory_mb to \(megabyteCount) or more"
        guard let fitting else { return raise }
        return "\(raise), or choose a shorter window: \(fitting) fits"
    }
}
