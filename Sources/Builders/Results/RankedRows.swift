package import Columns
package import Platform

/// What every builder makes: rows, each an ordered list of members, with a count or a score each.
///
/// popularity is a single row without a key. cooc has a row per item, implicit and session_seq one per user,
/// content_sim one per item whose members are tags. A row that would be empty is left out, but for session_seq: there
/// it says that the user has a single event.
///
/// There may be more entries than fit in memory; they are read by range. Safe to share between threads.
package struct RankedRows: Sendable {
    /// What is known of an entry beside its member.
    package enum ValueKind: Sendable, CaseIterable {
        /// Nothing: content_sim has an order alone.
        case none
        /// How often it was counted.
        case counts
        /// A score.
        case scores
    }

    /// Per entry what is known of it.
    package enum Values: Sendable {
        case none
        /// At least 1.
        case counts(ScratchArray<UInt32>)
        /// The bits of finite numbers, none of them a negative zero.
        case scores(ScratchArray<UInt64>)
    }

    /// The key of every row, in ascending order of bytes; empty for popularity.
    package let rowKeys: IdentifierList
    /// The distinct ids that members stand for, in ascending order of bytes, each used at least once.
    package let memberKeys: IdentifierList
    private let lengths: ScratchArray<UInt32>
    /// Per entry a code: the index in `memberKeys`, unless `newCodes` says it.
    private let codes: ScratchArray<UInt32>
    /// Per code the index in `memberKeys`; nil where that is the code.
    private let newCodes: [UInt32]?
    private let values: Values

    init(
        rowKeys: IdentifierList, memberKeys: IdentifierList, lengths: ScratchArray<UInt32>,
        codes: ScratchArray<UInt32>, newCodes: [UInt32]?, values: Values,
    ) {
        self.rowKeys = rowKeys
        self.memberKeys = memberKeys
        self.lengths = lengths
        self.codes = codes
        self.newCodes = newCodes
        self.values = values
    }

    /// Rows whose members are indices in `memberKeys`.
    package init(
        rowKeys: IdentifierList, memberKeys: IdentifierList, rowLengths: ScratchArray<UInt32>,
        members: ScratchArray<UInt32>, values: Values,
    ) {
        self.init(
            rowKeys: rowKeys, memberKeys: memberKeys, lengths: rowLengths, codes: members, newCodes: nil,
            values: values)
    }

    /// Number of rows.
    package var rowCount: Int { lengths.count }

    /// Number of entries of all rows.
    package var entryCount: Int { codes.count }

    package var valueKind: ValueKind {
        switch values {
        case .none: .none
        case .counts: .counts
        case .scores: .scores
        }
    }

    /// How many entries each of these rows has.
    ///
    /// - Throws: `StorageError` if it is in a file that cannot be read, like the methods below.
    package func rowLengths(in range: Range<Int>) throws(StorageError) -> [UInt32] {
        try lengths.elements(in: range)
    }

    /// The members of these entries, best first within a row: indices in `memberKeys`.
    package func members(in range: Range<Int>) throws(StorageError) -> [UInt32] {
        let codes = try codes.elements(in: range)
        guard let newCodes else { return codes }
        return translate(codes.span, through: newCodes.span)
    }

    /// How often each of these entries was counted, at least once; only where there are counts.
    package func counts(in range: Range<Int>) throws(StorageError) -> [UInt32] {
        guard case .counts(let counts) = values else { preconditionFailure("these rows have no counts") }
        return try counts.elements(in: range)
    }

    /// The bits of the scores of these entries, all of them finite, none a negative zero; only where there are scores.
    package func scoreBits(in range: Range<Int>) throws(StorageError) -> [UInt64] {
        guard case .scores(let bits) = values else { preconditionFailure("these rows have no scores") }
        return try bits.elements(in: range)
    }
}

private func translate(_ codes: Span<UInt32>, through newCodes: Span<UInt32>) -> [UInt32] {
    var members = [UInt32](repeating: 0, count: codes.count)
    var target = members.mutableSpan
    for index in codes.indices { target[index] = newCodes[Int(codes[index])] }
    return members
}
