import Testing

@testable import Ingest

/// Threads get what they need before there are more of them.
@Suite struct MemoryBudgetTests {
    @Test(arguments: [128, 200, 512, 4_000, 1_000_000], [1, 2, 7, 128])
    func theSharesOfAllThreadsAreNoMoreThanThereIs(megabyteCount: Int, threadCount: Int) {
        let budget = MemoryBudget(megabyteCount: megabyteCount)
        let readers = budget.readingThreadCount(of: threadCount)
        #expect((1...threadCount).contains(readers))
        #expect((1...threadCount).contains(budget.mergingThreadCount(of: threadCount)))
        #expect(budget.mergingThreadCount(of: threadCount) <= readers)
        #expect(budget.collectedByteCount(threadCount: readers) * readers <= megabyteCount * 1_000_000)
        #expect(budget.collectedByteCount(threadCount: readers) >= 24_000_000)
    }

    @Test func theLeastMemoryIsForOneThatMerges() {
        let budget = MemoryBudget(megabyteCount: MemoryBudget.megabyteCounts.lowerBound)
        #expect(budget.readingThreadCount(of: 64) == 2)
        #expect(budget.mergingThreadCount(of: 64) == 1)
    }
}
