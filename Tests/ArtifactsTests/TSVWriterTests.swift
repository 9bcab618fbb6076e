import Artifacts
import Builders
import TestSupport
import Testing

/// Lines that a spreadsheet or a script reads.
@Suite struct TSVWriterTests {
    private func text(_ artifact: Artifact) throws -> String {
        var bytes: [UInt8] = []
        try TSVWriter.write(artifact) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func artifact(_ kind: ArtifactKind, _ rows: RankedRows) -> Artifact {
        Artifact(ArtifactKey(.fixture(), kind, .fixture()), rows: rows, parameters: BuildParameters())
    }

    private static let golden: [(kind: ArtifactKind, text: String)] = [
        (.popularity, "item\tscore\npear\t5\napple\t3\nfig\t1\n"),
        (.cooc, "item\tneighbour\tscore\napple\tpear\t2\npear\tapple\t2\npear\tfig\t1\n"),
        (.implicit, "user\titem\tscore\nann\tpear\t3\nann\tfig\t1\nbob\tpear\t1\n"),
        (.sessionSeq, "user\titem\tscore\nann\tfig\t4\n"),
        (.contentSim, "item\ttag\napple\tred\napple\tfruit 1\nfig\tred\n"),
    ]

    @Test(arguments: golden)
    func everyKind(kind: ArtifactKind, expected: String) throws {
        #expect(try text(.example(kind)) == expected)
        let header = expected.prefix { $0 != "\n" } + "\n"
        #expect(try text(artifact(kind, RankedRows([], isCounted: kind != .contentSim))) == header)
    }

    @Test func scores() throws {
        #expect(try text(.scoredExample(.popularity)) == "item\tscore\npear\t5.5\napple\t0.1\nfig\t0.1\n")
        #expect(
            try text(.scoredExample(.cooc)) == """
                item\tneighbour\tscore
                apple\tpear\t1e+300
                apple\tfig\t0
                pear\tfig\t5e-324
                pear\tapple\t-0.25
                pear\tplum\t-1.000000001

                """)
    }

    /// What is printed reads back as the same number.
    @Test func scoresRoundTrip() throws {
        var generator = SplitMix64(seed: 3)
        let scores = (0..<2_000).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite).sorted(by: >)
        let rows = RankedRows(scored: [("", scores.enumerated().map { (id: "\($0.offset)", score: $0.element) })])
        let lines = try text(artifact(.popularity, rows)).split(separator: "\n").dropFirst()
        #expect(lines.map { Double($0.split(separator: "\t")[1]) } == scores)
    }

    @Test func whatWouldBreakALineIsEscaped() throws {
        let id = "\\t\t\n\r\u{0}\"é\u{2028}"
        let escaped = "\\\\t\\t\\n\\r\u{0}\"é\u{2028}"
        let cooc = artifact(.cooc, RankedRows([(id, [(id, 1)])]))
        #expect(try text(cooc) == "item\tneighbour\tscore\n\(escaped)\t\(escaped)\t1\n")
        let tags = artifact(.contentSim, RankedRows([(id, [(id, 0)])], isCounted: false))
        #expect(try text(tags) == "item\ttag\n\(escaped)\t\(escaped)\n")
    }

    @Test func aLongTextComesInPieces() throws {
        let rows = RankedRows((0..<20_000).map { ("user \($0)", [("a", 2), ("b", 1)]) })
        var pieces: [[UInt8]] = []
        try TSVWriter.write(artifact(.implicit, rows)) { pieces.append($0) }
        #expect(pieces.count > 4)
        #expect(pieces.allSatisfy { $0.count < 1 << 17 })
        let lines = String(decoding: pieces.joined(), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 40_001)
        #expect(Set(lines).count == 40_001)
    }

    @Test func anErrorOfTheSinkIsPassedOn() {
        struct Full: Error {}
        #expect(throws: Full.self) { try TSVWriter.write(.example(.cooc)) { _ in throw Full() } }
    }
}
