import TestSupport
import Testing

@testable import Columns

/// No bytes at all make a decoder trap: it returns as many values as it was asked for, or nil.
@Suite struct EncodingFuzzTests {
    /// What is wrong with how an encoding reads bytes of unknown origin, or nil.
    private func violation<Value: ColumnValue>(
        _ bytes: [UInt8], _ encoding: EncodingIdentifier, count: Int, as type: Value.Type,
    ) -> String? {
        guard let values = decoded(bytes, encoding, count: count, as: type) else { return nil }
        guard values.count == count else {
            return "\(encoding) read \(values.count) values, not \(count), from \(bytes)"
        }
        // What was read is a list like any other: written again, by whatever encoding applies, it comes back.
        guard count <= 64, let trial = EncodingTrial(encoding, values), let violation = trial.violation else {
            return nil
        }
        return "\(encoding) of \(values), read from \(bytes): \(violation)"
    }

    private func check(_ bytes: [UInt8], _ encoding: EncodingIdentifier, counts: [Int]) -> Bool {
        for count in counts {
            let problem =
                violation(bytes, encoding, count: count, as: UInt32.self)
                ?? violation(bytes, encoding, count: count, as: UInt64.self)
            if let problem {
                Issue.record("\(problem)")
                return false
            }
        }
        return true
    }

    @Test(arguments: numberEncodings)
    func randomBytes(encoding: EncodingIdentifier) {
        var generator = SplitMix64(seed: UInt64(encoding.rawValue))
        for _ in 0..<20_000 {
            let bytes = generator.bytes(count: .random(in: 0...48, using: &generator))
            guard check(bytes, encoding, counts: [1, 2, 5, 32, 65_536].filter { $0 <= 32 || bytes.count < 2 }) else {
                return
            }
        }
    }

    /// Parameters that are small, as real ones are, before random planes.
    @Test(arguments: numberEncodings)
    func randomPlanesBehindPlausibleParameters(encoding: EncodingIdentifier) {
        var generator = SplitMix64(seed: UInt64(encoding.rawValue) + 100)
        let parameterBytes: [UInt8] = [0, 0, 0, 0, 1, 1, 2, 3, 4, 8, 255, 127, 128]
        for _ in 0..<20_000 {
            let parameters = (0..<17).map { _ in parameterBytes.randomElement(using: &generator) ?? 0 }
            let planes = generator.bytes(count: .random(in: 0...12, using: &generator))
            let skipped = [0, 9, 11, 16].randomElement(using: &generator) ?? 0
            guard check(Array(parameters.dropFirst(skipped)) + planes, encoding, counts: [1, 2, 3, 6]) else { return }
        }
    }

    @Test(arguments: numberEncodings)
    func everyByteInEveryPlaceOfEncodedValues(encoding: EncodingIdentifier) {
        let lists: [[UInt64]] = [
            [0], [7, 7, 7, 7], [1, 1, 300, 300], [5, 10, 25], [UInt64(Int64.max), 0], [.max, .max],
            [1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000],
        ]
        for values in lists {
            guard let bytes = encoded(values, encoding) else { continue }
            for place in bytes.indices {
                for byte in UInt8.min...UInt8.max {
                    var damaged = bytes
                    damaged[place] = byte
                    guard check(damaged, encoding, counts: [values.count]) else { return }
                }
            }
        }
    }

    /// Counts as large as their fields allow end in nil, not in an attempt to take the memory.
    @Test func enormousParametersAreRefused() {
        for width in UInt8.min...UInt8.max {
            let runs = [255, 255, 255, 255, width, width] + [UInt8](repeating: 255, count: 64)
            for count in [1, 2, 65_536] {
                #expect(decoded(runs, .runLength, count: count, as: UInt64.self) == nil)
                #expect(decoded([width], .narrow, count: count, as: UInt64.self) == nil)
                #expect(decoded([width], .bytePlanes, count: count, as: UInt64.self) == nil)
            }
        }
    }
}
