import Testing

@testable import DumpCommands

/// Rows are picked by their numbers alone, however they come by.
@Suite struct RowPickerTests {
    /// What is picked of `total` rows that come by in pieces of `step`.
    private func picked(_ picker: RowPicker, total: Int, step: Int) -> [Int] {
        var (picker, picked) = (picker, [Int]())
        for start in stride(from: 0, to: total, by: step) where !picker.isDone {
            picked += picker.pick(min(step, total - start)).map { start + $0 }
        }
        return picked
    }

    @Test(arguments: 1...12)
    func allCases(total: Int) {
        for step in 1...total {
            #expect(picked(.all, total: total, step: step) == Array(0..<total))
            for count in 1...(total + 1) {
                #expect(picked(.first(count), total: total, step: step) == Array(0..<min(count, total)))
                let even = picked(.even(count, of: total), total: total, step: step)
                #expect(even == (0..<min(count, total)).map { $0 * total / min(count, total) })
            }
        }
    }

    /// The gaps between rows that are spread evenly differ by no more than 1.
    @Test func gapsAreEven() {
        let rows = picked(.even(7, of: 100), total: 100, step: 9)
        let gaps = zip(rows, rows.dropFirst()).map { $1 - $0 }
        #expect(rows.count == 7 && rows.first == 0)
        #expect(Set(gaps) == [14, 15])
    }

    /// The product of both numbers needs more than 64 bits.
    @Test func manyRows() {
        var picker = RowPicker.even(1 << 40, of: 1 << 41)
        #expect(picker.pick(6) == [0, 2, 4])
    }
}
