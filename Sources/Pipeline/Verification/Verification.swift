import Platform
package import Publishing
import Synchronization
package import SystemPackage

/// Verifies files of a store: what they hold, and what they say of each other. It changes none.
package struct Verification: Sendable {
    private let pipeline: Pipeline
    private let level: VerificationLevel

    package init(_ pipeline: Pipeline, level: VerificationLevel) {
        self.pipeline = pipeline
        self.level = level
    }

    /// Verifies all that is at `paths`, or the whole store if that is nil, and what its files name.
    ///
    /// - Throws: `StorageError` if a path names nothing; `PipelineError` if a path names no file of the product, or the
    ///   store has none; `Interruption`. What is wrong with files and folders is in the report.
    package func run(_ paths: [FilePath]?) throws -> VerificationReport {
        let tree = StoreTree(pipeline.layout)
        let verifier = FileVerifier(layout: pipeline.layout, level: level)
        var found = StoreFiles()
        for path in paths ?? [] { found.add(try files(at: path, in: tree, verifier)) }
        if paths == nil {
            found.add(tree.files())
            guard !found.files.isEmpty else {
                throw PipelineError.emptyStore(pipeline.layout.configuration.outDirectory)
            }
            if level == .deep { try found.add(verifier.missingPartitions(below: tree.folders)) }
        }
        return VerificationReport(try verify(found.files, verifier), others: found.others)
    }

    private func files(at path: FilePath, in tree: StoreTree, _ verifier: FileVerifier) throws -> StoreFiles {
        var files = try tree.files(at: path)
        if level == .deep { try files.add(verifier.missingPartitions(below: [path])) }
        guard !files.files.isEmpty else { throw PipelineError.nothingToVerify(path) }
        return files
    }

    /// Files may name others, which are verified in the next round.
    private func verify(_ files: [StoredFile], _ verifier: FileVerifier) throws -> [VerifiedFile] {
        var (seen, pending, verified): (Set<FilePath>, [StoredFile], [VerifiedFile]) = ([], files, [])
        while true {
            pending = pending.filter { seen.insert($0.path.absolute).inserted }
            if pending.isEmpty { return verified }
            let round = try self.round(pending, verifier, doneCount: verified.count)
            verified += round
            pending = round.flatMap { (try? $0.outcome.get())?.references ?? [] }
        }
    }

    private func round(
        _ files: [StoredFile], _ verifier: FileVerifier, doneCount: Int,
    ) throws -> [VerifiedFile] {
        let done = SerialNumber()
        let total = doneCount + files.count
        return try Parallel.map(count: files.count, threadCount: pipeline.threadCount) { index in
            try Cancellation.check()
            defer { pipeline.progress?(.verifying(fileCount: doneCount + done.next() + 1, total: total)) }
            let outcome = try VerifiedFile.outcome { try verifier.verify(files[index]) }
            return VerifiedFile(file: files[index], outcome: outcome)
        }
    }
}

/// A file, and what came of verifying it.
struct VerifiedFile: Sendable {
    let file: StoredFile
    let outcome: Result<FileVerifier.Outcome, VerificationFailure>

    /// - Throws: What is no failure of a file.
    static func outcome(
        _ body: () throws -> FileVerifier.Outcome,
    ) throws -> Result<FileVerifier.Outcome, VerificationFailure> {
        do {
            return .success(try body())
        } catch let failure as any Failure {
            return .failure(VerificationFailure(failure: failure))
        }
    }
}

/// What is wrong with a file.
struct VerificationFailure: Error {
    let failure: any Failure
}

extension VerificationReport {
    init(_ files: [VerifiedFile], others: [FilePath]) {
        var counts: [String: Count] = [:]
        var problems: [Problem] = []
        for verified in files {
            let role = verified.file.role.name
            var count = counts[role] ?? Count(role: role, fileCount: 0, byteCount: 0, problemCount: 0)
            count.fileCount += 1
            switch verified.outcome {
            case .success(let outcome): count.byteCount += outcome.byteCount
            case .failure(let error):
                count.problemCount += 1
                problems.append(Problem(path: verified.file.path, role: role, failure: error.failure))
            }
            counts[role] = count
        }
        self.counts = counts.values.sorted { $0.role < $1.role }
        self.problems = problems.sorted { $0.path.string < $1.path.string }
        self.others = others
    }
}
