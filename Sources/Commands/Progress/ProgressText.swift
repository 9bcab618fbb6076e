import Platform

/// How far work has come, in words that become fewer where there is little room.
struct ProgressText {
    /// What there is to say, the most important first.
    let parts: [String]

    /// - Parameters:
    ///   - rate: Bytes, partitions or days in a second; nil if it is not known yet.
    ///   - eventRate: Events in a second; nil if it is not known yet.
    init(_ progress: WorkProgress, rate: Double?, eventRate: Double?) {
        let timeLeft = progress.total.flatMap { total in
            rate.flatMap { ProgressText.timeLeft(for: total - progress.doneCount, rate: $0) }
        }
        let left = timeLeft.map { ["\($0) left"] } ?? []
        switch progress {
        case .reading(let byteCount, let total, _):
            let rates =
                (rate.map { [ByteUnit(for: $0).text($0, "/s")] } ?? [])
                + (eventRate.map { ["\(Int($0.rounded()).grouped) events/s"] } ?? [])
            parts = ProgressText.read(byteCount, of: total) + left + rates
        case .writing(let count, let total):
            parts = ["wrote \(count.grouped) of \(total.counted("partition"))"] + left
        case .publishing(let count, let total):
            parts = ["published \(count.grouped) of \(total.counted("day"))"] + left
        case .verifying(let count, let total):
            parts = ["verified \(count.grouped) of \(total.counted("file"))"] + left
        }
    }

    /// As many of the parts as fit; of the first, if even that does not fit, its beginning.
    func fitting(columnCount: Int) -> String {
        var text = String((parts.first ?? "").prefix(columnCount))
        for part in parts.dropFirst() where text.count + 2 + part.count <= columnCount { text += ", " + part }
        return text
    }

    private static func read(_ byteCount: Int, of total: Int?) -> [String] {
        guard let total else { return ["read \(ByteUnit(for: Double(byteCount)).text(Double(byteCount)))"] }
        // All is read only when the last byte is.
        let percent = total == 0 ? 100 : Int(Double(min(byteCount, total)) / Double(total) * 100)
        let unit = ByteUnit(for: Double(total))
        return ["read \(percent)%", "\(unit.number(Double(byteCount))) of \(unit.text(Double(total)))"]
    }

    /// Hours, minutes and seconds; nil if there is nothing left, or no end in sight.
    private static func timeLeft(for amount: Int, rate: Double) -> String? {
        let seconds = (Double(amount) / rate).rounded(.up)
        guard amount > 0, seconds < 1_000 * 3_600 else { return nil }
        let (minutes, second) = Int(seconds).quotientAndRemainder(dividingBy: 60)
        let (hours, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return hours > 0 ? "\(hours):\(twoDigits(minute)):\(twoDigits(second))" : "\(minute):\(twoDigits(second))"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
