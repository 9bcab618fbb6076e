import Artifacts
import Builders
import Events
import Foundation
import Platform
import TestSupport
import Testing

/// JSON v1 down to its last byte: services read it, and its digest is the version.
@Suite struct JSONv1WriterTests {
    /// A version for documents whose version does not matter.
    private static let noVersion = {
        let bytes: [UInt8] = []
        return SHA256Digest(of: bytes.rawSpan)
    }()

    private func document(_ artifact: Artifact, version: SHA256Digest) -> String {
        var bytes: [UInt8] = []
        do {
            try JSONv1Writer.write(artifact, version: version) { bytes += $0 }
        } catch {
            preconditionFailure("the rows are in memory: \(error)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func artifact(
        _ kind: ArtifactKind, _ rows: RankedRows, over window: Window = .fixture(),
    ) -> Artifact {
        Artifact(ArtifactKey(.fixture(), kind, window), rows: rows, parameters: BuildParameters())
    }

    @Test(arguments: JSONv1Golden.all)
    func theBytesAreThoseOfTheContract(golden: JSONv1Golden) throws {
        let version = try JSONv1Writer.version(of: golden.artifact)
        #expect(version.hexadecimal == golden.version)
        #expect(document(golden.artifact, version: version) == golden.document)
    }

    /// The digest is of a document of its own, without times or white space.
    @Test(arguments: JSONv1Golden.all)
    func theVersionIsTheDigestOfTheCompactForm(golden: JSONv1Golden) throws {
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(golden.document.utf8)) as? [String: Any])
        let build = try #require(object["build"] as? [String: String])
        #expect(build["version"] == golden.version)
        #expect(build["source_hash"] == golden.version)
        #expect(build["built_at"] == (object["window"] as? [String: String])?["end"])
    }

    @Test func escapes() {
        let id = "<>&\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1}\u{1F}\u{7F}\u{2027}\u{2028}\u{2029}\u{202A}é👩"
        let escaped =
            "\\u003c\\u003e\\u0026\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u0001\\u001f\u{7F}\u{2027}\\u2028\\u2029\u{202A}é👩"
        let version = JSONv1WriterTests.noVersion
        for kind in ArtifactKind.allCases where kind.form != .ranking {
            let rows = RankedRows([(id, [(id, 1)])], isCounted: kind.form != .tags)
            let parts = document(artifact(kind, rows), version: version).components(separatedBy: "\"\(escaped)\"")
            #expect(parts.count == 3, "\(kind)")
        }
        let rows = RankedRows(popularity: [(id, 1)])
        #expect(document(artifact(.popularity, rows), version: version).contains("\"\(escaped)\""))
        let owner = SegmentKey.fixture(tenant: "a&b", surface: "<\u{2028}>", segment: "é\"")
        let header = #""tenant":"a\u0026b","surface":"\u003c\u2028\u003e","segment":"é\"""#
        let written = document(.example(.cooc, of: owner), version: version)
        #expect(written.replacing(#/\n */#, with: "").replacing("\": ", with: "\":").contains(header))
    }

    /// The end of a window is the first instant after it.
    @Test(
        arguments: [
            ("2026-01-07", "2026-01-07", "2026-01-08"), ("2026-01-01", "2026-12-31", "2027-01-01"),
            ("2024-02-28", "2024-02-28", "2024-02-29"), ("2023-02-28", "2023-02-28", "2023-03-01"),
            ("9999-12-31", "9999-12-31", "10000-01-01"), ("0000-01-01", "0000-01-01", "0000-01-02"),
        ])
    func theEndIsExclusive(first: String, last: String, end: String) {
        let artifact = artifact(.popularity, RankedRows([]), over: .fixture(first, last))
        let expected = """
              "window": {
                "start": "\(first)T00:00:00Z",
                "end": "\(end)T00:00:00Z"
              },
            """
        #expect(document(artifact, version: JSONv1WriterTests.noVersion).contains(expected))
    }

    @Test(arguments: [1, 1 << 16, 1 << 31, .max] as [UInt32])
    func countsAreWholeNumbersOfAnySize(count: UInt32) {
        let popularity = artifact(.popularity, RankedRows(popularity: [("a", count)]))
        #expect(document(popularity, version: JSONv1WriterTests.noVersion).contains("\"count\": \(count)\n"))
    }

    @Test func aLargeDocumentComesInPieces() throws {
        let rows = (0..<4_000).map {
            ExampleRow(key: "user \($0 + 10_000)", entries: [("a", 1), ("b", UInt32($0 + 1))])
        }
        let artifact = artifact(.implicit, RankedRows(rows))
        let version = try JSONv1Writer.version(of: artifact)
        var pieces: [[UInt8]] = []
        try JSONv1Writer.write(artifact, version: version) { pieces.append($0) }
        #expect(pieces.count > 4)
        #expect(pieces.allSatisfy { $0.count < 1 << 17 })
        let whole = String(decoding: pieces.joined(), as: UTF8.self)
        #expect(whole == spelledOut(rows, version: version.hexadecimal))
        let compact = spelledOut(rows, version: "").replacing(#/\n */#, with: "").replacing("\": ", with: "\":")
            .replacing("\"2026-01-08T00:00:00Z\",\"version\":\"\",\"source_hash\":\"\"", with: "\"\",\"version\":\"\"")
        let bytes = Array(compact.utf8)
        let digest = SHA256Digest(of: bytes.rawSpan)
        #expect(version == digest)
    }

    @Test(arguments: [ArtifactKind.popularity, .cooc])
    func scoresHaveNoPlace(kind: ArtifactKind) throws {
        let artifact = Artifact.scoredExample(kind)
        let errors = [
            #expect(throws: ArtifactError.self) { try JSONv1Writer.version(of: artifact) },
            #expect(throws: ArtifactError.self) {
                try JSONv1Writer.write(artifact, version: JSONv1WriterTests.noVersion) { _ in }
            },
        ]
        for error in errors {
            #expect(error?.kind == .usage)
            #expect(error?.message == "\(artifact.key): has scores, and JSON v1 holds counts only")
            #expect(error?.remedy?.contains("export --format tsv") == true)
        }
    }

    @Test func anErrorOfTheSinkIsPassedOn() {
        struct Full: Error {}
        let artifact = Artifact.example(.cooc)
        #expect(throws: Full.self) {
            try JSONv1Writer.write(artifact, version: JSONv1Writer.version(of: artifact)) { _ in throw Full() }
        }
    }

    /// The document of an implicit artifact of the fixture's owner and window, put together without a writer.
    private func spelledOut(_ rows: [ExampleRow], version: String) -> String {
        let users = rows.map { row in
            let items = row.entries.map { entry in
                """
                        {
                          "item_id": "\(entry.id)",
                          "score": \(entry.count)
                        }
                """
            }
            let list = items.joined(separator: ",\n")
            return "    {\n      \"user_id\": \"\(row.key)\",\n      \"items\": [\n\(list)\n      ]\n    }"
        }
        return """
            {
              "v": 1,
              "artifact_type": "implicit",
              "tenant": "demo",
              "surface": "home",
              "window": {
                "start": "2026-01-07T00:00:00Z",
                "end": "2026-01-08T00:00:00Z"
              },
              "users": [
            \(users.joined(separator: ",\n"))
              ],
              "build": {
                "built_at": "2026-01-08T00:00:00Z",
                "version": "\(version)",
                "source_hash": "\(version)"
              }
            }

            """
    }
}
