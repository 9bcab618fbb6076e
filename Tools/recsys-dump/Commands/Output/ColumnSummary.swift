import Columns
import Platform

/// What a column takes in a file: its values, and its ids if it has a dictionary.
struct ColumnSummary: Sendable {
    let name: String
    private(set) var rawByteCount = 0
    private(set) var storedByteCount = 0
    private(set) var damagedBlockCount = 0

    private init(_ name: String) {
        self.name = name
    }

    /// The columns of a file, in the order of the numbers of their dictionaries and sections.
    ///
    /// - Parameter damaged: Blocks that are damaged.
    static func all(of inspection: ContainerInspection, damaged: [InspectedBlock]) -> [ColumnSummary] {
        var columns: [ColumnSummary] = []
        let suffix = "_dictionary"
        for block in inspection.blocks.sorted(by: { $0.place.section < $1.place.section }) {
            let section = inspection.format.sectionName(block.place.section)
            let name = section.hasSuffix(suffix) ? String(section.dropLast(suffix.count)) : section
            let index = columns.firstIndex { $0.name == name } ?? columns.count
            if index == columns.count { columns.append(ColumnSummary(name)) }
            columns[index].rawByteCount += block.entry.rawByteCount
            columns[index].storedByteCount += block.entry.storedByteCount
            if damaged.contains(where: { $0.place == block.place }) { columns[index].damagedBlockCount += 1 }
        }
        return columns
    }
}
