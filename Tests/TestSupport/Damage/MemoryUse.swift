import Foundation

/// What memory the process has taken since: for exit tests, whose process does nothing else.
///
/// Knows nothing on systems without `/proc`.
package struct MemoryUse {
    private let resident = MemoryUse.megabytes("VmRSS")
    private let virtual = MemoryUse.megabytes("VmSize")

    package init() {}

    /// True if the process has at no time since had more than `limit` megabytes in use that it did not have then, nor
    /// has it ever asked for more than four times as much at once.
    package func stayed(below limit: Int) -> Bool {
        guard let resident, let virtual, let mostResident = MemoryUse.megabytes("VmHWM"),
            let mostVirtual = MemoryUse.megabytes("VmPeak")
        else { return true }
        // Each thread may reserve 64 MB of addresses for what it allocates.
        return mostResident - resident < limit && mostVirtual - virtual < limit * 4 + 512
    }

    private static func megabytes(_ name: String) -> Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 / 1024 }
    }
}
