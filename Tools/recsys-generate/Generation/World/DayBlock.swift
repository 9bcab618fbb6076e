/// Lines of a day that are made in one piece.
struct DayBlock {
    /// The first of the lines, counted from 0 on each day.
    let firstLine: Int
    /// The first event of the lines, counted likewise.
    let firstEvent: Int
    /// How many lines.
    var lineCount: Int
    /// How many of them are copies or bad.
    var extraCount: Int
    var badCount: Int

    var eventCount: Int { lineCount - extraCount }

    private static let lineCount = 4096

    /// How many blocks the lines of a day make.
    static func count(of schedule: DaySchedule) -> Int {
        (schedule.lineCount + lineCount - 1) / lineCount
    }

    /// The block with a number, counted from 0: its part of what the whole day has of each sort of lines.
    init(_ number: Int, of schedule: DaySchedule) {
        firstLine = number * DayBlock.lineCount
        let end = min(firstLine + DayBlock.lineCount, schedule.lineCount)
        let before = DayBlock.extraLines(before: firstLine, of: schedule)
        let after = DayBlock.extraLines(before: end, of: schedule)
        firstEvent = firstLine - before.count
        lineCount = end - firstLine
        extraCount = after.count - before.count
        badCount = after.badCount - before.badCount
    }

    private static func extraLines(before line: Int, of schedule: DaySchedule) -> (count: Int, badCount: Int) {
        guard schedule.extraCount > 0 else { return (0, 0) }
        let count = part(schedule.extraCount, line, schedule.lineCount)
        return (count, part(count, schedule.badCount, schedule.extraCount))
    }

    /// `value * numerator / denominator`, rounded down, where the product may be larger than any number.
    private static func part(_ value: Int, _ numerator: Int, _ denominator: Int) -> Int {
        denominator.dividingFullWidth(value.multipliedFullWidth(by: numerator)).quotient
    }
}
