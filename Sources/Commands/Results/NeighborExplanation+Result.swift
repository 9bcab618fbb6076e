import Artifacts
import Builders
import Events
import Pipeline
import Platform
import Publishing

extension CommandResult {
    /// Why an item is a neighbour, or is not.
    init(_ explanation: NeighborExplanation) {
        self.init(explanation.lines) { $0.members(of: explanation) }
    }
}

extension NeighborExplanation {
    private var names: (item: String, neighbor: String) { (DisplayText.line(item), DisplayText.line(neighbor)) }

    fileprivate var lines: [String] {
        let window = record.key.window
        let heading =
            "cooc of \(record.key.owner), \(window.start) to \(window.end), "
            + "version \(record.version.hexadecimal.prefix(12))"
        let days = counts.days.map { [$0.day.description, $0.sessionCount.grouped] }
        let dayLines = days.isEmpty ? [] : [""] + Table.lines([["DAY", "SESSIONS"]] + days)
        let noteLines = notes.isEmpty ? [] : [""] + notes.map { "note: \($0)" }
        let scoreLines = scoreLine.map { ["", $0] } ?? []
        return [heading, verdict, ""] + Table.lines(countRows) + scoreLines + dayLines + noteLines
    }

    /// The answer, in one line.
    fileprivate var verdict: String {
        if let place {
            return "\(names.neighbor) is neighbour \(place.rank.grouped) of \((listLength ?? 0).grouped) of "
                + "\(names.item), with score \(place.score.shortest)"
        }
        return "\(names.neighbor) is no neighbour of \(names.item): \(reason?.text(self) ?? "")"
    }

    private var countRows: [[String]] {
        let heading = ["COUNTED NOW", "", "SESSIONS"] + (counts.both.weight == nil ? [] : ["WEIGHT"])
        let rows: [(name: String, symbol: String, sessions: PairExplanation.Sessions)] = [
            ("with both", "c", counts.both), ("with \(names.item)", "a", counts.item),
            ("with \(names.neighbor)", "b", counts.neighbor),
        ]
        let all = [["of the window", "N", counts.sessionCount.grouped] + (counts.both.weight == nil ? [] : [""])]
        return [heading]
            + rows.map { row in
                [row.name, row.symbol, row.sessions.count.grouped] + (row.sessions.weight.map { [$0.shortest] } ?? [])
            } + all
    }

    /// What else there is to know, a line each.
    fileprivate var notes: [String] {
        var notes: [String] = []
        if counts.oversizedCount > 0 {
            notes.append(
                "not counted for the pair, for having too many items: "
                    + "\(counts.oversizedCount.counted("more session")) with both")
        }
        if !changes.isEmpty {
            let days = changes.map { "\($0.day) \($0.change.rawValue)" }.joined(separator: ", ")
            notes.append(
                "these counts are of the events as they are now, and not of those that the artifact was made of: "
                    + days)
        }
        return notes
    }

    /// What the counts come to; nil where there is no score.
    private var scoreLine: String? {
        guard let score = counts.score else { return nil }
        let line = "by these counts the score (\(build.coocScore.rawValue)) is \(score.shortest)"
        guard case .ranked(let rank, let count) = counts.standing else { return line }
        return "\(line), rank \(rank.grouped) of \(count.counted("neighbour"))"
    }
}

extension NeighborExplanation.Reason {
    /// The reason in words, as it stands behind `... is no neighbour of ...:`.
    fileprivate func text(_ explanation: NeighborExplanation) -> String {
        let (build, counts) = (explanation.build, explanation.counts)
        switch self {
        case .itemNotInWindow: return "no event of the window has \(DisplayText.line(explanation.item))"
        case .neighborNotInWindow: return "no event of the window has \(DisplayText.line(explanation.neighbor))"
        case .noSessionWithBoth: return "no session of the window has both"
        case .oversizedSessions: return "the sessions with both have too many items"
        case .belowSupport:
            return "\(counts.both.count.counted("session")) with both, min_cooc_support is "
                + build.minimumCoocSupport.grouped
        case .noPositiveAssociation:
            return "they are seen together no more often than by chance, and \(build.coocScore.rawValue) keeps none "
                + "of those"
        case .rowIsCut:
            return "\(DisplayText.line(explanation.item)) has no row, others have more sessions; "
                + "max_items_per_artifact is \((build.maximumItemsPerArtifact ?? 0).grouped)"
        case .isCut:
            return "others rank before it, max_neighbors_per_item is \(build.maximumNeighborsPerItem.grouped)"
        case .eventsAreOthers:
            return "by the events as they are now it would be one, the artifact was made of others"
        }
    }
}

extension Double {
    /// The shortest decimal that reads back as the same number.
    var shortest: String {
        String(decoding: JSONWriter.text(style: .compact) { $0.number(self) }, as: UTF8.self)
    }
}

extension JSONWriter {
    fileprivate mutating func members(of explanation: NeighborExplanation) {
        member("version", explanation.record.version.hexadecimal)
        member("first_day", explanation.record.key.window.start.description)
        member("last_day", explanation.record.key.window.end.description)
        members(of: explanation.parameters)
        member("item", explanation.item)
        member("neighbor", explanation.neighbor)
        key("is_neighbor")
        boolean(explanation.place != nil)
        if let length = explanation.listLength { member("list_length", length) }
        if let place = explanation.place {
            member("rank", place.rank)
            key("score")
            number(place.score)
        }
        if let reason = explanation.reason { member("reason", reason.rawValue) }
        member("answer", explanation.verdict)
        key("counted")
        object { $0.members(of: explanation.counts, by: explanation.build.coocScore) }
        key("changed_partitions")
        array { json in
            for change in explanation.changes {
                json.object { json in
                    json.member("day", change.day)
                    json.member("change", change.change.rawValue)
                }
            }
        }
        key("notes")
        array { json in for note in explanation.notes { json.string(note) } }
    }

    private mutating func members(of counts: PairExplanation, by coocScore: CoocScore) {
        member("sessions", counts.sessionCount)
        member("with_both", counts.both.count)
        member("with_item", counts.item.count)
        member("with_neighbor", counts.neighbor.count)
        let weights = [counts.both, counts.item, counts.neighbor].map(\.weight)
        if let both = weights[0], let item = weights[1], let neighbor = weights[2] {
            key("weights")
            object { json in
                for (name, weight) in [("with_both", both), ("with_item", item), ("with_neighbor", neighbor)] {
                    json.key(text: name)
                    json.number(weight)
                }
            }
        }
        member("oversized", counts.oversizedCount)
        member("score_name", coocScore.rawValue)
        if let score = counts.score {
            key("score")
            number(score)
        }
        if case .ranked(let rank, let count) = counts.standing {
            member("rank", rank)
            member("neighbors", count)
        }
        key("days")
        array { json in
            for day in counts.days {
                json.object { json in
                    json.member("day", day.day.description)
                    json.member("sessions", day.sessionCount)
                }
            }
        }
    }
}
