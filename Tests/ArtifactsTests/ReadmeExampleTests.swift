import Artifacts
import Foundation
import Testing

/// The example of the README for services: it compiles, with what the library promises to others alone.
@Suite struct ReadmeExampleTests {
    /// The example, as somebody would write it.
    static func example() throws {
        struct Manifest: Decodable { let current: [String: URL] }

        let file = URL(filePath: ".out/registry/current/demo/home/manifest.json")
        let manifest = try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: file))
        guard let cooc = manifest.current["cooc"] else { fatalError("no cooc is published") }
        let version = cooc.deletingPathExtension().lastPathComponent
        let reader = try ArtifactReader(path: cooc.path(percentEncoded: false), version: version)
        if let neighbors = reader.neighbors(of: "sku-0001") {
            for neighbor in neighbors.prefix(3) { print(neighbor.id, neighbor.score) }
        }
    }

    @Test func theReadmeHasJustTheseLines() throws {
        let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
        let body = try #require(
            source.firstMatch(of: /static func example\(\) throws \{\n(.*?)\n    \}\n/.dotMatchesNewlines()))
        let root = (0..<3).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let block = try #require(readme.firstMatch(of: /```swift\n(.*?)```/.dotMatchesNewlines()))
        let lines = body.output.1.split(separator: "\n", omittingEmptySubsequences: false).map { $0.dropFirst(8) }
        #expect(block.output.1 == "import Artifacts\nimport Foundation\n\n" + lines.joined(separator: "\n") + "\n")
    }
}
