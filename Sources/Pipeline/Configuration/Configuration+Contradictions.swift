import Builders
import Publishing

/// Two settings of which each is possible, but not both.
struct Contradiction {
    /// The key of the setting that does not go with the other.
    let key: String
    let reason: String
    let remedy: String
}

extension Configuration {
    /// The first two settings that contradict each other, or nil.
    var contradiction: Contradiction? {
        let unit = parameters.popularityUnit
        if parameters.popularityHalfLifeDayCount != nil, unit != .events {
            return Contradiction(
                key: "popularity_half_life_days",
                reason: "exposures fade from day to day, distinct \(unit.rawValue) of the whole window do not",
                remedy: "leave it out, or set popularity_unit to \"events\"")
        }
        guard artifactFormat == .jsonV1 else { return nil }
        for gate in [Gate.minCoverage, .minOverlap] where gateRules[gate].map({ $0.action != .off }) ?? false {
            return Contradiction(
                key: "gates.\(gate.rawValue)", reason: "cannot be measured with artifact_format \"json-v1\"",
                remedy: "set artifact_format to \"rsart\", or leave the gate off")
        }
        let remedy = "set artifact_format to \"rsart\"; `export --format tsv` makes text of an artifact with scores"
        if parameters.coocScore != .count {
            return Contradiction(
                key: "cooc_score",
                reason: "\"\(parameters.coocScore.rawValue)\" has no place in artifact_format \"json-v1\", which holds"
                    + " counts only",
                remedy: remedy)
        }
        if parameters.popularityHalfLifeDayCount != nil {
            return Contradiction(
                key: "popularity_half_life_days",
                reason: "has no place in artifact_format \"json-v1\", which holds counts only", remedy: remedy)
        }
        return nil
    }
}
