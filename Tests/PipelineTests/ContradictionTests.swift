import Builders
import Platform
import Publishing
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

/// Settings that contradict each other are refused, with the place of the one that does not fit.
@Suite struct ContradictionTests {
    private let folder = TemporaryFolder()

    private func problem(_ json: String, _ environment: [String: String] = [:]) throws -> ConfigurationError? {
        let file = try folder.write(Array(json.utf8), as: "config.json")
        return #expect(throws: ConfigurationError.self) { try Configuration.load(file: file, environment: environment) }
    }

    @Test(arguments: PopularityUnit.allCases.filter { $0 != .events })
    func aHalfLifeIsOfEvents(unit: PopularityUnit) throws {
        let problem = try problem("{\"popularity_half_life_days\": 7, \"popularity_unit\": \"\(unit.rawValue)\"}")
        #expect(problem?.place == "\(folder.path.appending("config.json")): popularity_half_life_days")
        #expect(
            problem?.reason
                == "exposures fade from day to day, distinct \(unit.rawValue) of the whole window do not")
        #expect(problem?.remedy == "leave it out, or set popularity_unit to \"events\"")
        #expect(problem?.kind == .usage)
    }

    @Test(arguments: CoocScore.allCases.filter { $0 != .count })
    func jsonHoldsNoScores(score: CoocScore) throws {
        let problem = try problem(#"{"artifact_format": "json-v1"}"#, ["RECSYS_COOC_SCORE": score.rawValue])
        #expect(problem?.place == "RECSYS_COOC_SCORE")
        #expect(
            problem?.reason
                == "\"\(score.rawValue)\" has no place in artifact_format \"json-v1\", which holds counts only")
        #expect(problem?.remedy?.contains("`export --format tsv`") == true)
    }

    @Test func jsonHoldsNoFadingCounts() throws {
        let problem = try problem(#"{"popularity_half_life_days": 7}"#, ["RECSYS_ARTIFACT_FORMAT": "json-v1"])
        #expect(problem?.place == "\(folder.path.appending("config.json")): popularity_half_life_days")
        #expect(problem?.reason == "has no place in artifact_format \"json-v1\", which holds counts only")
    }

    /// Every choice of the four settings: what is refused is what the rules say, nothing else.
    @Test func allOtherChoicesGoTogether() {
        for format in ArtifactFileFormat.allCases {
            for unit in PopularityUnit.allCases {
                for score in CoocScore.allCases {
                    for halfLife in [nil, 7] as [Double?] {
                        var configuration = Configuration()
                        configuration.artifactFormat = format
                        configuration.parameters.popularityUnit = unit
                        configuration.parameters.coocScore = score
                        configuration.parameters.popularityHalfLifeDayCount = halfLife
                        let isFine =
                            (halfLife == nil || unit == .events && format == .rsart)
                            && (score == .count || format == .rsart)
                        #expect((configuration.contradiction == nil) == isFine)
                    }
                }
            }
        }
    }
}
