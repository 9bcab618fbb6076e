package import Events
import Ingest
import Platform
package import SystemPackage

/// The folder where events wait: either a flat `exposure.jsonl`, or `<tenant>/<surface>/exposure.<day>.jsonl`, each of
/// which may be compressed (`.gz`, `.zst`).
package enum RawSource {
    /// The inputs for a window. In the second layout they say nothing of days that have no file.
    ///
    /// - Throws: `PipelineError.noSource` if the folder has none.
    package static func input(in folder: FilePath, _ key: SurfaceKey, _ window: Window) throws -> RunInput {
        if let flat = try file("exposure", in: folder) { return RunInput([.file(flat)], window) }
        let daily = folder.appending(key.tenant.text).appending(key.surface.text)
        let files = try window.days.compactMap { day in try file("exposure.\(day)", in: daily).map { (day, $0) } }
        guard !files.isEmpty else { throw PipelineError.noSource(key, window, folder) }
        return RunInput(files.map { .file($0.1) }, window, days: Set(files.map(\.0)))
    }

    /// The inputs for the days of a window that are there: in the second layout those before the first one that has no
    /// file, in the first one those up to the last event.
    ///
    /// - Throws: `PipelineError.missingDay` if the first day has no file; `PipelineError.noSource` if there is no
    ///   folder of such files.
    package static func inputBeforeGap(in folder: FilePath, _ key: SurfaceKey, _ window: Window) throws -> RunInput {
        if let flat = try file("exposure", in: folder) { return RunInput([.file(flat)], window, isOpenEnded: true) }
        let daily = folder.appending(key.tenant.text).appending(key.surface.text)
        guard try Directory.exists(daily) else { throw PipelineError.noSource(key, window, folder) }
        var inputs: [InputSource] = []
        for day in window.days {
            guard let file = try file("exposure.\(day)", in: daily) else {
                let gap = PipelineError.missingDay(day, of: window, daily)
                guard let last = day.advanced(by: -1), let before = Window(start: window.start, end: last) else {
                    throw gap
                }
                return RunInput(inputs, before, gap: gap)
            }
            inputs.append(.file(file))
        }
        return RunInput(inputs, window)
    }

    /// The file of that name with one of the endings of files of events, or nil.
    private static func file(_ name: String, in folder: FilePath) throws -> FilePath? {
        try InputSource.fileNameEndings.map { folder.appending(name + $0) }.first { try File.exists($0) }
    }
}
