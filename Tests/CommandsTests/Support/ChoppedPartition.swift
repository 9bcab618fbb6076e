import ArgumentParser
import Columns
import Platform
import SystemPackage
import TestSupport

@testable import DumpCommands

/// A partition of random events in small blocks, and what is known of it without reading it.
struct ChoppedPartition {
    let folder = TemporaryFolder()
    /// The events in the order of the rows.
    let exposures: [Exposure]
    let bytes: [UInt8]

    static let key = PartitionKey.fixture()

    /// - Parameter longest: The most values of a block.
    init(count: Int, style: IdentifierStyle = .mixed, longest: Int, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let exposures = Exposure.random(count: count, identifiers: style, using: &generator)
        try self.init(exposures, longest: longest, seed: seed)
    }

    /// - Parameter longest: The most values of a block.
    init(_ exposures: [Exposure], longest: Int, seed: UInt64) throws {
        let events = ExposureColumns(exposures)
        self.exposures = events.exposures
        let whole = PartitionEncoder.encode(events, key: ChoppedPartition.key, using: Zstandard())
        bytes = try ChoppedFile.bytes(of: folder.openPartition(whole).container, longest: longest, seed: seed)
    }

    /// Opens the file, or other bytes in its place.
    func open(_ bytes: [UInt8]? = nil) throws -> DumpFile {
        try DumpFile(DataFile(path: folder.write(bytes ?? self.bytes, as: "chopped.rspart")))
    }

    /// The lines that `rows` prints with these options, of the file or of other bytes in its place.
    ///
    /// - Parameter skipsDamaged: True to leave out what is damaged.
    /// - Returns: The lines, how many rows were left out, and the error that ended it.
    func rows(
        _ arguments: [String] = [], form: any RowForm = JSONLinesForm(), of bytes: [UInt8]? = nil,
        skipsDamaged: Bool = false,
    ) throws -> (lines: [String], leftOutCount: Int, error: FormatError?) {
        var text: [UInt8] = []
        var (leftOutCount, problem): (Int, FormatError?) = (0, nil)
        do {
            let dump = try open(bytes)
            guard case .partition(let reader) = try dump.content.get() else { return ([], 0, nil) }
            let damage = skipsDamaged ? try DamageMap(of: dump) : .none
            var printer = try EventPrinter(reader, RowOptions.parse(arguments), form, damage)
            leftOutCount = try printer.print(with: LinePrinter { text += $0 })
        } catch let error as FormatError {
            problem = error
        }
        return (
            String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init), leftOutCount, problem
        )
    }

    /// The lines of rows, as they are printed where nothing is wrong.
    func lines(_ exposures: [Exposure]) -> [String] {
        let events = ExposureColumns(exposures)
        return (0..<events.count).map { row in
            var text: [UInt8] = []
            JSONLinesForm().append(row, of: events, ChoppedPartition.key, to: &text)
            return String(decoding: text.dropLast(), as: UTF8.self)
        }
    }
}
