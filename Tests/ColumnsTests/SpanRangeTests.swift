import TestSupport
import Testing

@testable import Columns

/// The one pass over a block's values finds what looking at each of them does.
@Suite struct SpanRangeTests {
    /// Numbers at which differences wrap around.
    private static let edges: [UInt32] = [0, 1, 2, 3, .max / 2 - 1, .max / 2, .max / 2 + 1, .max - 1, .max]

    private static func slow<Value: ColumnValue>(_ values: [Value], _ least: Value, _ greatest: Value) -> Int? {
        values.firstIndex { $0 < least || $0 > greatest }
    }

    @Test("every bounds and two values at the edges, 32 bits and 64") func edges() {
        // Stretched to 64 bits: small numbers stay, great ones stay near their edge.
        let wide = Self.edges.map { $0 < 4 ? UInt64($0) : UInt64($0) << 32 | UInt64($0) }
        for (least, wideLeast) in zip(Self.edges, wide) {
            for (greatest, wideGreatest) in zip(Self.edges, wide) {
                for place in 0..<(wide.count * wide.count) {
                    let (first, second) = (place / wide.count, place % wide.count)
                    let values = [Self.edges[first], Self.edges[second]]
                    let found = values.span.firstIndex(below: least, above: greatest)
                    #expect(found == Self.slow(values, least, greatest))
                    let wideValues = [wide[first], wide[second]]
                    let wideFound = wideValues.span.firstIndex(below: wideLeast, above: wideGreatest)
                    #expect(wideFound == Self.slow(wideValues, wideLeast, wideGreatest))
                }
            }
        }
    }

    @Test("a single value out of range at any place of 0 to 40", arguments: [99, 205] as [UInt32])
    func anyPlace(outside: UInt32) {
        for count in 0...40 {
            var values = (0..<count).map { UInt32(100 + $0) }
            #expect(values.span.firstIndex(below: 100, above: 204) == nil)
            for place in 0..<count {
                values[place] = outside
                #expect(values.span.firstIndex(below: 100, above: 204) == place)
                values[place] = 150
            }
        }
    }
}
