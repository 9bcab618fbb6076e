import Artifacts
import Columns
import Commands
import Platform

/// A file to look into: one of the two kinds there are, however damaged it is.
struct DumpFile {
    /// What the footer says that a file holds.
    enum Content {
        case partition(PartitionReader)
        case artifact(ArtifactRows)
    }

    let inspection: ContainerInspection
    /// The failure is why the footer cannot be relied on.
    let content: Result<Content, FormatError>

    /// What is wrong with the header; nil if nothing is.
    let headerProblem: FormatError?

    /// That the file lies where another one belongs; nil if it does not, or if nobody can tell.
    let misplacement: FormatError?

    var file: DataFile { inspection.reader.file }
    var container: ContainerReader { inspection.reader }

    /// - Throws: `ForeignFile` if the file is neither kind; `FormatError` if it is newer than this build.
    init(_ file: DataFile) throws {
        guard let format = try DumpFile.format(of: file) else { throw try ForeignFile(file) }
        let inspection = ContainerInspection(file, format: format)
        if let problem = inspection.header.problem, problem.code == .needsNewerReader { throw problem }
        self.inspection = inspection
        headerProblem = inspection.header.problem.map { problem in
            // The end says which format it is.
            guard problem.code == .notRecognised else { return problem }
            return FormatError(
                .corrupt, file.path, "corrupt header at offset 0: the file does not begin as a \(format.name) does")
        }
        content = Result { () throws(FormatError) in try DumpFile.content(inspection, format) }
        // A sorted run lies wherever an ingest spills.
        let hasPlace = DumpFile.typeName(inspection) != DumpFile.sortedRun
        misplacement = hasPlace ? (try? content.get()).flatMap { DumpFile.misplacement(of: $0, file) } : nil
    }

    /// What the file holds, if its frame can be relied on.
    ///
    /// - Throws: `FormatError` if it cannot.
    func reliableContent() throws(FormatError) -> Content {
        if let headerProblem { throw headerProblem }
        return try content.get()
    }

    /// What is wrong with the file as a whole: with its frame, or with its place.
    var problems: [FormatError] {
        [headerProblem, footerProblem, misplacement].compactMap { $0 }
    }

    /// Why the section table cannot be relied on; nil if it can.
    var footerProblem: FormatError? {
        inspection.tail.problem ?? inspection.footer.problem ?? inspection.tableProblem
    }

    /// The artifact that the file holds.
    ///
    /// - Parameter command: What was asked for.
    /// - Throws: `FormatError` if the frame is damaged; `DumpError` if it is a partition.
    func artifact(for command: String) throws -> ArtifactRows {
        switch try reliableContent() {
        case .artifact(let rows): rows
        case .partition: throw DumpError.artifactsOnly(command, path: file.path)
        }
    }

    /// The name of what the file is: a run is no partition.
    var typeName: String { DumpFile.typeName(inspection) }

    private static func typeName(_ inspection: ContainerInspection) -> String {
        let arrival = PartitionFormat.Section.arrival.rawValue
        guard inspection.format.magic == PartitionFormat.file.magic else { return "artifact" }
        return inspection.blocks.contains { $0.entry.section == arrival } ? sortedRun : "partition"
    }

    private static let sortedRun = "sorted run"

    /// The format of a file that begins or ends as a file of ours does, and is long enough to be one.
    private static func format(of file: DataFile) throws -> FileFormat? {
        guard file.byteCount >= FileFormat.headerByteCount + FileFormat.tailByteCount else { return nil }
        let (start, end) = (try file.bytes(0..<8), try file.bytes(file.byteCount - 8..<file.byteCount))
        let formats = [PartitionFormat.file, ArtifactFormat.file]
        return formats.first { $0.magic == start } ?? formats.first { $0.endMagic == end }
    }

    private static func content(
        _ inspection: ContainerInspection, _ format: FileFormat,
    ) throws(FormatError) -> Content {
        let problems = inspection.problems.dropFirst(inspection.header.problem == nil ? 0 : 1)
        if let problem = problems.first { throw problem }
        if format.magic == PartitionFormat.file.magic { return .partition(try PartitionReader(inspection.reader)) }
        return .artifact(try ArtifactRows(inspection.reader, using: Zstandard()))
    }
}
