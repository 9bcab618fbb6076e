import TestSupport

@testable import Columns

extension GoldenPartition {
    /// As many rows, and as many ids, as just fill a block, and one more.
    static let large = [65_536, 65_537].map { count in
        GoldenPartition("rows-\(count)", rows(count), isLarge: true)
    }

    /// Rows that differ in their sessions alone, but for the last.
    private static func rows(_ count: Int) -> [Exposure] {
        (0..<count).map { row in
            let isLast = row == count - 1
            return Exposure(
                session: "\(100_000 + row)", item: isLast ? "last" : "i", at: isLast ? 1 : 0, rank: isLast ? 7 : nil)
        }
    }
}
