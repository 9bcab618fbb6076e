import Foundation

/// The text files of the package that people wrote.
struct SourceTree: Sendable {
    let files: [SourceFile]

    /// The files of this package.
    static let package = SourceTree(root: packageRoot)

    init(files: [SourceFile]) {
        self.files = files
    }

    private init(root: String) {
        let names = SourceTree.folders.flatMap { folder in
            (FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.allObjects ?? [])
                .compactMap { $0 as? String }.map { "\(folder)/\($0)" }
        }
        let topNames = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let paths = (names + topNames).filter(SourceTree.isText).sorted()
        files = paths.compactMap { path in
            (try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)).map { SourceFile(path: path, text: $0) }
        }
    }

    private static let folders = ["Sources", "Tests", "Tools", "Benchmarks", "docs", ".ci"]
    private static let textExtensions: Set = ["swift", "c", "cpp", "h", "modulemap", "py", "sh", "md", "txt", "toml"]
    private static let textNames: Set = ["Makefile", ".gitignore", ".editorconfig", ".swift-format", ".ci/run"]

    private static func isText(_ path: String) -> Bool {
        textNames.contains(path) || textExtensions.contains(String(path.split(separator: ".").last ?? ""))
    }

    /// The folder of Package.swift: this file is Tests/StyleTests/Source/SourceTree.swift in it.
    private static var packageRoot: String {
        (0..<4).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }.path
    }
}
