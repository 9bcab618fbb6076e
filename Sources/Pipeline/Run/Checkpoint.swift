package import Events
import FoundationEssentials
package import Platform
package import SystemPackage

/// How far an owner has been published.
package struct Checkpoint: Sendable, Equatable {
    package let lastPublishedDay: Day
    package let runIdentifier: String

    package init(lastPublishedDay: Day, run: RunIdentifier) {
        self.lastPublishedDay = lastPublishedDay
        runIdentifier = run.description
    }

    /// Reads what `write` wrote, or returns nil.
    package init?(encoded bytes: [UInt8]) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)), stored.v == 1,
            let day = Day(stored.last_published_day)
        else { return nil }
        lastPublishedDay = day
        runIdentifier = stored.run_id
    }

    /// The members as they are spelled.
    private struct Stored: Decodable {
        let v: Int
        let last_published_day: String
        let run_id: String
    }

    /// Replaces the file at `path`, unless it names that day already.
    package func write(to path: FilePath) throws(StorageError) {
        if try File.exists(path) {
            // One that is damaged is written anew.
            let present = Checkpoint(encoded: try File.read(path))
            if present?.lastPublishedDay == lastPublishedDay {
                // Whoever wrote it may have been killed before its name was durable.
                return try Directory.synchronise(path.removingLastComponent())
            }
        }
        let text = JSONWriter.text(style: .indented) { json in
            json.object { json in
                json.member("v", 1)
                json.member("last_published_day", lastPublishedDay.description)
                json.member("run_id", runIdentifier)
            }
        }
        try AtomicFile.write((text + [UInt8(ascii: "\n")]).rawSpan, to: path)
    }
}
