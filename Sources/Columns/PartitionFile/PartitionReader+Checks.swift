import Events

extension PartitionReader {
    /// Checks that codes of a column stand for ids of its dictionary.
    ///
    /// - Parameter firstRow: The row that the first of them belongs to, as in the checks below.
    package func check(
        _ codes: [UInt32], of column: IdentifierColumn, firstRow: Int = 0,
    ) throws(FormatError) {
        let count = statistics.distinctCount(column)
        if Int(codes.max() ?? 0) > count, let index = codes.firstIndex(where: { Int($0) > count }) {
            throw corrupt(column.codes, row: firstRow + index, "code \(codes[index]) is beyond the dictionary")
        }
        if !column.isOptional, codes.min() == 0, let index = codes.firstIndex(of: 0) {
            throw corrupt(column.codes, row: firstRow + index, "there is no id, which every row has")
        }
    }

    /// Checks that ranks are within the contract of an event.
    package func check(ranks: [UInt32], firstRow: Int = 0) throws(FormatError) {
        let greatest = UInt32(EventField.maximumRank) + 1
        if ranks.max() ?? 0 > greatest, let index = ranks.firstIndex(where: { $0 > greatest }) {
            throw corrupt(.rank, row: firstRow + index, "rank \(ranks[index] - 1) is beyond \(greatest - 1)")
        }
    }

    /// Checks that times are between those that the footer gives as the first and the last.
    package func check(nanosecondsOfDay times: [UInt64], firstRow: Int = 0) throws(FormatError) {
        let range = statistics.earliest...statistics.latest
        guard let least = times.min(), let greatest = times.max(),
            !range.contains(least) || !range.contains(greatest),
            let index = times.firstIndex(where: { !range.contains($0) })
        else { return }
        throw corrupt(.timeOfDay, row: firstRow + index, "time \(times[index]) is outside of those of the footer")
    }

    private func corrupt(_ section: PartitionFormat.Section, row: Int, _ reason: String) -> FormatError {
        container.corrupt(section: section.rawValue, at: row, "in row \(row): \(reason)")
    }
}
