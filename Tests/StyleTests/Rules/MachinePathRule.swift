/// No file but the documentation names a folder of somebody's machine.
struct MachinePathRule: FileRule {
    // Put together here, so that this file does not hold them.
    private static let folders = ["home", "work", "root", "tmp", "Users"].map { "/\($0)/" }

    func violations(in file: SourceFile) -> [Violation] {
        guard !file.stands(in: ["docs/"]) else { return [] }
        return file.lines.enumerated().compactMap { index, line in
            guard line.utf8.contains(UInt8(ascii: "/")) else { return nil }
            guard let folder = MachinePathRule.folders.first(where: { names(line, $0) }) else { return nil }
            return Violation(file, index + 1, "\(folder): take the path from an argument, or use the temporary folder")
        }
    }

    /// True if an absolute path in the line begins with the folder: a surface called `home` in a longer path is none.
    private func names(_ line: Substring, _ folder: String) -> Bool {
        if line.contains("file://\(folder)") { return true }
        var rest = line[...]
        var before: Character?
        while let slash = rest.firstIndex(of: "/") {
            if slash > rest.startIndex { before = rest[rest.index(before: slash)] }
            let isStart = before.map { " \t\"'`(=:,[<>".contains($0) } ?? true
            if isStart, rest[slash...].hasPrefix(folder) { return true }
            before = "/"
            rest = rest[rest.index(after: slash)...]
        }
        return false
    }
}
