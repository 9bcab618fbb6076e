import Builders
import Platform
import TestSupport
import Testing

@testable import Artifacts
@testable import Columns

/// A file whose checksums are right and whose content is not: refused, and never a reason to trap or to take memory.
@Suite struct ArtifactForgeryTests {
    private let folder = TemporaryFolder()

    private func refusal(
        _ kind: ArtifactKind = .cooc, _ change: (inout Forgery) -> Void,
    ) throws -> FormatError.Code? {
        let artifact = Artifact.example(kind)
        let metadata = String(decoding: ArtifactMetadata(artifact).encoded, as: UTF8.self)
        var forgery = Forgery(artifact, metadata: metadata)
        change(&forgery)
        return try folder.refusal(forgery.assembled)
    }

    @Test(arguments: ArtifactKind.allCases)
    func nothingForgedIsAccepted(kind: ArtifactKind) throws {
        #expect(try refusal(kind) { _ in } == nil)
    }

    @Test func entriesBeyondTheDictionary() throws {
        #expect(try refusal { $0.members = [2, 0, 3] } == .corrupt)
        #expect(try refusal { $0.members = [2, 0, .max] } == .corrupt)
        #expect(try refusal { $0.members = [2, 0] } == .corrupt)
        #expect(try refusal { $0.members = [2, 0, 1, 1] } == .corrupt)
        #expect(try refusal { $0.members = [] } == .corrupt)
    }

    @Test func countsOfZeroTooFewOrTooMany() throws {
        #expect(try refusal { $0.counts = [2, 0, 1] } == .corrupt)
        #expect(try refusal { $0.counts = [2, 1] } == .corrupt)
        #expect(try refusal { $0.counts = [2, 1, 1, 1] } == .corrupt)
        #expect(try refusal { $0.counts = [] } == .corrupt)
        #expect(try refusal(.contentSim) { $0.counts = [1, 1, 1] } == .corrupt)
    }

    @Test(arguments: [[], ["apple"], ["pear", "apple"], ["apple", "apple"], ["apple", "fig", "pear"]])
    func rowKeysOutOfOrderTooFewOrTooMany(keys: [String]) throws {
        #expect(try refusal { $0.rowKeys = IdentifierList(keys) } == .corrupt)
    }

    @Test(arguments: [
        [], ["apple", "fig"], ["fig", "apple", "pear"], ["apple", "fig", "fig"], ["a", "b", "c", "d"],
    ])
    func memberKeysOutOfOrderTooFewOrTooMany(keys: [String]) throws {
        #expect(try refusal { $0.memberKeys = IdentifierList(keys) } == .corrupt)
    }

    @Test(
        arguments: [[], [3], [1, 1], [2, 2], [0, 3], [3, 0], [1, 2, 0], [.max, 4], [.max, .max]] as [[UInt32]])
    func rowLengthsThatDoNotAddUp(lengths: [UInt32]) throws {
        #expect(try refusal { $0.rowLengths = lengths } == .corrupt)
    }

    @Test func emptyRowsAreForHistoriesOnly() throws {
        #expect(try refusal(.sessionSeq) { $0.rowLengths = [0, 1] } == nil)
        #expect(try refusal(.implicit) { $0.rowLengths = [0, 3] } == .corrupt)
        #expect(try refusal(.contentSim) { $0.rowLengths = [0, 3] } == .corrupt)
        #expect(try refusal(.sessionSeq) { $0.rowLengths = [0, 0] } == .corrupt)
    }

    @Test func popularityIsOneRowWithoutAKey() throws {
        #expect(try refusal(.popularity) { $0.rowLengths = [1, 2] } == .corrupt)
        #expect(try refusal(.popularity) { $0.rowLengths = [] } == .corrupt)
        #expect(
            try refusal(.popularity) {
                $0.rowLengths = [1, 2]
                $0.replace(#""rows":1"#, with: #""rows":2"#)
            } == .corrupt)
        #expect(
            try refusal(.popularity) {
                $0.rowKeys = IdentifierList(["x"])
                $0.replace(#""row_keys":0"#, with: #""row_keys":1"#)
            } == .corrupt)
    }

    @Test(arguments: ["rows", "row_keys", "member_keys", "entries", "counted_entries"])
    func countsThatAreWrong(name: String) throws {
        let wrong = [
            "0", "1", "4", "-1", "65537", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
            "1e300", "1.5", "null", "\"2\"", "true", "[]",
        ]
        for value in wrong {
            let code = try refusal { forgery in
                forgery.metadata = forgery.metadata.replacing(#/"([a-z_]+)":(\d)/#) { match in
                    match.1 == name ? "\"\(name)\":\(value)" : String(match.0)
                }
            }
            #expect(code == .corrupt, "\(name): \(value)")
        }
    }

    @Test(
        arguments: [
            (#""cooc""#, #""coop""#), (#""cooc""#, #""popularity""#), (#""cooc""#, #""content_sim""#), ("{", "["),
            (#""tenant":"demo","#, ""), (#""demo""#, #""""#), (#""demo""#, #""..""#), (#""demo""#, #""a\/b""#),
            (#""home""#, "7"), (#""home""#, #""\u0000""#), (#""parameters""#, #""parameter""#),
            (#""start":"2026-01-07""#, #""start":"2026-01-08""#), (#""end":"2026-01-07""#, #""end":"2026-02-30""#),
            (#""surface":"home""#, #""surface":"home","segment":"_""#), ("}}", "}"), ("}}", "}}}"),
            (#""min_cooc_support":1"#, #""min_cooc_support":1.5"#), ("\"demo\"", "\"\u{1}\""),
        ])
    func metadataThatIsMalformed(old: String, new: String) throws {
        #expect(try refusal { $0.replace(old, with: new) } == .corrupt)
    }

    @Test(arguments: ["", "null", "7", "[]", "{}", String(repeating: "[", count: 100_000)])
    func metadataThatIsSomethingElse(metadata: String) throws {
        #expect(try refusal { $0.metadata = metadata } == .corrupt)
    }

    @Test(arguments: [0, 3, 15, 19, 127] as [UInt8])
    func sectionsThatThereAreNot(section: UInt8) throws {
        let block = EncodedBlock.encode(column: [1] as [UInt32], using: Zstandard())[0]
        #expect(try refusal { $0.extras = [(section, 0, block)] } == .corrupt)
        #expect(try refusal { $0.extras = [(section | 128, 0, block)] } == nil, "optional ones are skipped")
    }

    @Test(arguments: ArtifactFormat.Section.allCases)
    func blocksInExcess(section: ArtifactFormat.Section) throws {
        let block = EncodedBlock.encode(column: [1] as [UInt64], using: Zstandard())[0]
        for part in [0, DictionaryPart.decimal.rawValue, DictionaryPart.text.rawValue, 9] {
            #expect(try refusal { $0.extras = [(section.rawValue, part, block)] } == .corrupt)
        }
    }

    /// Blocks of constants promise many rows in few bytes; a table may not make the reader believe them all.
    @Test(arguments: ArtifactFormat.Section.allCases)
    func manyMoreRowsThanTheFooterSays(section: ArtifactFormat.Section) throws {
        let block = EncodedBlock(
            encoding: .constant, codec: .none, rowCount: 65_536, rawByteCount: 8, stored: [1, 0, 0, 0, 0, 0, 0, 0])
        let isDictionary = section == .rowDictionary || section == .memberDictionary
        let part = isDictionary ? DictionaryPart.decimal.rawValue : 0
        let extra = (section.rawValue, part, block)
        #expect(try refusal { $0.extras = Array(repeating: extra, count: 10_000) } == .corrupt)
    }

    /// The footer with any bit changed and its checksum made right: read as it says, or refused, but never a trap.
    @Test func everyBitOfTheFooter() throws {
        let bytes = encoded(.example(.cooc))
        let tail = bytes.count - FileFormat.tailByteCount
        let start = tail - Int(bytes.rawSpan.load(at: tail, as: UInt32.self))
        var refusals = 0
        for flip in SmallWorlds.bitFlips(of: Array(bytes[start..<tail])) {
            var checksum = ByteWriter()
            checksum.append(Checksum.xxh3(flip.bytes.rawSpan))
            var forged = bytes
            forged.replaceSubrange(start..<tail, with: flip.bytes)
            forged.replaceSubrange((tail + 8)..<(tail + 16), with: checksum.bytes)
            if try folder.refusal(forged) != nil { refusals += 1 }
        }
        #expect(refusals > (tail - start) * 6)
    }
}
