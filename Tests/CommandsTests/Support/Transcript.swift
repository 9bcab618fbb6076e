import SystemPackage
import TestSupport

/// Commands and their answers, as somebody would see them, to be compared with a snapshot.
struct Transcript {
    let demoFolder: DemoFolder
    private var entries: [String] = []

    init(_ demoFolder: DemoFolder) {
        self.demoFolder = demoFolder
    }

    /// Runs a command line, the first word of which is the program.
    @discardableResult
    mutating func run(_ line: String, input: String = "") throws -> ProgramResult {
        let words = words(of: line)
        let result = try Program(name: words[0]).run(
            Array(words.dropFirst()), in: demoFolder.folder, input: Array(input.utf8))
        var entry = "$ \(line)\n"
        if !result.standardOutput.isEmpty { entry += "[standard output]\n\(result.text)" }
        if !result.standardError.isEmpty { entry += "[standard error]\n\(result.standardError)" }
        entries.append(entry + "[exit code \(result.exitCode)]\n")
        return result
    }

    /// The text, without what differs from run to run and from machine to machine.
    var text: String {
        SnapshotMask(folder: demoFolder.folder.path.string).apply(to: entries.joined(separator: "\n"))
    }
}
