import Platform
import TestSupport
import Testing

@testable import Columns

/// A dictionary comes back id by id, in its order, whatever its ids look like; each run in its most compact form.
@Suite struct DictionaryBlocksTests {
    private static let format = FileFormat(
        letters: (0x54, 0x53, 0x54), version: 1, name: "test",
        section: { FileSection("\($0)", .dictionary) })

    private let folder = TemporaryFolder()
    private let zstandard = Zstandard()

    /// The dictionary after it was in a file.
    private func roundTrip(_ identifiers: IdentifierList) throws -> IdentifierList {
        var writer = ContainerWriter(format: DictionaryBlocksTests.format)
        writer.append(section: 9, dictionary: identifiers, using: zstandard)
        let file = try DataFile(path: folder.write(writer.finish(metadata: []), as: "dictionary"))
        let reader = try ContainerReader(file, format: DictionaryBlocksTests.format)
        return try reader.dictionary(section: 9, count: identifiers.count, using: zstandard)
    }

    private func parts(_ identifiers: IdentifierList) -> [DictionaryPart] {
        DictionaryBlocks.encode(identifiers, using: zstandard).map(\.part)
    }

    static let uuid = "0123abcd-4567-89ab-cdef-0123456789ab"

    @Test(
        arguments: [
            ([], []), (["0"], [.decimal]), (["1", "0", "18446744073709551615"], [.decimal]),
            (["18446744073709551616"], [.textLengths, .text]), (["99999999999999999999"], [.textLengths, .text]),
            (["100000000000000000000"], [.textLengths, .text]), (["01"], [.textLengths, .text]),
            (["00"], [.textLengths, .text]),
            (["1", "01"], [.textLengths, .text]), (["-1"], [.textLengths, .text]), (["1 "], [.textLengths, .text]),
            (["１"], [.textLengths, .text]), ([uuid, uuid], [.uuidHigh, .uuidLow]),
            ([uuid.uppercased()], [.textLengths, .text]),
            ([uuid, "1"], [.textLengths, .text]), (["{\(uuid)}"], [.textLengths, .text]),
            ([String(uuid.dropLast())], [.textLengths, .text]),
            (["👩‍👩‍👧", "é", "e\u{301}", "日本"], [.textLengths, .text]),
            (["\0", "\n", " ", "\u{2028}"], [.textLengths, .text]),
            ([String(repeating: "k", count: 4096)], [.textLengths, .text]),
        ] as [([String], [DictionaryPart])])
    func formsAndTheirRoundTrip(texts: [String], expected: [DictionaryPart]) throws {
        let identifiers = IdentifierList(texts)
        #expect(parts(identifiers) == expected)
        #expect(try roundTrip(identifiers) == identifiers)
    }

    @Test func everySmallDictionaryOfMixedForms() throws {
        let alphabet = ["0", "007", "42", DictionaryBlocksTests.uuid, "é", String(repeating: "9", count: 20)]
        for texts in SmallWorlds.lists(of: alphabet, lengths: 0...3) {
            let identifiers = IdentifierList(texts)
            guard try roundTrip(identifiers) == identifiers else {
                Issue.record("\(texts)")
                return
            }
        }
    }

    @Test(arguments: IdentifierStyle.allCases, [65_535, 65_536, 65_537])
    func runsOfFullBlocks(style: IdentifierStyle, count: Int) throws {
        let identifiers = IdentifierList((0..<count).map { style.text($0) })
        #expect(try roundTrip(identifiers) == identifiers)
        let run: [DictionaryPart] =
            switch style {
            case .decimal: [.decimal]
            case .uuid: [.uuidHigh, .uuidLow]
            case .text, .mixed: [.textLengths, .text]
            }
        // The id that is left over in a run of its own is judged alone.
        let rest: [DictionaryPart] = count <= 65_536 ? [] : style == .mixed ? [.uuidHigh, .uuidLow] : run
        #expect(parts(identifiers) == run + rest)
    }

    @Test func aRunHoldsAtMostSixteenMebibytesOfText() throws {
        let megabyte = String(repeating: "x", count: 1 << 20)
        let identifiers = IdentifierList((0..<17).map { _ in megabyte })
        let blocks = DictionaryBlocks.encode(identifiers, using: zstandard)
        #expect(blocks.map(\.block.rowCount) == [16, 16 << 20, 1, 1 << 20])
        #expect(try roundTrip(identifiers) == identifiers)
    }

    @Test func anIdLongerThanARunHasOneForItself() throws {
        let long = String(repeating: "y", count: 17 << 20)
        let identifiers = IdentifierList(["1", long, "2"])
        #expect(parts(identifiers) == [.decimal, .textLengths, .text, .decimal])
        #expect(try roundTrip(identifiers) == identifiers)
    }

    @Test(
        arguments: [
            ([1], "ab"), ([3], "ab"), ([0, 2], "ab"), ([2, 0], "ab"), ([1, 1], "é"), ([], "a"), ([.max], "a"),
            ([.max, 2], "a"),
        ] as [([UInt32], String)])
    func lengthsThatDoNotFitTheirTextAreRefused(lengths: [UInt32], text: String) {
        #expect(IdentifierList(text: Array(text.utf8), lengths: lengths) == nil)
    }

    @Test(arguments: [[0xFF], [0xC3], [0xC3, 0x28], [0x80], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]])
    func textThatIsNoUTF8IsRefused(text: [UInt8]) {
        #expect(IdentifierList(text: text, lengths: [UInt32(text.count)]) == nil)
    }
}
