import Platform
import SystemPackage
import TestSupport
import Testing

/// A crash at any call leaves a file old or new, and once a call has returned it is new; protocols that forget a step
/// are found out.
@Suite struct CrashConsistencyTests {
    private let folder = TemporaryFolder()
    private let new = Array("the new content".utf8)

    private var path: FilePath { folder.path.appending("file") }

    /// What goes wrong with "file" in some case of a crash, in words.
    private func problems(
        _ old: [UInt8]?, _ body: () throws -> Void,
    ) throws -> Set<String> {
        if let old { _ = try folder.write(old, as: "file") }
        let start = try DiskImage(below: folder.path)
        let cases = CrashCases(
            try CallRecorder.calls(below: folder.path, of: body), from: start, .exhaustive)
        var problems: Set<String> = []
        for crash in cases.all {
            let found = crash.image.bytes("file")
            if found != old, found != new { problems.insert("neither old nor new: \(crash.model)") }
        }
        if cases.end.image(.unsynchronisedLost).bytes("file") != new { problems.insert("not durable") }
        if cases.end.image(.killed) != (try DiskImage(below: folder.path)) { problems.insert("the model errs") }
        return problems
    }

    private func open(_ name: String, _ options: FileDescriptor.OpenOptions) throws -> FileDescriptor {
        try File.open(folder.path.appending(name), .readWrite, options: options.union(.create))
    }

    private func writeTemporary(isSynchronised: Bool) throws {
        let file = try open(".tmp-1", .exclusiveCreate)
        defer { File.discard(file) }
        try File.write(new.rawSpan, to: file, path: path)
        if isSynchronised { try File.synchronise(file, path: path) }
    }

    private func renameTemporary() throws {
        try File.rename(folder.path.appending(".tmp-1"), to: path)
    }

    @Test(arguments: [nil, Array("old".utf8)])
    func aFileThatIsWritten(old: [UInt8]?) throws {
        #expect(try problems(old) { try AtomicFile.write(new.rawSpan, to: path) } == [])
    }

    @Test func aFileThatIsCreated() throws {
        #expect(try problems(nil) { _ = try AtomicFile.create(new.rawSpan, at: path) } == [])
    }

    @Test(arguments: [0, 1, 20])
    func aGroupOfFiles(otherCount: Int) throws {
        let problems = try problems(Array("old".utf8)) {
            let group = AtomicFileGroup()
            try group.prepare(new, as: path)
            for number in 0..<otherCount {
                try group.prepare(new, as: folder.path.appending("deep").appending("other \(number)"))
            }
            try group.commit()
        }
        #expect(problems == [])
    }

    /// How many of three files there are in the cases of a crash that leaves one of them without one before it.
    private func countsWithGaps(isOrdered: Bool) throws -> Set<Int> {
        let start = try DiskImage(below: folder.path)
        let calls = try CallRecorder.calls(below: folder.path) {
            let group = AtomicFileGroup()
            group.confirm(path)
            for number in 1...3 { try group.prepareAlways(new, as: folder.path.appending("\(number)")) }
            _ = try group.create(isOrdered: isOrdered)
        }
        return CrashCases(calls, from: start, .exhaustive).all.reduce(into: []) { counts, crash in
            let isThere = (1...3).map { crash.image.bytes("\($0)") != nil }
            let count = isThere.count { $0 }
            if isThere.prefix(count).contains(false) { counts.insert(count) }
        }
    }

    /// A power failure left the last of several entries of the history without those before it.
    @Test func anEntryWithoutTheOneBeforeIt() throws {
        #expect(try countsWithGaps(isOrdered: true) == [])
    }

    @Test func withoutAnOrderThereAreGaps() throws {
        #expect(try countsWithGaps(isOrdered: false) == [1, 2])
    }

    @Test func aFileThatGetsItsNameBeforeItIsSynchronised() throws {
        let problems = try problems(Array("old".utf8)) {
            try writeTemporary(isSynchronised: false)
            try renameTemporary()
            try Directory.synchronise(folder.path)
        }
        #expect(problems.isSuperset(of: ["neither old nor new: namesFirst", "not durable"]))
    }

    @Test func aFileWhoseNameIsNotSynchronised() throws {
        let problems = try problems(Array("old".utf8)) {
            try writeTemporary(isSynchronised: true)
            try renameTemporary()
        }
        #expect(problems == ["not durable"])
    }

    @Test func aFileThatIsWrittenInPlace() throws {
        let problems = try problems(Array("old".utf8)) {
            let file = try open("file", .truncate)
            defer { File.discard(file) }
            try File.write(new.rawSpan, to: file, path: path)
            try File.synchronise(file, path: path)
        }
        #expect(problems == ["neither old nor new: killed", "neither old nor new: tornWrite"])
    }

    @Test func aFileThatIsRemovedBeforeTheNewOneHasItsName() throws {
        let problems = try problems(Array("old".utf8)) {
            try writeTemporary(isSynchronised: true)
            try File.remove(path)
            try renameTemporary()
            try Directory.synchronise(folder.path)
        }
        #expect(problems.contains("neither old nor new: killed"))
    }

    /// What is not durable when the same is done again after its process was killed at some call.
    private func notDurableAfterAKill(
        from start: [String: String], isDurable: (DiskImage) -> Bool, of body: () throws -> Void,
    ) throws -> [String] {
        for (name, text) in start { try folder.write(text, as: name) }
        let image = try DiskImage(below: folder.path)
        let cases = CrashCases(try CallRecorder.calls(below: folder.path, of: body), from: image, .exhaustive)
        return try cases.all.filter { $0.model == .killed }.compactMap { crash in
            try crash.image.write(to: folder.path)
            let again = try CallRecorder.calls(below: folder.path, of: body)
            let disk = again.reduce(crash.disk) { $0.applying($1) }
            return isDurable(disk.image(.unsynchronisedLost)) ? nil : crash.description
        }
    }

    @Test func afterAKillFoldersAreMadeDurable() throws {
        let deep = folder.path.appending("a").appending("b").appending("file")
        let isDurable = { [new] (image: DiskImage) in image.bytes("a/b/file") == new }
        let problems = try notDurableAfterAKill(from: [:], isDurable: isDurable) {
            try AtomicFile.write(new.rawSpan, to: deep)
        }
        #expect(problems == [])
    }

    @Test func afterAKillFilesOfAGroupAreMadeDurable() throws {
        let isDurable = { [new] (image: DiskImage) in
            image.bytes("file") == new && image.bytes("other") == new && image.bytes("gone") == nil
        }
        let problems = try notDurableAfterAKill(from: ["file": "old", "gone": "old"], isDurable: isDurable) {
            let group = AtomicFileGroup()
            try group.prepare(new, as: path)
            var adopted = try AtomicFile(path: folder.path.appending("other"))
            try adopted.write(new.rawSpan)
            try group.adopt(adopted)
            group.remove(folder.path.appending("gone"))
            try group.commit()
        }
        #expect(problems == [])
    }
}
