package import Columns

extension ExposureColumns {
    /// The columns of events that come in any order.
    ///
    /// Dictionaries are in the order of first appearance, or with a seed in a random one; that of users is ascending.
    package init(_ exposures: [Exposure], seed: UInt64? = nil) {
        let rows = exposures.enumerated().sorted { left, right in
            let (first, second) = (left.element.sortKey, right.element.sortKey)
            return first == second ? left.offset < right.offset : first < second
        }.map(\.element)
        let arrange: ([String]) -> [String] = { identifiers in
            guard let seed else { return identifiers }
            var generator = SplitMix64(seed: seed)
            return identifiers.shuffled(using: &generator)
        }
        self.init(
            users: CodedColumn(rows.map(\.user)) { $0.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } },
            sessions: CodedColumn(rows.map(\.session), arrange), requests: CodedColumn(rows.map(\.request), arrange),
            items: CodedColumn(rows.map(\.item), arrange), nanosecondsOfDay: rows.map(\.nanosecondOfDay),
            ranks: rows.map { row in row.rank.map { $0 + 1 } ?? 0 })
    }

    /// The columns of events in the order of their arrival, which is known of each.
    package init(arriving events: [(exposure: Exposure, arrival: UInt32)]) {
        let rows = events.map(\.exposure)
        self.init(
            users: CodedColumn(rows.map(\.user)), sessions: CodedColumn(rows.map(\.session)),
            requests: CodedColumn(rows.map(\.request)), items: CodedColumn(rows.map(\.item)),
            nanosecondsOfDay: rows.map(\.nanosecondOfDay), ranks: rows.map { row in row.rank.map { $0 + 1 } ?? 0 })
        arrivals = events.map(\.arrival)
    }

    /// The events that the columns stand for, row by row.
    package var exposures: [Exposure] {
        (0..<count).map { row in
            Exposure(
                user: users.text(at: row), session: sessions.text(at: row) ?? "", request: requests.text(at: row),
                item: items.text(at: row) ?? "", at: nanosecondsOfDay[row], rank: ranks[row] == 0 ? nil : ranks[row] - 1
            )
        }
    }
}

extension CodedColumn {
    /// The column of these ids, nil for none. The distinct ones stand by first appearance unless `arrange` moves them.
    package init(_ texts: [String?], _ arrange: ([String]) -> [String] = { $0 }) {
        var seen: Set<[UInt8]> = []
        let distinct = arrange(texts.compactMap { $0 }.filter { seen.insert(Array($0.utf8)).inserted })
        let codes = Dictionary(uniqueKeysWithValues: zip(distinct.map { Array($0.utf8) }, UInt32(1)...))
        self.init(
            dictionary: IdentifierList(distinct),
            codes: texts.map { text in text.flatMap { codes[Array($0.utf8)] } ?? 0 })
    }

    /// The id in a row, or nil for none.
    package func text(at row: Int) -> String? {
        codes[row] == 0 ? nil : dictionary.string(at: Int(codes[row]) - 1)
    }
}

extension Exposure {
    /// What decides of two events which comes first: the user, without one the session, then the time.
    fileprivate var sortKey: SortKey {
        SortKey(
            hasUser: user != nil, identifier: Array((user ?? session).utf8), nanosecondOfDay: nanosecondOfDay)
    }

    fileprivate struct SortKey: Comparable {
        let hasUser: Bool
        let identifier: [UInt8]
        let nanosecondOfDay: UInt64

        static func < (left: SortKey, right: SortKey) -> Bool {
            if left.hasUser != right.hasUser { return right.hasUser }
            if left.identifier != right.identifier {
                return left.identifier.lexicographicallyPrecedes(right.identifier)
            }
            return left.nanosecondOfDay < right.nanosecondOfDay
        }
    }
}
