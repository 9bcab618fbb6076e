import Builders
import Columns
import Platform
import TestSupport
import Testing

@testable import Artifacts

/// Any rows of an artifact can be read, whatever its blocks hold.
@Suite struct ArtifactRowsTests {
    private let folder = TemporaryFolder()

    private func rows(_ artifact: Artifact, longest: Int) throws -> ArtifactRows {
        let file = try DataFile(path: folder.write(artifact.fileBytes, as: "whole"))
        let container = try ContainerReader(file, format: ArtifactFormat.file)
        let bytes = try ChoppedFile.bytes(of: container, longest: longest, seed: 5)
        let chopped = try DataFile(path: folder.write(bytes, as: "chopped"))
        return try ArtifactRows(ContainerReader(chopped, format: ArtifactFormat.file), using: Zstandard())
    }

    private static let artifacts =
        ArtifactKind.allCases.map { Artifact.example($0) } + [.scoredExample(.popularity), .scoredExample(.cooc)]

    @Test(arguments: artifacts.indices, [1, 2, 100])
    func everyRow(index: Int, longest: Int) throws {
        let artifact = ArtifactRowsTests.artifacts[index]
        var rows = try rows(artifact, longest: longest)
        #expect(rows.key == artifact.key)
        #expect(rows.parameters == artifact.parameters)
        #expect(rows.rowCount == artifact.rows.rowCount)
        #expect(rows.valueKind == artifact.rows.valueKind)
        var cursor = RankedRowsCursor(artifact.rows)
        for row in 0..<artifact.rows.rowCount {
            let count = try #require(try cursor.readRow())
            var expected: [RankedRows.Entry] = []
            for _ in 0..<count { expected.append(try cursor.readEntry()) }
            let range = try rows.entries(ofRow: row)
            #expect(try rows.entries(in: range) == expected)
            #expect(try rows.members(in: range) == expected.map { UInt32($0.member) })
            if artifact.rows.rowKeys.isEmpty { continue }
            #expect(try rows.keys(ofRows: [row]).string(at: 0) == artifact.rows.rowKeys.string(at: row))
            #expect(try rows.rowKeys.number(of: artifact.rows.rowKeys[row]) == row)
        }
        let members = Array(artifact.rows.memberKeys.indices)
        #expect(try rows.ids(ofMembers: members) == artifact.rows.memberKeys)
    }

    /// What the lengths of rows promise and the file does not have is not looked for.
    @Test func rowsBeyondTheEntriesAreRefused() throws {
        let artifact = Artifact.example(.cooc)
        let file = try DataFile(path: folder.write(artifact.fileBytes, as: "file"))
        let container = try ContainerReader(file, format: ArtifactFormat.file)
        var writer = ContainerWriter(format: ArtifactFormat.file)
        let zstandard = Zstandard()
        let lengths = ArtifactFormat.Section.rowLength.rawValue
        for (section, column) in [(lengths, [UInt32](repeating: 9, count: 2)), (17, [0, 0, 1]), (18, [2, 2, 1])] {
            writer.append(section: section, column: column, using: zstandard)
        }
        writer.append(section: 1, dictionary: artifact.rows.rowKeys, using: zstandard)
        writer.append(section: 2, dictionary: artifact.rows.memberKeys, using: zstandard)
        let bytes = writer.finish(metadata: container.metadata)
        let forged = try DataFile(path: folder.write(bytes, as: "forged"))
        var rows = try ArtifactRows(ContainerReader(forged, format: ArtifactFormat.file), using: zstandard)
        #expect(throws: FormatError.self) { try rows.entries(ofRow: 1) }
        // Two entries of one member in a row, the second no less than the first.
        #expect(throws: FormatError.self) { try rows.entries(in: 0..<2) }
    }
}
