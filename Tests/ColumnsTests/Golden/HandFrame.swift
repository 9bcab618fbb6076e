/// zstd frames written out from RFC 8878.
enum HandFrame {
    /// A frame of content that is not compressed, but for runs of one byte.
    ///
    /// - Parameter tellsSize: True to say in the header how many bytes it holds.
    static func frame(_ content: [UInt8], tellsSize: Bool) -> [UInt8] {
        // No dictionary, no checksum; a window of 1 KiB, and a size of four bytes or none.
        var frame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, tellsSize ? 0x80 : 0x00, 0x00]
        if tellsSize { frame += (0..<4).map { UInt8(truncatingIfNeeded: content.count >> ($0 * 8)) } }
        for run in runs(content) {
            frame +=
                run.count > 1 ? header(type: 1, byteCount: run.count) + [run[0]] : header(type: 0, byteCount: 1) + run
        }
        return frame + header(type: 0, byteCount: 0, isLast: true)
    }

    /// The header of a block: whether it is the last, its type, and the number of bytes that it gives.
    private static func header(type: Int, byteCount: Int, isLast: Bool = false) -> [UInt8] {
        let header = byteCount << 3 | type << 1 | (isLast ? 1 : 0)
        return (0..<3).map { UInt8(truncatingIfNeeded: header >> ($0 * 8)) }
    }

    /// Runs of equal bytes, none longer than the window.
    private static func runs(_ content: [UInt8]) -> [[UInt8]] {
        var runs: [[UInt8]] = []
        for byte in content {
            if let last = runs.last, last[0] == byte, last.count < 1_024 {
                runs[runs.count - 1].append(byte)
            } else {
                runs.append([byte])
            }
        }
        return runs
    }
}
