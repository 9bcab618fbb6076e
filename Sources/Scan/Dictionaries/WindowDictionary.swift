package import Columns
import Platform

/// The distinct ids of a column over a window, numbered from 0, and what the codes of each partition stand for.
///
/// Takes 4 bytes of memory for each distinct id of each partition, beside the window's ids.
package struct WindowDictionary: Sendable {
    /// How the ids of a window are numbered.
    package enum Order: Sendable {
        /// By their bytes, so that comparing codes compares ids.
        case bytes
        /// As they come, partition by partition and in each in the order of its dictionary: for ids that nobody reads,
        /// which are not kept.
        case appearance
    }

    /// The distinct ids of the window, each at its code; none in the order of appearance.
    package let identifiers: IdentifierList
    /// Number of distinct ids.
    package let count: Int
    /// The window's codes of all dictionaries, one after the other.
    private let codes: [UInt32]
    /// For every partition the index in `codes` after its last one.
    private let ends: [Int]

    init(identifiers: IdentifierList, count: Int, codes: [UInt32], ends: [Int]) {
        self.identifiers = identifiers
        self.count = count
        self.codes = codes
        self.ends = ends
    }

    /// For each id of a partition's dictionary its code in the window.
    @_lifetime(borrow self)
    package func codes(ofPartition partition: Int) -> Span<UInt32> {
        codes.span.extracting((partition == 0 ? 0 : ends[partition - 1])..<ends[partition])
    }
}
