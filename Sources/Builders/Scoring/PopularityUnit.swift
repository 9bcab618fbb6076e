/// What popularity counts of an item. Raw values are the names in the configuration.
package enum PopularityUnit: String, Sendable, CaseIterable {
    /// Exposures.
    case events
    /// Distinct sessions of the window with an exposure.
    case sessions
    /// Distinct users of the window with an exposure; events without a user are left out.
    case users
}
