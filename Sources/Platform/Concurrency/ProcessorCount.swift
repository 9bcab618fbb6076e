import CLinux
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the system lets this process have of the machine's processors.
enum ProcessorCount {
    /// Processors that the process may run on, at least 1: not more than it was bound to (`taskset`), nor than what its
    /// control groups allow it to use at once (containers, `CPUQuota=`).
    static var active: Int { max(1, min(bound, quota ?? .max)) }

    /// Processors that are online and that the process is not kept from.
    private static var bound: Int {
        let online = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        #if canImport(Glibc)
            // A bit for each of as many processors as the kernel may know.
            var mask = [UInt](repeating: 0, count: 1 << 10)
            guard unsafe sched_getaffinity(0, UInt(mask.count * 8), &mask) >= 0 else { return online }
            return min(online, mask.reduce(0) { $0 + $1.nonzeroBitCount })
        #else
            return online
        #endif
    }

    /// What the control groups of the process, version 2, allow together; nil if nothing is limited.
    private static var quota: Int? {
        guard let groups = try? File.read("/proc/self/cgroup") else { return nil }
        return quota(of: String(decoding: groups, as: UTF8.self), below: "/sys/fs/cgroup")
    }

    /// How many processors may be used at once by who is in such groups, rounded up; nil if there is no limit.
    ///
    /// - Parameters:
    ///   - groups: Lines as in `/proc/self/cgroup`; that of version 2 is `0::<path>`.
    ///   - root: The folder of the groups. Each may have a `cpu.max`: microseconds of processors that may be used, or
    ///     `max`, in as many microseconds. A group has no more than those around it.
    static func quota(of groups: String, below root: FilePath) -> Int? {
        guard let line = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::/") }) else { return nil }
        var names = line.dropFirst(4).split(separator: "/").map(String.init)
        var least: Int?
        while true {
            let folder = names.reduce(root) { $0.appending($1) }
            if let count = count(ofLimit: folder.appending("cpu.max")) { least = min(least ?? .max, count) }
            if names.popLast() == nil { return least }
        }
    }

    private static func count(ofLimit path: FilePath) -> Int? {
        guard let bytes = try? File.read(path) else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace }
        guard words.count == 2, let used = Int(words[0]), let period = Int(words[1]), used > 0, period > 0 else {
            return nil
        }
        return (used - 1) / period + 1
    }
}
