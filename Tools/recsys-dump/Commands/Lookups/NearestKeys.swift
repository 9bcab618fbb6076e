import Columns
import Commands
import Platform

/// The keys that somebody may have meant who asked for one that is not there.
struct NearestKeys {
    private struct Candidate {
        let distance: Int
        let key: [UInt8]
    }

    private let wanted: [UInt8]
    private var candidates: [Candidate] = []

    /// So many keys are suggested.
    private static let count = 3
    /// No key is suggested that needs more changes.
    private static let maximumDistance = 2

    /// The keys of a dictionary that are nearest to `wanted`, equally near ones as they stand.
    ///
    /// - Throws: `FormatError` if the dictionary is damaged; `Interruption`.
    static func search(for wanted: String, in keys: DictionaryLookup) throws -> [String] {
        var search = NearestKeys(wanted: Array(wanted.utf8))
        for run in 0..<keys.runCount {
            try Cancellation.check()
            let ids = try keys.run(at: run).identifiers
            for index in ids.indices { search.consider(ids[index]) }
        }
        let least = search.candidates.first?.distance ?? 0
        return search.candidates.filter { $0.distance == least }.map { String(decoding: $0.key, as: UTF8.self) }
    }

    /// Asks whether one of these was meant; nil without any.
    ///
    /// - Parameter dictionary: The name of the dictionary that has them, where an id can be had as it is that is shown
    ///   escaped here.
    static func question(_ keys: [String], dictionary: String) -> String? {
        if keys.isEmpty { return nil }
        let shown = keys.map { DisplayText.line($0) }
        let question = "did you mean \(shown.map { "\"\($0)\"" }.joined(separator: " or "))?"
        if shown == keys { return question }
        return question + " escaped here; as it is: recsys-dump dictionary FILE \(dictionary) --format json"
    }

    private init(wanted: [UInt8]) {
        self.wanted = wanted
    }

    private mutating func consider(_ key: Span<UInt8>) {
        let wanted = wanted
        guard let distance = EditDistance.between(wanted.span, key, atMost: NearestKeys.maximumDistance) else { return }
        let place = candidates.firstIndex { $0.distance > distance } ?? candidates.count
        if place == NearestKeys.count { return }
        var bytes: [UInt8] = []
        bytes.append(contentsOf: key)
        candidates.insert(Candidate(distance: distance, key: bytes), at: place)
        if candidates.count > NearestKeys.count { candidates.removeLast() }
    }
}

/// How many bytes must be inserted, removed or replaced to make one text of another; ASCII letters of either case are
/// the same (Levenshtein's distance).
enum EditDistance {
    /// The distance, or nil if it is more than `limit`.
    static func between(_ left: Span<UInt8>, _ right: Span<UInt8>, atMost limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        // Of the text so far on the left, the distance to each beginning of the right.
        var distances = Array(0...right.count)
        for index in left.indices {
            let byte = lowercased(left[index])
            var diagonal = distances[0]
            distances[0] = index + 1
            for column in right.indices {
                let replaced = lowercased(right[column]) == byte ? diagonal : diagonal + 1
                diagonal = distances[column + 1]
                distances[column + 1] = min(replaced, diagonal + 1, distances[column] + 1)
            }
            // It can only grow from here.
            if distances.allSatisfy({ $0 > limit }) { return nil }
        }
        return distances[right.count] <= limit ? distances[right.count] : nil
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
