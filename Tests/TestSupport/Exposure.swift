/// One event, spelled out. Two are equal if their ids are equal byte by byte.
package struct Exposure: Hashable, Sendable {
    package var user: String?
    package var session: String
    package var request: String?
    package var item: String
    package var nanosecondOfDay: UInt64
    package var rank: UInt32?

    package init(
        user: String? = nil, session: String = "s", request: String? = nil, item: String = "i",
        at nanosecondOfDay: UInt64 = 0, rank: UInt32? = nil,
    ) {
        self.user = user
        self.session = session
        self.request = request
        self.item = item
        self.nanosecondOfDay = nanosecondOfDay
        self.rank = rank
    }

    /// The ids as bytes: Swift takes canonically equivalent texts for equal, ids are opaque.
    private var identifiers: [[UInt8]?] {
        [user, session, request, item].map { text in text.map { Array($0.utf8) } }
    }

    package static func == (left: Exposure, right: Exposure) -> Bool {
        left.nanosecondOfDay == right.nanosecondOfDay && left.rank == right.rank
            && left.identifiers == right.identifiers
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(identifiers)
        hasher.combine(nanosecondOfDay)
        hasher.combine(rank)
    }

    /// Events as a surface sees them: few items, sessions of some users, and optional fields that are absent at times.
    package static func random(count: Int, identifiers: IdentifierStyle, using generator: inout SplitMix64)
        -> [Exposure]
    {
        (0..<count).map { _ in
            Exposure(
                user: Bool.random(using: &generator) ? identifiers.text(.random(in: 0..<9, using: &generator)) : nil,
                session: identifiers.text(.random(in: 0..<40, using: &generator)),
                request: Bool.random(using: &generator)
                    ? identifiers.text(.random(in: 0..<999, using: &generator)) : nil,
                item: identifiers.text(.random(in: 0..<20, using: &generator)),
                at: .random(in: 0..<86_400, using: &generator) * 1_000_000_000,
                rank: Bool.random(using: &generator) ? .random(in: 0..<3, using: &generator) : nil)
        }
    }
}

/// The forms of ids that are stored in different ways.
package enum IdentifierStyle: String, Sendable, CaseIterable {
    case decimal
    case uuid
    case text
    case mixed

    /// The id of this form with a number; another number gives another id.
    package func text(_ number: Int) -> String {
        switch self {
        case .decimal: return "\(number * 7)"
        case .uuid:
            let digits = String(number, radix: 16)
            let last = String(repeating: "0", count: 12 - digits.count) + digits
            return "0123abcd-4567-89ab-cdef-\(last)"
        case .text: return "éclair-\(number)-👩"
        case .mixed: return [IdentifierStyle.decimal, .uuid, .text][number % 3].text(number)
        }
    }
}
