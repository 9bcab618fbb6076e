package import Events
package import Ingest
import Platform
package import SystemPackage

/// The folder where events wait: either a flat `exposure.jsonl`, or `<tenant>/<surface>/exposure.<day>.jsonl`, each of
/// which may be compressed (`.gz`, `.zst`).
package enum RawSource {
    /// The inputs for a window, and in the second layout the days that have a file: of the others it says nothing.
    ///
    /// - Throws: `PipelineError.noSource` if the folder has none.
    package static func inputs(
        in folder: FilePath, _ key: SurfaceKey, _ window: Window,
    ) throws -> (inputs: [InputSource], days: Set<Day>?) {
        if let flat = try file("exposure", in: folder) { return ([.file(flat)], nil) }
        let daily = folder.appending(key.tenant.text).appending(key.surface.text)
        let files = try window.days.compactMap { day in try file("exposure.\(day)", in: daily).map { (day, $0) } }
        guard !files.isEmpty else { throw PipelineError.noSource(key, window, folder) }
        return (files.map { .file($0.1) }, Set(files.map(\.0)))
    }

    /// The inputs for the days of a window before the first one that has no file, these days, and why it goes no
    /// further; the latter is nil if all days have one, or a flat file has them all.
    ///
    /// - Throws: `PipelineError.missingDay` if the first day has no file; `PipelineError.noSource` if there is no
    ///   folder of such files.
    package static func inputsBeforeGap(
        in folder: FilePath, _ key: SurfaceKey, _ window: Window,
    ) throws -> (inputs: [InputSource], window: Window, gap: PipelineError?, isFlat: Bool) {
        if let flat = try file("exposure", in: folder) { return ([.file(flat)], window, nil, true) }
        let daily = folder.appending(key.tenant.text).appending(key.surface.text)
        guard try Directory.exists(daily) else { throw PipelineError.noSource(key, window, folder) }
        var inputs: [InputSource] = []
        for day in window.days {
            guard let file = try file("exposure.\(day)", in: daily) else {
                let gap = PipelineError.missingDay(day, of: window, daily)
                guard let last = day.advanced(by: -1), let before = Window(start: window.start, end: last) else {
                    throw gap
                }
                return (inputs, before, gap, false)
            }
            inputs.append(.file(file))
        }
        return (inputs, window, nil, false)
    }

    /// The file of that name with one of the endings of files of events, or nil.
    private static func file(_ name: String, in folder: FilePath) throws -> FilePath? {
        try InputSource.fileNameEndings.map { folder.appending(name + $0) }.first { try File.exists($0) }
    }
}
