import Columns
import Platform
import TestSupport
import Testing

@testable import Artifacts

/// The version of JSON v1 is derived anew from all of its bytes but white space, and what is behind them has one form.
@Suite struct JSONv1VerifierTests {
    private static let golden = JSONv1Golden.all[0]

    private func version(_ document: String) throws -> String {
        let folder = TemporaryFolder()
        let path = try folder.write(Array(document.utf8), as: "artifact.json")
        return try JSONv1Verifier.version(of: DataFile(path: path)).hexadecimal
    }

    @Test(arguments: JSONv1Golden.all) func whatIsWrittenHasItsVersion(golden: JSONv1Golden) throws {
        #expect(try version(golden.document) == golden.version)
        #expect(try version(golden.document.filter { $0 != "\n" }) == golden.version)
    }

    @Test("other content is of another version") func otherContent() {
        let document = Self.golden.document.replacing("\"v\": 1", with: "\"v\": 2")
        #expect(throws: FormatError.self) { try version(document) }
    }

    @Test(
        "what follows the content has one form",
        arguments: [
            ("\"built_at\": \"", "\"built_at\": \"yesterday "), ("\"built_at\":", "\"made_at\":"),
            ("\"source_hash\":", "\"sha256\":"), ("\"source_hash\": \"", "\"source_hash\": \"0"),
            ("\n}\n", "\n}}\n"), ("\n}\n", "\n} true\n"), ("\n}\n", "\n"),
        ])
    func otherEnd(found: String, replacement: String) throws {
        let document = Self.golden.document.replacing(found, with: replacement)
        try #require(document != Self.golden.document)
        let error = #expect(throws: FormatError.self) { try version(document) }
        #expect(error?.description.contains("it does not end with the \"build\" of JSON v1") == true)
    }

    @Test("source_hash is the version again") func otherSource() throws {
        let document = Self.golden.document
        let member = "\"source_hash\": \"\(Self.golden.version)\""
        try #require(document.contains(member))
        let other = "\"source_hash\": \"\(String(Self.golden.version.reversed()))\""
        #expect(throws: FormatError.self) { try version(document.replacing(member, with: other)) }
    }
}
