import Builders
import Columns
import Testing

@testable import Artifacts

/// What stands in files and never changes. A test here that fails says that older files can no longer be read.
@Suite struct ForeverConstantsTests {
    @Test func numbersOfSections() {
        let sections = ArtifactFormat.Section.allCases.map { "\($0.rawValue) \($0.name) \($0.content)" }
        #expect(
            sections == [
                "1 row_dictionary dictionary", "2 member_dictionary dictionary", "16 row_length numbers32",
                "17 member numbers32", "18 count numbers32", "19 score numbers64",
            ])
    }

    /// Others may join them.
    @Test(arguments: [
        ("content_sim", ArtifactForm.tags), ("cooc", .neighbors), ("implicit", .users), ("popularity", .ranking),
        ("session_seq", .users),
    ])
    func namesOfKinds(name: String, form: ArtifactForm) {
        #expect(ArtifactKind(rawValue: name)?.form == form)
    }

    @Test func theFrame() {
        #expect(ArtifactFormat.file.magic == [0x89] + Array("RSA\r\n".utf8) + [0x1A, 0x0A])
        #expect(ArtifactFormat.file.endMagic == [0x0A, 0x1A] + Array("\n\rASR".utf8) + [0x89])
        #expect(ArtifactFormat.file.version == 1)
        #expect(ArtifactFormat.fileExtension == "rsart")
    }
}
