import Testing

@Suite struct DocumentationRuleTests {
    private func broken(_ text: String) -> [Int] {
        brokenLines(DocumentationRule(), "Sources/Events/A.swift", text)
    }

    @Test(arguments: [
        "package struct A {}", "public enum A {}", "package protocol A {}", "package func f() {}",
        "@inlinable\npackage func f() {}", "// no documentation\npackage func f() {}", "/// far\n\npackage func f() {}",
        "extension A {\n    /// one\n    package func f() {}\n    package func g() {}\n}",
    ])
    func missingCommentsBreakIt(text: String) {
        #expect(broken(text).count == 1)
    }

    @Test(arguments: [
        "/// A.\npackage struct A {}", "/// A.\n@inlinable\n@_lifetime(copy self)\npackage func f() {}",
        "/// A.\n// why\npackage func f() {}", "func f() {}\nprivate struct A {}",
        "extension A {\n    package static func == (a: A, b: A) -> Bool { true }\n}",
        "extension A {\n    package mutating func run() {}\n    package init() {}\n    package let a: Int\n}",
        "/// A.\n///\n/// More.\npackage func f() {}", "/** A. */\npackage func f() {}",
    ])
    func documentedAndInternalNamesKeepIt(text: String) {
        #expect(broken(text).isEmpty)
    }

    @Test func testsAreExempt() {
        #expect(brokenLines(DocumentationRule(), "Tests/TestSupport/A.swift", "package func f() {}").isEmpty)
    }
}
