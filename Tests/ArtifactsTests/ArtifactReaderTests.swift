import Builders
import Columns
import Events
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Artifacts

/// An opened artifact answers look-ups with just what it was made of.
@Suite struct ArtifactReaderTests {
    private let folder = TemporaryFolder()

    private func open(_ artifact: Artifact) throws -> ArtifactReader {
        try ArtifactReader(path: folder.write(encoded(artifact), as: "artifact.rsart").string)
    }

    private func open(_ kind: ArtifactKind, _ rows: [ExampleRow]) throws -> ArtifactReader {
        let rows = RankedRows(rows, isCounted: kind != .contentSim)
        return try open(Artifact(ArtifactKey(.fixture(), kind, .fixture()), rows: rows, parameters: BuildParameters()))
    }

    @Test func whatItIs() throws {
        let owner = SegmentKey.fixture(segment: "all")
        let reader = try open(.example(.implicit, of: owner, over: .fixture("2026-01-01", "2026-01-31")))
        #expect(reader.kind == "implicit")
        #expect([reader.tenant, reader.surface, reader.segment] == ["demo", "home", "all"])
        #expect([reader.firstDay, reader.lastDay] == ["2026-01-01", "2026-01-31"])
        #expect(try open(.example(.implicit)).segment == nil)
    }

    @Test(arguments: [(-1, 0), (.min, 0), (0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (.max, 3)])
    func top(n: Int, count: Int) throws {
        let top = try open(.example(.popularity)).top(n: n)
        #expect(top.map(\.id) == Array(["pear", "apple", "fig"].prefix(count)))
        #expect(top.map(\.score) == Array([5, 3, 1].prefix(count)))
    }

    @Test func anEmptyRanking() throws {
        let reader = try open(.popularity, [])
        #expect(reader.top(n: 5).isEmpty)
        #expect(reader.top(n: 5).count == 0)
    }

    @Test func neighbors() throws {
        let reader = try open(.example(.cooc))
        let neighbors = try #require(reader.neighbors(of: "pear"))
        #expect(neighbors.map(\.id) == ["apple", "fig"])
        #expect(neighbors.map(\.score) == [2, 1])
        #expect(neighbors[1].id == "fig" && neighbors[1].score == 1)
        #expect(neighbors.last?.id == "fig")
    }

    @Test func items() throws {
        #expect(try open(.example(.implicit)).items(for: "ann")?.map(\.id) == ["pear", "fig"])
        let histories = try open(.example(.sessionSeq))
        #expect(histories.items(for: "ann")?.map(\.score) == [4])
        // Known, with nothing after the first event.
        #expect(histories.items(for: "bob")?.isEmpty == true)
        #expect(histories.items(for: "cid") == nil)
    }

    @Test func tags() throws {
        let tags = try open(.example(.contentSim)).tags(of: "apple")
        #expect(tags?.map(\.id) == ["red", "fruit 1"])
        #expect(tags?.map(\.score) == [0, 0])
    }

    @Test(arguments: ["", "a", "ann ", "Ann", "annn", "z", "\u{10FFFF}", "ann\0"])
    func unknownKeys(key: String) throws {
        #expect(try open(.example(.implicit)).items(for: key) == nil)
        #expect(try open(.example(.cooc)).neighbors(of: key) == nil)
        #expect(try open(.example(.contentSim)).tags(of: key) == nil)
    }

    @Test(arguments: ArtifactKind.allCases)
    func anotherKindKnowsNothing(kind: ArtifactKind) throws {
        let reader = try open(.example(kind))
        let keys = ["apple", "ann"]
        #expect(kind.form == .ranking || reader.top(n: 9).isEmpty)
        #expect(kind.form == .neighbors || keys.allSatisfy { reader.neighbors(of: $0) == nil })
        #expect(kind.form == .users || keys.allSatisfy { reader.items(for: $0) == nil })
        #expect(kind.form == .tags || keys.allSatisfy { reader.tags(of: $0) == nil })
    }

    /// Ids that begin alike, or that Swift takes for equal though their bytes differ.
    @Test func keysThatResembleEachOther() throws {
        let keys = [
            "a", "aa", "aaaaaaaa", "aaaaaaaab", "aaaaaaaaa", "ab", "e\u{301}", "\u{e9}", "1", "10", "01", "é\0",
        ]
        let reader = try open(.cooc, keys.enumerated().map { ($1, [("x", UInt32($0 + 1))]) })
        for (index, key) in keys.enumerated() {
            #expect(reader.neighbors(of: key)?.map(\.score) == [Double(index + 1)], "\(key)")
        }
    }

    @Test(arguments: IdentifierStyle.allCases)
    func everyRowOfARandomArtifact(style: IdentifierStyle) throws {
        var generator = SplitMix64(seed: 5)
        let rows = (0..<300).map { row in
            let entries = (0...Int.random(in: 0..<9, using: &generator)).map { rank in
                let count = UInt32.max - UInt32(rank << 28) - .random(in: 0..<1 << 28, using: &generator)
                return (id: style.text(.random(in: 0..<500, using: &generator)), count: count)
            }
            return ExampleRow(key: style.text(row * 2), entries: entries)
        }
        let reader = try open(.implicit, rows)
        for (index, row) in rows.enumerated() {
            let items = reader.items(for: row.key)
            #expect(items?.map(\.id) == row.entries.map(\.id))
            #expect(items?.map(\.score) == row.entries.map { Double($0.count) })
            #expect(reader.items(for: style.text(index * 2 + 1)) == nil)
        }
    }

    @Test(arguments: [ArtifactKind.popularity, .cooc])
    func scores(kind: ArtifactKind) throws {
        let artifact = Artifact.scoredExample(kind)
        let reader = try open(artifact)
        for row in artifact.rows.scoredRows {
            let list = kind == .popularity ? reader.top(n: 9) : try #require(reader.neighbors(of: row.key))
            #expect(list.map(\.id) == row.entries.map(\.id))
            #expect(list.map(\.score) == row.entries.map(\.score))
        }
    }

    @Test func keysAreThoseOfTheRows() throws {
        #expect(try open(.example(.implicit)).keys == ["ann", "bob"])
        #expect(try open(.example(.popularity)).keys.isEmpty)
    }

    @Test func anotherVersionIsRefused() throws {
        let path = try folder.write(encoded(.example(.cooc)), as: "artifact.rsart").string
        let version = try ArtifactReader(path: path).version
        #expect(try ArtifactReader(path: path, version: version).version == version)
        let other = String(version.reversed())
        let error = #expect(throws: FormatError.self) { try ArtifactReader(path: path, version: other) }
        #expect(error?.code == .mismatched)
        #expect(error?.detail == "its SHA-256 is \(version), not \(other)")
    }

    @Test func noSuchFile() {
        let path = folder.path.appending("none.rsart").string
        let error = #expect(throws: StorageError.self) { try ArtifactReader(path: path) }
        #expect(error?.kind == .notFound)
        #expect(
            error?.description == "\(path): cannot open: No such file or directory\n  check the spelling of the path")
    }
}
