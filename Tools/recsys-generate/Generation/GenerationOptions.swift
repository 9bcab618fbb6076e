package import Events

/// What to generate.
package struct GenerationOptions: Sendable {
    /// How many lines in all: events, their copies and bad records.
    package var lineCount: Int
    package var window: Window
    package var userCount = 1_000_000
    package var itemCount = 200_000
    package var tenant: PathSegment
    package var surface: PathSegment
    package var seed: UInt64 = 1
    /// Slates that belong to an earlier day than those before and after them.
    package var lateShare: Share = 0.0
    /// Lines that are copies of an event.
    package var duplicateShare: Share = 0.0
    /// Lines that break the contract.
    package var badShare: Share = 0.0
    /// Sessions of bots.
    package var botShare: Share = 0.0
    /// Sessions of people who are not signed in, among those that are not of bots.
    package var anonymousShare: Share = 0.0
    package var requestIdentifiers = RequestIdentifiers.uuid
    package var timePrecision = TimePrecision.milliseconds

    package static let lineCounts = 1...1_000_000_000_000
    package static let userCounts = 1...50_000_000
    package static let itemCounts = 1...50_000_000

    package init(lineCount: Int, window: Window, tenant: PathSegment, surface: PathSegment) {
        precondition(GenerationOptions.lineCounts.contains(lineCount))
        self.lineCount = lineCount
        self.window = window
        self.tenant = tenant
        self.surface = surface
    }

    /// How many of the lines stand among those of a day, counted from 0: the days have equal parts.
    func lineCount(onDay dayIndex: Int) -> Int {
        let (part, rest) = lineCount.quotientAndRemainder(dividingBy: window.dayCount)
        return part + (dayIndex < rest ? 1 : 0)
    }
}

/// What stands as `request_id`.
package enum RequestIdentifiers: String, CaseIterable, Sendable {
    /// A UUID of version 4 for each slate.
    case uuid
    /// Nothing.
    case none
}

/// How fine the times are.
package enum TimePrecision: String, CaseIterable, Sendable {
    case milliseconds
    case seconds
}
