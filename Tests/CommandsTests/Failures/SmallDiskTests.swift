import Foundation
import SystemPackage
import TestSupport
import Testing

/// A disk that is full at any moment of what is done: exit code 7, the old manifest stays, all files verify, and with
/// more room the same completes.
@Suite(.enabled(if: SmallDisk.isPossible, "only root can mount a file system in memory, and only on Linux"))
struct SmallDiskTests {
    /// What is done to a store on which the first day is published.
    enum Operation: String, CaseIterable {
        case run, publish, rollback

        var line: String {
            switch self {
            case .run: "run \(demo) --start 2026-01-02 --end 2026-01-03 --input exposure.jsonl"
            case .publish: "publish \(demo) --start 2026-01-01 --end 2026-01-02"
            case .rollback: "rollback \(demo) --steps 1"
            }
        }

        /// What has to be there before, beside the first day.
        var preparations: [String] {
            switch self {
            case .run: []
            case .publish:
                [
                    "ingest exposure.jsonl",
                    "compute popularity cooc \(demo) --start 2026-01-01 --end 2026-01-02",
                ]
            case .rollback: ["run \(demo) --start 2026-01-02 --end 2026-01-02 --input exposure.jsonl"]
            }
        }
    }

    /// How many sizes are tried: at most so many more than are chosen, the same every time.
    private static let chosenSizeCount = 5

    private let demoFolder: DemoFolder

    init() throws {
        demoFolder = try DemoFolder()
    }

    @Test(arguments: Operation.allCases)
    func anyAmountOfRoomThatIsTooLittle(operation: Operation) throws {
        let neededCount = try attempt(operation, pageCount: nil)
        #expect(neededCount > 0)
        let stride = Torture.isWanted ? 1 : max(1, neededCount / SmallDiskTests.chosenSizeCount)
        for pageCount in Swift.stride(from: 0, to: neededCount, by: stride) {
            try attempt(operation, pageCount: pageCount)
        }
    }

    /// Does it on a disk with so many free pages, or many; returns how many it took in the end.
    @discardableResult
    private func attempt(_ operation: Operation, pageCount: Int?) throws -> Int {
        let disk = try SmallDisk(kibibytes: 1 << 10, at: demoFolder.folder.path.appending("disk"))
        defer { disk.remove() }
        try succeed("run \(demo) --start 2026-01-01 --end 2026-01-01 --input exposure.jsonl")
        for line in operation.preparations { try succeed(line) }
        let usedCount = try disk.usedPageCount
        if let pageCount {
            let manifest = try self.manifest(disk)
            try disk.resize(kibibytes: (usedCount + pageCount) * 4)
            let result = try demoFolder.pipelines("\(operation.line) --out-dir disk/out --format json")
            let place = "\(operation) with \(pageCount) pages"
            #expect(result.exitCode == 7, "\(place): \(result.standardError)")
            #expect(result.standardError.contains("No space left on device\n  free some space"), "\(place)")
            #expect(try self.manifest(disk) == manifest, "\(place)")
            let names = FolderSnapshot(below: disk.path.string).fileNames
            #expect(!names.contains { $0.contains(".tmp-") }, "\(place): \(names)")
            try disk.enlarge()
            try succeed("verify --all")
        }
        try succeed(operation.line)
        try succeed("verify --all --deep")
        return try disk.usedPageCount - usedCount
    }

    private func succeed(_ line: String) throws {
        try demoFolder.succeed("\(line) --out-dir disk/out")
    }

    private func manifest(_ disk: SmallDisk) throws -> Data {
        let path = disk.path.appending("out/registry/current/demo/home/manifest.json")
        return try Data(contentsOf: URL(fileURLWithPath: path.string))
    }
}
