import Testing

@testable import Pipeline

/// A guess is made where a word is close to one that exists, and nowhere else.
@Suite struct SpellingTests {
    private static let words = ["out_dir", "catalog", "artifact_kinds", "limits.max_users_per_run"]

    @Test(
        arguments: [
            ("out_dir", "out_dir"), ("outdir", "out_dir"), ("out-dir", "out_dir"), ("catalogue", "catalog"),
            ("Catalog", "catalog"), ("artifact_kind", "artifact_kinds"), ("artefact_kinds", "artifact_kinds"),
            ("max_users_per_run", "limits.max_users_per_run"), ("limits.max_user_per_run", "limits.max_users_per_run"),
        ])
    func closeWords(word: String, meant: String) {
        #expect(Spelling.closest(to: word, among: SpellingTests.words) == meant)
    }

    @Test(arguments: ["", "x", "zzzzzzzz", "password", "user"])
    func wordsThatAreNotClose(word: String) {
        #expect(Spelling.closest(to: word, among: SpellingTests.words) == nil)
    }

    @Test func nothingToChooseFrom() {
        #expect(Spelling.closest(to: "out_dir", among: []) == nil)
    }
}
