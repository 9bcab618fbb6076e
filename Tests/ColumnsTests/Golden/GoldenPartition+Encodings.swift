import Platform
import TestSupport

@testable import Columns

extension GoldenPartition {
    /// Every encoding, for all numbers of a file at once, with each codec. The writer chooses by size, so it makes none
    /// of these.
    static let encodings: [GoldenPartition] = forms.flatMap { name, encoding, isConstant in
        CodecIdentifier.allCases.map { codec in
            GoldenPartition("\(name)-\(codec)", isConstant ? alike : medley) { columns, key in
                try recoded(columns, key) { encoding.block($0, codec) }
            }
        }
    }

    /// The encodings, and true for those that only equal values have.
    private static let forms: [(name: String, encoding: HandEncoding, isConstant: Bool)] = [
        ("constant", .constant, true), ("narrow", .narrow(), false), ("byte-planes", .bytePlanes(), false),
        ("frame-of-reference", .frameOfReference(), false), ("delta", .delta(), false),
        ("run-length-constant", .runLength(.constant), true), ("run-length-narrow", .runLength(.narrow()), false),
        ("run-length-byte-planes", .runLength(.bytePlanes()), false),
        ("run-length-frame-of-reference", .runLength(.frameOfReference()), false),
        ("run-length-delta", .runLength(.delta()), false),
        // Legal, and no writer's choice: more bytes than the numbers need, more even than their type has.
        ("wide-narrow", .narrow(width: 8), false), ("wide-byte-planes", .bytePlanes(width: 8), false),
        ("wide-frame-of-reference", .frameOfReference(width: 8), false), ("wide-delta", .delta(width: 8), false),
        ("wide-run-length", .runLength(.bytePlanes(width: 8), lengthWidth: 4), false),
    ]

    /// The writer's file with each block of numbers encoded anew, and each block of text with the same codec.
    private static func recoded(
        _ columns: ExposureColumns, _ key: PartitionKey, _ encode: ([UInt64]) -> EncodedBlock,
    ) throws -> [UInt8] {
        let zstandard = Zstandard()
        var dissection = try Dissection(PartitionEncoder.encode(columns, key: key, using: zstandard))
        for index in dissection.parts.indices {
            if dissection.parts[index].block.encoding == .text {
                let text = try dissection.parts[index].text()
                let codec = encode([0]).codec
                dissection.parts[index].block = EncodedBlock(raw: text, .text, codec, rowCount: text.count)
            } else {
                dissection.parts[index].block = encode(try dissection.parts[index].values())
            }
        }
        return dissection.assembled
    }

    /// Rows that are equal.
    private static let alike = [Exposure](
        repeating: Exposure(
            user: "7", session: "text", request: "01234567-89ab-cdef-0edc-ba9876543210", item: "300",
            at: 70_000, rank: 300), count: 4)

    /// Rows with ids of all forms, numbers of several widths, and runs.
    static let medley: [Exposure] = {
        let uuids = (0..<3).map { "01234567-89ab-cdef-0edc-ba987654321\($0)" }
        return [
            Exposure(session: "a", request: uuids[2], item: "1", at: 86_399_000_000_000),
            Exposure(session: "b", request: uuids[0], item: "70000", at: 3),
            Exposure(session: "b", item: "70000", at: 3, rank: 0),
            Exposure(user: "12", session: "c", request: uuids[1], item: "2", at: 1_000, rank: 1),
            Exposure(user: "12", session: "c", request: uuids[1], item: "2", at: 2_000, rank: 2),
            Exposure(user: "12", session: "c", request: uuids[1], item: "1", at: 2_000, rank: 3),
            Exposure(user: "5", session: "c", item: "1", at: 4_000_000_000, rank: 70_000),
            Exposure(user: "5", session: "d", item: "300", at: 4_000_000_000, rank: 70_000),
            Exposure(user: "5", session: "dé", request: uuids[0], item: "300", at: 5_000_000_000),
        ]
    }()
}

extension HandEncoding {
    /// A block of these values.
    func block(_ values: [UInt64], _ codec: CodecIdentifier = .none) -> EncodedBlock {
        EncodedBlock(raw: bytes(values), identifier, codec, rowCount: values.count)
    }
}

extension EncodedBlock {
    /// A block of raw bytes, compressed or not whether or not it pays.
    init(raw: [UInt8], _ encoding: EncodingIdentifier, _ codec: CodecIdentifier, rowCount: Int) {
        self.init(
            encoding: encoding, codec: codec, rowCount: rowCount, rawByteCount: raw.count,
            stored: codec == .zstd ? Zstandard().compress(raw) : raw)
    }
}
