package import Columns

/// The constants of artifact files, version 1. They never change.
package enum ArtifactFormat {
    package static let fileExtension = "rsart"

    package static let file = FileFormat(
        letters: (UInt8(ascii: "R"), UInt8(ascii: "S"), UInt8(ascii: "A")), version: 1, name: "artifact",
        section: { number in Section(rawValue: number).map { FileSection($0.name, $0.content) } })

    /// The sections of an artifact file.
    package enum Section: UInt8, Sendable, CaseIterable {
        /// The keys of the rows, ascending; none in popularity.
        case rowDictionary = 1
        /// The ids or tags that entries stand for, ascending.
        case memberDictionary = 2
        /// Entries per row.
        case rowLength = 16
        /// Per entry an index in the member dictionary.
        case member = 17
        /// Per entry its count; none where entries have scores, or nothing.
        case count = 18
        /// Per entry the bits of its score; none where entries have counts, or nothing.
        case score = 19

        /// The name in messages and in the dump tool.
        package var name: String {
            switch self {
            case .rowDictionary: "row_dictionary"
            case .memberDictionary: "member_dictionary"
            case .rowLength: "row_length"
            case .member: "member"
            case .count: "count"
            case .score: "score"
            }
        }

        /// What the blocks of the section make up.
        var content: FileSection.Content {
            switch self {
            case .rowDictionary, .memberDictionary: .dictionary
            case .rowLength, .member, .count: .numbers32
            case .score: .numbers64
            }
        }
    }
}
