import Columns
package import Scan

/// The events of a window as columns of codes: what several builders share.
package struct WindowEvents: Sendable {
    package let scan: WindowScan
    let items: WindowColumn
    /// Nil unless a kind needs it.
    let sessions: WindowColumn?
    /// Nil unless a kind needs it.
    let users: WindowColumn?

    /// Reads the columns that the kinds need, and no others.
    ///
    /// - Throws: `LimitExceeded` if there is more than `limits` allows; `FormatError` if a block is damaged.
    package init(_ scan: WindowScan, for kinds: Set<ArtifactKind>, limits: BuildLimits) throws {
        self.scan = scan
        let place = "\(scan.surfaceKey), \(scan.window)"
        try LimitExceeded.check(
            scan.rowCount, within: limits.maximumEventCount, "max_events_per_run", "\(place): events")
        items = try scan.column(.item, order: .bytes)
        sessions = kinds.contains(.cooc) ? try scan.column(.session, order: .appearance) : nil
        let needsUsers = kinds.contains(.implicit) || kinds.contains(.sessionSeq)
        users = needsUsers ? try scan.column(.user, order: .bytes) : nil
        try LimitExceeded.check(
            items.identifiers.count, within: limits.maximumItemCount, "max_distinct_items_per_run",
            "\(place): distinct items")
        try LimitExceeded.check(
            sessions?.identifiers.count ?? 0, within: limits.maximumSessionCount, "max_sessions_per_run",
            "\(place): sessions")
        try LimitExceeded.check(
            users?.identifiers.count ?? 0, within: limits.maximumUserCount, "max_users_per_run", "\(place): users")
    }

    /// Per user the items that they saw, in time order over the window.
    func userHistories() -> Adjacency {
        guard let users else { preconditionFailure("the users were not asked for") }
        return Adjacency(groups: users.codes, members: items.codes, groupCount: users.identifiers.count)
    }
}
