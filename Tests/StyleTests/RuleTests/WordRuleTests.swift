import Testing

@Suite struct LeftoverRuleTests {
    @Test(arguments: ["// TO" + "DO: later", "let fix = 1 // FIX" + "ME", "# XX" + "X", "/* HA" + "CK(me) */"])
    func notesBreakIt(text: String) {
        #expect(brokenLines(LeftoverRule(), "Tools/a.py", "a\n\(text)\n") == [2])
    }

    @Test func otherWordsKeepIt() {
        let text = "mktemp a.XXXXXX\ntodo\nHACKS\nTODOS_"
        #expect(brokenLines(LeftoverRule(), "Sources/Events/A.swift", text).isEmpty)
    }
}

@Suite struct SystemImportRuleTests {
    @Test func systemModulesBelongToPlatform() {
        let text = "#if canImport(Glibc)\n    import Glibc\n#else\n    import Darwin\n#endif"
        #expect(brokenLines(SystemImportRule(), "Sources/Columns/A.swift", text) == [2, 4])
        #expect(brokenLines(SystemImportRule(), "Sources/Platform/A.swift", text).isEmpty)
    }
}

@Suite struct UnsafeMemoryRuleTests {
    @Test(arguments: [
        "let a: UnsafeRawPointer", "let a: UnsafeMutableBufferPointer<Int>", "a.withUnsafeBytes { $0 }", "unsafe a.b()",
        "withUnsafePointer(to: a) {}", "unsafeBitCast(a, to: B.self)", "nonisolated(unsafe) var a = 1",
        "[Int](unsafeUninitializedCapacity: 1) { _, _ in }", "let a = \"\\(unsafe b)\"",
    ])
    func pointersBreakIt(text: String) {
        #expect(brokenLines(UnsafeMemoryRule(), "Sources/Builders/A.swift", text) == [1])
        #expect(brokenLines(UnsafeMemoryRule(), "Sources/Platform/Bytes/A.swift", text).isEmpty)
        #expect(brokenLines(UnsafeMemoryRule(), "Sources/Ingest/Decoding/A.swift", text).isEmpty)
    }

    @Test func spansKeepIt() {
        let text = "// unsafe\nlet a: Span<Int>; \"withUnsafeBytes\"; let unsafely = 1"
        #expect(brokenLines(UnsafeMemoryRule(), "Sources/Builders/A.swift", text).isEmpty)
    }
}

@Suite struct ConcurrencyRuleTests {
    @Test(arguments: [
        "DispatchQueue.global()", "Thread.detachNewThread {}", "Task { a }", "Task(priority: .low) { a }",
        "Task.detached { a }", "await withTaskGroup(of: Int.self) { _ in }",
    ])
    func threadsBreakIt(text: String) {
        #expect(brokenLines(ConcurrencyRule(), "Sources/Pipeline/A.swift", text) == [1])
        #expect(brokenLines(ConcurrencyRule(), "Sources/Platform/Concurrency/A.swift", text).isEmpty)
    }

    @Test func otherTasksKeepIt() {
        #expect(brokenLines(ConcurrencyRule(), "Sources/Pipeline/A.swift", "struct DayTask {}; let a: Task").isEmpty)
    }
}

@Suite struct ClockRuleTests {
    @Test(arguments: ["Date()", "let a = Date.now", "ContinuousClock().now", "clock_gettime(a, b)", "\"\\(Date())\""])
    func clocksBreakIt(text: String) {
        #expect(brokenLines(ClockRule(), "Sources/Pipeline/A.swift", text) == [1])
        #expect(brokenLines(ClockRule(), "Sources/Platform/Time/Clock.swift", text).isEmpty)
    }

    @Test func givenTimesKeepIt() {
        let text = "Date(timeIntervalSince1970: 1); let a: Date"
        #expect(brokenLines(ClockRule(), "Sources/Pipeline/A.swift", text).isEmpty)
    }
}

@Suite struct PrintRuleTests {
    @Test(arguments: ["print(1)", "a.forEach { print($0) }", "debugPrint(a)", "Swift.print(1)"])
    func printsBreakIt(text: String) {
        #expect(brokenLines(PrintRule(), "Sources/Pipeline/A.swift", text) == [1])
        #expect(brokenLines(PrintRule(), "Tests/PipelineTests/A.swift", text) == [1])
        #expect(brokenLines(PrintRule(), "Sources/Commands/A.swift", text).isEmpty)
        #expect(brokenLines(PrintRule(), "Tools/recsys-dump/A.swift", text).isEmpty)
    }

    @Test func otherNamesKeepIt() {
        let text = "a.print(1)\nfunc print(a: Int) {}\nprint"
        #expect(brokenLines(PrintRule(), "Sources/Pipeline/A.swift", text).isEmpty)
    }
}

@Suite struct CrashRuleTests {
    @Test(arguments: ["try! f()", "let a = b as! C", "fatalError(\"no\")"])
    func crashesBreakIt(text: String) {
        #expect(brokenLines(CrashRule(), "Sources/Events/A.swift", text) == [1])
        #expect(brokenLines(CrashRule(), "Tests/EventsTests/A.swift", text).isEmpty)
    }

    @Test func errorsKeepIt() {
        #expect(brokenLines(CrashRule(), "Sources/Events/A.swift", "try f(); try? f(); a as? B; // try! it").isEmpty)
    }

    @Test func onlyTheNamedFileIsAllowed() {
        let text = "fatalError(\"out of memory\")"
        #expect(brokenLines(CrashRule(), "Sources/Platform/Compression/Zstandard.swift", text).isEmpty)
        #expect(brokenLines(CrashRule(), "Sources/Platform/Compression/Other.swift", text) == [1])
    }
}

@Suite struct FoundationRuleTests {
    @Test(arguments: ["JSONSerialization.data(a)", "a as NSString", "NSRegularExpression(a)"])
    func boxedTypesBreakIt(text: String) {
        #expect(brokenLines(FoundationRule(), "Sources/Pipeline/A.swift", text) == [1])
        #expect(brokenLines(FoundationRule(), "Tests/PipelineTests/A.swift", text).isEmpty)
    }
}

@Suite struct MachinePathRuleTests {
    @Test(arguments: ["home", "work", "root", "tmp", "Users"])
    func foldersOfMachinesBreakIt(folder: String) {
        for before in ["", "\"", "cd ", "file://", "a="] {
            let text = "\(before)/\(folder)/me"
            #expect(brokenLines(MachinePathRule(), "Tools/a.sh", text) == [1])
        }
    }

    @Test func relativePathsKeepIt() {
        let text = "canonical/demo/home/exposures\n\\(tenant)/home/a\n$out/home/b\n#!/usr/bin/env bash"
        #expect(brokenLines(MachinePathRule(), "Tools/a.sh", text).isEmpty)
        #expect(brokenLines(MachinePathRule(), "docs/a.md", "/ho" + "me/me").isEmpty)
    }
}
