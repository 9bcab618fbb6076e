import Foundation
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// A verification finds the files of a store wherever they are, and opens nothing else.
@Suite struct VerificationOfTreesTests {
    private let verified: VerifiedWorld
    private var folder: TemporaryFolder { verified.world.folder }

    init() throws { verified = try VerifiedWorld() }

    /// Opened, a pipe that nobody writes to would keep the verification waiting for ever.
    @Test func whatIsNoFileIsNeverOpened() throws {
        let names = [
            "out/canonical/demo/home/exposures/2026-01-03.rspart", "out/ledger/demo/home/pipe.json",
            "out/registry/current/demo/home/segments/vip/pipe",
        ]
        for name in names { try folder.makePipe(name) }
        let report = try verified.report(.full)
        #expect(report.problems.isEmpty)
        #expect(Set(report.others.map(verified.name)) == Set(names))
        #expect(try failureKind { _ = try verified.report(.full, [names[0]]) } == .usage)
    }

    /// The manifest of a pipe is no manifest either when another file leads to it.
    @Test func aPipeInPlaceOfARecordIsRefused() throws {
        let record = try verified.file("registry/records/demo/home/popularity")
        try folder.remove(record)
        try folder.makePipe(record)
        let report = try verified.report(.quick)
        #expect(report.problems.allSatisfy { $0.role == "manifest" || $0.role == "history entry" })
        #expect(!report.problems.isEmpty)
    }

    /// `compute` reads what stands behind a link.
    @Test(arguments: [nil, ["out"], ["out/canonical/demo"]])
    func linkedFoldersAreFollowed(paths: [String]?) throws {
        try folder.move("out/canonical/demo/home", to: "elsewhere")
        try folder.makeLink("out/canonical/demo/home", to: folder.path.appending("elsewhere").string)
        _ = try folder.write([1], as: "elsewhere/exposures/2026-01-02.rspart")
        let report = try verified.report(.full, paths)
        #expect(verified.problems(report) == ["out/canonical/demo/home/exposures/2026-01-02.rspart"])
    }

    @Test func linksThatGoInCirclesEnd() throws {
        try folder.makeLink("out/canonical/demo/circle", to: "..")
        try folder.makeLink("out/canonical/demo/home/exposures/circle", to: "../../..")
        #expect(try verified.report(.full).problems.isEmpty)
    }

    @Test func aLinkToNothingIsMissing() throws {
        let name = "out/canonical/demo/home/exposures/2026-01-02.rspart"
        try folder.remove(name)
        try folder.makeLink(name, to: "nothing")
        let report = try verified.report(.quick)
        #expect(verified.problems(report) == [name])
        #expect(report.problems.first?.failure.kind == .notFound)
    }

    /// A link to itself cannot be looked into, whoever asks.
    @Test func afterAFolderThatCannotBeListedTheOthersAreVerified() throws {
        try folder.makeLink("out/canonical/closed", to: "closed")
        let name = try verified.file("canonical/demo")
        _ = try folder.write([1], as: name)
        let report = try verified.report(.full)
        #expect(verified.problems(report) == ["out/canonical/closed", name])
        #expect(report.problems.map(\.role) == ["folder", "partition"])
        #expect(report.problems[0].failure.kind == .storage)
    }

    /// Scratch, rejects and locks have files that look like others.
    @Test(arguments: [nil, ["out"], ["."]])
    func theStoreIsTheSameHoweverItIsNamed(paths: [String]?) throws {
        for name in ["scratch/a/1.rspart", "rejects/a/1.rsart", "locks/1.rsart", "other/1.rspart"] {
            try folder.write("x", as: "out/\(name)")
        }
        let whole = try verified.report(.full)
        let report = try verified.report(.full, paths)
        #expect(report.problems.isEmpty)
        #expect(report.counts == whole.counts)
        #expect(try failureKind { _ = try verified.report(.full, ["out/scratch"]) } == .usage)
    }

    @Test(arguments: [nil, ["out"]])
    func filesInTheWrongPlaceAreNamed(paths: [String]?) throws {
        let (partition, artifact) = (try verified.file("canonical"), try verified.file("objectstore"))
        let copies = [
            "out/canonical/demo/2026-01-01.rspart": partition, "out/canonical/demo/home/exposures/a.rsart": artifact,
            "out/objectstore/copy.rsart": artifact, "out/artifacts/demo/2026-01-01.rspart": partition,
        ]
        for (copy, original) in copies { _ = try folder.write(folder.read(original), as: copy) }
        let report = try verified.report(.full, paths)
        #expect(Set(verified.problems(report)) == Set(copies.keys))
        #expect(report.problems.allSatisfy { $0.failure.message.contains("belongs in this place") })
    }
}
