import Builders
import Scan
import TestSupport
import Testing

@testable import Artifacts

/// What shaped a result stands beside it, and nothing else does.
@Suite struct ArtifactParameterTests {
    private func texts(_ parameters: BuildParameters, _ limits: BuildLimits = BuildLimits()) -> [String] {
        [ArtifactKind.popularity, .cooc, .implicit, .contentSim, .sessionSeq].map { kind in
            ArtifactParameter.all(of: kind, in: parameters, limits).map { parameter in
                switch parameter.value {
                case .integer(let value): "\(parameter.name)=\(value)"
                case .fraction(let value): "\(parameter.name)=\(value)"
                case .text(let text): "\(parameter.name)=\(text)"
                }
            }.joined(separator: " ")
        }
    }

    /// Files of a plain result have these parameters for ever, for they are part of the version.
    @Test func ofDefaults() {
        #expect(
            texts(BuildParameters()) == [
                "max_items_per_artifact=1000", "max_neighbors_per_item=50 min_cooc_support=1",
                "max_items_per_user=500", "", "max_items_per_user=500",
            ])
        var limits = BuildLimits()
        limits.maximumItemsPerSession = 7
        #expect(texts(BuildParameters(), limits) == texts(BuildParameters()))
    }

    @Test func ofEverythingElse() {
        var parameters = BuildParameters()
        parameters.maximumItemsPerArtifact = 7
        parameters.coocScore = .asymShrunk
        parameters.popularityHalfLifeDayCount = 2.5
        var limits = BuildLimits()
        limits.oversizedSessions = .truncate
        limits.maximumItemsPerSession = 9
        let cooc =
            "max_items_per_artifact=7 max_items_per_session=9 max_neighbors_per_item=50 min_cooc_support=1 "
            + "on_oversized_session=truncate score=asym_shrunk"
        #expect(texts(parameters, limits).prefix(2) == ["half_life_days=2.5 max_items_per_artifact=7", cooc])
        parameters.popularityHalfLifeDayCount = nil
        parameters.popularityUnit = .sessions
        #expect(texts(parameters).first == "max_items_per_artifact=7 unit=sessions")
    }

    @Test(arguments: CoocScore.allCases)
    func everyScore(score: CoocScore) {
        var parameters = BuildParameters()
        parameters.coocScore = score
        let expected = score == .count ? "" : " score=\(score.rawValue)"
        #expect(texts(parameters)[1] == "max_neighbors_per_item=50 min_cooc_support=1" + expected)
    }
}
