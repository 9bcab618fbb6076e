package import Events
package import Ingest
import Platform
package import SystemPackage

/// The folder where events wait: either a flat `exposure.jsonl`, or `<tenant>/<surface>/exposure.<day>.jsonl`.
package enum RawSource {
    /// The inputs for a window, by day in the second layout.
    ///
    /// - Throws: `PipelineError.noSource` if the folder has none.
    package static func inputs(in folder: FilePath, _ key: SurfaceKey, _ window: Window) throws -> [InputSource] {
        let flat = folder.appending("exposure.jsonl")
        if try File.exists(flat) { return [.file(flat)] }
        let daily = folder.appending(key.tenant.text).appending(key.surface.text)
        let paths = window.days.map { daily.appending("exposure.\($0).jsonl") }
        let inputs = try paths.filter { try File.exists($0) }.map { InputSource.file($0) }
        guard !inputs.isEmpty else { throw PipelineError.noSource(folder) }
        return inputs
    }
}
