package import Columns

/// How many of what there are in the partitions of a window: what the memory of a build depends on.
package struct WindowCounts: Sendable, Equatable {
    /// Events.
    package var rowCount = 0
    /// Events of the largest partition.
    package var greatestRowCount = 0
    /// Distinct items of the window. The footers only tell that there are at least as many as on any one day; likewise
    /// sessions and users.
    package var itemCount = 0
    package var sessionCount = 0
    package var userCount = 0
    /// Distinct items of each partition, added up; likewise sessions and users.
    package var itemAppearanceCount = 0
    package var sessionAppearanceCount = 0
    package var userAppearanceCount = 0

    package init() {}

    /// What the footers of partitions say.
    package init(_ partitions: some Sequence<PartitionReader>) {
        for partition in partitions {
            let statistics = partition.statistics
            rowCount += statistics.rowCount
            greatestRowCount = max(greatestRowCount, statistics.rowCount)
            itemCount = max(itemCount, statistics.itemCount)
            sessionCount = max(sessionCount, statistics.sessionCount)
            userCount = max(userCount, statistics.userCount)
            itemAppearanceCount += statistics.itemCount
            sessionAppearanceCount += statistics.sessionCount
            userAppearanceCount += statistics.userCount
        }
    }
}
