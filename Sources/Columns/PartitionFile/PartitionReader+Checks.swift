import Events

extension PartitionReader {
    /// Checks that codes of a column stand for ids of its dictionary.
    ///
    /// - Parameter firstRow: The row that the first of them belongs to, as in the checks below.
    package func check(
        _ codes: [UInt32], of column: IdentifierColumn, firstRow: Int = 0,
    ) throws(FormatError) {
        let count = UInt32(statistics.distinctCount(column))
        guard let index = codes.span.firstIndex(below: column.isOptional ? 0 : 1, above: count) else { return }
        let code = codes[index]
        throw corrupt(
            column.codes, row: firstRow + index,
            code > count ? "code \(code) is beyond the dictionary" : "there is no id, which every row has")
    }

    /// Checks that ranks are within the contract of an event.
    package func check(ranks: [UInt32], firstRow: Int = 0) throws(FormatError) {
        let greatest = UInt32(EventField.maximumRank)
        guard let index = ranks.span.firstIndex(below: 0, above: greatest + 1) else { return }
        throw corrupt(.rank, row: firstRow + index, "rank \(ranks[index] - 1) is beyond \(greatest)")
    }

    /// Checks that times are between those that the footer gives as the first and the last.
    package func check(nanosecondsOfDay times: [UInt64], firstRow: Int = 0) throws(FormatError) {
        let (earliest, latest) = (statistics.earliest, statistics.latest)
        guard let index = times.span.firstIndex(below: earliest, above: latest) else { return }
        throw corrupt(.timeOfDay, row: firstRow + index, "time \(times[index]) is outside of those of the footer")
    }

    /// Checks that the first and the last of all times are those of the footer.
    ///
    /// - Parameter timeRange: Nil if there are no rows.
    package func check(timeRange: ClosedRange<UInt64>?) throws(FormatError) {
        guard timeRange ?? 0...0 == statistics.earliest...statistics.latest else {
            throw container.corrupt(
                section: PartitionFormat.Section.timeOfDay.rawValue, "the times are not those of the footer")
        }
    }

    private func corrupt(_ section: PartitionFormat.Section, row: Int, _ reason: String) -> FormatError {
        container.corrupt(section: section.rawValue, at: row, "in row \(row): \(reason)")
    }
}
