import Foundation
import Platform
import SystemPackage

/// A program that runs. One that takes a minute is killed, so that no test waits for ever.
package final class RunningProgram {
    private let process = Process()
    private let input = Pipe()
    /// Files take the output: they are never full.
    private let files = TemporaryFolder()
    private let watchdog: DispatchWorkItem

    /// - Throws: If the program cannot be started.
    init(
        _ program: Program, _ arguments: [String], _ folder: TemporaryFolder, _ environment: [String: String],
        _ output: Program.Output, errors: String?,
    ) throws {
        // A program that does not read its input to the end is no reason for the tests to end.
        StandardOutput.ignoreBrokenPipes()
        process.executableURL = URL(fileURLWithPath: program.path.string)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path.string)
        process.environment = RunningProgram.environment.merging(environment) { $1 }
        process.standardInput = input
        let collectedErrors = try files.write([], as: "error").string
        process.standardError = try RunningProgram.handle(errors ?? collectedErrors)
        switch output {
        case .collected: process.standardOutput = try RunningProgram.handle(files.write([], as: "output").string)
        case .file(let path): process.standardOutput = try RunningProgram.handle(path)
        case .closedPipe:
            let pipe = Pipe()
            try pipe.fileHandleForReading.close()
            process.standardOutput = pipe
        }
        try RunningProgram.withoutBlockedSignals { [process] in try process.run() }
        let identifier = process.processIdentifier
        watchdog = DispatchWorkItem { kill(identifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    }

    /// Feeds standard input; returns when the program has taken all but what a pipe holds.
    ///
    /// - Throws: If the program has ended.
    package func write(_ bytes: [UInt8]) throws {
        try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    }

    /// Sends a signal.
    package func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Waits for the end, without closing standard input.
    ///
    /// - Throws: If what it wrote cannot be read.
    package func wait() throws -> ProgramResult {
        process.waitUntilExit()
        watchdog.cancel()
        let status = process.terminationStatus
        return ProgramResult(
            exitCode: process.terminationReason == .exit ? status : -status,
            standardOutput: Array(
                FileManager.default.contents(atPath: files.path.appending("output").string) ?? Data()),
            standardError: try String(contentsOfFile: files.path.appending("error").string, encoding: .utf8))
    }

    /// Ends standard input and waits for the end.
    ///
    /// - Throws: If what it wrote cannot be read.
    package func finish() throws -> ProgramResult {
        try input.fileHandleForWriting.close()
        return try wait()
    }

    /// Threads that run tests may block signals, and a program inherits that from the thread that starts it.
    private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    private static func handle(_ path: String) throws -> FileHandle {
        try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    /// The environment of the tests, without what changes results and their layout.
    private static var environment: [String: String] {
        ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("RECSYS_") && name != "COLUMNS" && name != "LINES"
        }
    }
}
