import Testing

@Suite struct LineLengthRuleTests {
    @Test(arguments: ["Sources/Events/A.swift", "docs/a.md", "Tools/a.py"])
    func longLinesBreakIt(path: String) {
        let text = "a\n" + String(repeating: "x", count: 121) + "\n" + String(repeating: "é", count: 120)
        #expect(brokenLines(LineLengthRule(), path, text) == [2])
    }
}

@Suite struct FileLengthRuleTests {
    @Test func longFilesBreakIt() {
        #expect(brokenLines(FileLengthRule(), "Tests/A.swift", String(repeating: "\n", count: 400)).isEmpty)
        #expect(brokenLines(FileLengthRule(), "Tests/A.swift", String(repeating: "\n", count: 401)) == [401])
    }

    @Test func proseMayBeLong() {
        #expect(brokenLines(FileLengthRule(), "docs/a.md", String(repeating: "\n", count: 999)).isEmpty)
    }
}

@Suite struct FunctionLengthRuleTests {
    private func function(lineCount: Int) -> String {
        "struct S {\n    func f() {\n" + String(repeating: "        a()\n", count: lineCount) + "    }\n}\n"
    }

    @Test func longFunctionsBreakIt() {
        #expect(brokenLines(FunctionLengthRule(), "Sources/Events/A.swift", function(lineCount: 40)).isEmpty)
        #expect(brokenLines(FunctionLengthRule(), "Sources/Events/A.swift", function(lineCount: 41)) == [2])
    }
}
