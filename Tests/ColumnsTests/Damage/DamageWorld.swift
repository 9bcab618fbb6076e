import Platform
import TestSupport
import Testing

@testable import Columns

/// A small partition file with blocks of every encoding and codec, and what becomes of it when it is damaged.
final class DamageWorld {
    /// Nine rows in three blocks a column, and what is read of them.
    static let (bytes, columns): ([UInt8], ExposureColumns) = {
        do {
            let bytes = try makeBytes()
            return (bytes, try readAll(bytes, in: TemporaryFolder()))
        } catch {
            preconditionFailure("the file is well-formed: \(error)")
        }
    }()
    /// Where the footer begins; the tail is 32 bytes.
    static let footerStart: Int = {
        let tail = bytes.count - FileFormat.tailByteCount
        return tail - Int(bytes.rawSpan.load(at: tail, as: UInt32.self))
    }()
    static let header = 0..<FileFormat.headerByteCount
    static let blocks = FileFormat.headerByteCount..<footerStart
    static let footerAndTail = footerStart..<bytes.count

    private let file: DamagedFile
    private let zstandard = Zstandard()
    private let memory = MemoryUse()

    init(_ access: FileAccess = .mapped) throws {
        file = try DamagedFile(access)
    }

    /// Reads files that are damaged: each must be refused, or hold the rows of the intact one.
    ///
    /// - Parameter least: How many must be refused at least.
    /// - Returns: How many were.
    @discardableResult
    func expectRefusalOrSameRows(
        _ damages: some Sequence<[UInt8]>, refusing least: Int,
    ) throws -> Int {
        var refusals = 0
        for bytes in damages {
            guard let (_, columns) = try read(bytes) else {
                refusals += 1
                continue
            }
            if columns != DamageWorld.columns {
                Issue.record("read as other rows: \(bytes)")
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
    func expectRefusalOrGoodRows(
        _ forgeries: some Sequence<[UInt8]>, refusing least: Int,
    ) throws -> Int {
        var refusals = 0
        for bytes in forgeries {
            let content = try read(bytes)
            guard try isVerified(bytes) == (content != nil) else {
                Issue.record("verified as something else than it is read: \(bytes)")
                break
            }
            guard let (reader, columns) = content else {
                refusals += 1
                continue
            }
            if let flaw = columns.flaw(by: reader.statistics) {
                Issue.record("\(flaw): \(bytes)")
                break
            }
        }
        #expect(refusals >= least)
        #expect(memory.stayed(below: 64))
        return refusals
    }

    private func read(_ bytes: [UInt8]) throws -> (reader: PartitionReader, columns: ExposureColumns)? {
        let file = try file.with(bytes)
        do throws(FormatError) {
            let reader = try PartitionReader(file)
            return (reader, try reader.columns(using: zstandard))
        } catch {
            return nil
        }
    }

    private func isVerified(_ bytes: [UInt8]) throws -> Bool {
        let file = try file.with(bytes)
        do throws(FormatError) {
            try PartitionReader(file).verify(using: zstandard)
            return true
        } catch {
            return false
        }
    }

    private static func makeBytes() throws -> [UInt8] {
        var dissection = try Dissection(
            PartitionEncoder.encode(ExposureColumns(GoldenPartition.medley), key: .fixture(), using: Zstandard()))
        var encodings = 0
        dissection.parts = try dissection.parts.flatMap { part in
            if part.block.encoding == .text { return [part] }
            let values = try part.values()
            let step = part.section < 16 ? values.count : 3
            return stride(from: 0, to: values.count, by: step).map { start in
                defer { encodings += 1 }
                let piece = Array(values[start..<min(start + step, values.count)])
                return Dissection.Part(
                    section: part.section, part: part.part,
                    block: encoding(encodings, of: piece).block(piece, encodings % 3 == 0 ? .zstd : .none))
            }
        }
        return dissection.assembled
    }

    /// Each in turn.
    private static func encoding(_ number: Int, of values: [UInt64]) -> HandEncoding {
        if Set(values).count == 1, number % 4 != 0 {
            return [.constant, .runLength(.constant)][number % 2]
        }
        return [.narrow(), .bytePlanes(), .frameOfReference(), .delta(), .runLength(.delta()), .runLength(.narrow())][
            number % 6]
    }
}

extension ExposureColumns {
    /// What is wrong with rows that a file of the format cannot hold; nil if nothing is. Spelled out from the
    /// specification.
    func flaw(by statistics: PartitionStatistics) -> String? {
        for column in IdentifierColumn.allCases {
            if let flaw = flaw(of: column, count: statistics.distinctCount(column)) { return flaw }
        }
        let users = users.dictionary.texts
        if zip(users, users.dropFirst()).contains(where: { !$0.lexicographicallyPrecedes($1) }) {
            return "users out of order"
        }
        guard nanosecondsOfDay.count == statistics.rowCount, ranks.count == statistics.rowCount else {
            return "another number of rows"
        }
        guard nanosecondsOfDay.allSatisfy({ $0 < 86_400_000_000_000 }), ranks.allSatisfy({ $0 <= 2_147_483_648 }),
            nanosecondsOfDay.min() ?? 0 == statistics.earliest, nanosecondsOfDay.max() ?? 0 == statistics.latest
        else { return "a time or a rank out of range" }
        let keys = exposures.map { row in
            (
                user: Array((row.user ?? "").utf8), session: row.user == nil ? Array(row.session.utf8) : [],
                time: row.nanosecondOfDay
            )
        }
        for (before, after) in zip(keys, keys.dropFirst()) {
            if after.user != before.user {
                if after.user.lexicographicallyPrecedes(before.user) { return "users out of order in the rows" }
            } else if after.session != before.session {
                if after.session.lexicographicallyPrecedes(before.session) { return "sessions out of order" }
            } else if after.time < before.time {
                return "times out of order"
            }
        }
        return nil
    }

    private func flaw(of column: IdentifierColumn, count: Int) -> String? {
        let texts = self[column].dictionary.texts
        if texts.count != count || Set(texts).count != count { return "ids missing, too many or repeated" }
        for text in texts where text.isEmpty || String(validating: text.rawSpan) == nil { return "an id that is none" }
        let least: UInt32 = column.isOptional ? 0 : 1
        if self[column].codes.contains(where: { $0 < least || $0 > count }) { return "a code that stands for no id" }
        return self[column].codes.count == self.count ? nil : "another number of rows"
    }
}

extension IdentifierList {
    fileprivate var texts: [[UInt8]] { indices.map { self[$0].raw.copiedBytes } }
}
