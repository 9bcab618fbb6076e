import TestSupport
import Testing

/// What the models of crashes make of calls that are spelled out here.
@Suite struct DiskTests {
    private static let old = image(["file": "old"])
    private static let writing: [NotedCall] = [
        .open(handle: 1, path: "new"), .write(handle: 1, bytes: Array("ab".utf8)),
        .write(handle: 1, bytes: Array("cd".utf8)),
    ]

    /// Files with these contents, and folders where there is none.
    private static func image(_ entries: [String: String?]) -> DiskImage {
        var image = DiskImage()
        image.entries = entries.mapValues { $0.map { DiskImage.Content(Array($0.utf8)) } }
        return image
    }

    private func disk(_ calls: [NotedCall], from start: DiskImage = DiskImage()) -> Disk {
        calls.reduce(Disk(start)) { $0.applying($1) }
    }

    private func cases(_ calls: [NotedCall], from start: DiskImage = DiskImage()) -> [CrashCase] {
        CrashCases(calls, from: start, .exhaustive).all
    }

    @Test func nothingIsLostOfWhatIsThere() {
        let start = DiskTests.image(["file": "old", "folder": nil, "folder/deep": "x"])
        for model in CrashModel.allCases { #expect(Disk(start).image(model) == start) }
        #expect(cases([], from: start).map(\.image) == [start])
    }

    @Test func bytesAndNamesThatWereNotSynchronised() {
        let disk = disk(DiskTests.writing)
        #expect(disk.image(.killed) == DiskTests.image(["new": "abcd"]))
        #expect(disk.image(.namesFirst) == DiskTests.image(["new": ""]))
        #expect(disk.image(.unsynchronisedLost) == DiskImage())
    }

    @Test func aSynchronisedFileMayHaveNoName() {
        let disk = disk(DiskTests.writing + [.synchronise(handle: 1)])
        #expect(disk.image(.namesFirst) == DiskTests.image(["new": "abcd"]))
        #expect(disk.image(.unsynchronisedLost) == DiskImage())
    }

    @Test func aSynchronisedNameMayHaveNoBytes() {
        let disk = disk(DiskTests.writing + [.open(handle: 2, path: ""), .synchronise(handle: 2)])
        #expect(disk.image(.unsynchronisedLost) == DiskTests.image(["new": ""]))
    }

    @Test(arguments: [
        [NotedCall.synchronise(handle: 1), .open(handle: 2, path: ""), .synchronise(handle: 2)], [.synchroniseAll],
    ])
    func whatWasSynchronisedIsSure(calls: [NotedCall]) {
        let disk = disk(DiskTests.writing + calls)
        for model in CrashModel.allCases { #expect(disk.image(model) == DiskTests.image(["new": "abcd"])) }
    }

    @Test func whatIsWrittenLaterIsNotSure() {
        let later = NotedCall.write(handle: 1, bytes: [UInt8(ascii: "e")])
        let disk = disk(DiskTests.writing + [.synchroniseAll, later])
        #expect(disk.image(.killed) == DiskTests.image(["new": "abcde"]))
        #expect(disk.image(.unsynchronisedLost) == DiskTests.image(["new": "abcd"]))
    }

    @Test func aFileThatIsEmptiedMayHaveItsOldBytes() {
        let disk = disk([.open(handle: 1, path: "file", isTruncating: true)], from: DiskTests.old)
        #expect(disk.image(.killed) == DiskTests.image(["file": ""]))
        #expect(disk.image(.unsynchronisedLost) == DiskTests.old)
    }

    @Test func writingWithoutEmptyingKeepsTheRest() {
        let disk = disk([.open(handle: 1, path: "file"), .write(handle: 1, bytes: [120])], from: DiskTests.old)
        #expect(disk.image(.killed) == DiskTests.image(["file": "xld"]))
    }

    @Test func aNameThatMovesMayStandInBothPlacesOrInNone() {
        let calls = [NotedCall.rename(path: "folder/file", to: "file")]
        let start = DiskTests.image(["folder": nil, "folder/file": "x"])
        let images = Set(cases(calls, from: start).map(\.image))
        let both = DiskTests.image(["folder": nil, "folder/file": "x", "file": "x"])
        let moved = DiskTests.image(["folder": nil, "file": "x"])
        #expect(images == [start, both, moved, DiskTests.image(["folder": nil])])
    }

    @Test func aNameThatIsReplacedIsOldOrNew() {
        let calls = [NotedCall.rename(path: "new", to: "file")]
        let images = cases(calls, from: DiskTests.image(["file": "old", "new": "abcd"])).map(\.image)
        #expect(Set(images.map { $0.bytes("file") ?? [] }) == [Array("old".utf8), Array("abcd".utf8)])
    }

    @Test func linkAndRemoval() {
        let disk = disk([.link(path: "file", to: "other"), .remove(path: "file")], from: DiskTests.old)
        #expect(disk.image(.killed) == DiskTests.image(["other": "old"]))
        #expect(disk.image(.unsynchronisedLost) == DiskTests.old)
    }

    @Test func whatIsInAFolderThatIsLostIsLostWithIt() {
        let calls: [NotedCall] = [
            .createFolder(path: "folder"), .open(handle: 1, path: "folder/file"),
            .write(handle: 1, bytes: Array("x".utf8)), .synchronise(handle: 1), .open(handle: 2, path: "folder"),
            .synchronise(handle: 2),
        ]
        let whole = DiskTests.image(["folder": nil, "folder/file": "x"])
        #expect(disk(calls).image(.unsynchronisedLost) == DiskImage())
        #expect(disk(calls).image(.namesFirst) == whole)
        let later = disk(calls + [.open(handle: 3, path: ""), .synchronise(handle: 3), .removeFolder(path: "folder")])
        #expect(later.image(.unsynchronisedLost) == whole)
        #expect(later.image(.killed) == DiskImage())
    }

    @Test func aTornWriteIsThereInPartOrWithZeros() {
        let torn = cases(DiskTests.writing).filter { $0.model == .tornWrite }
        let images = ["a", "a\0", "abc", "abc\0"].map { DiskTests.image(["new": $0]) }
        #expect(torn.map(\.image) == images)
    }

    @Test func anEndOfTheProcessChangesNothingOnTheDisk() throws {
        let killed = try #require(cases(DiskTests.writing).last { $0.model == .killed })
        #expect(killed.image == DiskTests.image(["new": "abcd"]))
        #expect(killed.disk.image(.unsynchronisedLost) == DiskImage())
        #expect(killed.disk.applying(.synchronise(handle: 1)).image(.namesFirst) == DiskTests.image(["new": ""]))
    }

    @Test func allSetsOfNamesAreLookedAtIfTheyAreFew() {
        let calls = (0..<3).map { NotedCall.open(handle: $0, path: "file \($0)") }
        #expect(Set(cases(calls).map(\.image)).count == 8)
        let many = (0..<20).map { NotedCall.open(handle: $0, path: "file \($0)") }
        let thoroughness = CrashThoroughness(nameSetCount: 10, isIgnoringUnfinished: false, caseCount: 25)
        #expect(CrashCases(many, from: DiskImage(), thoroughness).all.count == 25)
    }
}
