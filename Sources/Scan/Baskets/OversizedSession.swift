/// What becomes of a session with more distinct items than it may have: most often a robot's. Raw values are the names
/// in the configuration.
package enum OversizedSessionPolicy: String, Sendable, CaseIterable {
    /// The build is refused.
    case fail
    /// The session is left out as if it had not taken place: it counts neither for a pair, nor for an item, nor among
    /// all sessions.
    case drop
    /// The session keeps as many distinct items as it may have: those that come first, by day, and on a day in the
    /// order of the partition's rows.
    case truncate
}

/// A session with more distinct items than it may have, where that ends the build.
package struct OversizedSession: Error {
    package let session: String
    /// Its number of distinct items.
    package let itemCount: Int
}
