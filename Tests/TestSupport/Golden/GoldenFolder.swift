import CZstd
package import Foundation
import Platform
import Synchronization

/// The golden files: `Fixtures/golden/v1`. What they are for, its README says.
///
/// They are never written anew. Cases that are new in the tests get their files by
///
///     RECSYS_ADD_GOLDEN_FILES=1 swift test --filter Golden
///
/// which writes files that are missing, and no other.
package enum GoldenFolder {
    package static let path = packageRoot.appending(path: "Fixtures/golden/v1")

    /// The version of the zstd library that has compressed the blocks in them: 1.5.4.
    private static let zstandardVersion: UInt32 = 1_05_04

    /// True if blocks are compressed here as they were for the golden files.
    package static let isWrittenWithThisLibrary = ZSTD_versionNumber() == zstandardVersion

    private static let isAdding = ProcessInfo.processInfo.environment["RECSYS_ADD_GOLDEN_FILES"] == "1"
    /// Held by who adds a file.
    private static let additions = Mutex(())

    /// What a file holds; nil if there is none of that name.
    package static func bytes(_ name: String) -> [UInt8]? {
        (try? Data(contentsOf: path.appending(path: name))).map { Array($0) }
    }

    /// What a file holds that must be there. If files are to be added and it is missing it is written first.
    package static func bytes(_ name: String, elseAdding make: () throws -> [UInt8]) throws -> [UInt8] {
        if let bytes = bytes(name) { return bytes }
        guard isAdding else { throw Missing(name: name) }
        let bytes = try make()
        try additions.withLock { _ in if self.bytes(name) == nil { try add(bytes, name) } }
        return bytes
    }

    /// The names of all files.
    package static var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path.path).sorted() }
    }

    /// The SHA-256 that every file must have, by name: the list beside the folder, as `sha256sum` writes it.
    package static var digests: [String: String] {
        get throws {
            let lines = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
            return Dictionary(uniqueKeysWithValues: lines.map { (String($0.dropFirst(66)), String($0.prefix(64))) })
        }
    }

    private static let list = path.appending(path: "../SHA256SUMS").standardized

    private static func add(_ bytes: [UInt8], _ name: String) throws {
        try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        try Data(bytes).write(to: path.appending(path: name), options: .withoutOverwriting)
        let digest = "\(SHA256Digest(of: bytes.rawSpan))  \(name)"
        let old = (try? String(contentsOf: list, encoding: .utf8)) ?? ""
        let lines = old.split(separator: "\n").map(String.init) + [digest]
        let sorted = lines.sorted { $0.dropFirst(66) < $1.dropFirst(66) }
        try Data((sorted.joined(separator: "\n") + "\n").utf8).write(to: list)
    }

    /// This file is Tests/TestSupport/Golden/GoldenFolder.swift in it.
    private static var packageRoot: URL {
        (0..<4).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
    }

    /// A file that a case needs and that is not there.
    package struct Missing: Error, CustomStringConvertible {
        let name: String

        package var description: String {
            "Fixtures/golden/v1/\(name) is missing; if its case is new, add it (see GoldenFolder.swift)"
        }
    }
}
