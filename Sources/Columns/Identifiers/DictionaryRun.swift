/// A run of ids of a dictionary in the form in which a file stores it: numbers stay numbers, and text is made of them
/// only where somebody reads it.
package enum DictionaryRun: Sendable {
    /// Ids that are canonical decimal numbers.
    case decimal([UInt64])
    /// Ids that are canonical UUIDs, as their two halves. Both arrays are of the same length.
    case uuid(high: [UInt64], low: [UInt64])
    /// Any ids.
    case text(IdentifierList)

    /// Number of ids.
    package var count: Int {
        switch self {
        case .decimal(let numbers): numbers.count
        case .uuid(let high, _): high.count
        case .text(let identifiers): identifiers.count
        }
    }

    /// Appends all ids to a list.
    package func append(to identifiers: inout IdentifierList) {
        append(Array(0..<count), to: &identifiers)
    }

    /// Appends the ids at `indices`, in that order, to a list.
    package func append(_ indices: some Sequence<Int>, to identifiers: inout IdentifierList) {
        var text: [UInt8] = []
        switch self {
        case .decimal(let numbers):
            for index in indices {
                text.removeAll(keepingCapacity: true)
                IdentifierForm.appendDecimal(numbers[index], to: &text)
                identifiers.append(text.span)
            }
        case .uuid(let high, let low):
            for index in indices {
                text.removeAll(keepingCapacity: true)
                IdentifierForm.appendUUID(high: high[index], low: low[index], to: &text)
                identifiers.append(text.span)
            }
        case .text(let list):
            for index in indices { identifiers.append(list[index]) }
        }
    }
}
