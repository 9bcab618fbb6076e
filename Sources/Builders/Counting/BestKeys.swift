/// Keeps the first of the keys that it is offered, in their order, without sorting the others.
///
/// A buffer of twice as many keys as are wanted; when it is full the worse half goes, and what is worse than all that
/// remains is not let in any more. So a key costs a comparison most of the time, however many there are.
struct BestKeys<Key: Comparable & BitwiseCopyable> {
    private let limit: Int
    /// The first key that is not let in, before anything was offered and now.
    private let firstBound: Key
    private var bound: Key
    private var keys: [Key]
    private var count = 0

    /// - Parameters:
    ///   - limit: How many keys are wanted, at least 1.
    ///   - bound: This key and what comes after it is left out.
    init(limit: Int, before bound: Key) {
        self.limit = limit
        firstBound = bound
        self.bound = bound
        // Where few keys are wanted, the buffer is larger than twice as many: sorting out is done less often.
        keys = [Key](repeating: bound, count: limit + max(limit, 64))
    }

    @inline(__always)
    mutating func offer(_ key: Key) {
        if key < bound { insert(key) }
    }

    private mutating func insert(_ key: Key) {
        keys[count] = key
        count &+= 1
        if count == keys.count { keepBest() }
    }

    private mutating func keepBest() {
        selectSmallest(&keys, total: count, count: limit)
        count = limit
        bound = keys[..<limit].max() ?? bound
    }

    /// Hands over the best keys in their order, and forgets all.
    mutating func drain(_ body: (Key) -> Void) {
        if count > limit { keepBest() }
        keys[..<count].sort()
        for index in 0..<count { body(keys[index]) }
        count = 0
        bound = firstBound
    }
}
