import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Platform

/// A process in a container uses no more threads than it may have processors.
@Suite struct ProcessorCountTests {
    private let folder = TemporaryFolder()

    /// Gives a group a limit.
    private func limit(_ group: String, _ text: String) throws {
        try Directory.create(folder.path.appending(group))
        _ = try folder.write(Array((text + "\n").utf8), as: group.isEmpty ? "cpu.max" : "\(group)/cpu.max")
    }

    @Test(arguments: [
        ("max 100000", nil), ("200000 100000", 2), ("150000 100000", 2), ("1000 100000", 1), ("100000 100000", 1),
        ("", nil), ("0 100000", nil), ("100000 0", nil), ("many", nil),
    ])
    func limits(text: String, expected: Int?) throws {
        try limit("pod/app", text)
        #expect(ProcessorCount.quota(of: "0::/pod/app\n", below: folder.path) == expected)
    }

    /// In a container of its own a process sees its group as the root.
    @Test func theLeastOfAllGroupsAround() throws {
        try limit("", "300000 100000")
        try limit("pod", "200000 100000")
        try limit("pod/app", "max 100000")
        let groups = "4:memory:/elsewhere\n0::/pod/app\n"
        #expect(ProcessorCount.quota(of: groups, below: folder.path) == 2)
        #expect(ProcessorCount.quota(of: "0::/\n", below: folder.path) == 3)
        #expect(ProcessorCount.quota(of: "0::/other\n", below: folder.path) == 3)
        #expect(ProcessorCount.quota(of: "4:memory:/pod\n", below: folder.path) == nil)
    }

    @Test func thisMachine() {
        #expect((1...ProcessInfo.processInfo.activeProcessorCount).contains(ProcessorCount.active))
    }
}
