import Foundation
import Testing

/// Texts that the commands are meant to print, in `Tests/CommandsTests/Snapshots`.
///
/// After a change that is meant, renew them all and read the difference:
///
///     RECSYS_RENEW_SNAPSHOTS=1 swift test --filter CommandsTests
///     git diff Tests/CommandsTests/Snapshots
enum Snapshot {
    static let folder = DemoFolder.packageRoot.appendingPathComponent("Tests/CommandsTests/Snapshots")
    static let isRenewing = ProcessInfo.processInfo.environment["RECSYS_RENEW_SNAPSHOTS"] == "1"

    /// Compares a text with the snapshot `name`, line by line.
    static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appendingPathComponent("\(name).snapshot")
        if isRenewing { return try Data(text.utf8).write(to: file) }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        if text == expected { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let difference = lines.difference(from: expectedLines).prefix(20).map { change in
            switch change {
            case .insert(let index, let line, _): "\(index + 1) now: \(line)"
            case .remove(let index, let line, _): "\(index + 1) was: \(line)"
            }
        }
        let lead = "\(name).snapshot differs; if that is meant, renew it (see Snapshot.swift)"
        Issue.record("\(([lead] + difference).joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
}
