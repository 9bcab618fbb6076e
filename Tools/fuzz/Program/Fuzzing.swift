import CLibFuzzer
import Foundation
import FuzzTargets

/// The reader that is fed by this process.
enum Fuzzing {
    private static let target: FuzzTarget = {
        let name = ProcessInfo.processInfo.environment["RECSYS_FUZZ_TARGET"] ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
            fatalError("RECSYS_FUZZ_TARGET is \"\(name)\" and must be one of \(names)")
        }
        return target
    }()

    private static let folder = TrialFolder()

    /// Judges an input; ends the process if something does not hold, for so libFuzzer learns of it.
    static func run(_ input: UnsafeBufferPointer<UInt8>) -> CInt {
        do {
            try target.judge(unsafe Array(input), in: folder)
        } catch {
            fatalError("\(error)")
        }
        return 0
    }

    /// Changes an input in its place, which has room for `capacity` bytes; returns its new length.
    static func mutate(
        _ data: UnsafeMutablePointer<UInt8>, _ count: Int, capacity: Int, seed: UInt32,
    ) -> Int {
        let input = unsafe Array(UnsafeBufferPointer(start: data, count: count))
        let changed = target.mutate(input, seed: UInt64(seed)) { mutateBytes($0, capacity: capacity) }
        let output = changed.prefix(capacity)
        _ = unsafe UnsafeMutableBufferPointer(start: data, count: output.count).update(fromContentsOf: output)
        return output.count
    }

    /// Changes bytes in one of libFuzzer's ways.
    private static func mutateBytes(_ bytes: [UInt8], capacity: Int) -> [UInt8] {
        let room = max(bytes.count, min(capacity, bytes.count + 64))
        return unsafe [UInt8](unsafeUninitializedCapacity: max(1, room)) { buffer, count in
            _ = unsafe buffer.update(fromContentsOf: bytes)
            count = unsafe LLVMFuzzerMutate(buffer.baseAddress, bytes.count, max(1, room))
        }
    }
}

/// What libFuzzer calls in place of its own mutations.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: UInt32) -> Int {
    unsafe Fuzzing.mutate(data, count, capacity: capacity, seed: seed)
}
