/// How a builder keeps to the memory that it may take.
struct MemoryPlan: Equatable {
    /// How many threads may work at once.
    let threadCount: Int
    /// How much of what can be taken in slices may be taken at once, in bytes.
    let sliceByteCount: Int

    /// With more slices, what each slice costs anew would be most of the work.
    private static let greatestSliceCount = 64

    /// - Parameters:
    ///   - byteCount: The memory that may be taken.
    ///   - threadCount: How many threads there are.
    /// - Returns: Nil if it is too little.
    init?(_ need: MemoryNeed, byteCount: Int, threadCount: Int) {
        let rest = byteCount - need.fixed - need.perThread
        let spare = rest - need.sliced / MemoryPlan.greatestSliceCount
        guard spare >= 0 else { return nil }
        // More threads and larger slices share what is to spare.
        let moreThreads = min(threadCount - 1, spare / 2 / max(1, need.perThread))
        self.threadCount = 1 + moreThreads
        sliceByteCount = rest - moreThreads * need.perThread
    }

    /// The least memory with which there is a plan.
    static func leastByteCount(_ need: MemoryNeed) -> Int {
        need.fixed + need.perThread + need.sliced / greatestSliceCount
    }
}
