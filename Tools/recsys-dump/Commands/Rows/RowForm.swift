import ArgumentParser
import Artifacts
import Builders
import Columns

/// A form in which rows are printed.
protocol RowForm {
    /// What stands before the events of a partition.
    func eventHeading() -> [UInt8]

    /// Appends an event.
    func append(_ row: Int, of events: ExposureColumns, _ key: PartitionKey, to text: inout [UInt8])

    /// What stands before the rows of an artifact.
    func artifactHeading(_ kind: ArtifactKind, _ values: RankedRows.ValueKind) -> [UInt8]

    /// Appends a row of an artifact; of popularity, which has a single one, an entry.
    func append(_ row: Int, of rows: SpelledRows, to text: inout [UInt8])
}

/// The names of the forms.
enum RowFormName: String, CaseIterable, ExpressibleByArgument {
    case jsonl
    case csv

    var form: any RowForm {
        switch self {
        case .jsonl: JSONLinesForm()
        case .csv: CSVForm()
        }
    }
}

/// Some rows of an artifact with the ids that they have.
struct SpelledRows {
    let kind: ArtifactKind
    /// Per row; none in popularity.
    let keys: IdentifierList
    /// Per row its entries, whose members are places in `ids`.
    let entries: [[RankedRows.Entry]]
    let ids: IdentifierList
}
