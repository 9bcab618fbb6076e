import Foundation
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// What the files of a registry and a staging area say of each other holds, or the one that is wrong is named.
@Suite struct VerificationOfRegistriesTests {
    private let verified: VerifiedWorld
    private var folder: TemporaryFolder { verified.world.folder }

    init() throws { verified = try VerifiedWorld() }

    /// An artifact is where its record belongs, wherever the record says it was.
    @Test func aRecordOfAnotherTenantsArtifactIsNamed() throws {
        let record = try verified.file("registry/records/demo/home/popularity")
        let copy = record.replacing("records/demo", with: "records/other")
        let text = String(decoding: try folder.read(record), as: UTF8.self)
        try folder.write(text.replacing(#""tenant": "demo""#, with: #""tenant": "other""#), as: copy)
        let report = try verified.report(.quick)
        #expect(report.problems.map(\.role) == ["record"])
        #expect(report.problems.first?.failure.message.contains(": this blob is missing, ") == true)
    }

    /// A copy that was fetched has the name that it had in the object store.
    @Test func aFetchedArtifactIsTheOneThatItsNameSays() throws {
        let blobs = verified.names.filter { $0.hasPrefix("out/objectstore/demo/home/cooc") }
        let name = try #require(blobs[0].split(separator: "/").last.map(String.init))
        _ = try folder.write(try folder.read(blobs[0]), as: name)
        #expect(try verified.report(.deep, [name]).problems.isEmpty)
        _ = try folder.write(try folder.read(blobs[1]), as: name)
        #expect(try verified.report(.full, [name]).problems.isEmpty)
        #expect(verified.problems(try verified.report(.deep, [name])) == [name])
    }

    @Test(arguments: ["registry/current/demo/home/manifest.json", "registry/current/demo/home/segments"])
    func aManifestThatNamesArtifactsElsewhere(beginning: String) throws {
        let name = try verified.file(beginning)
        try verified.edit(name, "objectstore/demo/home/popularity/", "objectstore/demo/home/elsewhere/")
        let report = try verified.report(.quick, [name])
        #expect(report.problems.first?.failure.message.hasPrefix(folder.path.appending(name).string) == true)
    }

    @Test func aGapInTheHistoryIsNamed() throws {
        try folder.remove("out/registry/history/demo/home/00000001.json")
        let report = try verified.report(.quick)
        #expect(verified.problems(report) == ["out/registry/history/demo/home/00000002.json"])
        #expect(report.problems[0].failure.kind == .notFound)
        #expect(report.problems[0].failure.message.contains("home/00000001.json: this entry"))
    }

    @Test func aManifestThatIsMissingIsNamed() throws {
        try folder.remove("out/registry/current/demo/home/manifest.json")
        let report = try verified.report(.quick)
        #expect(verified.problems(report) == ["out/registry/history/demo/home/00000002.json"])
        #expect(report.problems[0].failure.message.contains("home/manifest.json: this manifest is missing"))
    }

    /// What services load is verified by naming the manifest alone.
    @Test(arguments: ["registry/current/demo/home/manifest.json", "registry/history/demo/home/00000002.json"])
    func aManifestBringsWhatItNames(name: String) throws {
        let manifest = String(decoding: try folder.read("out/" + name), as: UTF8.self)
        let blob = try #require(
            verified.names.first { $0.hasPrefix("out/objectstore/") && manifest.contains($0) })
        #expect(try verified.report(.full, ["out/" + name]).problems.isEmpty)
        var bytes = try folder.read(blob)
        bytes[40] ^= 1
        _ = try folder.write(bytes, as: blob)
        #expect(verified.problems(try verified.report(.full, ["out/" + name])) == [blob])
    }

    @Test func aRecordThatLiesAboutAnIntactArtifactIsNamed() throws {
        let name = try verified.file("registry/records/demo/home/cooc")
        let text = String(decoding: try folder.read(name), as: UTF8.self)
        try folder.write(text.replacing(/"bytes": \d+/, with: #""bytes": 1"#), as: name)
        let report = try verified.report(.quick, [name])
        #expect(verified.problems(report) == [name])
        #expect(report.problems[0].failure.message.contains(" is intact and has "))
    }

    @Test func aManifestThatTheHistoryDoesNotKnowIsNamed() throws {
        let name = "out/registry/current/demo/home/manifest.json"
        try verified.edit(name, #""updated_at": "2"#, #""updated_at": "3"#)
        let report = try verified.report(.quick)
        #expect(verified.problems(report) == [name])
        #expect(report.problems[0].failure.message.contains("no entry of its history"))
    }

    /// It is intact, so nobody should restore it.
    @Test(
        arguments: [
            "registry/current", "registry/history/demo/home/00000002", "registry/records", "ledger", "checkpoints",
        ])
    func whatANewerVersionWroteIsNotVerified(beginning: String) throws {
        let name = try verified.file(beginning)
        try verified.edit(name, "{\n  \"v\": 1", "{\n  \"v\": 2")
        let failure = try #require(try verified.report(.quick, [name]).problems.first?.failure)
        #expect(failure.kind == .usage)
        #expect(failure.remedy?.contains("newer") == true)
    }

    @Test func aStagedArtifactWithoutItsNoteIsNamed() throws {
        let note = try verified.file("artifacts", ".provenance.json")
        let artifact = note.replacing(".provenance.json", with: ".rsart")
        try folder.remove(note)
        let report = try verified.report(.quick)
        #expect(verified.problems(report) == [artifact])
        #expect(report.problems[0].failure.kind == .notFound)
        // A link to itself cannot be opened, whoever asks.
        try folder.makeLink(note, to: note.split(separator: "/").last.map(String.init) ?? "")
        #expect(try verified.report(.quick, [artifact]).problems.map(\.failure.kind) == [.storage])
    }

    /// The process that was to stage it was killed, or is at it.
    @Test func aNoteWithoutItsArtifactIsNoProblem() throws {
        let note = try verified.file("artifacts", ".provenance.json")
        try folder.remove(note.replacing(".provenance.json", with: ".rsart"))
        #expect(try verified.report(.deep).problems.isEmpty)
    }
}
