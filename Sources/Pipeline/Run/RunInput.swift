package import Events
package import Ingest

/// What a run reads, and of which days.
package struct RunInput: Sendable {
    package let sources: [InputSource]
    /// The days to run.
    package let window: Window
    /// The days that the sources speak of; nil for all. The partitions of the others stay as they are.
    package let days: Set<Day>?
    /// True if days after the last event may not be there yet: then they wait.
    package let isOpenEnded: Bool
    /// Why the days end before the last one that was asked for; nil if they do not.
    package let gap: PipelineError?

    package init(
        _ sources: [InputSource], _ window: Window, days: Set<Day>? = nil, isOpenEnded: Bool = false,
        gap: PipelineError? = nil,
    ) {
        self.sources = sources
        self.window = window
        self.days = days
        self.isOpenEnded = isOpenEnded
        self.gap = gap
    }
}
