package import Columns

/// What every builder makes: rows, each an ordered list of members with a count.
///
/// popularity is a single row without a key. cooc has a row per item, implicit and session_seq one per user,
/// content_sim one per item whose members are tags. A row that would be empty is left out, but for session_seq: there
/// it says that the user has a single event.
package struct RankedRows: Sendable, Equatable {
    /// The key of every row, in ascending order of bytes; empty for popularity.
    package let rowKeys: IdentifierList
    /// For every row the index in `members` after its last entry, ascending.
    package let rowEnds: [Int]
    /// The distinct ids that members stand for, in ascending order of bytes, each used at least once.
    package let memberKeys: IdentifierList
    /// The entries of all rows, best first within a row: indices in `memberKeys`.
    package let members: [UInt32]
    /// Per entry how often it was counted, at least 1; empty for content_sim, which counts nothing.
    package let counts: [UInt64]

    package init(
        rowKeys: IdentifierList, rowEnds: [Int], memberKeys: IdentifierList, members: [UInt32], counts: [UInt64],
    ) {
        self.rowKeys = rowKeys
        self.rowEnds = rowEnds
        self.memberKeys = memberKeys
        self.members = members
        self.counts = counts
    }

    /// Rows whose members are indices in a list that may hold more than they use.
    ///
    /// - Parameter candidates: In ascending order of bytes.
    init(rowKeys: IdentifierList, rowEnds: [Int], candidates: IdentifierList, members: [UInt32], counts: [UInt64]) {
        var newIndices = [UInt32](repeating: 0, count: candidates.count)
        for member in members { newIndices[Int(member)] = 1 }
        var used: [UInt32] = []
        for index in newIndices.indices where newIndices[index] != 0 {
            newIndices[index] = UInt32(used.count)
            used.append(UInt32(index))
        }
        self.init(
            rowKeys: rowKeys, rowEnds: rowEnds, memberKeys: candidates.selecting(used),
            members: members.map { newIndices[Int($0)] }, counts: counts)
    }

    /// Number of rows.
    package var rowCount: Int { rowEnds.count }

    /// The indices in `members` and `counts` of a row's entries.
    package func entries(ofRow row: Int) -> Range<Int> {
        (row == 0 ? 0 : rowEnds[row - 1])..<rowEnds[row]
    }
}
