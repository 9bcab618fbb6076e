import Builders
import Columns
import Events
import Platform
import TestSupport
import Testing

@testable import Artifacts

/// The golden files of format 1 are read as they were meant, and what is made today is what was made then.
@Suite struct GoldenArtifactTests {
    private let folder = TemporaryFolder()

    @Test func everyCaseHasAName() {
        #expect(Set(GoldenArtifact.all.map(\.name)).count == GoldenArtifact.all.count)
    }

    /// The expected rows too are never changed: what is spelled out today is what was spelled out then.
    @Test(arguments: GoldenArtifact.all)
    func theFileIsReadAsItWasMeant(golden: GoldenArtifact) throws {
        let (expectedRows, expectedMetadata) = (try golden.expectedRows(), try golden.expectedMetadata())
        #expect(expectedRows.then == expectedRows.now)
        #expect(expectedMetadata.then == expectedMetadata.now)
        let artifact = try ArtifactDecoder.decode(folder.open(golden.bytes()))
        let rows = artifact.rows.golden
        #expect(GoldenLines.rows(rows, of: artifact.key.kind) == expectedRows.then)
        let metadata = GoldenLines.metadata(rows, of: artifact.key, artifact.parameters, artifact.rows.valueKind)
        #expect(metadata == expectedMetadata.then)
    }

    /// Equal results are equal bytes. With another version of the zstd library than the one that made the files, which
    /// may compress otherwise, what is compared is every block as it is before compression.
    @Test(arguments: GoldenArtifact.all)
    func whatIsMadeTodayIsWhatWasMadeThen(golden: GoldenArtifact) throws {
        let (then, now) = (try golden.bytes(), try golden.madeToday())
        if GoldenFolder.isWrittenWithThisLibrary {
            #expect(then == now)
        } else {
            #expect(try GoldenContent(then, ArtifactFormat.file) == GoldenContent(now, ArtifactFormat.file))
        }
    }

    /// Look-ups find what the rows say.
    @Test(arguments: GoldenArtifact.all.filter { !$0.isLarge })
    func lookUpsFindTheRows(golden: GoldenArtifact) throws {
        let reader = try ArtifactReader(folder.open(golden.bytes()))
        for row in golden.rows {
            let list =
                switch golden.key.kind.form {
                case .ranking: reader.top(n: .max)
                case .neighbors: reader.neighbors(of: row.key)
                case .users: reader.items(for: row.key)
                case .tags: reader.tags(of: row.key)
                }
            #expect(list?.map { Array($0.id.utf8) } == row.entries.map { Array($0.id.utf8) })
        }
        #expect(reader.kind == golden.key.kind.rawValue)
        #expect(reader.segment == golden.key.owner.segment?.text)
    }

    @Test func everyFileIsOneOfACaseInTheTests() throws {
        let names = try GoldenFolder.names.filter { $0.hasSuffix(".rsart") }.map { String($0.dropLast(6)) }
        #expect(Set(names) == Set(GoldenArtifact.all.map(\.name)))
    }

    @Test func everyKindIsThereWithAndWithoutASegment() {
        for kind in GoldenArtifact.firstKinds {
            let segments = GoldenArtifact.all.filter { $0.key.kind == kind && !$0.rows.isEmpty }.map(
                \.key.owner.segment)
            #expect(segments.contains { $0 == nil } && segments.contains { $0 != nil }, "\(kind)")
        }
    }
}
