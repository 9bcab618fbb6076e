import Columns
package import Platform
package import Scan

/// The ids of a window: what several builders share.
package struct WindowEvents: Sendable {
    package let scan: WindowScan
    /// Where results are kept.
    let scratch: ScratchSpace
    let items: WindowDictionary
    private let limits: BuildLimits
    let rowByteCount = 1 << 28

    /// Reads the dictionary of the items.
    ///
    /// - Throws: `LimitExceeded` if there is more than `limits` allows; `FormatError` if a block is damaged.
    package init(_ scan: WindowScan, limits: BuildLimits, scratch: ScratchSpace) throws {
        self.scan = scan
        self.scratch = scratch
        self.limits = limits
        let place = "\(scan.surfaceKey), \(scan.window)"
        try LimitExceeded.check(
            scan.rowCount, within: limits.maximumEventCount, "max_events_per_run", "\(place): events")
        items = try scan.dictionary(.item, order: .bytes, keyByteCount: 1 << 28)
        try LimitExceeded.check(
            items.count, within: limits.maximumItemCount, "max_distinct_items_per_run", "\(place): distinct items")
    }

    /// The histories of the users.
    ///
    /// - Throws: As above.
    func histories() throws -> UserHistories {
        let users = try scan.dictionary(.user, order: .bytes, keyByteCount: 1 << 28)
        try LimitExceeded.check(
            users.count, within: limits.maximumUserCount, "max_users_per_run",
            "\(scan.surfaceKey), \(scan.window): users")
        return try UserHistories(scan, users: users, items: items)
    }

    /// The distinct items of the sessions, which have no more of them than is allowed.
    ///
    /// - Throws: As above, also for a session with too many items.
    func baskets() throws -> Baskets {
        try baskets(maximumItemCount: limits.maximumItemsPerSession, policy: limits.oversizedSessions)
    }

    /// The distinct items of the sessions.
    ///
    /// - Throws: As above.
    func baskets(maximumItemCount: Int, policy: OversizedSessionPolicy) throws -> Baskets {
        let place = "\(scan.surfaceKey), \(scan.window)"
        let sessions = try scan.dictionary(.session, order: .appearance, keyByteCount: 1 << 28)
        try LimitExceeded.check(
            sessions.count, within: limits.maximumSessionCount, "max_sessions_per_run", "\(place): sessions")
        do {
            return try scan.baskets(
                items: items, sessions: sessions, maximumItemCount: maximumItemCount, policy: policy)
        } catch let error as OversizedSession {
            throw LimitExceeded(
                limit: "max_items_per_session", allowed: limits.maximumItemsPerSession, met: error.itemCount,
                subject: "\(place): distinct items of session \"\(error.session)\"")
        }
    }
}
