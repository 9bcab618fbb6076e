import Columns
import Platform
import TestSupport
import Testing

@testable import FuzzTargets

/// What is changed in a container must not be hidden behind a checksum that is wrong.
@Suite struct ContainerMutatorTests {
    private static let targets: [FuzzTarget] = [.partition, .window, .artifact]
    private let folder = TrialFolder()

    private static func seeds(of target: FuzzTarget) throws -> [[UInt8]] {
        try FuzzFixtures.inputs(of: target).filter { $0.name.hasPrefix("seed") }.map(\.input)
    }

    /// Inputs that come of one another by random changes.
    private static func mutations(
        of target: FuzzTarget, count: Int, seed: UInt64, body: ([UInt8]) throws -> Void,
    ) throws {
        var generator = SplitMix64(seed: seed)
        var pool = try seeds(of: target)
        for _ in 0..<count {
            let input = pool.randomElement(using: &generator) ?? []
            let mutation = target.mutate(input, seed: generator.next()) { bytes in
                var bytes = bytes
                let place = Int.random(in: 0...bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes.insert(.random(in: 0...255, using: &generator), at: place)
                case 1 where place < bytes.count: bytes.remove(at: place)
                default: if place < bytes.count { bytes[place] = .random(in: 0...255, using: &generator) }
                }
                return bytes
            }
            try body(mutation)
            pool[Int.random(in: pool.indices, using: &generator)] = mutation
            if Bool.random(using: &generator) { pool = try seeds(of: target) }
        }
    }

    @Test(arguments: targets) func whatIsTakenApartIsPutTogether(target: FuzzTarget) throws {
        for seed in try ContainerMutatorTests.seeds(of: target) {
            #expect(ContainerParts(seed)?.file() == seed)
            #expect(ContainerParts(Array(seed.dropLast())) == nil)
        }
        #expect(ContainerParts([]) == nil)
    }

    @Test(arguments: targets) func theSameSeedMakesTheSameChange(target: FuzzTarget) throws {
        var first: [[UInt8]] = []
        try ContainerMutatorTests.mutations(of: target, count: 50, seed: 7) { first.append($0) }
        try ContainerMutatorTests.mutations(of: target, count: 50, seed: 7) { #expect($0 == first.removeFirst()) }
    }

    /// Nearly all files are read beyond their frames, and some to their ends.
    @Test(arguments: targets) func changedFilesHold(target: FuzzTarget) throws {
        var (frames, accepted, count) = (0, 0, 0)
        for seed: UInt64 in 1...3 {
            try ContainerMutatorTests.mutations(of: target, count: 200, seed: seed) { input in
                count += 1
                frames += ContainerParts(input) == nil ? 0 : 1
                #expect(throws: Never.self) { accepted += try target.judge(input, in: folder) ? 1 : 0 }
            }
        }
        #expect(frames * 10 > count * 8)
        #expect(accepted * 20 > count)
    }
}
