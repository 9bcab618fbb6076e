/// Takes some of the rows that come by: all, the first ones, or some that are spread evenly.
struct RowPicker {
    private enum Rule {
        case first(Int)
        case even(count: Int, total: Int)
    }

    private let rule: Rule?
    /// Rows that came by.
    private var seenCount = 0
    private var takenCount = 0

    /// All rows.
    static let all = RowPicker(nil)

    /// The first `count` rows.
    static func first(_ count: Int) -> RowPicker { RowPicker(.first(count)) }

    /// `count` of `total` rows: those with the numbers `i * total / count`, rounded down, for `i` from 0 on. All if
    /// there are no more.
    static func even(_ count: Int, of total: Int) -> RowPicker {
        count < total ? RowPicker(.even(count: count, total: total)) : .all
    }

    private init(_ rule: Rule?) {
        self.rule = rule
    }

    /// True if no row will be taken any more.
    var isDone: Bool {
        switch rule {
        case nil: false
        case .first(let count), .even(let count, _): takenCount == count
        }
    }

    /// Those of the next `count` rows that are taken: their numbers among them, ascending.
    mutating func pick(_ count: Int) -> [Int] {
        let start = seenCount
        seenCount += count
        switch rule {
        case nil: return Array(0..<count)
        case .first(let limit):
            let picked = Array(0..<min(count, limit - takenCount))
            takenCount += picked.count
            return picked
        case .even(let limit, let total):
            var picked: [Int] = []
            while takenCount < limit, case let next = number(takenCount, limit, total), next < seenCount {
                picked.append(next - start)
                takenCount += 1
            }
            return picked
        }
    }

    /// `index * total / count`; the product may need more than 64 bits.
    private func number(_ index: Int, _ count: Int, _ total: Int) -> Int {
        let product = index.multipliedFullWidth(by: total)
        return count.dividingFullWidth(product).quotient
    }
}
