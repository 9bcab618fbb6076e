import Platform

extension WorkProgress {
    /// Bytes, partitions, days or files that are done.
    var doneCount: Int {
        switch self {
        case .reading(let count, _, _), .writing(let count, _), .publishing(let count, _), .verifying(let count, _):
            count
        }
    }

    /// Bytes, partitions, days or files that there are; nil if that is not known.
    var total: Int? {
        switch self {
        case .reading(_, let total, _): total
        case .writing(_, let total), .publishing(_, let total), .verifying(_, let total): total
        }
    }

    /// Events that were taken; 0 where none are counted.
    var eventCount: Int {
        if case .reading(_, _, let count) = self { return count }
        return 0
    }

    /// True if both are about the same part of the work.
    func continues(_ earlier: WorkProgress) -> Bool {
        switch (self, earlier) {
        case (.reading, .reading), (.writing, .writing), (.publishing, .publishing), (.verifying, .verifying): true
        default: false
        }
    }
}
