import Builders
import Foundation
import Testing

@testable import Pipeline

/// The page about the configuration names every setting, and none that does not exist.
@Suite struct ConfigurationDocumentationTests {
    @Test func thePageNamesEveryKeyWithItsVariable() throws {
        let table = try ConfigurationDocumentationTests.rows(below: "## Environment variables")
        let documented = table.map { "\($0[0]) \($0[1])" }
        #expect(documented.sorted() == Setting.all.map { "\($0.key) \($0.environmentName)" }.sorted())
    }

    @Test func theTablesOfDefaultsHaveEveryKeyOnce() throws {
        let headings = [
            "## Places", "## What is made", "## Lengths of lists", "## What is counted", "## Guardrails", "## Gates",
        ]
        let documented = try headings.flatMap { try ConfigurationDocumentationTests.rows(below: $0).map { $0[0] } }
        #expect(documented.sorted() == Setting.all.map(\.key).sorted())
    }

    @Test func thePageExplainsEveryScore() throws {
        let documented = try ConfigurationDocumentationTests.rows(below: "## Scores of cooc").map { $0[0] }
        #expect(documented == CoocScore.allCases.map(\.rawValue))
    }

    /// The cells of the rows that begin with a key, in the section below a heading; without the quotes around code.
    private static func rows(below heading: String) throws -> [[String]] {
        let root = (0..<3).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let page = root.appending(components: "docs", "reference", "config.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == heading })
        return lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("| `") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
        }
    }
}
