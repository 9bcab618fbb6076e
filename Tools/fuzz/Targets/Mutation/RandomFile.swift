import Artifacts
import Builders
import Columns
import Platform
import TestSupport

/// Small files that are right, from random content.
enum RandomFile {
    /// A partition of up to 40 events.
    static func partition(using generator: inout SplitMix64) -> [UInt8] {
        let style = IdentifierStyle.allCases.randomElement(using: &generator) ?? .mixed
        let events = Exposure.random(
            count: .random(in: 0...40, using: &generator), identifiers: style, using: &generator)
        return PartitionEncoder.encode(ExposureColumns(events), key: .fixture(), using: Zstandard())
    }

    /// An artifact of any kind, of up to 12 rows.
    static func artifact(using generator: inout SplitMix64) -> [UInt8] {
        let kind = ArtifactKind.allCases.randomElement(using: &generator) ?? .popularity
        let rows = rows(of: kind, using: &generator)
        let artifact = Artifact(ArtifactKey(.fixture(), kind, .fixture()), rows: rows, parameters: BuildParameters())
        // Rows in memory are encoded without an error.
        return (try? artifact.fileBytes) ?? []
    }

    private static func rows(of kind: ArtifactKind, using generator: inout SplitMix64) -> RankedRows {
        if kind.form == .ranking { return RankedRows(popularity: entries(1...9, using: &generator)) }
        let keys = (0..<Int.random(in: 0...12, using: &generator)).map { IdentifierStyle.mixed.text($0) }
        let lengths = kind.mayHaveEmptyRows ? 0...6 : 1...6
        return RankedRows(keys.map { ($0, entries(lengths, using: &generator)) }, isCounted: kind.form != .tags)
    }

    private static func entries(
        _ count: ClosedRange<Int>, using generator: inout SplitMix64,
    ) -> [(id: String, count: UInt32)] {
        let first = Int.random(in: 0..<9, using: &generator)
        let range = 0..<Int.random(in: count, using: &generator)
        // Descending, as a ranking is.
        return range.map { (IdentifierStyle.mixed.text(first + $0), UInt32(range.count * 3 - $0 * 2)) }
    }
}
