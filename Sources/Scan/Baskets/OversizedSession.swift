/// What becomes of a session with more distinct items than are allowed: most often a robot's.
package enum OversizedSessionPolicy: String, Sendable, CaseIterable {
    /// The build is refused.
    case fail
    /// The session is left out, as if it had never been.
    case drop
    /// The session keeps the items that come first in it.
    case truncate
}

/// A session with more distinct items than are allowed, where these end the build.
package struct OversizedSession: Error {
    package let session: String
    /// Its number of distinct items.
    package let itemCount: Int
}
