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
        switch kind {
        case .popularity: popularity(counts, parameters)
        case .cooc: cooc(counts, parameters)
        case .implicit, .sessionSeq: users(counts)
        case .contentSim: MemoryNeed(fixed: 0, perThread: 0, sliced: 0)
        }
    }

    private static func popularity(_ counts: WindowCounts, _ parameters: BuildParameters) -> MemoryNeed {
        switch parameters.popularityUnit {
        case .events:
            let fixed = 4 * counts.itemAppearanceCount + (identifier + 12) * counts.itemCount
            return MemoryNeed(
                fixed: fixed, perThread: 4 * counts.itemCount + 8 * counts.greatestRowCount, sliced: 0)
        case .sessions:
            var need = baskets(counts)
            need.perThread += 4 * counts.itemCount
            return need
        case .users:
            var need = users(counts)
            need.perThread += 4 * counts.itemCount
            return need
        }
    }

    private static func cooc(_ counts: WindowCounts, _ parameters: BuildParameters) -> MemoryNeed {
        var need = baskets(counts)
        // The baskets transposed.
        need.sliced = 4 * counts.rowCount
        switch parameters.coocScore {
        case .count: need.perThread += 8 * counts.itemCount
        case .asymShrunk:
            need.fixed += 16 * counts.itemCount
            need.perThread += 36 * counts.itemCount
        default:
            need.fixed += 4 * counts.itemCount
            need.perThread += 24 * counts.itemCount
        }
        return need
    }

    private static func users(_ counts: WindowCounts) -> MemoryNeed {
        MemoryNeed(
            fixed: 4 * counts.itemAppearanceCount + 8 * counts.userAppearanceCount + identifier * counts.itemCount
                + (identifier + 4) * counts.userCount,
            perThread: 12 * counts.itemCount + 8 * counts.greatestRowCount, sliced: 4 * counts.rowCount)
    }

    private static func baskets(_ counts: WindowCounts) -> MemoryNeed {
        MemoryNeed(
            fixed: 4 * counts.itemAppearanceCount + (identifier + 8) * counts.itemCount
                + 4 * counts.sessionAppearanceCount + 5 * counts.sessionCount + 4 * counts.rowCount,
            perThread: 4 * counts.itemCount + 20 * counts.greatestRowCount, sliced: 0)
    }
}
