import Events
import Generation
import Platform

@testable import Ingest

/// JSON Lines to slices of fields.
func measureDecoding() {
    measure("JSON: decode a chunk", .bytes) {
        let chunk = try Samples.chunk()
        let decoder = EventDecoder(
            maximumRank: EventField.maximumRank, maximumLineByteCount: 1 << 20, isStrict: false)
        return Kernel(chunk.byteCount) { decoder.decode(chunk) { $0.events.count } }
    }
}

extension Samples {
    /// About as many lines as a thread of an ingest decodes in one call.
    fileprivate static func chunk() throws -> LineChunk {
        guard let day = Day("2026-01-01") else { preconditionFailure("2026-01-01 is a day") }
        let options = GenerationOptions(
            lineCount: 16_000, window: Window(day), tenant: try PathSegment("demo"), surface: try PathSegment("home"))
        var chunk = LineChunk()
        _ = try EventGenerator(options, threadCount: 1).run { lines in
            chunk.bytes.replaceSubrange(chunk.byteCount..<(chunk.byteCount + lines.count), with: lines)
            chunk.byteCount += lines.count
        }
        return chunk
    }
}
