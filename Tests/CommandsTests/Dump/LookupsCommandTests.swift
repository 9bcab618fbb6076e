import Foundation
import TestSupport
import Testing

/// `lookups` opens files as all commands do, and stops when it is told to.
@Suite struct LookupsCommandTests {
    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
        try demoFolder.publish(through: 1)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func manyLookupsStop(signal: Int32) throws {
        let cooc = try demoFolder.file("objectstore/demo/home/cooc/", ".rsart")
        let program = try Program.dump.start(words(of: "lookups .out/\(cooc) --count 100000000"), in: demoFolder.folder)
        // By then it has begun as a rule, and it would take minutes more.
        Thread.sleep(forTimeInterval: 1)
        program.signal(signal)
        // On a machine with other things to do it does not listen yet: then the signal itself ends it.
        #expect([128 + signal, -signal].contains(try program.wait().exitCode))
    }

    @Test func otherFiles() throws {
        for (name, exitCode) in [("exposure.jsonl", 2), ("nothing.rsart", 8)] as [(String, Int32)] {
            let (top, lookups) = (try demoFolder.dumpTool("top \(name)"), try demoFolder.dumpTool("lookups \(name)"))
            #expect(lookups.exitCode == exitCode)
            #expect(lookups.standardError == top.standardError)
        }
    }
}
