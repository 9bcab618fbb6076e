import Platform
import TestSupport
import Testing

/// No golden file was changed, none is missing, and none is there that the list does not know.
@Suite struct GoldenFilesTests {
    @Test func theListNamesEveryFileThatThereIs() throws {
        #expect(try GoldenFolder.names == GoldenFolder.digests.keys.sorted())
    }

    @Test func noFileWasChanged() throws {
        for (name, digest) in try GoldenFolder.digests {
            let bytes = GoldenFolder.bytes(name) ?? []
            #expect(SHA256Digest(of: bytes.rawSpan).hexadecimal == digest, "\(name) was changed")
        }
    }

    /// Files that no case knows would never be read again.
    @Test func everyFileIsOneOfACaseInTheTests() throws {
        let names = try GoldenFolder.names.filter { $0.hasSuffix(".rspart") }.map { String($0.dropLast(7)) }
        #expect(Set(names) == Set(GoldenPartition.all.map(\.name)))
    }

    @Test func theyAreSmall() throws {
        let sizes = try GoldenFolder.names.map { GoldenFolder.bytes($0)?.count ?? 0 }
        #expect(sizes.reduce(0, +) < 500_000)
        #expect(sizes.filter { $0 > 2_048 }.count * 10 < sizes.count)
    }
}
