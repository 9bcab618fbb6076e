import Events
import Platform

/// How events are spelled, as far as it is the same for all of them.
struct LineText: Sendable {
    private static let head = Array(#"{"v":1,"ts":""#.utf8)
    private let days: [[UInt8]]
    private let owner: [UInt8]
    private let userDigitCount: Int
    private let itemDigitCount: Int
    private let timePrecision: TimePrecision
    private let hasRequest: Bool
    /// What stands behind the item, for one rank after the other.
    private let tails: [UInt8]
    /// Of each rank where its tail begins; one more at the end.
    private let tailStarts: [Int]

    init(_ options: GenerationOptions, memberCount: Int) {
        days = options.window.days.map { Array($0.description.utf8) }
        owner = LineText.owner(options.tenant, options.surface)
        userDigitCount = Digits.count(below: memberCount)
        itemDigitCount = Digits.count(below: options.itemCount)
        timePrecision = options.timePrecision
        hasRequest = options.requestIdentifiers == .uuid
        let tails = (0..<Slate.maximumItemCount).map { Array("\",\"rank\":\($0)}\n".utf8) }
        self.tails = Array(tails.joined())
        tailStarts = tails.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    }

    private static func owner(_ tenant: PathSegment, _ surface: PathSegment) -> [UInt8] {
        let members = JSONWriter.text(style: .compact) { json in
            json.object { json in
                json.member("tenant", tenant.text)
                json.member("surface", surface.text)
            }
        }
        return Array(#"Z","#.utf8) + members.dropFirst().dropLast()
    }

    /// Writes what the lines of a slate begin with, up to the number of the item.
    func write(_ slate: SlateFacts, to text: inout [UInt8]) {
        text.removeAll(keepingCapacity: true)
        text += LineText.head
        text += days[slate.dayIndex]
        append(time: slate.millisecond, to: &text)
        text += owner
        if let user = slate.user {
            text += #","user_id":"u-"#.utf8
            text.append(decimal: user, digitCount: userDigitCount)
            text.append(UInt8(ascii: "\""))
        }
        text += #","session_id":"s-"#.utf8
        text.append(hexadecimal: slate.sessionName)
        if hasRequest {
            text += #"","request_id":""#.utf8
            text.append(uuid: slate.requestName.high, slate.requestName.low)
        }
        text += #"","item_id":"i-"#.utf8
    }

    private func append(time millisecond: Int, to text: inout [UInt8]) {
        let second = millisecond / 1000
        text.append(UInt8(ascii: "T"))
        text.append(decimal: second / 3600, digitCount: 2)
        text.append(UInt8(ascii: ":"))
        text.append(decimal: second / 60 % 60, digitCount: 2)
        text.append(UInt8(ascii: ":"))
        text.append(decimal: second % 60, digitCount: 2)
        guard timePrecision == .milliseconds else { return }
        text.append(UInt8(ascii: "."))
        text.append(decimal: millisecond % 1000, digitCount: 3)
    }

    /// Appends the lines of events of one slate.
    ///
    /// - Parameters:
    ///   - rank: That of the first of the items; the ranks of the others follow it.
    ///   - beginning: What `write` wrote for the slate.
    /// - Returns: Where in `lines` the last of them stands.
    func append(items: [UInt32], from rank: Int, beginning: [UInt8], to lines: inout [UInt8]) -> Range<Int> {
        var start = lines.count
        for index in items.indices {
            start = lines.count
            lines.append(contentsOf: beginning.span)
            lines.append(decimal: Int(items[index]), digitCount: itemDigitCount)
            lines.append(contentsOf: tails.span.extracting(tailStarts[rank + index]..<tailStarts[rank + index + 1]))
        }
        return start..<lines.count
    }
}

/// What the events of a slate have in common.
struct SlateFacts {
    let dayIndex: Int
    let millisecond: Int
    /// The number of the user, if somebody is signed in.
    let user: Int?
    let sessionName: UInt64
    let requestName: (high: UInt64, low: UInt64)
}
