import Artifacts
import Events
import FoundationEssentials
import Ingest
import Pipeline
import Platform
import Publishing
import SystemPackage
import TestSupport

/// What must hold of every text that is read as JSON and has no judge of its own: it is accepted, or refused in words
/// for people.
enum JSONJudge {
    /// A published artifact in JSON v1: it says its own digest, whatever the white space in it. Text that is no JSON
    /// may say so, too.
    static func judgeArtifact(_ input: [UInt8], in folder: TrialFolder) throws -> Bool {
        let file = try folder.open(input, as: "artifact.json")
        let version = try Outcome { try JSONv1Verifier.version(of: file) }.value
        guard let version else { return false }
        guard (try? JSONDecoder().decode(Header.self, from: Data(input))) != nil else { return true }
        let spaced = try folder.open(input.flatMap { $0 == 0x0A ? [0x0A, 0x20] : [$0] }, as: "spaced.json")
        try check(try JSONv1Verifier.version(of: spaced) == version, "white space makes another version of it")
        return true
    }

    private struct Header: Decodable {
        let v: Int
    }

    /// The note beside a staged artifact.
    static func judgeNote(_ input: [UInt8], in folder: TrialFolder) throws -> Bool {
        let path = try folder.write(input, as: "note.json")
        return try Outcome { try StagingArea(root: folder.path).note(path) }.value != nil
    }

    /// An entry of the ledger.
    static func judgeLedger(_ input: [UInt8], in folder: TrialFolder) throws -> Bool {
        let path = try folder.write(input, as: "entry.json")
        let key = SegmentKey.fixture().surfaceKey
        let entry = try Outcome { try Ledger(root: folder.path).entry(at: path, of: key) }.value
        guard let entry else { return false }
        try check(
            entry.partitions.allSatisfy { Day($0.day) != nil && SHA256Digest(hexadecimal: $0.digest) != nil },
            "an entry has no day, or no digest")
        return true
    }

    /// A checkpoint: written again it is the same.
    static func judgeCheckpoint(_ input: [UInt8], in folder: TrialFolder) throws -> Bool {
        guard let checkpoint = Checkpoint(encoded: input) else { return false }
        let path = folder.path.appending("checkpoint.json")
        try checkpoint.write(to: path)
        try check(try Checkpoint(encoded: File.read(path)) == checkpoint, "written again it is something else")
        return true
    }

    /// A file of settings.
    static func judgeConfiguration(_ input: [UInt8], in folder: TrialFolder) throws -> Bool {
        let path = try folder.write(input, as: "config.json")
        return try Outcome(refusals: [.usage]) { try Configuration.load(file: path, environment: [:]) }.value != nil
    }
}
