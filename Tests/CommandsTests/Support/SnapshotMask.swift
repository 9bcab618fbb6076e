import Events
import Platform

/// Replaces what differs from run to run and from machine to machine: times, run ids, folders, and the sizes and
/// digests of files, which differ with the version of zstd.
struct SnapshotMask {
    /// The working directory of the commands.
    let folder: String
    /// Times from this on are of the commands; those of the demo's events are earlier or later.
    private let earliest = Timestamp(secondsSinceEpoch: WallClock.secondsSinceEpoch - 600).description

    func apply(to text: String) -> String {
        var text = text.replacing(folder, with: "<folder>")
        text.replace(/[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}/, with: "<run>")
        text.replace(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/) { match in
            let time = String(match.output)
            return (earliest...latest).contains(time) ? "<time>" : time
        }
        text.replace(/[0-9a-f]{64}/, with: "<digest>")
        text.replace(#/ (cooc|implicit|popularity|session_seq) [0-9a-f]{12}(?![0-9a-f])/#) { " \($0.output.1) <begin>" }
        text.replace(/"(bytes|stored_bytes|raw_bytes)":[0-9]+/) { "\"\($0.output.1)\":<size>" }
        text.replace(/[0-9,]+ bytes/, with: "<size> bytes")
        text.replace(/bytes( +)[0-9,]+\n/) { "bytes\($0.output.1)<size>\n" }
        // Two versions side by side, and the version of a heading.
        text.replace(/bytes +[0-9,]+ +[0-9,]+\n/, with: "bytes  <size>  <size>\n")
        text.replace(/version +[0-9a-f]{12} +[0-9a-f]{12}\n/, with: "version  <begin>  <begin>\n")
        text.replace(/version [0-9a-f]{12}\n/, with: "version <begin>\n")
        // What a run took.
        text.replace(/run <run>: .*\n/, with: "run <run>: <seconds>\n")
        text.replace(/"seconds":\{[^}]*\},"peak_memory_bytes":[0-9]+/, with: "<seconds>")
        text.replace(#/ +[0-9,]+  [0-9a-f]{12}\n/#, with: "  <size>  <begin>\n")
        // Numbers in the last columns of tables: before what is staged, and the time of publication.
        text.replace(#/ +[0-9,]+  (\.out/artifacts|<time>)/#) { "  <size>  \($0.output.1)" }
        return text
    }

    private var latest: String { Timestamp(secondsSinceEpoch: WallClock.secondsSinceEpoch + 600).description }
}
