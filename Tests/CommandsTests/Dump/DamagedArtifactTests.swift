import ArgumentParser
import Artifacts
import Builders
import Columns
import Platform
import TestSupport
import Testing

@testable import DumpCommands

/// Whatever is damaged of an artifact, no row is printed that was not written, and with `--skip-damaged` all that can
/// be read are.
@Suite struct DamagedArtifactTests {
    private let folder = TemporaryFolder()

    /// An artifact of random rows, in blocks of at most three values.
    private func bytes(_ kind: ArtifactKind) throws -> [UInt8] {
        var generator = SplitMix64(seed: 6)
        let rows = (0..<10).map { row in
            let members = (0..<9).shuffled(using: &generator).prefix(kind.form == .ranking ? 8 : row % 5 + 1)
            let entries = members.sorted().enumerated().map { place, member in
                (id: IdentifierStyle.mixed.text(member), count: UInt32(20 - place))
            }
            return (key: IdentifierStyle.mixed.text(row + 30), entries: entries)
        }
        let ranked =
            kind.form == .ranking
            ? RankedRows(popularity: rows[0].entries) : RankedRows(rows, isCounted: kind.form != .tags)
        let key = ArtifactKey(.fixture(), kind, .fixture())
        let artifact = Artifact(key, rows: ranked, parameters: BuildParameters())
        let file = try DataFile(path: folder.write(artifact.fileBytes, as: "whole"))
        let container = try ContainerReader(file, format: ArtifactFormat.file)
        return try ChoppedFile.bytes(of: container, longest: 3, seed: 8)
    }

    private func rows(
        _ arguments: [String] = [], of bytes: [UInt8], skipsDamaged: Bool = false,
    ) throws -> (lines: [String], leftOutCount: Int, error: FormatError?) {
        var text: [UInt8] = []
        var (leftOutCount, problem): (Int, FormatError?) = (0, nil)
        do {
            let dump = try DumpFile(DataFile(path: folder.write(bytes, as: "chopped.rsart")))
            guard case .artifact(let rows) = try dump.content.get() else { return ([], 0, nil) }
            let damage = skipsDamaged ? try DamageMap(of: dump) : .none
            var printer = RankedRowPrinter(rows, try RowOptions.parse(arguments), JSONLinesForm(), damage)
            leftOutCount = try printer.print(with: LinePrinter { text += $0 })
        } catch let error as FormatError {
            problem = error
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        return (lines, leftOutCount, problem)
    }

    /// The rows that need none of these blocks: not for where they are, for an entry or for an id.
    private func readableRows(_ rows: ArtifactRows, without blocks: Set<Int>) throws -> [Int] {
        var rows = rows
        let numbers = [rows.rowKeys, rows.memberKeys].map { dictionary in
            (0..<dictionary.runCount).filter { !blocks.isDisjoint(with: dictionary.blocks(ofRun: $0)) }
                .flatMap { dictionary.numbers(ofRun: $0) }
        }
        let isRanking = rows.key.kind.form == .ranking
        return try (0..<(isRanking ? rows.entryCount : rows.rowCount)).filter { row in
            if !isRanking, rows.lengthBlocks(of: 0..<row + 1).contains(where: { blocks.contains($0.block) }) {
                return false
            }
            let range = isRanking ? row..<row + 1 : try rows.entries(ofRow: row)
            let entries = try rows.entries(in: range)
            return blocks.isDisjoint(with: rows.entryBlocks(of: range)) && (isRanking || !numbers[0].contains(row))
                && !entries.contains { numbers[1].contains($0.member) }
        }
    }

    @Test(arguments: ArtifactKind.allCases)
    func everyBlock(kind: ArtifactKind) throws {
        let bytes = try bytes(kind)
        let file = try DataFile(path: folder.write(bytes, as: "pristine"))
        let container = try ContainerReader(file, format: ArtifactFormat.file)
        let pristine = try ArtifactRows(container, using: Zstandard())
        let (all, _, problem) = try rows(of: bytes)
        #expect(problem == nil && all.count == (kind.form == .ranking ? 8 : 10))
        for block in container.entries.indices {
            var damaged = bytes
            damaged[container.offsets[block]] ^= 0x55
            let readable = try readableRows(pristine, without: [block])
            let (lines, leftOutCount, error) = try rows(of: damaged, skipsDamaged: true)
            #expect(lines == readable.map { all[$0] }, "\(block)")
            #expect(leftOutCount == all.count - lines.count)
            #expect(error == nil)
            let (before, _, problem) = try rows(of: damaged)
            #expect(before == Array(all.prefix(before.count)))
            #expect(problem?.code == .corrupt, "\(block)")
        }
    }

    @Test(arguments: [ArtifactKind.cooc, .popularity])
    func someRows(kind: ArtifactKind) throws {
        let bytes = try bytes(kind)
        let all = try rows(of: bytes).lines
        for count in 1...12 {
            #expect(try rows(["--head", "\(count)"], of: bytes).lines == Array(all.prefix(count)))
            let number = min(count, all.count)
            let sample = try rows(["--sample", "\(count)"], of: bytes).lines
            #expect(sample == (0..<number).map { all[$0 * all.count / number] })
        }
    }
}
