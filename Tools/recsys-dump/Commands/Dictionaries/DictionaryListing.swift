import Columns
import Platform

/// Which ids of a dictionary are listed, and how often they are in use.
struct DictionaryListing {
    struct Entry: Sendable {
        let number: Int
        let id: String
        /// Nil where nobody counts.
        let useCount: Int?
    }

    let dictionary: NamedDictionary
    /// Only ids that begin so.
    let prefix: String
    /// At most so many; nil for all.
    let limit: Int?
    /// Per id; nil where nobody counts.
    let useCounts: [Int]?

    /// Hands each entry to `body`, in the order of the dictionary.
    ///
    /// - Parameter skip: Takes the numbers of ids that cannot be read.
    /// - Returns: Why they cannot.
    /// - Throws: `Interruption`; whatever `body` and `skip` throw.
    func forEach(
        _ body: (Entry) throws -> Void, skipping skip: (Range<Int>) throws -> Void,
    ) throws -> [FormatError] {
        var problems: [FormatError] = []
        var rest = limit ?? Int.max
        let start = Array(prefix.utf8)
        for run in 0..<dictionary.lookup.runCount where rest > 0 {
            try Cancellation.check()
            switch Result(catching: { () throws(FormatError) in try dictionary.lookup.run(at: run).identifiers }) {
            case .failure(let problem):
                problems.append(problem)
                try skip(dictionary.lookup.numbers(ofRun: run))
            case .success(let ids):
                let first = dictionary.lookup.numbers(ofRun: run).lowerBound
                for place in ids.indices where rest > 0 && ids.hasPrefix(start, at: place) {
                    rest -= 1
                    let useCount = useCounts.map { $0[first + place] }
                    try body(Entry(number: first + place, id: ids.string(at: place), useCount: useCount))
                }
            }
        }
        return problems
    }
}

extension IdentifierList {
    fileprivate func hasPrefix(_ prefix: [UInt8], at index: Int) -> Bool {
        let id = self[index]
        guard id.count >= prefix.count else { return false }
        let start = id.extracting(0..<prefix.count)
        return ByteStrings.areEqual(start, prefix.span)
    }
}
