import Columns
import Platform

/// What must hold of files that are looked at piece by piece because no reader may open them: a frame has a problem if
/// and only if it is refused, and so has a block.
enum InspectionJudge {
    static func judge(_ file: DataFile, _ format: FileFormat) throws {
        let inspection = ContainerInspection(file, format: format)
        let opened = try Outcome { try ContainerReader(file, format: format) }
        try check(
            (opened.value == nil) == !inspection.problems.isEmpty,
            "inspected: \(inspection.problems.map(\.detail)), read: \(opened.refusal ?? "accepted")")
        let zstandard = Zstandard()
        for block in inspection.blocks {
            let problem = inspection.problem(of: block, using: zstandard)
            guard let reader = opened.value, let index = block.readerIndex else { continue }
            try check(index < reader.entries.count, "a block is inspected that is not there")
            let checked = try Outcome { try reader.check(block: index, using: zstandard) }
            try check(problem?.message == checked.refusal, "a block is inspected as another than is read")
        }
    }
}
