import Artifacts
import Builders
import Columns
import Events
import Platform
import TestSupport
import Testing

/// What is encoded comes back as it was, and the same artifact always gives the same bytes.
@Suite struct ArtifactEncoderTests {
    private let folder = TemporaryFolder()

    private func roundTrip(_ artifact: Artifact) throws -> Artifact {
        try ArtifactDecoder.decode(folder.open(encoded(artifact)))
    }

    private func artifact(_ kind: ArtifactKind, _ rows: RankedRows) -> Artifact {
        Artifact(ArtifactKey(.fixture(), kind, .fixture()), rows: rows, parameters: BuildParameters())
    }

    @Test(arguments: ArtifactKind.allCases, [nil, "all", "späte Käufer 👩‍👩‍👧"])
    func everyKind(kind: ArtifactKind, segment: String?) throws {
        let owner = SegmentKey.fixture(tenant: "a b", surface: "<&>\"", segment: segment)
        let artifact = Artifact.example(kind, of: owner, over: .fixture("0000-01-01", "9999-12-31"))
        let decoded = try roundTrip(artifact)
        #expect(decoded == artifact)
        #expect(decoded.key.description == artifact.key.description)
    }

    @Test(arguments: ArtifactKind.allCases)
    func nothingAtAll(kind: ArtifactKind) throws {
        let artifact = artifact(kind, RankedRows([]))
        #expect(try roundTrip(artifact) == artifact)
    }

    @Test func onlyEmptyRows() throws {
        let artifact = artifact(.sessionSeq, RankedRows([("ann", []), ("bob", []), ("", [])]))
        // An id is never empty; those of the two users may stand alone.
        #expect(try folder.refusal(encoded(artifact)) == .corrupt)
        let users = self.artifact(.sessionSeq, RankedRows([("ann", []), ("bob", [])]))
        #expect(try roundTrip(users).rows.exampleRows.map(\.key) == ["ann", "bob"])
    }

    @Test func idsOfAllSorts() throws {
        let ids = [
            "\"", "\\", "\n", "\u{1}", "\0", "<>&", "\u{2028}", "👩‍👩‍👧‍👦", "e\u{301}", "\u{e9}", "0", "00", "1", "10",
            "18446744073709551615", "18446744073709551616", "0123abcd-4567-89ab-cdef-0123456789ab",
            "0123ABCD-4567-89AB-CDEF-0123456789AB", String(repeating: "é", count: 2_048), "\u{FFFD}", " ", "\u{10FFFF}",
        ]
        let rows = RankedRows(ids.map { id in (id, ids.map { ($0, 1) }) })
        let artifact = artifact(.cooc, rows)
        let decoded = try roundTrip(artifact)
        #expect(decoded == artifact)
        // Swift takes the two forms of é for equal; the bytes tell them apart.
        #expect(Set(decoded.rows.exampleRows.map { Array($0.key.utf8) }) == Set(ids.map { Array($0.utf8) }))
    }

    @Test(arguments: [1, UInt64(UInt32.max), 1 << 32, 1 << 63, .max])
    func countsOfAnySize(count: UInt64) throws {
        let artifact = artifact(.popularity, RankedRows(popularity: [("a", .max), ("b", count), ("c", 1)]))
        #expect(try roundTrip(artifact).rows.counts == [.max, count, 1])
    }

    /// A block holds 65,536 values.
    @Test(arguments: [65_535, 65_536, 65_537])
    func entriesAboutTheSizeOfABlock(count: Int) throws {
        let entries = (0..<count).map { (id: "item \($0)", count: UInt64(count - $0)) }
        let popularity = artifact(.popularity, RankedRows(popularity: entries))
        #expect(try roundTrip(popularity) == popularity)
        let rows = artifact(.implicit, RankedRows(entries.map { ($0.id, [("x", $0.count)]) }))
        #expect(try roundTrip(rows) == rows)
    }

    @Test(arguments: ArtifactKind.allCases)
    func equalArtifactsAreEqualBytes(kind: ArtifactKind) throws {
        let bytes = encoded(.example(kind))
        let zstandard = Zstandard()
        _ = ArtifactEncoder.encode(.example(.cooc, weight: 9), using: zstandard)
        #expect(ArtifactEncoder.encode(.example(kind), using: zstandard) == bytes)
        #expect(try encoded(ArtifactDecoder.decode(folder.open(bytes))) == bytes)
        #expect(encoded(.example(kind, weight: 2)) != bytes)
        #expect(encoded(.example(kind, of: .fixture(segment: "all"))) != bytes)
        #expect(encoded(.example(kind, over: .fixture("2026-01-06", "2026-01-07"))) != bytes)
    }

    @Test func theVersionIsTheDigestOfTheFile() throws {
        let bytes = encoded(.example(.cooc))
        let reader = try ArtifactReader(folder.open(bytes))
        let digest = SHA256Digest(of: bytes.rawSpan)
        #expect(reader.version == digest.hexadecimal)
    }

    /// What a build was told is kept, by name; numbers that do not concern the kind are not.
    @Test func parameters() throws {
        var parameters = BuildParameters()
        parameters.maximumItemsPerArtifact = 7
        parameters.minimumCoocSupport = 3
        let names = ArtifactKind.allCases.map { kind in
            Artifact(ArtifactKey(.fixture(), kind, .fixture()), rows: RankedRows([]), parameters: parameters)
                .parameters.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
        }
        #expect(
            names == [
                "max_items_per_artifact=7", "max_items_per_artifact=7 max_neighbors_per_item=50 min_cooc_support=3",
                "max_items_per_user=500", "", "max_items_per_user=500",
            ])
        let cooc = Artifact(ArtifactKey(.fixture(), .cooc, .fixture()), rows: RankedRows([]), parameters: parameters)
        #expect(try roundTrip(cooc).parameters == cooc.parameters)
    }
}
