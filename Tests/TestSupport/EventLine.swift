/// A line of input, member by member: an event of the contract, or nearly one.
package struct EventLine: Sendable {
    /// Names without their quotes, and values as they stand in the line; neither need be JSON.
    package var members: [(name: String, json: String)]

    package init(members: [(name: String, json: String)]) {
        self.members = members
    }

    /// An event with the required fields alone.
    package static let valid = EventLine(members: [
        ("v", "1"), ("ts", "\"2024-02-29T08:15:00Z\""), ("tenant", "\"demo\""), ("surface", "\"home\""),
        ("session_id", "\"s\""), ("item_id", "\"i\""),
    ])

    /// The line with this value for a member, which is added at the end if it is not there.
    package func with(_ name: String, _ json: String) -> EventLine {
        guard let index = members.firstIndex(where: { $0.name == name }) else { return adding(name, json) }
        var line = self
        line.members[index].json = json
        return line
    }

    /// The line with one more member at its end.
    package func adding(_ name: String, _ json: String) -> EventLine {
        EventLine(members: members + [(name, json)])
    }

    /// The line without a member.
    package func without(_ name: String) -> EventLine {
        EventLine(members: members.filter { $0.name != name })
    }

    /// The line without its newline.
    package var text: String {
        "{" + members.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
    }
}
