import Events
import Foundation
import Generation

/// Options for tests: few lines, few users, few items.
extension GenerationOptions {
    static func trial(
        lines: Int = 5000, days: Int = 4, start: String = "2024-02-27", users: Int = 300, items: Int = 200,
        _ change: (inout GenerationOptions) -> Void = { _ in },
    ) throws -> GenerationOptions {
        let start = try Day(start).unwrapped
        let window = try Window(start: start, end: start.advanced(by: days - 1).unwrapped).unwrapped
        var options = GenerationOptions(
            lineCount: lines, window: window, tenant: try PathSegment("demo"), surface: try PathSegment("home"))
        options.userCount = users
        options.itemCount = items
        change(&options)
        return options
    }

    /// All that is generated, and what is said of it.
    func generated(threadCount: Int = 2) throws -> (bytes: [UInt8], counts: LineCounts) {
        var bytes: [UInt8] = []
        let counts = try EventGenerator(self, threadCount: threadCount).run { bytes += $0 }
        return (bytes, counts)
    }

    /// The events; there must be no bad records.
    func events() throws -> [TrialEvent] {
        try generated().bytes.split(separator: 0x0A).map { try TrialEvent($0) }
    }
}

/// An event as a reader of JSON sees it.
struct TrialEvent: Decodable, Hashable {
    let v: Int
    let ts: String
    let tenant: String
    let surface: String
    let user_id: String?
    let session_id: String
    let request_id: String?
    let item_id: String
    let rank: Int

    init(_ line: ArraySlice<UInt8>) throws {
        self = try JSONDecoder().decode(TrialEvent.self, from: Data(line))
    }

    var day: Substring { ts.prefix(10) }
    /// The number at the end of the user's id.
    var user: Int? { user_id.flatMap { Int($0.dropFirst(2)) } }
    /// The number at the end of the item's id.
    var item: Int? { Int(item_id.dropFirst(2)) }
}

extension Optional {
    /// The value of what is known to be there.
    var unwrapped: Wrapped {
        get throws {
            guard let self else { throw Missing() }
            return self
        }
    }
}

private struct Missing: Error {}
