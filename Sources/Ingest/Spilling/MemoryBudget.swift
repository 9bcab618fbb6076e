/// How much memory an ingest may take, and what each of its parts gets of it.
///
/// The shares leave room for what cannot be counted ahead: they were chosen by measuring the resident memory of runs
/// over many times more events than fit.
package struct MemoryBudget: Sendable {
    /// All of it, in bytes.
    package let byteCount: Int

    /// The least that an ingest can do with, in megabytes of 1,000,000 bytes.
    package static let minimumMegabyteCount = 128
    package static let defaultMegabyteCount = 512

    /// What the program takes before it reads anything.
    private static let fixedByteCount = 64_000_000
    /// What a thread needs to read and decode, and to collect enough to make spilling worth while.
    private static let readingByteCount = 24_000_000
    /// What a thread needs to merge as many runs as may be merged at once.
    private static let mergingByteCount = 48_000_000

    package init(megabyteCount: Int = defaultMegabyteCount) {
        byteCount = max(megabyteCount, MemoryBudget.minimumMegabyteCount) * 1_000_000
    }

    private var freeByteCount: Int { byteCount - MemoryBudget.fixedByteCount }

    /// How many threads may read and collect at once, of so many that the machine has.
    func readingThreadCount(of count: Int) -> Int {
        max(1, min(count, freeByteCount / MemoryBudget.readingByteCount))
    }

    /// How many threads may merge at once, of so many that the machine has.
    func mergingThreadCount(of count: Int) -> Int {
        max(1, min(count, freeByteCount / MemoryBudget.mergingByteCount))
    }

    /// How much the events that one of `threadCount` threads has collected may take before it must spill, in bytes.
    func collectedByteCount(threadCount: Int) -> Int {
        freeByteCount / threadCount
    }
}
