import Foundation
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// `--deep` compares partitions with the last entry that took effect on their day.
@Suite struct VerificationOfLedgersTests {
    private let verified: VerifiedWorld
    private var folder: TemporaryFolder { verified.world.folder }
    private let name = "out/canonical/demo/home/exposures/2026-01-02.rspart"
    private static let otherDigest = String(repeating: "0", count: 64)

    init() throws { verified = try VerifiedWorld() }

    /// Adds an entry on the second day.
    ///
    /// - Parameters:
    ///   - digest: What it says the partition became; nil for removed.
    ///   - committedAt: Nil for an entry of a version that did not note it.
    private func note(_ digest: String?, run: String, at: String, committedAt: String?) throws {
        let partition = digest.map { #"{"day":"2026-01-02","sha256":"\#($0)","bytes":1,"rows":1}"# }
        let removed = digest == nil ? #""2026-01-02""# : ""
        let committed = committedAt.map { #""committed_at":"\#($0)","# } ?? ""
        try folder.write(
            """
            {"v":1,"run_id":"\(run)","at":"\(at)",\(committed)"mode":"replace","tenant":"demo","surface":"home",\
            "inputs":[],"events":1,"partitions":[\(partition ?? "")],"removed":[\(removed)]}
            """, as: "out/ledger/demo/home/\(run).json")
    }

    private func digest() throws -> String {
        let bytes = try folder.read(name)
        return SHA256Digest(of: bytes.rawSpan).hexadecimal
    }

    @Test(arguments: [nil, ["out"], ["out/canonical"], ["out/canonical/demo/home"]])
    func aPartitionThatTheLedgerNamesAndIsNotThereIsMissing(paths: [String]?) throws {
        try folder.remove(name)
        #expect(try verified.report(.full, paths).problems.isEmpty)
        let report = try verified.report(.deep, paths)
        #expect(verified.problems(report) == [name])
        #expect(report.problems.map(\.role) == ["partition"])
        #expect(report.problems.map(\.failure.kind) == [.notFound])
        #expect(report.problems[0].failure.message.contains("names it"))
        #expect(try verified.report(.deep, ["out/registry"]).problems.isEmpty)
    }

    @Test func aDayThatTheLastEntryRemovedHasNoPartition() throws {
        try note(nil, run: "b", at: "2998-01-01T00:00:00Z", committedAt: "2998-01-01T00:00:00Z")
        let report = try verified.report(.deep)
        #expect(verified.problems(report) == [name])
        #expect(report.problems[0].failure.message.contains("of run b, removed it"))
        try folder.remove(name)
        #expect(try verified.report(.deep).problems.isEmpty)
    }

    /// Of two ingests that overlap the one that began first may take effect last.
    @Test func entriesCountInTheOrderInWhichTheyTookEffect() throws {
        let other = VerificationOfLedgersTests.otherDigest
        try note(other, run: "z", at: "2999-01-01T00:00:00Z", committedAt: "2000-01-01T00:00:00Z")
        #expect(try verified.report(.deep).problems.isEmpty)
        try note(other, run: "a", at: "2000-01-01T00:00:00Z", committedAt: "2999-01-01T00:00:00.5Z")
        #expect(verified.problems(try verified.report(.deep)) == [name])
        try note(try digest(), run: "0", at: "2000-01-01T00:00:00Z", committedAt: "2999-01-01T00:00:00.6Z")
        #expect(try verified.report(.deep).problems.isEmpty)
    }

    @Test func entriesThatDoNotSayWhenTheyTookEffectCountFromTheirBeginning() throws {
        try note(VerificationOfLedgersTests.otherDigest, run: "z", at: "2000-01-01T00:00:00Z", committedAt: nil)
        #expect(try verified.report(.deep).problems.isEmpty)
        try note(VerificationOfLedgersTests.otherDigest, run: "a", at: "2999-01-01T00:00:00Z", committedAt: nil)
        #expect(verified.problems(try verified.report(.deep)) == [name])
    }

    /// A crash between partitions and entry leaves new bytes, a restore from a copy old ones.
    @Test func bothWaysOutAreNamed() throws {
        let other = VerificationOfLedgersTests.otherDigest
        try note(other, run: "z", at: "2999-01-01T00:00:00Z", committedAt: nil)
        let old = try #require(try verified.report(.deep).problems.first?.failure)
        #expect(old.message.contains("that of an earlier state; its last entry on the day, of run z, says \(other)"))
        try folder.remove("out/ledger")
        try note(other, run: "z", at: "2999-01-01T00:00:00Z", committedAt: nil)
        let new = try #require(try verified.report(.deep).problems.first?.failure)
        #expect(new.message.contains("which the ledger does not know; its last entry on the day, of run z, says"))
        #expect(new.remedy?.contains("was interrupted, run it again; else restore the file from a copy") == true)
    }

    @Test func anEntryThatCannotBeReadMakesNoOtherPartitionSuspect() throws {
        try folder.write("{", as: "out/ledger/demo/home/x.json")
        #expect(verified.problems(try verified.report(.deep)) == ["out/ledger/demo/home/x.json"])
        let other = PipelineWorld()
        let input = try other.write([ExampleDay("2026-01-02", count: 41)])
        try other.run(input, "2026-01-02", "2026-01-02")
        _ = try folder.write(try other.folder.read(name), as: name)
        let report = try verified.report(.deep, ["out/canonical"])
        #expect(verified.problems(report) == [name])
        #expect(report.problems[0].failure.kind == .corruption)
        #expect(report.problems[0].failure.message.contains("ledger/demo/home/x.json: not an entry"))
    }

    /// A link to itself cannot be opened, whoever asks.
    @Test func aLedgerThatTheStorageDoesNotGiveOutIsNoSilence() throws {
        try folder.remove("out/ledger/demo/home")
        try folder.makeLink("out/ledger/demo/home", to: "home")
        let report = try verified.report(.deep, ["out/canonical"])
        #expect(report.problems.count == 2)
        #expect(report.problems.allSatisfy { $0.failure.kind == .storage && $0.role == "partition" })
    }
}
