/// The numbers of things that advance by themselves, the one that comes first at the root: a binary heap that is told
/// when the first has changed.
///
/// Each has a key that does not contradict their order; what the keys leave open a closure decides.
struct KeyedHeap {
    struct Entry {
        var key: UInt64
        let index: Int
    }

    private(set) var entries: [Entry]

    /// - Parameter isBefore: A strict total order of the things, as they are now, asked only where keys are equal.
    init(_ entries: [Entry], isBefore: (Int, Int) -> Bool) {
        self.entries = entries
        for root in stride(from: entries.count / 2 - 1, through: 0, by: -1) { siftDown(from: root, isBefore) }
    }

    /// The number of what comes first.
    var first: Int? { entries.first?.index }

    /// The number of what would come first without the first.
    func second(isBefore: (Int, Int) -> Bool) -> Int? {
        guard entries.count > 2 else { return entries.count == 2 ? entries[1].index : nil }
        return precedes(2, 1, isBefore) ? entries[2].index : entries[1].index
    }

    /// Restores the order after the first has moved on and has another key.
    mutating func firstHasChanged(key: UInt64, isBefore: (Int, Int) -> Bool) {
        entries[0].key = key
        siftDown(from: 0, isBefore)
    }

    /// Takes the first out.
    mutating func removeFirst(isBefore: (Int, Int) -> Bool) {
        entries[0] = entries[entries.count - 1]
        entries.removeLast()
        siftDown(from: 0, isBefore)
    }

    private func precedes(_ left: Int, _ right: Int, _ isBefore: (Int, Int) -> Bool) -> Bool {
        let (leftKey, rightKey) = (entries[left].key, entries[right].key)
        return leftKey != rightKey ? leftKey < rightKey : isBefore(entries[left].index, entries[right].index)
    }

    private mutating func siftDown(from root: Int, _ isBefore: (Int, Int) -> Bool) {
        var parent = root
        while true {
            var least = parent
            for child in 2 * parent + 1...2 * parent + 2
            where child < entries.count && precedes(child, least, isBefore) { least = child }
            if least == parent { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
