import Foundation
import Platform
package import SystemPackage

/// A program that tests run.
package struct Program: Sendable {
    package let path: FilePath

    /// The product.
    package static let pipelines = Program(name: "recsys-pipelines")
    /// The tool that looks into files.
    package static let dump = Program(name: "recsys-dump")
    /// The tool that writes synthetic events.
    package static let generate = Program(name: "recsys-generate")

    /// A program of the system.
    package init(path: FilePath) {
        self.path = path
    }

    /// A program of this package, built beside the test bundle.
    package init(name: String) {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        let place = bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])
        path = FilePath(place.deletingLastPathComponent().appendingPathComponent(name).path)
    }

    /// Where standard output goes.
    package enum Output: Sendable {
        /// To the result.
        case collected
        /// Into a pipe that nobody reads any more.
        case closedPipe
        /// Into a file or a device that exists.
        case file(String)
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: Without the program's name.
    ///   - folder: The working directory.
    ///   - input: What standard input holds.
    ///   - environment: Variables that are set beside those of the tests, of which settings of ours are left out.
    ///   - errors: Where standard error goes: a device that exists; nil for the result.
    /// - Throws: If the program cannot be started.
    package func run(
        _ arguments: [String], in folder: TemporaryFolder, input: [UInt8] = [], environment: [String: String] = [:],
        output: Output = .collected, errors: String? = nil,
    ) throws -> ProgramResult {
        let program = try RunningProgram(self, arguments, folder, environment, output, errors: errors)
        // More than a pipe holds is written while the program reads; one that ends before it has read all is fine.
        try? program.write(input)
        return try program.finish()
    }

    /// Starts the program, with a pipe as its standard input.
    ///
    /// - Throws: If the program cannot be started.
    package func start(
        _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
        errors: String? = nil,
    ) throws -> RunningProgram {
        try RunningProgram(self, arguments, folder, environment, .collected, errors: errors)
    }
}

/// What a program answered.
package struct ProgramResult: Sendable {
    /// The exit code; minus the signal if one ended it.
    package let exitCode: Int32
    package let standardOutput: [UInt8]
    package let standardError: String

    /// Standard output as text.
    package var text: String { String(decoding: standardOutput, as: UTF8.self) }

    /// The JSON object in the last line of standard output, or nil if that is none.
    package var object: [String: Any]? {
        let line = text.split(separator: "\n").last.map { Data($0.utf8) } ?? Data()
        return (try? JSONSerialization.jsonObject(with: line)) as? [String: Any]
    }
}
