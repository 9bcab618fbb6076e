import Platform

extension DictionaryRun {
    /// The place of an id among those of the run, or nil if it is not there. Nothing is assumed of their order.
    package func firstIndex(of identifier: Span<UInt8>) -> Int? {
        switch self {
        case .decimal(let numbers):
            guard let number = IdentifierForm.decimal(identifier) else { return nil }
            return numbers.firstIndex(of: number)
        case .uuid(let high, let low):
            guard let halves = IdentifierForm.uuid(identifier) else { return nil }
            return high.indices.first { high[$0] == halves.high && low[$0] == halves.low }
        case .text(let list):
            for index in list.indices where ByteStrings.areEqual(list[index], identifier) { return index }
            return nil
        }
    }

    /// How much memory the run takes.
    package var byteCount: Int {
        switch self {
        case .decimal(let numbers): numbers.count * 8
        case .uuid(let high, _): high.count * 16
        case .text(let list): list.byteCount
        }
    }

    /// All ids of the run as text.
    package var identifiers: IdentifierList {
        if case .text(let list) = self { return list }
        var list = IdentifierList()
        append(to: &list)
        return list
    }
}
