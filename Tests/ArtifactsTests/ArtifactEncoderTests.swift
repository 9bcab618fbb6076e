import Artifacts
import Builders
import Columns
import Events
import Platform
import SystemPackage
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

    @Test(arguments: [ArtifactKind.popularity, .cooc])
    func scores(kind: ArtifactKind) throws {
        let artifact = Artifact.scoredExample(kind)
        #expect(try roundTrip(artifact) == artifact)
        let empty = Artifact(artifact.key, rows: RankedRows(scored: []), parameters: artifact.parameters)
        #expect(try roundTrip(empty) == empty)
        #expect(try roundTrip(empty).rows.valueKind == .scores)
    }

    @Test(arguments: ArtifactKind.allCases)
    func nothingAtAll(kind: ArtifactKind) throws {
        let artifact = artifact(kind, RankedRows([], isCounted: kind != .contentSim))
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
        let entries = ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { (id: $0, count: UInt32(1)) }
        let rows = RankedRows(ids.map { id in (id, entries) })
        let artifact = artifact(.cooc, rows)
        let decoded = try roundTrip(artifact)
        #expect(decoded == artifact)
        // Swift takes the two forms of é for equal; the bytes tell them apart.
        #expect(Set(decoded.rows.exampleRows.map { Array($0.key.utf8) }) == Set(ids.map { Array($0.utf8) }))
    }

    @Test(arguments: [1, 1 << 16, 1 << 31, .max] as [UInt32])
    func countsOfAnySize(count: UInt32) throws {
        let artifact = artifact(.popularity, RankedRows(popularity: [("a", .max), ("b", count), ("c", 1)]))
        #expect(try roundTrip(artifact).rows.counts(in: 0..<3) == [.max, count, 1])
    }

    /// A block holds 65,536 values.
    @Test(arguments: [65_535, 65_536, 65_537])
    func entriesAboutTheSizeOfABlock(count: Int) throws {
        let entries = (0..<count).map { (id: "item \($0)", count: UInt32(count - $0)) }
        let popularity = artifact(.popularity, RankedRows(popularity: entries))
        #expect(try roundTrip(popularity) == popularity)
        let rows = artifact(.implicit, RankedRows(entries.map { ($0.id, [("x", $0.count)]) }))
        #expect(try roundTrip(rows) == rows)
    }

    /// Many blocks of each section, in memory or in a file, encoded by any number of threads.
    @Test(arguments: RankedRows.ValueKind.allCases)
    func bytesDependOnTheRowsAlone(values: RankedRows.ValueKind) throws {
        let space = ScratchSpace(root: folder.path.appending("scratch"), name: "run", memoryByteCount: 0)
        let artifacts = try [ScratchSpace.memory, space].map {
            Artifact.large(values, try RankedRows.large(values, $0))
        }
        let bytes = encoded(artifacts[0])
        for artifact in artifacts {
            for threadCount in [1, 2, 5] { #expect(encoded(artifact, threadCount: threadCount) == bytes) }
        }
        let decoded = try ArtifactDecoder.decode(folder.open(bytes), keepingRowsIn: space)
        #expect(decoded == artifacts[0])
        #expect(encoded(decoded, threadCount: 2) == bytes)
    }

    @Test(arguments: [1, 2, 5])
    func whatCannotBeWrittenEndsTheEncoding(threadCount: Int) throws {
        struct Full: Error {}
        let artifact = Artifact.large(.counts, try RankedRows.large(.counts, .memory))
        let byteCount = encoded(artifact).count
        for limit in [0, 32, byteCount / 2, byteCount - 1] {
            var written = 0
            #expect(throws: Full.self) {
                try ArtifactEncoder.encode(artifact, threadCount: threadCount, using: Zstandard()) { piece in
                    written += piece.byteCount
                    if written > limit { throw Full() }
                }
            }
        }
    }

    @Test(arguments: ArtifactKind.allCases)
    func equalArtifactsAreEqualBytes(kind: ArtifactKind) throws {
        let bytes = encoded(.example(kind))
        let zstandard = Zstandard()
        _ = encoded(.example(.cooc, weight: 9), using: zstandard)
        #expect(encoded(.example(kind), using: zstandard) == bytes)
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

    /// Numbers and words; a whole number is one however it is given.
    @Test(
        arguments: [
            ArtifactParameter("a", .max), ArtifactParameter("a", -1), ArtifactParameter("a", 7.5),
            ArtifactParameter("a", 1e300), ArtifactParameter("a", -0.1), ArtifactParameter("a", 7.0),
            ArtifactParameter("a", "7"), ArtifactParameter("a", "<\u{2028}é\"\n"), ArtifactParameter("a", ""),
            ArtifactParameter("é\"", 1),
        ])
    func parametersOfEveryType(parameter: ArtifactParameter) throws {
        let artifact = Artifact.example(.cooc)
        #expect(try roundTrip(artifact).parameters == artifact.parameters)
        let told = Artifact(artifact.key, rows: artifact.rows, parameters: [parameter])
        #expect(try roundTrip(told).parameters == [parameter])
        #expect(ArtifactParameter("a", 7.0) == ArtifactParameter("a", 7))
    }
}

extension RankedRows {
    /// Rows of several blocks, the same ones wherever they are kept.
    fileprivate static func large(_ values: ValueKind, _ scratch: ScratchSpace) throws -> RankedRows {
        var generator = SplitMix64(seed: 11)
        let keys = IdentifierList((0..<70_000).map { String(100_000 + $0) })
        var (lengths, members) = (ScratchArrayBuilder<UInt32>(in: scratch), ScratchArrayBuilder<UInt32>(in: scratch))
        var (counts, scores) = (ScratchArrayBuilder<UInt32>(in: scratch), ScratchArrayBuilder<UInt64>(in: scratch))
        for _ in keys.indices {
            let ranks = 0..<UInt32.random(in: 1...5, using: &generator)
            let row = ranks.map { $0 * 10_000 + .random(in: 0..<10_000, using: &generator) }
            let bits = row.enumerated().map { (Double($0.element % 7) - Double($0.offset) * 8).bitPattern }
            let (length, falling) = ([UInt32(ranks.count)], ranks.map { 9 - $0 })
            try lengths.append(length.span)
            try members.append(row.span)
            try counts.append(falling.span)
            try scores.append(bits.span)
        }
        let kept: Values =
            switch values {
            case .none: .none
            case .counts: .counts(try counts.finish())
            case .scores: .scores(try scores.finish())
            }
        return RankedRows(
            rowKeys: keys, memberKeys: keys, rowLengths: try lengths.finish(), members: try members.finish(),
            values: kept)
    }
}

extension Artifact {
    fileprivate static func large(_ values: RankedRows.ValueKind, _ rows: RankedRows) -> Artifact {
        Artifact(
            ArtifactKey(.fixture(), values == .none ? .contentSim : .cooc, .fixture()), rows: rows,
            parameters: BuildParameters())
    }
}
