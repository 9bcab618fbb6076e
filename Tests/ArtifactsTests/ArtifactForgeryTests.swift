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
        try refusal(of: .example(kind), change)
    }

    private func refusal(
        of artifact: Artifact, _ change: (inout Forgery) -> Void,
    ) throws -> FormatError.Code? {
        let metadata = String(decoding: ArtifactMetadata(artifact).encoded, as: UTF8.self)
        var forgery = try Forgery(artifact, metadata: metadata)
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

    /// Not a number, infinities, a second zero, and all that counts may not be either.
    @Test(arguments: [ArtifactKind.popularity, .cooc])
    func scoresThatAreNone(kind: ArtifactKind) throws {
        let artifact = Artifact.scoredExample(kind)
        #expect(try refusal(of: artifact) { _ in } == nil)
        for score in [Double.nan, .signalingNaN, .infinity, -.infinity, -0.0, -.nan] {
            for index in 0..<artifact.rows.entryCount {
                #expect(try refusal(of: artifact) { $0.scores[index] = score.bitPattern } == .corrupt, "\(score)")
            }
        }
        #expect(try refusal(of: artifact) { $0.scores.removeLast() } == .corrupt)
        #expect(try refusal(of: artifact) { $0.scores.append(0) } == .corrupt)
        #expect(try refusal(of: artifact) { $0.scores = [] } == .corrupt)
        #expect(try refusal(of: artifact) { $0.counts = [1] } == .corrupt)
    }

    /// What the footer says is compared with the section table before anything is read.
    @Test(arguments: [#""rows":2"#, #""row_keys":2"#, #""member_keys":3"#, #""entries":3,"counted_entries":3"#])
    func countsThatTheSectionTableDoesNotPromise(count: String) throws {
        let artifact = Artifact.example(.cooc)
        let metadata = String(decoding: ArtifactMetadata(artifact).encoded, as: UTF8.self)
        var forgery = try Forgery(artifact, metadata: metadata)
        let other = count.replacing(/[23]/, with: "4000000000")
        forgery.replace(count, with: other)
        let file = try DataFile(path: folder.write(forgery.assembled, as: "forged"))
        #expect(throws: FormatError.self) { try ArtifactDecoder.key(of: file) }
    }

    /// Scores are for the kinds that may have them, and all entries have them or none.
    @Test func scoresAndCountsOfTheWrongKind() throws {
        let entries = #""counted_entries":3"#
        for kind in [ArtifactKind.implicit, .contentSim, .sessionSeq, .popularity, .cooc] {
            let count = kind == .sessionSeq ? 1 : 3
            let scores = (0..<count).map { Double(9 - $0).bitPattern }
            let old = kind == .contentSim ? #""counted_entries":0"# : #""counted_entries":\#(count)"#
            let code = try refusal(kind) { forgery in
                forgery.counts = []
                forgery.scores = scores
                forgery.replace(old, with: #""counted_entries":0,"scored_entries":\#(count)"#)
            }
            #expect(code == (kind == .popularity || kind == .cooc ? nil : .corrupt), "\(kind)")
        }
        for new in ["\(entries),\"scored_entries\":3", "\(entries),\"scored_entries\":0"] {
            #expect(try refusal { $0.replace(entries, with: new) } == .corrupt)
        }
        for wrong in ["0", "2", "4", "-1", "null", "1.5", "\"3\""] {
            let new = #""counted_entries":0,"scored_entries":\#(wrong)"#
            #expect(try refusal { $0.replace(entries, with: new) } == .corrupt, "\(wrong)")
        }
    }

    /// Within a row the greater value stands first, of equal ones the lower id; each id once.
    @Test func entriesOutOfOrder() throws {
        #expect(try refusal { $0.counts = [1, 1, 2] } == .corrupt)
        #expect(
            try refusal {
                $0.members = [2, 1, 0]; $0.counts = [2, 1, 1]
            } == .corrupt)
        #expect(
            try refusal {
                $0.members = [2, 0, 0]; $0.counts = [2, 1, 1]
            } == .corrupt)
        #expect(try refusal { $0.counts = [1, 2, 2] } == nil, "rows are not compared")
        #expect(try refusal(.contentSim) { $0.members = [0, 1, 1] } == nil, "tags have the catalog's order")
        let scored = Artifact.scoredExample(.popularity)
        #expect(try refusal(of: scored) { $0.scores.swapAt(0, 1) } == .corrupt)
        #expect(try refusal(of: scored) { $0.members.swapAt(1, 2) } == .corrupt)
        let negative = [-1.0, -2, -3].map(\.bitPattern)
        #expect(try refusal(of: scored) { $0.scores = negative } == nil)
        #expect(try refusal(of: scored) { $0.scores = negative.reversed() } == .corrupt)
    }

    /// The order is checked over the ends of blocks too.
    @Test(arguments: [65_535, 65_536, 65_537, 131_072])
    func entriesOutOfOrderAtTheEndOfABlock(place: Int) throws {
        let entries = (0..<140_000).map { (id: "\(100_000 + $0)", count: UInt32(200_000 - $0)) }
        let artifact = Artifact(
            ArtifactKey(.fixture(), .popularity, .fixture()), rows: RankedRows(popularity: entries),
            parameters: BuildParameters())
        #expect(try refusal(of: artifact) { $0.counts.swapAt(place - 1, place) } == .corrupt)
    }

    /// A count has 32 bits.
    @Test(arguments: [1 << 32, 1 << 63, .max] as [UInt64])
    func countsThatAreTooLarge(count: UInt64) throws {
        #expect(try refusal { $0.counts[0] = count } == .corrupt)
        #expect(try refusal { $0.counts[0] = UInt64(UInt32.max) } == nil)
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
            (#""first_day":"2026-01-07""#, #""first_day":"2026-01-08""#),
            (#""last_day":"2026-01-07""#, #""last_day":"2026-02-30""#),
            (#""surface":"home""#, #""surface":"home","segment":"_""#), ("}}", "}"), ("}}", "}}}"),
            (#""min_cooc_support":1"#, #""min_cooc_support":[1]"#),
            (#""min_cooc_support":1"#, #""min_cooc_support":null"#),
            (#""min_cooc_support":1"#, #""min_cooc_support":true"#), ("\"demo\"", "\"\u{1}\""),
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

    /// A wrong value is named with its section, its block, the block's offset, and its place.
    @Test func aWrongValueIsNamedWithItsPlace() throws {
        let cases: [(section: String, reason: String, change: (inout Forgery) -> Void)] = [
            ("member", "in entry 1: member 3 is beyond the dictionary", { $0.members = [2, 3, 0] }),
            ("count", "in entry 1: the count is zero", { $0.counts = [2, 0, 1] }),
            ("count", "in entry 2: it may not stand after the one before it in its row", { $0.counts = [2, 1, 2] }),
            ("row_length", "row 1 has no entry", { $0.rowLengths = [3, 0] }),
            (
                "row_dictionary", "id 1 does not stand after the one before it",
                {
                    $0.rowKeys = IdentifierList(["pear", "apple"])
                }
            ),
        ]
        for (section, reason, change) in cases {
            var forgery = try Forgery(
                .example(.cooc), metadata: String(decoding: ArtifactMetadata(.example(.cooc)).encoded, as: UTF8.self))
            change(&forgery)
            let bytes = forgery.assembled
            for read in [{ try ArtifactDecoder.verify($0) }, { try ArtifactDecoder.decode($0).key }]
                as [(DataFile) throws -> ArtifactKey]
            {
                let error = #expect(throws: FormatError.self) { try read(folder.open(bytes)) }
                #expect(error?.detail.hasPrefix("corrupt at section \(section), block 0, offset ") == true)
                #expect(error?.detail.hasSuffix(": \(reason)") == true, "\(error?.detail ?? "")")
            }
        }
    }

    /// Files that promise a hundred million rows in few bytes are verified with a few blocks in memory.
    @Test func blocksOfConstantsAreVerifiedOneByOne() async {
        await #expect(processExitsWith: .success) {
            let bytes = try ArtifactBomb.constants(blockCount: 2_000)
            let file = try TemporaryFolder().open(bytes)
            let memory = MemoryUse()
            let error = #expect(throws: FormatError.self) { try ArtifactDecoder.verify(file) }
            #expect(error?.detail.hasSuffix("it may not stand after the one before it in its row") == true)
            #expect(memory.stayed(below: 32))
        }
    }
}

/// Files made to take all memory.
private enum ArtifactBomb {
    /// An artifact of one row with so many times 65,536 entries, all of them the same.
    static func constants(blockCount: Int) throws -> [UInt8] {
        let artifact = Artifact(
            ArtifactKey(.fixture(), .popularity, .fixture()), rows: RankedRows(popularity: [("i", 1)]),
            parameters: BuildParameters())
        let count = blockCount * 65_536
        var forgery = try Forgery(
            artifact, metadata: String(decoding: ArtifactMetadata(artifact).encoded, as: UTF8.self))
        forgery.replace(#""entries":1"#, with: #""entries":\#(count)"#)
        forgery.replace(#""counted_entries":1"#, with: #""counted_entries":\#(count)"#)
        forgery.rowLengths = [UInt32(count)]
        (forgery.members, forgery.counts) = ([], [])
        let sections: [(ArtifactFormat.Section, UInt8)] = [(.member, 0), (.count, 1)]
        for (section, value) in sections {
            let block = EncodedBlock(
                encoding: .constant, codec: .none, rowCount: 65_536, rawByteCount: 8,
                stored: [value, 0, 0, 0, 0, 0, 0, 0])
            forgery.extras += Array(repeating: (section.rawValue, 0, block), count: blockCount)
        }
        return forgery.assembled
    }
}
