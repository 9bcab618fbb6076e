/// What garbage collection keeps, beside what is current and what is pinned.
package struct CollectionPolicy: Sendable, Equatable {
    /// Whatever is younger stays, and what was taken out of the store is deleted once it has been out so long.
    package let graceDayCount: Int
    /// How many manifests of the history stay complete, from the one before the current one backwards.
    package let keptVersionCount: Int

    /// - Parameters:
    ///   - graceDayCount: At least 0.
    ///   - keptVersionCount: At least 0.
    package init(graceDayCount: Int, keptVersionCount: Int) {
        precondition(graceDayCount >= 0 && keptVersionCount >= 0)
        self.graceDayCount = graceDayCount
        self.keptVersionCount = keptVersionCount
    }

    /// The last second since 1970 at which something can have been written, or been current, to be old.
    package func cutoff(at second: Int) -> Int { second - graceDayCount * 86_400 }
}
