import Builders
import Platform
import TestSupport

@testable import Artifacts
@testable import Columns

extension GoldenArtifact {
    /// Files that other writers may make, and ours does not.
    static let handmade = [
        GoldenArtifact(
            "foreign-metadata", .cooc, of: .fixture(segment: "vip"), few,
            parameters: [
                ArtifactParameter("a \"new\" one", 2.5), ArtifactParameter("min_cooc_support", 1),
            ], make: foreignMetadata),
        GoldenArtifact("optional-section", .cooc, few, make: optionalSection),
    ]

    private static let few: [Row] = [
        counts("apple", ("pear", 2)), counts("pear", ("apple", 2), ("fig", 1)),
    ]

    /// Metadata in another order, with white space, with escapes, and with members that a later version adds.
    @Sendable private static func foreignMetadata(_ artifact: Artifact) throws -> [UInt8] {
        let metadata = """
            { "later" : [ { "x" : null } , -1.5e3 , true ] ,
              "counts":{"later":7,"counted_entries":3,"entries":3,"member_keys":3,"row_keys":2,"rows":2},
            \t"parameters" : { "min_cooc_support" : 1 , "a \\"new\\" one" : 25e-1 } ,
              "last_day":"2026-01-07", "first_day":"2026-01-07",
              "segment":"\\u0076ip","surface":"home","tenant":"d\\u0065mo","artifact_type":"cooc"}

            """
        return try Forgery(artifact, metadata: metadata).assembled
    }

    /// Optional features, and a block of an optional section.
    @Sendable private static func optionalSection(_ artifact: Artifact) throws -> [UInt8] {
        let metadata = String(decoding: ArtifactMetadata(artifact).encoded, as: UTF8.self)
        var forgery = try Forgery(artifact, metadata: metadata)
        let block = EncodedBlock(encoding: .constant, codec: .none, rowCount: 1, rawByteCount: 1, stored: [1, 2, 3])
        forgery.extras = [(section: 128, part: 99, block: block)]
        var file = forgery.assembled
        file[16] = 0xFF
        return FileRepair.repaired(file)
    }
}
