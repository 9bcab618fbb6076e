package import Events
import FoundationEssentials
import Platform
import Publishing
package import SystemPackage

/// How a command ended that was to move the manifest of an owner: for who watches over it.
package struct RunNote: Sendable, Equatable {
    /// A failure, as it was reported.
    package struct Problem: Sendable, Equatable, Codable {
        /// A word for programs: `storage`, `bad_input`, `interrupted`.
        package let kind: String
        package let message: String
    }

    package let command: String
    package let runIdentifier: String
    /// RFC 3339.
    package let startedAt: String
    /// RFC 3339.
    package let endedAt: String
    /// Nil if it ended well.
    package let problem: Problem?
    /// When one ended well the last time, RFC 3339; nil if none is known to have.
    package let lastSuccessAt: String?

    /// - Parameter before: The note that this one is to replace.
    init(command: String, run: RunIdentifier, problem: Problem?, after before: RunNote?) {
        self.command = command
        runIdentifier = run.description
        startedAt = run.startedAt.description
        endedAt = Timestamp.thisSecond.description
        self.problem = problem
        lastSuccessAt = problem == nil ? endedAt : before?.lastSuccessAt
    }

    /// The file's bytes.
    var encoded: [UInt8] {
        JSONWriter.text(style: .indented) { json in
            json.object { json in
                json.member("v", 1)
                json.member("command", command)
                json.member("run_id", runIdentifier)
                json.member("started_at", startedAt)
                json.member("ended_at", endedAt)
                if let lastSuccessAt { json.member("last_success_at", lastSuccessAt) }
                if let problem {
                    json.member("kind", problem.kind)
                    json.member("message", problem.message)
                }
            }
        } + [UInt8(ascii: "\n")]
    }

    /// Reads what `encoded` wrote, or returns nil.
    package init?(encoded bytes: [UInt8]) {
        guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)), stored.v == 1 else { return nil }
        command = stored.command
        runIdentifier = stored.run_id
        startedAt = stored.started_at
        endedAt = stored.ended_at
        lastSuccessAt = stored.last_success_at
        problem = stored.kind.map { Problem(kind: $0, message: stored.message ?? "") }
    }

    /// The members as they are spelled.
    private struct Stored: Decodable {
        let v: Int
        let command: String
        let run_id: String
        let started_at: String
        let ended_at: String
        let last_success_at: String?
        let kind: String?
        let message: String?
    }
}

/// The notes of the last run and of the last failure of every owner:
/// `<root>/<tenant>/<surface>[/segments/<segment>]/last-run.json` and `last-failure.json`.
package struct RunNotes: Sendable {
    package let root: FilePath

    /// The note of the last run; nil if there is none, or none that can be read.
    package func lastRun(of owner: SegmentKey) -> RunNote? { note("last-run.json", owner) }

    /// The note of the last run that failed; nil if there is none, or none that can be read.
    package func lastFailure(of owner: SegmentKey) -> RunNote? { note("last-failure.json", owner) }

    func write(_ note: RunNote, of owner: SegmentKey) throws(StorageError) {
        try AtomicFile.write(note.encoded.rawSpan, to: folder(owner).appending("last-run.json"))
        if note.problem == nil { return }
        try AtomicFile.write(note.encoded.rawSpan, to: folder(owner).appending("last-failure.json"))
    }

    private func note(_ name: String, _ owner: SegmentKey) -> RunNote? {
        (try? File.read(folder(owner).appending(name))).flatMap { RunNote(encoded: $0) }
    }

    private func folder(_ owner: SegmentKey) -> FilePath { root.appending(owner.folders) }
}

extension Pipeline {
    /// Runs `body`, and notes how it ended.
    ///
    /// - Parameters:
    ///   - command: What it is, for who reads the note.
    ///   - isDryRun: True to note nothing.
    /// - Throws: Whatever `body` throws.
    package func noting<Result>(
        _ command: String, of owner: SegmentKey, isDryRun: Bool, _ body: () throws -> Result,
    ) throws -> Result {
        if isDryRun { return try body() }
        do {
            let result = try body()
            note(command, nil, owner)
            return result
        } catch {
            let failure = error as? any Failure
            let kind = failure?.kind.rawValue ?? (error is Interruption ? "interrupted" : "unexpected")
            note(command, RunNote.Problem(kind: kind, message: failure?.message ?? "\(error)"), owner)
            throw error
        }
    }

    /// What was done stays done where no note can be made of it, and what failed has failed for another reason. A name
    /// that was mistyped leaves nothing behind.
    private func note(_ command: String, _ problem: RunNote.Problem?, _ owner: SegmentKey) {
        guard let number = try? layout.registry.lastHistoryNumber(of: owner), number > 0 else { return }
        let before = layout.runNotes.lastRun(of: owner)
        try? layout.runNotes.write(RunNote(command: command, run: run, problem: problem, after: before), of: owner)
    }
}
