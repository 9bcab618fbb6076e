package import Events

/// Which events of an input are wanted.
package struct IngestScope: Sendable {
    /// Nil for any.
    package let tenant: PathSegment?
    /// Nil for any.
    package let surface: PathSegment?
    /// Nil for any day.
    package let window: Window?
    /// The days of the window that the input speaks of; nil for all. Of the others nothing is taken and nothing
    /// removed.
    package let days: Set<Day>?
    /// True if the input may not have come to the end of the window yet: of the days after its last event it says
    /// nothing, and nothing is removed.
    package let isOpenEnded: Bool

    package init(
        tenant: PathSegment? = nil, surface: PathSegment? = nil, window: Window? = nil, days: Set<Day>? = nil,
        isOpenEnded: Bool = false,
    ) {
        self.tenant = tenant
        self.surface = surface
        self.window = window
        self.days = days
        self.isOpenEnded = isOpenEnded
    }

    /// The one pair that is wanted, where both halves are given.
    var surfaceKey: SurfaceKey? {
        guard let tenant, let surface else { return nil }
        return SurfaceKey(tenant: tenant, surface: surface)
    }

    func contains(_ key: SurfaceKey) -> Bool {
        (tenant == nil || tenant == key.tenant) && (surface == nil || surface == key.surface)
    }

    func contains(_ day: Day) -> Bool {
        (window?.contains(day) ?? true) && (days?.contains(day) ?? true)
    }
}

/// What happens to the events that are stored already.
package enum IngestMode: String, Sendable, CaseIterable {
    /// The input is the whole truth of the window: each day in it is replaced, and a day without events loses its
    /// partition. An input without any event of the window is taken for a mistake.
    case replace
    /// The input is added: of every distinct event as many are kept as the one that has more of it has.
    case merge
}
