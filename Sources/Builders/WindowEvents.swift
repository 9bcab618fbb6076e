import Columns
import Events
import Platform
import Scan

/// What several builders share of a window: its items, and how to come by the rest.
struct WindowEvents: Sendable {
    let scan: WindowScan
    let items: WindowDictionary
    /// Where results are kept.
    let scratch: ScratchSpace
    let memory: BuildMemory
    private let limits: BuildLimits

    /// Reads the dictionary of the items.
    ///
    /// - Throws: `LimitExceeded` if there is more than `limits` allows; `FormatError` if a block is damaged.
    init(_ scan: WindowScan, limits: BuildLimits, memory: BuildMemory, scratch: ScratchSpace) throws {
        self.scan = scan
        self.limits = limits
        self.memory = memory
        self.scratch = scratch
        try LimitExceeded.check(
            scan.rowCount, within: limits.maximumEventCount, "max_events_per_run", "\(scan.place): events")
        items = try scan.dictionary(.item, order: .bytes, keyByteCount: memory.keyByteCount)
        try LimitExceeded.check(
            items.count, within: limits.maximumItemCount, "max_distinct_items_per_run",
            "\(scan.place): distinct items")
    }

    /// What there is in the window, as far as it is known: items for sure.
    var counts: WindowCounts {
        var counts = WindowCounts(scan.partitions)
        counts.itemCount = items.count
        return counts
    }

    /// The histories of the users.
    ///
    /// - Throws: As above.
    func histories() throws -> UserHistories {
        let users = try scan.dictionary(.user, order: .bytes, keyByteCount: memory.keyByteCount)
        try LimitExceeded.check(
            users.count, within: limits.maximumUserCount, "max_users_per_run", "\(scan.place): users")
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
        try baskets(of: sessions(), maximumItemCount: maximumItemCount, policy: policy, namesSessions: false)
    }

    /// The sessions, in the order of appearance.
    ///
    /// - Throws: As above.
    func sessions() throws -> WindowDictionary {
        let sessions = try scan.dictionary(.session, order: .appearance, keyByteCount: memory.keyByteCount)
        try LimitExceeded.check(
            sessions.count, within: limits.maximumSessionCount, "max_sessions_per_run", "\(scan.place): sessions")
        return sessions
    }

    /// The distinct items of these sessions, which are all of the window.
    ///
    /// - Throws: As above.
    func baskets(
        of sessions: WindowDictionary, maximumItemCount: Int, policy: OversizedSessionPolicy, namesSessions: Bool,
    ) throws -> Baskets {
        do {
            return try scan.baskets(
                items: items, sessions: sessions, maximumItemCount: maximumItemCount, policy: policy,
                namesSessions: namesSessions)
        } catch let error as OversizedSession {
            throw LimitExceeded(
                limit: "max_items_per_session", allowed: limits.maximumItemsPerSession, met: error.itemCount,
                subject: "\(scan.place): distinct items of session \"\(error.session)\"")
        }
    }
}

extension WindowScan {
    /// Whose events of which days, for messages.
    var place: String { "\(surfaceKey), \(window.phrase)" }
}
