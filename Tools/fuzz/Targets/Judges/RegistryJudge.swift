import Events
import Publishing
import SystemPackage
import TestSupport

/// What must hold of every text that is read as a file of the registry: written again it is the same, and no name in it
/// stops a reader.
enum RegistryJudge {
    private static let owner = SegmentKey.fixture()

    static func judgeManifest(_ input: [UInt8]) throws -> Bool {
        guard let manifest = Manifest(encoded: input, owner: owner) else { return false }
        try judge(manifest, manifest.encoded) { Manifest(encoded: $0, owner: owner) }
        return true
    }

    static func judgeHistory(_ input: [UInt8]) throws -> Bool {
        guard let entry = HistoryEntry(encoded: input, owner: owner) else { return false }
        try check(entry.number > 0 && entry.replacedNumber ?? 0 < entry.number, "a number is out of range")
        try judge(entry, entry.encoded) { HistoryEntry(encoded: $0, owner: owner) }
        return true
    }

    static func judgeRecord(_ input: [UInt8]) throws -> Bool {
        guard let record = ArtifactRecord(encoded: input) else { return false }
        try check(record.byteCount >= 0, "a size is negative")
        try judge(record, record.encoded) { ArtifactRecord(encoded: $0) }
        _ = Registry.version(inURI: record.uri)
        _ = ObjectStore.path(inURI: record.uri)
        return true
    }

    private static func judge<Value: Equatable>(
        _ value: Value, _ encoded: [UInt8], _ read: ([UInt8]) -> Value?,
    ) throws {
        guard let again = read(encoded) else { throw Finding("written again it is not to be read") }
        try check(again == value, "written again it is something else")
    }
}
