import TestSupport
import Testing

@testable import Columns

/// Interning gives the codes that a dictionary of what was met would give.
@Suite struct IdentifierInternerTests {
    /// Short ids fill the table; longer ones are hashed and compared in other ways.
    @Test(arguments: [0, 2, 6, 14, 30])
    func theInternerIsADictionary(leastLength: Int) {
        var generator = SplitMix64(seed: 11)
        var interner = IdentifierInterner()
        var codes: [[UInt8]: UInt32] = [:]
        for _ in 0..<60_000 {
            let length = Int.random(in: 0...3, using: &generator)
            let identifier =
                [UInt8](repeating: 7, count: leastLength) + generator.bytes(count: length).map { $0 & 0x3F }
            let expected = codes[identifier] ?? UInt32(codes.count)
            codes[identifier] = expected
            // Twice, for the id met last is found another way.
            guard interner.code(for: identifier.span) == expected, interner.code(for: identifier.span) == expected,
                interner.count == codes.count
            else {
                Issue.record("\(identifier)")
                return
            }
        }
        #expect(codes.count > 16_384)
        let inOrder = codes.sorted { $0.value < $1.value }.map(\.key)
        let identifiers = interner.identifiers
        let interned = identifiers.indices.map { Array(identifiers.text(of: $0..<($0 + 1))) }
        #expect(interned == inOrder)
    }
}
