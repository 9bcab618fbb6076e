import Platform
import SystemPackage
import Testing

/// A failure tells a scheduler by its exit code, and a person in words, what to do.
@Suite struct FailureTests {
    private struct Silent: Failure {
        let kind = FailureKind.refused
        let message = "no"
        let remedy: String? = nil
    }

    /// The codes are part of the command line's contract.
    @Test func exitCodes() {
        let codes = FailureKind.allCases.map { "\($0.rawValue) \($0.exitCode)" }
        #expect(
            codes == [
                "usage 2", "bad_input 3", "refused 4", "corruption 5", "conflict 6", "storage 7", "not_found 8",
            ])
    }

    @Test func theRemedyStandsOnALineOfItsOwn() {
        let error = StorageError("open", "/a/b", .noSuchFileOrDirectory)
        #expect(error.description == "/a/b: cannot open: No such file or directory\n  check the spelling of the path")
        #expect(Silent().description == "no")
    }

    @Test(
        arguments: [
            (.noSuchFileOrDirectory, .notFound), (.noSpace, .storage), (.permissionDenied, .storage),
            (.ioError, .storage),
        ] as [(Errno, FailureKind)])
    func theSystemsReasonDecidesTheKind(errno: Errno, kind: FailureKind) {
        #expect(StorageError("write", "x", errno).kind == kind)
    }
}
