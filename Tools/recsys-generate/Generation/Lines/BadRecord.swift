/// Ways in which the line of an event is spoilt, each a breach of the contract.
enum BadRecord: Int, CaseIterable {
    case cutOff
    case noObject
    case wrongVersion
    case missingOffset
    case noTimestamp
    case separatorInSurface
    case emptySession
    case fieldTwice
    case missingItem
    case wrongRank
    case textBehindObject

    /// The spoilt line, with the newline at its end.
    ///
    /// - Parameter line: The line of an event, with its newline.
    func spoiling(_ line: ArraySlice<UInt8>) -> [UInt8] {
        switch self {
        case .cutOff: line.prefix(line.count / 2) + [UInt8(ascii: "\n")]
        case .noObject: line.replacing("{\"v\":1", with: "[1").dropLast(2) + Array("]\n".utf8)
        case .wrongVersion: line.replacing("\"v\":1", with: "\"v\":2")
        case .missingOffset: line.replacing("Z\"", with: "\"")
        case .noTimestamp: line.replacing("\"ts\":\"", with: "\"ts\":\"on ")
        case .separatorInSurface: line.replacing("\"surface\":\"", with: "\"surface\":\"a/")
        case .emptySession: line.replacing("\"session_id\":\"", through: "\"", with: "\"session_id\":\" \"")
        case .fieldTwice: line.replacing("\"v\":1", with: "\"v\":1,\"v\":1")
        case .missingItem: line.replacing(",\"item_id\":\"", through: "\"", with: "")
        case .wrongRank: line.replacing("\"rank\":", with: "\"rank\":0.")
        case .textBehindObject: line.replacing("}\n", with: "}}\n")
        }
    }
}

extension ArraySlice<UInt8> {
    /// The bytes with the first `text`, which they hold, replaced; and with what follows it, to the end of the next
    /// `end`.
    fileprivate func replacing(_ text: String, through end: String = "", with other: String) -> [UInt8] {
        let start = position(of: text, from: startIndex)
        let rest = start + text.utf8.count
        let stop = end.isEmpty ? rest : position(of: end, from: rest) + end.utf8.count
        return Array(self[..<start]) + other.utf8 + self[stop...]
    }

    private func position(of text: String, from start: Int) -> Int {
        (start..<endIndex).first { self[$0...].starts(with: text.utf8) } ?? endIndex
    }
}
