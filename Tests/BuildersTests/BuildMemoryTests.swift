import Platform
import Scan
import TestSupport
import Testing

@testable import Builders

/// A build keeps to its memory: it is cut into slices, which do not show, or refused.
@Suite struct BuildMemoryTests {
    private static let parameters: [BuildParameters] = [
        BuildParameters(),
        BuildParameters { $0.coocScore = .llr },
        BuildParameters { ($0.coocScore, $0.popularityUnit) = (.asymShrunk, .sessions) },
        BuildParameters { $0.popularityUnit = .users },
    ]

    private func world() throws -> BuilderWorld {
        var generator = SplitMix64(seed: 11)
        return try BuilderWorld(
            [400, 300, 500].map { Exposure.random(count: $0, identifiers: .mixed, using: &generator) })
    }

    private func memory(byteCount: Int) -> BuildMemory { BuildMemory(megabyteCount: 65, builderByteCount: byteCount) }

    /// The least memory makes as many slices as there may be.
    @Test(arguments: WindowBuilder.kinds, parameters)
    func slicesDoNotShow(kind: ArtifactKind, parameters: BuildParameters) throws {
        let world = try world()
        let scan = try world.scan(threadCount: 2)
        var counts = WindowCounts(scan.partitions)
        counts.itemCount = counts.itemAppearanceCount
        (counts.userCount, counts.sessionCount) = (counts.userAppearanceCount, counts.sessionAppearanceCount)
        let least = MemoryPlan.leastByteCount(MemoryNeed.of(kind, counts, parameters))
        let whole = try world.build([kind], parameters)
        for byteCount in [least, least + 200, least + 2000] {
            let sliced = try world.build([kind], parameters, threadCount: 7, memory: memory(byteCount: byteCount))
            #expect(sliced.map(\.rows.plain) == whole.map(\.rows.plain))
        }
    }

    @Test(arguments: WindowBuilder.kinds, parameters)
    func whatDoesNotFitIsRefused(kind: ArtifactKind, parameters: BuildParameters) throws {
        let world = try world()
        let scan = try world.scan(threadCount: 2)
        let need = MemoryNeed.of(kind, WindowCounts(scan.partitions), parameters)
        let tooLittle = memory(byteCount: MemoryPlan.leastByteCount(need) - 1)
        let error = #expect(throws: MemoryExceeded.self) { try world.build([kind], parameters, memory: tooLittle) }
        #expect(error?.kind == .refused)
        let start = "\(kind.rawValue) of demo/home, 2024-01-30 to 2024-02-01 needs at least "
        #expect(error?.message.hasPrefix(start) == true)
        #expect(error?.remedy?.contains("2024-01-31 to 2024-02-01 fits") == true)
        let none = #expect(throws: MemoryExceeded.self) {
            try world.build([kind], parameters, memory: memory(byteCount: 1))
        }
        #expect(none?.remedy?.contains("fits") == false)
    }

    /// What a plan gives out is within what it was given, for every kind of need.
    @Test func plansKeepTheirPromise() {
        for fixed in [0, 10, 100] {
            for perThread in [0, 1, 30] {
                for sliced in [0, 64, 1000] {
                    let need = MemoryNeed(fixed: fixed, perThread: perThread, sliced: sliced)
                    for byteCount in 0...300 {
                        let plan = MemoryPlan(need, byteCount: byteCount, threadCount: 4)
                        #expect((plan != nil) == (byteCount >= MemoryPlan.leastByteCount(need)))
                        guard let plan else { continue }
                        #expect((1...4).contains(plan.threadCount))
                        #expect(fixed + plan.threadCount * perThread + plan.sliceByteCount <= byteCount)
                        #expect((plan.sliceByteCount + 1) * 64 > sliced)
                    }
                }
            }
        }
    }
}

extension BuildParameters {
    fileprivate init(_ change: (inout BuildParameters) -> Void) {
        self.init()
        change(&self)
    }
}
