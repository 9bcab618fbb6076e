package import Events
package import Ingest
import Platform
package import SystemPackage

/// The folder where events wait: either a flat `exposure.jsonl`, or `<tenant>/<surface>/exposure.<day>.jsonl`, each of
/// which may be compressed (`.gz`, `.zst`).
package enum RawSource {
    /// The inputs for a window, by day in the second layout.
    ///
    /// - Throws: `PipelineError.noSource` if the folder has none.
    package static func inputs(in folder: FilePath, _ key: SurfaceKey, _ window: Window) throws -> [InputSource] {
        if let flat = try file("exposure", in: folder) { return [.file(flat)] }
        let daily = folder.appending(key.tenant.text).appending(key.surface.text)
        let inputs = try window.days.compactMap { try file("exposure.\($0)", in: daily) }.map { InputSource.file($0) }
        guard !inputs.isEmpty else { throw PipelineError.noSource(folder) }
        return inputs
    }

    /// The file of that name with one of the endings of files of events, or nil.
    private static func file(_ name: String, in folder: FilePath) throws -> FilePath? {
        try InputSource.fileNameEndings.map { folder.appending(name + $0) }.first { try File.exists($0) }
    }
}
