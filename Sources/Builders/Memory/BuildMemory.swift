import Columns
import Events
import Scan

/// How much memory builders may take.
package struct BuildMemory: Sendable {
    /// The limit for the whole process, in megabytes of 1,000,000 bytes.
    private let megabyteCount: Int
    /// What results may take before they go to files, in bytes: a quarter of what the program leaves.
    package let resultByteCount: Int
    /// What a builder may take, in bytes.
    private let builderByteCount: Int

    /// What the program takes before it does anything, and what cannot be counted ahead, in megabytes.
    private static let reservedMegabyteCount = 88

    /// - Parameter megabyteCount: The limit for the whole process, at least 128 megabytes of 1,000,000 bytes.
    package init(megabyteCount: Int) {
        let freeByteCount = (megabyteCount - BuildMemory.reservedMegabyteCount) * 1_000_000
        self.init(megabyteCount: megabyteCount, builderByteCount: freeByteCount / 4 * 3)
    }

    init(megabyteCount: Int, builderByteCount: Int) {
        self.megabyteCount = megabyteCount
        self.builderByteCount = builderByteCount
        resultByteCount = builderByteCount / 3
    }

    /// What the keys of ids may take while they are told apart, in bytes.
    var keyByteCount: Int { builderByteCount / 4 }

    /// How the builder of a kind keeps to it.
    ///
    /// - Parameter counts: What there is in the window of `scan`.
    /// - Throws: `MemoryExceeded` if it cannot.
    func plan(
        _ kind: ArtifactKind, _ counts: WindowCounts, of scan: WindowScan, _ parameters: BuildParameters,
    ) throws(MemoryExceeded) -> MemoryPlan {
        let need = { MemoryNeed.of(kind, $0, parameters) }
        if let plan = plan(need(counts), scan) { return plan }
        let least = MemoryPlan.leastByteCount(need(counts))
        let megabytes = BuildMemory.reservedMegabyteCount + (least * 4 / 3 + 999_999) / 1_000_000
        throw MemoryExceeded(
            subject: "\(kind.rawValue) of \(scan.place)", megabyteCount: megabytes,
            allowed: megabyteCount, fitting: fittingWindow(scan, need)?.phrase)
    }

    private func plan(_ need: MemoryNeed, _ scan: WindowScan) -> MemoryPlan? {
        MemoryPlan(need, byteCount: builderByteCount, threadCount: scan.threadCount)
    }

    /// The longest window that ends as that of `scan` does and fits, by what its footers tell.
    private func fittingWindow(_ scan: WindowScan, _ need: (WindowCounts) -> MemoryNeed) -> Window? {
        let first = scan.partitions.indices.first { index in
            plan(need(WindowCounts(scan.partitions[index...])), scan) != nil
        }
        guard let first else { return nil }
        return Window(start: scan.partitions[first].statistics.key.day, end: scan.window.end)
    }
}
