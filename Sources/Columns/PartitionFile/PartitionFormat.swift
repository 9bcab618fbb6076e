/// The constants of partition files, version 1. They never change.
package enum PartitionFormat {
    package static let fileExtension = "rspart"

    package static let file = FileFormat(
        letters: (UInt8(ascii: "R"), UInt8(ascii: "S"), UInt8(ascii: "P")), version: 1, name: "partition",
        section: { number in Section(rawValue: number).map { FileSection($0.name, $0.content) } })

    /// The sections of a partition file.
    package enum Section: UInt8, Sendable, CaseIterable {
        case userDictionary = 1
        case sessionDictionary = 2
        case requestDictionary = 3
        case itemDictionary = 4
        case user = 16
        case timeOfDay = 17
        case session = 18
        case request = 19
        case item = 20
        case rank = 21
        /// Only in the sorted runs of an ingest that is under way.
        case arrival = 128

        /// The name in messages and in the dump tool.
        package var name: String {
            switch self {
            case .userDictionary: "user_dictionary"
            case .sessionDictionary: "session_dictionary"
            case .requestDictionary: "request_dictionary"
            case .itemDictionary: "item_dictionary"
            case .user: "user"
            case .timeOfDay: "time_of_day"
            case .session: "session"
            case .request: "request"
            case .item: "item"
            case .rank: "rank"
            case .arrival: "arrival"
            }
        }

        /// What the blocks of the section make up.
        var content: FileSection.Content {
            switch self {
            case .userDictionary, .sessionDictionary, .requestDictionary, .itemDictionary: .dictionary
            case .timeOfDay: .numbers64
            case .user, .session, .request, .item, .rank, .arrival: .numbers32
            }
        }
    }
}

/// The columns of ids in a partition.
package enum IdentifierColumn: Sendable, CaseIterable {
    case user
    case session
    case request
    case item

    /// The section of the codes.
    package var codes: PartitionFormat.Section {
        switch self {
        case .user: .user
        case .session: .session
        case .request: .request
        case .item: .item
        }
    }

    /// The section of the distinct ids.
    package var dictionary: PartitionFormat.Section {
        switch self {
        case .user: .userDictionary
        case .session: .sessionDictionary
        case .request: .requestDictionary
        case .item: .itemDictionary
        }
    }

    /// True if an event may do without this id.
    package var isOptional: Bool { self == .user || self == .request }
}
