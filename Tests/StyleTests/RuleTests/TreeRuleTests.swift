import Testing

@Suite struct DeadFileRuleTests {
    private func broken(_ files: [String: String]) -> [String] {
        let files = files.map { SourceFile(path: $0, text: $1) }
        return DeadFileRule().violations(in: SourceTree(files: files)).map(\.path).sorted()
    }

    @Test func filesThatNothingUsesBreakIt() {
        let files = [
            "Sources/Events/A.swift": "struct A { func count() {} }",
            "Sources/Events/B.swift": "struct B { var a: A, count: Int }",
            "Sources/Commands/C.swift": "@main struct C { var b: B }",
        ]
        #expect(broken(files).isEmpty)
        #expect(broken(files.filter { $0.key != "Sources/Events/B.swift" }) == ["Sources/Events/A.swift"])
    }

    @Test func useInTestsAndCommentsIsNoUse() {
        let files = [
            "Sources/Events/A.swift": "struct A {}", "Tests/EventsTests/T.swift": "let a = A()",
            "Tools/x/main.swift": "// A\nlet b = \"A\"",
        ]
        #expect(broken(files) == ["Sources/Events/A.swift"])
        #expect(broken(files.merging(["Tools/x/main.swift": "A()"]) { $1 }).isEmpty)
    }

    @Test func extensionsOfferTheirMembers() {
        let use = ["Sources/Commands/main.swift": "x.byteSum(); String(hex: y); z.rank()"]
        let offers = [
            "extension Int { func byteSum() {} }", "extension String { init(hex: Int) {} }",
            "private struct P {}\nextension Z { var rank: Int { 1 } }",
        ]
        for text in offers { #expect(broken(use.merging(["Sources/Events/A.swift": text]) { $1 }).isEmpty) }
        let unused = [
            "extension Int { func other() {} }", "extension Int { private func byteSum() {} }",
            "struct P {}\nextension P { var rank: Int { 1 } }", "let a = { let rank = 1 }",
        ]
        for text in unused { #expect(broken(use.merging(["Sources/Events/A.swift": text]) { $1 }).count == 1) }
    }

    @Test func publicNamesAreUsedFromOutside() {
        #expect(broken(["Sources/Artifacts/A.swift": "public struct A {}"]).isEmpty)
    }

    @Test func placeholdersBreakIt() {
        #expect(broken(["Tests/EventsTests/EventsPlaceholder.swift": "import Testing"]).count == 1)
        #expect(broken(["Sources/Scan/placeholder.swift": "public struct A {}"]).count == 1)
    }
}

@Suite struct ImportOrderRuleTests {
    @Test(arguments: [
        "import Columns", "package import Pipeline", "import struct Columns.Block", "@testable import Events",
    ])
    func importsOfLaterModulesBreakIt(text: String) {
        #expect(brokenLines(ImportOrderRule(), "Sources/Events/Time/A.swift", "import Platform\n\(text)") == [2])
    }

    @Test func importsOfEarlierModulesKeepIt() {
        let text = "import Platform\nimport Events\npublic import SystemPackage\n// import Pipeline"
        #expect(brokenLines(ImportOrderRule(), "Sources/Columns/A.swift", text).isEmpty)
        #expect(brokenLines(ImportOrderRule(), "Tools/recsys-dump/A.swift", "import Pipeline").isEmpty)
    }
}
