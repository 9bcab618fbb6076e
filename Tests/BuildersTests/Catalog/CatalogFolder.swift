import Columns
import Events
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Builders

/// Catalogs in a folder of their own, read as content_sim reads them.
struct CatalogFolder {
    let folder = TemporaryFolder()
    var limits = BuildLimits()
    /// How long a row may be.
    var maximumRecordByteCount = 1 << 20
    /// How much is read at a time.
    var chunkByteCount = 1 << 20

    func build(_ bytes: [UInt8], as name: String, surface: String = "home") throws -> ContentSimBuilder.Result {
        try build(folder.write(bytes, as: name), surface: surface)
    }

    func build(_ path: FilePath, surface: String = "home") throws -> ContentSimBuilder.Result {
        let reader = CatalogReader(
            path, maximumRecordByteCount: maximumRecordByteCount, chunkByteCount: chunkByteCount)
        return try ContentSimBuilder.build(from: reader, surface: PathSegment(surface), limits, scratch: .memory)
    }

    /// The rows of a catalog as text: `id: tag|tag`.
    func rows(_ text: String, as name: String = "c.csv", surface: String = "home") throws -> [String] {
        try rows(Array(text.utf8), as: name, surface: surface)
    }

    func rows(_ bytes: [UInt8], as name: String, surface: String = "home") throws -> [String] {
        try CatalogFolder.text(of: build(bytes, as: name, surface: surface).rows)
    }

    /// Rows of content_sim as text, once it is seen that they are what they are to be.
    static func text(of rows: RankedRows) throws -> [String] {
        let members = try rows.members(in: 0..<rows.entryCount)
        #expect(rows.valueKind == .none)
        #expect(rows.rowKeys.isStrictlyAscending && rows.rowKeys.count == rows.rowCount)
        #expect(rows.memberKeys.isStrictlyAscending)
        #expect(Set(members) == Set(rows.memberKeys.indices.map { UInt32($0) }))
        var start = 0
        return try rows.rowLengths(in: 0..<rows.rowCount).enumerated().map { row, length in
            defer { start += Int(length) }
            let tags = members[start..<start + Int(length)].map { rows.memberKeys.string(at: Int($0)) }
            return rows.rowKeys.string(at: row) + ": " + tags.joined(separator: "|")
        }
    }

    /// The message of the error that a catalog leads to, without the folder's path. The error also says what to do.
    func message(
        _ text: String, as name: String = "c.csv", sourceLocation: SourceLocation = #_sourceLocation,
    ) throws -> String? {
        try message(Array(text.utf8), as: name, sourceLocation: sourceLocation)
    }

    func message(
        _ bytes: [UInt8], as name: String, sourceLocation: SourceLocation = #_sourceLocation,
    ) throws -> String? {
        let error = #expect(throws: CatalogError.self, sourceLocation: sourceLocation) { try rows(bytes, as: name) }
        #expect(error?.kind == .badInput, sourceLocation: sourceLocation)
        #expect(error?.remedy?.isEmpty == false, sourceLocation: sourceLocation)
        return error.map { withoutFolder($0.message) }
    }

    func withoutFolder(_ message: String) -> String {
        message.replacing("\(folder.path)/", with: "")
    }
}
