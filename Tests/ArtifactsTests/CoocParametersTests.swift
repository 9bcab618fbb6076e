import Builders
import Platform
import Scan
import SystemPackage
import TestSupport
import Testing

@testable import Artifacts

/// What a cooc artifact says of its making is what its builder was told.
@Suite struct CoocParametersTests {
    private func roundTrip(_ build: BuildParameters, _ limits: BuildLimits = BuildLimits()) throws -> CoocParameters {
        try CoocParameters(ArtifactParameter.all(of: .cooc, in: build, limits), path: "x.rsart")
    }

    @Test func parametersComeBack() throws {
        let defaults = try roundTrip(BuildParameters())
        #expect(defaults.build == BuildParameters())
        #expect(defaults.sessions == (.max, .fail))
        for score in CoocScore.allCases {
            for policy in OversizedSessionPolicy.allCases {
                var (build, limits) = (BuildParameters(), BuildLimits())
                build.coocScore = score
                build.maximumItemsPerArtifact = 7
                build.maximumNeighborsPerItem = 8
                build.minimumCoocSupport = 9
                limits.oversizedSessions = policy
                limits.maximumItemsPerSession = 10
                let result = try roundTrip(build, limits)
                #expect(result.build == build)
                #expect(result.sessions == (policy == .fail ? .max : 10, policy))
            }
        }
    }

    @Test func whatANewerProgramWroteIsRefused() {
        for parameter in [
            ArtifactParameter("score", "surprise"), ArtifactParameter("score", 1), ArtifactParameter("decay", 0.5),
            ArtifactParameter("on_oversized_session", "split"), ArtifactParameter("min_cooc_support", 1.5),
        ] {
            let error = #expect(throws: ArtifactError.self) { try CoocParameters([parameter], path: "x.rsart") }
            #expect(error?.kind == .usage)
            #expect(error?.message.hasPrefix("x.rsart: was made with \(parameter.name) ") == true)
        }
    }
}
