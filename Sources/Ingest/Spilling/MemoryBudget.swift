/// How much memory an ingest may take, and what each of its parts gets of it.
///
/// The shares leave room for what cannot be counted ahead: they were chosen by measuring the resident memory of runs
/// over many times more events than fit.
package struct MemoryBudget: Sendable {
    /// What is left beside what the program takes before it reads anything, in bytes.
    private let freeByteCount: Int
    /// What a thread needs to read and decode, and to collect enough to make spilling worth while.
    private let readingByteCount: Int
    /// What a thread needs to merge as many runs as may be merged at once.
    private let mergingByteCount: Int

    /// What an ingest may be given, in megabytes of 1,000,000 bytes; with less it cannot do.
    package static let megabyteCounts = 128...1_000_000_000
    package static let defaultMegabyteCount = 512

    /// - Parameter megabyteCount: One of `megabyteCounts`.
    package init(megabyteCount: Int = defaultMegabyteCount) {
        precondition(MemoryBudget.megabyteCounts.contains(megabyteCount))
        self.init(
            freeByteCount: (megabyteCount - 64) * 1_000_000, readingByteCount: 24_000_000,
            mergingByteCount: 48_000_000)
    }

    init(freeByteCount: Int, readingByteCount: Int, mergingByteCount: Int) {
        self.freeByteCount = freeByteCount
        self.readingByteCount = readingByteCount
        self.mergingByteCount = mergingByteCount
    }

    /// How many threads may read and collect at once, of so many that the machine has.
    func readingThreadCount(of count: Int) -> Int {
        max(1, min(count, freeByteCount / readingByteCount))
    }

    /// How many threads may merge at once, of so many that the machine has.
    func mergingThreadCount(of count: Int) -> Int {
        max(1, min(count, freeByteCount / mergingByteCount))
    }

    /// How much the events that one of `threadCount` threads has collected may take before it must spill, in bytes.
    func collectedByteCount(threadCount: Int) -> Int {
        freeByteCount / threadCount
    }
}
