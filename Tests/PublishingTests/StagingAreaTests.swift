import Artifacts
import Builders
import Events
import Platform
import TestSupport
import Testing

@testable import Publishing

/// What is staged comes back just as it was, or is refused.
@Suite struct StagingAreaTests {
    private let world = PublishingWorld()

    private func stage(_ file: ArtifactFile) throws {
        try world.staging.stage(file, world.provenance)
    }

    private func staged() throws -> [(file: ArtifactFile, provenance: Provenance)] {
        try world.staging.staged(world.owner, .fixture())
    }

    private func name(_ file: ArtifactFile, segment: String = "_") -> String {
        "out/artifacts/demo/home/\(segment)/\(file.key.kind.rawValue)/2026-01-07_2026-01-07/\(file.name)"
    }

    private func noteName(_ file: ArtifactFile) -> String {
        "out/artifacts/demo/home/_/\(file.key.kind.rawValue)/2026-01-07_2026-01-07/\(file.version).provenance.json"
    }

    @Test(arguments: ArtifactFileFormat.allCases)
    func everyKindComesBack(format: ArtifactFileFormat) throws {
        let files = ArtifactKind.allCases.sorted().map { world.file($0, format) }
        for file in files.reversed() { try stage(file) }
        #expect(world.folder.fileNames == files.flatMap { [name($0), noteName($0)] }.sorted())
        let staged = try staged()
        #expect(staged.map(\.file.key) == files.map(\.key))
        #expect(staged.map(\.file.bytes) == files.map(\.bytes))
        #expect(staged.map(\.file.version) == files.map(\.version))
        #expect(staged.map(\.file.digest) == files.map(\.digest))
        #expect(staged.allSatisfy { $0.file.format == format && $0.provenance == world.provenance })
        #expect(world.staging.path(of: files[0]) == world.path(name(files[0])))
    }

    @Test func nothingStaged() throws {
        #expect(try staged().isEmpty)
        try stage(world.file(.cooc))
        #expect(try world.staging.staged(world.owner, .fixture("2026-01-06", "2026-01-07")).isEmpty)
        #expect(try world.staging.staged(.fixture(segment: "all"), .fixture()).isEmpty)
    }

    @Test func whatIsStagedReplacesWhatWas() throws {
        try stage(world.file(.cooc))
        try stage(world.file(.implicit))
        for next in [world.file(.cooc, weight: 2), world.file(.cooc, weight: 2, .jsonV1), world.file(.cooc)] {
            try stage(next)
            #expect(try staged().map(\.file.version) == [next.version, world.file(.implicit).version])
            #expect(world.folder.fileNames.count == 4)
        }
    }

    /// Killed at any moment it leaves one artifact with its note, or none: neither is in the way of who comes next.
    @Test func aKilledStagingLeavesOneArtifactOrNone() throws {
        let (old, new) = (world.file(.cooc), world.file(.cooc, weight: 2))
        try stage(old)
        let names = [old, new].flatMap { [name($0), noteName($0)] }
        var present: Set = [name(old), noteName(old)]
        let calls = try CallRecorder.calls(below: world.folder.path) { try stage(new) }
        for call in calls {
            switch call {
            case .rename(_, let path): present.insert(path)
            case .remove(let path): present.remove(path)
            default: continue
            }
            let artifacts = [old, new].filter { present.contains(name($0)) }
            #expect(artifacts.count <= 1)
            #expect(artifacts.allSatisfy { present.contains(noteName($0)) })
        }
        #expect(Set(names).intersection(present) == [name(new), noteName(new)])
    }

    /// A crash of the machine before the old file went for good leaves both, neither of which is published; the next
    /// staging leaves one.
    @Test func stagingAfterACrash() throws {
        let (old, new) = (world.file(.cooc), world.file(.cooc, weight: 2))
        try stage(new)
        let leftover = try [name(new), noteName(new)].map { ($0, try world.folder.read($0)) }
        try stage(old)
        for (name, bytes) in leftover { _ = try world.folder.write(bytes, as: name) }
        try world.folder.write("half", as: name(old).replacing(old.name, with: ".tmp-1-0-\(new.name)"))
        let error = #expect(throws: PublishingError.self) { try staged() }
        #expect(error?.message.hasSuffix("more than one artifact is staged here") == true)
        try stage(new)
        #expect(try staged().map(\.file.version) == [new.version])
        #expect(world.folder.fileNames.filter { !$0.contains(".tmp-") } == [name(new), noteName(new)].sorted())
    }

    @Test(arguments: ArtifactFileFormat.allCases)
    func aDamagedFileIsRefused(format: ArtifactFileFormat) throws {
        let file = world.file(.cooc, format)
        var flipped = file.bytes
        flipped[flipped.count / 2] ^= 1
        try stage(file)
        for damaged in [[], [0], Array(file.bytes.dropLast()), file.bytes + [0x20], flipped] {
            _ = try world.folder.write(damaged, as: name(file))
            let error = #expect(throws: PublishingError.self) { try staged() }
            #expect(error?.kind == .corruption)
            #expect(error?.message.hasPrefix("\(world.path(name(file))): ") == true)
        }
    }

    @Test(arguments: ["", "{}", "null", "{\"run_id\": \"r\", \"built_at\": \"t\", \"sources\": []}"])
    func aDamagedNoteIsRefused(note: String) throws {
        try stage(world.file(.cooc))
        try world.folder.write(note, as: noteName(world.file(.cooc)))
        let error = #expect(throws: PublishingError.self) { try staged() }
        #expect(error?.kind == .corruption)
        #expect(error?.message == "\(world.path(noteName(world.file(.cooc)))): not the note of a staged artifact")
    }

    @Test func aMissingNoteIsRefused() throws {
        try stage(world.file(.cooc))
        try world.folder.remove(noteName(world.file(.cooc)))
        #expect(try failureKind { _ = try staged() } == .notFound)
    }

    /// A whole file of another window, under a name of its own version.
    @Test func aFileOfAnotherKeyIsRefused() throws {
        let file = world.file(.cooc)
        let other = ArtifactFile.fixture(
            .example(.cooc, over: .fixture("2026-01-06")))
        try stage(other)
        try stage(file)
        for part in [".rsart", ".provenance.json"] {
            let from = "out/artifacts/demo/home/_/cooc/2026-01-06_2026-01-06/\(other.version)\(part)"
            let to = "out/artifacts/demo/home/_/cooc/2026-01-07_2026-01-07/\(other.version)\(part)"
            _ = try world.folder.write(world.folder.read(from), as: to)
        }
        try world.folder.remove(name(file))
        #expect(try failureKind { _ = try staged() } == .corruption)
    }

    @Test func segmentsStandApart() throws {
        let segment = SegmentKey.fixture(segment: "new buyers")
        let file = ArtifactFile.fixture(.example(.cooc, of: segment))
        try stage(file)
        try stage(world.file(.cooc))
        #expect(world.staging.path(of: file) == world.path(name(file, segment: "new buyers")))
        #expect(try world.staging.staged(segment, .fixture()).map(\.file.version) == [file.version])
        #expect(try staged().map(\.file.version) == [world.file(.cooc).version])
    }
}
