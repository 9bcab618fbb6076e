import Columns
import Platform

extension WindowScan {
    /// The distinct items of every session of the window. A session that several partitions have is one session.
    ///
    /// - Parameters:
    ///   - sessions: The window's sessions, in the order of appearance.
    ///   - maximumItemCount: The most distinct items that a session may have, at least 1.
    ///   - policy: What becomes of a session that has more.
    ///   - namesSessions: True to be told which session each basket is of.
    /// - Throws: `OversizedSession`; `FormatError` if a block is damaged.
    package func baskets(
        items: WindowDictionary, sessions: WindowDictionary, maximumItemCount: Int, policy: OversizedSessionPolicy,
        namesSessions: Bool = false,
    ) throws -> Baskets {
        let isShared = sessionsOfSeveralPartitions(sessions)
        let writer = BasketWriter(
            itemCount: items.count, maximumItemCount: maximumItemCount, policy: policy, namesSessions: namesSessions)
        var collected = CollectedBaskets(wordCount: rowCount + sessions.count)
        try Parallel.forEachInOrder(
            count: batches.count, threadCount: threadCount, makeState: { PartitionBaskets(writer: writer) },
            produce: { state, batch in
                state.restart(batches[batch].map { partitions[$0] })
                for index in batches[batch] {
                    try state.append(
                        partitions[index], items.codes(ofPartition: index), sessions.codes(ofPartition: index), isShared
                    )
                }
            },
            consume: { collected.append($0) })
        try collected.uniteShared(with: writer)
        return collected.baskets
    }

    /// For every session whether more than one partition has it.
    private func sessionsOfSeveralPartitions(_ sessions: WindowDictionary) -> [Bool] {
        var isShared = [Bool](repeating: false, count: sessions.count)
        var next: UInt32 = 0
        for partition in partitions.indices {
            next = mark(sessions.codes(ofPartition: partition), next, in: isShared.mutableSpan)
        }
        return isShared
    }
}

/// Marks the codes that appeared before, which are those less than the next new one; returns what is the next new one
/// then.
private func mark(_ codes: Span<UInt32>, _ next: UInt32, in isShared: consuming MutableSpan<Bool>) -> UInt32 {
    var next = next
    for index in codes.indices {
        if codes[index] == next { next &+= 1 } else { isShared[Int(codes[index])] = true }
    }
    return next
}
