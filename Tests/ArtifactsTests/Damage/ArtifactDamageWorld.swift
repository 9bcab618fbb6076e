import Builders
import Columns
import Platform
import TestSupport
import Testing

@testable import Artifacts

/// A small artifact file, and what becomes of it when it is damaged.
final class ArtifactDamageWorld {
    /// One of each kind, and one with scores.
    static let all: [GoldenArtifact] = [
        "popularity-segment", "cooc", "implicit-uuids", "session-seq", "content-sim", "cooc-scores",
    ].map { name in
        guard let golden = GoldenArtifact.all.first(where: { $0.name == name }) else {
            preconditionFailure("there is a golden file \(name)")
        }
        return golden
    }

    let bytes: [UInt8]
    private let artifact: Artifact
    private let file: DamagedFile
    private let memory = MemoryUse()

    init(_ golden: GoldenArtifact, _ access: FileAccess = .mapped) throws {
        bytes = try golden.bytes()
        artifact = golden.artifact
        file = try DamagedFile(access)
    }

    /// Where the blocks are.
    var blocks: Range<Int> {
        let bytes = bytes
        let tail = bytes.count - FileFormat.tailByteCount
        return FileFormat.headerByteCount..<(tail - Int(bytes.rawSpan.load(at: tail, as: UInt32.self)))
    }

    var footerAndTail: Range<Int> { blocks.upperBound..<bytes.count }

    /// Reads files that are damaged: each must be refused, or hold what the intact one holds.
    ///
    /// - Parameter least: How many must be refused at least.
    /// - Returns: How many were.
    @discardableResult
    func expectRefusalOrSameArtifact(
        _ damages: some Sequence<[UInt8]>, refusing least: Int,
    ) throws -> Int {
        var refusals = 0
        for bytes in damages {
            guard let read = try read(bytes) else {
                refusals += 1
                continue
            }
            if read != artifact {
                Issue.record("read as another artifact: \(bytes)")
                break
            }
        }
        #expect(refusals >= least)
        #expect(memory.stayed(below: 64))
        return refusals
    }

    /// Reads files that are forged: each must be refused, or hold rows that are those of a well-formed file.
    ///
    /// - Parameter least: How many must be refused at least.
    /// - Returns: How many were.
    @discardableResult
    func expectRefusalOrGoodArtifact(
        _ forgeries: some Sequence<[UInt8]>, refusing least: Int,
    ) throws -> Int {
        var refusals = 0
        for bytes in forgeries {
            let read = try read(bytes)
            guard try isVerified(bytes) == (read != nil) else {
                Issue.record("verified as something else than it is read: \(bytes)")
                break
            }
            if let flaw = read?.flaw {
                Issue.record("\(flaw): \(bytes)")
                break
            }
            if read == nil { refusals += 1 }
        }
        #expect(refusals >= least)
        #expect(memory.stayed(below: 64))
        return refusals
    }

    private func read(_ bytes: [UInt8]) throws -> Artifact? {
        do {
            return try ArtifactDecoder.decode(file.with(bytes))
        } catch is FormatError {
            return nil
        }
    }

    private func isVerified(_ bytes: [UInt8]) throws -> Bool {
        do {
            _ = try ArtifactDecoder.verify(file.with(bytes))
            return true
        } catch is FormatError {
            return false
        }
    }
}

extension Artifact {
    /// What is wrong with rows that a file of the format cannot hold; nil if nothing is. Spelled out from the
    /// specification.
    fileprivate var flaw: String? {
        let (keys, members) = (texts(of: rows.rowKeys), texts(of: rows.memberKeys))
        for ids in [keys, members] {
            if zip(ids, ids.dropFirst()).contains(where: { !$0.lexicographicallyPrecedes($1) }) { return "ids" }
            for id in ids where id.isEmpty || String(validating: id.rawSpan) == nil { return "an id that is none" }
        }
        let golden = rows.golden
        if key.kind == .popularity ? golden.count > 1 || !keys.isEmpty : keys.count != golden.count { return "rows" }
        if key.kind != .sessionSeq, golden.contains(where: { $0.entries.isEmpty }) { return "an empty row" }
        if rows.valueKind == .scores, key.kind != .popularity, key.kind != .cooc { return "scores" }
        if (rows.valueKind == .none) != (key.kind == .contentSim) { return "values" }
        return golden.contains { !isRanked($0.entries) } ? "entries out of order" : nil
    }

    private func isRanked(_ entries: [(id: String, value: RankedRows.Value)]) -> Bool {
        zip(entries, entries.dropFirst()).allSatisfy { before, after in
            let isLower = before.id.utf8.lexicographicallyPrecedes(after.id.utf8)
            switch (before.value, after.value) {
            case (.none, .none): return true
            case (.count(let first), .count(let second)):
                return second > 0 && (first > second || first == second && isLower)
            case (.score(let first), .score(let second)):
                return second.isFinite && first.isFinite && (first > second || first == second && isLower)
            default: return false
            }
        }
    }

    private func texts(of ids: IdentifierList) -> [[UInt8]] { ids.indices.map { ids[$0].raw.copiedBytes } }
}
