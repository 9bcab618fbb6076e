import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Columns

/// Ids are found by number and numbers by id, whatever the runs of a dictionary hold.
@Suite struct DictionaryLookupTests {
    private let folder = TemporaryFolder()
    private static let section = PartitionFormat.Section.itemDictionary.rawValue

    /// A file whose dictionary of items is made of runs, each of as many ids as there are in the list.
    private func container(_ runs: [[String]]) throws -> ContainerReader {
        var writer = ContainerWriter(format: PartitionFormat.file)
        for run in runs {
            writer.append(
                section: DictionaryLookupTests.section, dictionary: IdentifierList(run), using: Zstandard())
        }
        let bytes = writer.finish(metadata: [])
        return try ContainerReader(DataFile(path: folder.write(bytes, as: "file")), format: PartitionFormat.file)
    }

    private func lookup(_ runs: [[String]]) throws -> DictionaryLookup {
        try DictionaryLookup(
            container(runs), section: DictionaryLookupTests.section, count: runs.joined().count, using: Zstandard())
    }

    private static func ids(_ style: IdentifierStyle, _ numbers: Range<Int>) -> [String] {
        numbers.map { style.text($0) }
    }

    @Test(arguments: IdentifierStyle.allCases)
    func everySelection(style: IdentifierStyle) throws {
        let ids = DictionaryLookupTests.ids(style, 0..<7)
        for runs in [[ids], [Array(ids[..<1]), Array(ids[1..<4]), Array(ids[4...])]] {
            var lookup = try lookup(runs)
            #expect(lookup.count == 7)
            for selection in SmallWorlds.lists(of: [false, true], lengths: 7...7) {
                let numbers = selection.indices.filter { selection[$0] }
                #expect(try lookup.identifiers(at: numbers) == IdentifierList(numbers.map { ids[$0] }))
            }
        }
    }

    @Test func everyIdIsFound() throws {
        let styles = IdentifierStyle.allCases
        let runs = styles.indices.map { DictionaryLookupTests.ids(styles[$0], ($0 * 10 + 20)..<($0 * 10 + 29)) }
        let lookup = try lookup(runs)
        #expect(lookup.runCount == runs.count)
        for (number, id) in runs.joined().enumerated() { #expect(try lookup.number(of: id.utf8.span) == number) }
        for absent in ["", "141", "0140", "18446744073709551616", IdentifierStyle.uuid.text(1), "éclair", "é"] {
            #expect(try lookup.number(of: absent.utf8.span) == nil, "\(absent)")
        }
    }

    @Test func noIds() throws {
        var lookup = try lookup([])
        #expect(lookup.count == 0)
        #expect(try lookup.identifiers(at: []).isEmpty)
        #expect(try lookup.number(of: "x".utf8.span) == nil)
    }

    @Test func aSectionOfAnotherLengthIsRefused() throws {
        let container = try container([["a", "b"], ["c"]])
        for count in [0, 2, 4] {
            #expect(throws: FormatError.self) {
                try DictionaryLookup(
                    container, section: DictionaryLookupTests.section, count: count, using: Zstandard())
            }
        }
    }

    /// Parts that go with another stand alone or in front: no id may come of them, nor may they be passed over.
    @Test(arguments: [[.uuidLow], [.text], [.uuidLow, .decimal], [.text, .uuidHigh, .uuidLow]] as [[DictionaryPart]])
    func partsWithoutAFirstAreRefused(parts: [DictionaryPart]) throws {
        let zstandard = Zstandard()
        var writer = ContainerWriter(format: PartitionFormat.file)
        for part in parts {
            let block =
                part == .text
                ? EncodedBlock.text([0x61], using: zstandard)
                : EncodedBlock.encode(column: [UInt64(1)], using: zstandard)[0]
            writer.append(section: DictionaryLookupTests.section, part: part.rawValue, block)
        }
        let file = try DataFile(path: folder.write(writer.finish(metadata: []), as: "file"))
        let container = try ContainerReader(file, format: PartitionFormat.file)
        for count in 0...parts.count {
            #expect(throws: FormatError.self) {
                try DictionaryLookup(
                    container, section: DictionaryLookupTests.section, count: count, using: zstandard)
            }
            #expect(throws: FormatError.self) {
                try container.dictionary(section: DictionaryLookupTests.section, count: count, using: zstandard)
            }
        }
    }

    /// Nor is a block that is no part of a dictionary one that counts.
    @Test func aDictionaryIsMadeOfParts() throws {
        var writer = ContainerWriter(format: PartitionFormat.file)
        writer.append(section: DictionaryLookupTests.section, column: [UInt64(1)], using: Zstandard())
        let file = try DataFile(path: folder.write(writer.finish(metadata: []), as: "file"))
        let container = try ContainerReader(file, format: PartitionFormat.file)
        #expect(throws: FormatError.self) { try container.checkPromises([(DictionaryLookupTests.section, 1)]) }
    }

    /// The damage of one run leaves the ids of the others.
    @Test func damageIsMetWhereItIs() throws {
        let runs = [["1", "2"], ["three", "four"], ["5"]]
        let offset = try container(runs).offsets[1]
        var bytes = try folder.read("file")
        bytes[offset] ^= 1
        _ = try folder.write(bytes, as: "file")
        let file = try DataFile(path: folder.path.appending("file"))
        var lookup = try DictionaryLookup(
            ContainerReader(file, format: PartitionFormat.file), section: DictionaryLookupTests.section, count: 5,
            using: Zstandard())
        #expect(try lookup.identifiers(at: [0, 1, 4]) == IdentifierList(["1", "2", "5"]))
        #expect(throws: FormatError.self) { try lookup.identifiers(at: [0, 2]) }
        #expect(try lookup.number(of: "2".utf8.span) == 1)
        #expect(throws: FormatError.self) { try lookup.number(of: "5".utf8.span) }
    }
}
