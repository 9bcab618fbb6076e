package import Events
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

    /// Replaces the file at `path`.
    package func write(to path: FilePath) throws(StorageError) {
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
