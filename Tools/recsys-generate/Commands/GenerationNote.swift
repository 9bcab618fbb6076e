import Commands
import Generation

/// What is told at the end.
enum GenerationNote {
    /// One line: what was written, and how long it took.
    static func text(_ counts: LineCounts, seconds: Double) -> String {
        let sorts = [
            (counts.duplicateCount, "copies"), (counts.badCount, "bad"), (counts.lateCount, "late"),
        ]
        let named = sorts.filter { $0.0 > 0 }.map { ", \($0.0.grouped) \($0.1)" }.joined()
        return "wrote \(counts.lineCount.grouped) lines: \(counts.eventCount.grouped) events\(named); "
            + "\(counts.byteCount.grouped) bytes in \(seconds.tenths) s"
    }
}
