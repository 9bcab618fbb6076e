import ArgumentParser
import Generation

/// Reads numbers of options, and says what is wrong with those that cannot be read: the parser puts the option and the
/// value before it.
enum Quantity {
    static let threads = 1...1024
    static let days = 1...36_525

    /// A number of lines.
    static func lines(_ text: String) throws -> Int {
        try count(text, in: GenerationOptions.lineCounts)
    }

    /// A number of users.
    static func users(_ text: String) throws -> Int {
        try count(text, in: GenerationOptions.userCounts)
    }

    /// A number of items.
    static func items(_ text: String) throws -> Int {
        try count(text, in: GenerationOptions.itemCounts)
    }

    /// A part of all.
    static func share(_ text: String) throws -> Share {
        guard let value = Double(text), let share = Share(value) else {
            throw ValidationError("no share; write a number from 0 to 1, such as 0.01")
        }
        return share
    }

    /// A whole number, perhaps with `k`, `M` or `G` behind it for a thousand, a million, a thousand million.
    private static func count(_ text: String, in range: ClosedRange<Int>) throws -> Int {
        let units: [Character: Int] = ["k": 1000, "M": 1_000_000, "G": 1_000_000_000]
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? text[...] : text.dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else {
            throw ValidationError("no number; write digits, and k, M or G behind them for thousands, such as 50M")
        }
        let (count, isOverflow) = (Int(digits) ?? .max).multipliedReportingOverflow(by: unit ?? 1)
        guard !isOverflow, range.contains(count) else {
            throw ValidationError("must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return count
    }
}
