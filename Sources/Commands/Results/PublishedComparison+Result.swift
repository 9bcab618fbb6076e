import Artifacts
import Builders
import Events
import Pipeline
import Platform
import Publishing

extension CommandResult {
    /// How two versions differ.
    init(_ comparison: PublishedComparison) {
        self.init(comparison.lines) { $0.members(of: comparison) }
    }
}

extension PublishedComparison {
    private var kind: ArtifactKind { first.record.key.kind }

    /// The names of the parameters that one side has alone, or both with different values.
    fileprivate var changedParameters: [String] {
        Set(first.parameters).symmetricDifference(second.parameters).map(\.name).reduce(into: Set()) { $0.insert($1) }
            .sorted()
    }

    fileprivate var lines: [String] {
        let changes = comparison.changes
        let entered = examples("entered", comparison.entered, of: changes.enteredCount)
        let left = examples("left", comparison.left, of: changes.leftCount)
        let changed = examples("changed", comparison.changed, of: changes.changedCount)
        // A blank line before the first line of ids, or before each table.
        let isTable = kind.form == .ranking
        let groups = isTable ? [entered, left, changed] : [entered + left + changed]
        return ["\(kind.rawValue) of \(first.record.key.owner)"] + Table.lines(facts) + ["", changeLine] + measures
            + groups.filter { !$0.isEmpty }.flatMap { [""] + $0 }
    }

    private var facts: [[String]] {
        let sides = [first, second]
        let rows: [[String]] = [
            ["", "A", "B"], ["version"] + sides.map { String($0.record.version.hexadecimal.prefix(12)) },
            ["first day"] + sides.map { $0.record.key.window.start.description },
            ["last day"] + sides.map { $0.record.key.window.end.description },
            ["built at"] + sides.map(\.record.provenance.builtAt), ["bytes"] + sides.map(\.record.byteCount.grouped),
            ["rows"] + sides.map(\.rowCount.grouped), ["entries"] + sides.map(\.entryCount.grouped),
        ]
        return rows + changedParameters.map { name in [name] + sides.map { $0.parameter(name)?.description ?? "-" } }
    }

    private var changeLine: String {
        let changes = comparison.changes
        return "\(kind.form.rowNoun)s: \(changes.enteredCount.grouped) entered, \(changes.leftCount.grouped) left, "
            + "\(changes.commonCount.grouped) in common, \(changes.changedCount.grouped) of them changed"
    }

    private var measures: [String] {
        guard let measures = comparison.measures else { return [] }
        let list = kind.form == .ranking ? "list" : "row"
        let rows = [
            row("overlap of the top \(comparison.topCount.grouped)", measures.overlapOfTop, of: list),
            row("overlap of whole lists", measures.overlapOfLists, of: list),
            row("rank correlation", measures.rankCorrelation, of: list),
            measures.scoreDrift.map { row("score drift", $0, of: "value") }
                ?? ["score drift", "-", "values of different measures"],
        ]
        return [""] + Table.lines([["MEASURE", "MEAN", "OF"]] + rows)
    }

    private func row(_ name: String, _ mean: ArtifactComparison.Mean, of noun: String) -> [String] {
        [name, mean.value?.fourDecimals ?? "-", mean.count.counted(noun)]
    }

    /// The first that entered, left or changed: of popularity a table with ranks and scores, else a line of ids.
    private func examples(_ what: String, _ examples: [ArtifactComparison.Example], of count: Int) -> [String] {
        if examples.isEmpty { return [] }
        let more = count > examples.count ? "and \((count - examples.count).grouped) more" : nil
        guard kind.form == .ranking else {
            let ids = examples.map { DisplayText.line($0.id) }.joined(separator: ", ")
            return ["\(what): \(ids)" + (more.map { " \($0)" } ?? "")]
        }
        let rows = examples.map { example in
            [example.rank?.grouped ?? "", example.value?.shortest ?? "", DisplayText.line(example.id)]
        }
        return Table.lines([["RANK", "SCORE", what.uppercased()]] + rows) + (more.map { [$0] } ?? [])
    }
}

extension PublishedComparison.Side {
    fileprivate func parameter(_ name: String) -> ArtifactParameter.Value? {
        parameters.first { $0.name == name }?.value
    }
}

extension ArtifactForm {
    /// What a row is of, or an entry of a ranking.
    fileprivate var rowNoun: String { self == .users ? "user" : "item" }
}

extension Double {
    /// The number, which is from -1 to 1, with four digits behind the point.
    fileprivate var fourDecimals: String {
        let units = Int((self * 10_000).rounded())
        let digits = String(units.magnitude + 100_000).dropFirst()
        return (units < 0 ? "-" : "") + digits.prefix(1) + "." + digits.suffix(4)
    }
}

extension JSONWriter {
    fileprivate mutating func members(of comparison: PublishedComparison) {
        member("artifact_type", comparison.first.record.key.kind.rawValue)
        key("a")
        object { $0.members(of: comparison.first) }
        key("b")
        object { $0.members(of: comparison.second) }
        let (changes, result) = (comparison.comparison.changes, comparison.comparison)
        member("entered", changes.enteredCount)
        member("left", changes.leftCount)
        member("common", changes.commonCount)
        member("changed", changes.changedCount)
        if let measures = result.measures {
            key("measures")
            object { json in
                json.member("top", result.topCount)
                json.member("overlap_of_top", measures.overlapOfTop)
                json.member("overlap_of_lists", measures.overlapOfLists)
                json.member("rank_correlation", measures.rankCorrelation)
                if let drift = measures.scoreDrift { json.member("score_drift", drift) }
            }
        }
        key("examples")
        object { json in
            json.member("entered", result.entered)
            json.member("left", result.left)
            if comparison.first.record.key.kind.form == .tags { json.member("changed", result.changed) }
        }
    }

    private mutating func members(of side: PublishedComparison.Side) {
        member("version", side.record.version.hexadecimal)
        member("first_day", side.record.key.window.start.description)
        member("last_day", side.record.key.window.end.description)
        member("built_at", side.record.provenance.builtAt)
        member("bytes", side.record.byteCount)
        member("rows", side.rowCount)
        member("entries", side.entryCount)
        members(of: side.parameters)
    }

    /// A member `parameters`.
    mutating func members(of parameters: [ArtifactParameter]) {
        key("parameters")
        object { json in
            for parameter in parameters {
                json.key(text: parameter.name)
                switch parameter.value {
                case .integer(let value): json.integer(value)
                case .fraction(let value): json.number(value)
                case .text(let text): json.string(text)
                }
            }
        }
    }

    private mutating func member(_ name: StaticString, _ mean: ArtifactComparison.Mean) {
        key(name)
        object { json in
            if let value = mean.value {
                json.key("mean")
                json.number(value)
            }
            json.member("count", mean.count)
        }
    }

    private mutating func member(_ name: StaticString, _ examples: [ArtifactComparison.Example]) {
        key(name)
        array { json in
            for example in examples {
                json.object { json in
                    json.member("id", example.id)
                    if let rank = example.rank { json.member("rank", rank) }
                    if let value = example.value {
                        json.key("score")
                        json.number(value)
                    }
                }
            }
        }
    }
}
