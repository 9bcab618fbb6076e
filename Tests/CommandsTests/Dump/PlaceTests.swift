import Foundation
import SystemPackage
import TestSupport
import Testing

/// A file that lies where another one belongs is damage to every command, however intact it is.
@Suite struct PlaceTests {
    private let demoFolder: DemoFolder
    private static let days = ".out/canonical/demo/home/exposures"

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish(through: 2)
    }

    private func copy(_ name: String, to other: String) throws {
        let folder = demoFolder.folder.path.appending(other).removingLastComponent()
        try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        _ = try demoFolder.folder.write(demoFolder.folder.read(name), as: other)
    }

    /// Both files are the same; the second one is not where it belongs.
    private func expectDamage(_ line: String, _ right: String, _ wrong: String, _ words: String) throws {
        let expected = try demoFolder.dumpTool(line.replacing("FILE", with: right))
        let result = try demoFolder.dumpTool(line.replacing("FILE", with: wrong))
        #expect(expected.exitCode == 0, "\(line): \(expected.standardError)")
        #expect(result.exitCode == 5, "\(line)")
        #expect(result.text == expected.text, "\(line)")
        #expect(result.standardError.contains("error: \(wrong): holds \(words)"), "\(line): \(result.standardError)")
    }

    @Test(arguments: [
        "demo/home/exposures/2026-01-02", "demo/other/exposures/2026-01-01", "other/home/exposures/2026-01-01",
    ])
    func aPartition(place: String) throws {
        let (right, wrong) = ("\(PlaceTests.days)/2026-01-01.rspart", ".out/canonical/\(place).rspart")
        try copy(right, to: wrong)
        let words =
            "the events of demo/home/2026-01-01, not the events of "
            + place.replacing("/exposures", with: "")
        for line in [
            "rows FILE", "rows FILE --head 2 --format csv", "rows FILE --skip-damaged", "blocks FILE", "columns FILE",
            "dictionary FILE item --counts",
        ] {
            try expectDamage(line, right, wrong, words)
        }
        let summary = try demoFolder.dumpTool("\(wrong) --format json")
        #expect(summary.exitCode == 5)
        #expect((summary.object?["damage"] as? [String])?.contains("\(wrong): holds \(words)") == true)
        let blocks = try demoFolder.dumpTool("blocks \(wrong) --format json")
        #expect(blocks.object?["damage"] as? [String] == ["\(wrong): holds \(words)"])
    }

    /// The name of an artifact is its digest, which only `summary` computes; its folders are free.
    @Test(arguments: ["demo/other/cooc", "other/home/cooc", "demo/home/implicit"])
    func aPublishedArtifact(place: String) throws {
        let right = try #require(
            demoFolder.content.fileNames.first { $0.hasPrefix("objectstore/demo/home/cooc/") })
        let name = try #require(right.split(separator: "/").last)
        let wrong = ".out/objectstore/\(place)/\(name)"
        try copy(".out/\(right)", to: wrong)
        let kind = try #require(place.split(separator: "/").last)
        let words = "cooc of demo/home, not \(kind) of \(place.dropLast(kind.count + 1))"
        for line in ["rows FILE", "blocks FILE", "columns FILE", "dictionary FILE row", "neighbors FILE sku-0001"] {
            try expectDamage(line, ".out/\(right)", wrong, words)
        }
        let lookups = try demoFolder.dumpTool("lookups \(wrong) --count 10 --format json")
        #expect(lookups.exitCode == 5)
        #expect(lookups.object?["lookups"] as? Int == 10)
        // What is not there may be in the file that belongs there.
        for line in ["neighbors \(wrong) nothing", "user \(wrong) u-001"] {
            let result = try demoFolder.dumpTool(line)
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains("holds \(words)"))
        }
    }

    @Test(arguments: ["demo/home/_/cooc/2026-01-01_2026-01-02", "demo/home/vip/cooc/2026-01-01_2026-01-01"])
    func aStagedArtifact(place: String) throws {
        try demoFolder.succeed("compute cooc \(demo) --start 2026-01-01 --end 2026-01-01")
        let right = try demoFolder.file("artifacts/", ".rsart")
        let name = try #require(right.split(separator: "/").last)
        let wrong = ".out/artifacts/\(place)/\(name)"
        try copy(".out/\(right)", to: wrong)
        try expectDamage(
            "rows FILE", ".out/\(right)", wrong, "cooc of demo/home/_, 2026-01-01_2026-01-01, not cooc of ")
    }

    @Test func oneKindOfFileInPlaceOfTheOther() throws {
        let (right, wrong) = ("\(PlaceTests.days)/2026-01-01.rspart", "\(PlaceTests.days)/2026-01-02.rspart")
        let artifact = try #require(demoFolder.content.fileNames.first { $0.hasSuffix(".rsart") })
        try copy(".out/\(artifact)", to: wrong)
        try expectDamage("columns FILE", ".out/\(artifact)", wrong, "an artifact, not a partition")
        try copy(right, to: ".out/\(artifact)")
        try expectDamage("columns FILE", right, ".out/\(artifact)", "a partition, not an artifact")
    }

    /// Elsewhere a file may have any name.
    @Test func aCopyElsewhere() throws {
        try copy("\(PlaceTests.days)/2026-01-01.rspart", to: "2026-01-02.rspart")
        #expect(try demoFolder.dumpTool("2026-01-02.rspart").exitCode == 0)
        try copy("\(PlaceTests.days)/2026-01-01.rspart", to: "\(PlaceTests.days)/copy.rspart")
        #expect(try demoFolder.dumpTool("\(PlaceTests.days)/copy.rspart").exitCode == 0)
    }
}
