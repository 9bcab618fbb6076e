extension Sequence<Int> {
    /// For each number the sum of it and of those before it.
    var runningTotals: [Int] {
        var total = 0
        return map { number in
            total += number
            return total
        }
    }
}
