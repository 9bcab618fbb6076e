/// The numbers of things that advance by themselves, the one that comes first at the root: a binary heap that is told
/// when the first has changed.
struct IndexHeap {
    private(set) var indices: [Int]

    /// - Parameter isBefore: A strict total order of the things, as they are now.
    init(_ indices: some Sequence<Int>, isBefore: (Int, Int) throws -> Bool) rethrows {
        self.indices = Array(indices)
        for root in stride(from: self.indices.count / 2 - 1, through: 0, by: -1) {
            try siftDown(from: root, isBefore: isBefore)
        }
    }

    /// The number of what comes first.
    var first: Int? { indices.first }

    /// The number of what would come first without the first.
    func second(isBefore: (Int, Int) throws -> Bool) rethrows -> Int? {
        guard indices.count > 2 else { return indices.count == 2 ? indices[1] : nil }
        return try isBefore(indices[2], indices[1]) ? indices[2] : indices[1]
    }

    /// Restores the order after the first has moved on.
    mutating func firstHasChanged(isBefore: (Int, Int) throws -> Bool) rethrows {
        try siftDown(from: 0, isBefore: isBefore)
    }

    /// Takes the first out.
    mutating func removeFirst(isBefore: (Int, Int) throws -> Bool) rethrows {
        indices[0] = indices[indices.count - 1]
        indices.removeLast()
        try siftDown(from: 0, isBefore: isBefore)
    }

    private mutating func siftDown(from root: Int, isBefore: (Int, Int) throws -> Bool) rethrows {
        var parent = root
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < indices.count {
                if try isBefore(indices[child], indices[least]) { least = child }
            }
            if least == parent { return }
            indices.swapAt(parent, least)
            parent = least
        }
    }
}
