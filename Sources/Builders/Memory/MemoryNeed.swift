import Scan

/// What memory a builder takes, in bytes.
struct MemoryNeed: Equatable {
    /// Whatever is done about it.
    var fixed: Int
    /// For each thread beside that; with it the partition that it reads.
    var perThread: Int
    /// What can be taken in slices, one after the other.
    var sliced: Int

    /// An id of a window with its place, taken for a number or a short text.
    private static let identifier = 24

    /// What the builder of a kind takes of a window with such counts. Catalogs have no window: nothing.
    static func of(_ kind: ArtifactKind, _ counts: WindowCounts, _ parameters: BuildParameters) -> MemoryNeed {
        let builder = WindowBuilder.builders.first { $0.kinds.contains(kind) }
        return builder?.memoryNeed(counts, parameters) ?? MemoryNeed(fixed: 0, perThread: 0, sliced: 0)
    }

    /// What the items of a window, and a count of each a thread, take.
    static func items(_ counts: WindowCounts) -> MemoryNeed {
        MemoryNeed(
            fixed: 4 * counts.itemAppearanceCount + (identifier + 12) * counts.itemCount,
            perThread: 4 * counts.itemCount + 8 * counts.greatestRowCount, sliced: 0)
    }

    /// What the histories of the users of a window take.
    static func users(_ counts: WindowCounts) -> MemoryNeed {
        MemoryNeed(
            fixed: 4 * counts.itemAppearanceCount + 8 * counts.userAppearanceCount + identifier * counts.itemCount
                + (identifier + 4) * counts.userCount,
            perThread: 12 * counts.itemCount + 8 * counts.greatestRowCount, sliced: 4 * counts.rowCount)
    }

    /// What the sessions of a window take.
    static func baskets(_ counts: WindowCounts) -> MemoryNeed {
        MemoryNeed(
            fixed: 4 * counts.itemAppearanceCount + (identifier + 8) * counts.itemCount
                + 4 * counts.sessionAppearanceCount + 5 * counts.sessionCount + 4 * counts.rowCount,
            perThread: 4 * counts.itemCount + 20 * counts.greatestRowCount, sliced: 0)
    }
}
