import Testing

/// The package's own files keep every rule.
@Suite struct StyleTests {
    @Test(arguments: allRules)
    func everyFileKeeps(_ rule: any Rule) {
        let violations = rule.violations(in: .package)
        guard !violations.isEmpty else { return }
        Issue.record("\(type(of: rule)):\n\(violations.map(\.description).joined(separator: "\n"))")
    }

    @Test func filesWereFound() {
        let paths = Set(SourceTree.package.files.map(\.path))
        #expect(paths.isSuperset(of: ["Package.swift", "Makefile", ".ci/run", "Tests/StyleTests/StyleTests.swift"]))
        #expect(paths.contains { $0.hasPrefix("Sources/Platform/") })
    }
}
