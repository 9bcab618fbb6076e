/// A reader that is fed inputs that nobody would think of.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case partition
    /// A partition too: merged with itself, and as a window that artifacts are built of.
    case window
    case artifact
    case jsonV1 = "json-v1"
    case manifest
    case record
    case history
    case note
    case ledger
    case checkpoint
    case configuration
    case csvCatalog = "catalog-csv"
    case jsonCatalog = "catalog-jsonl"

    /// The folder of `Fixtures/fuzz` that has what to begin with, and what was found.
    package var fixtureFolder: String { self == .window ? FuzzTarget.partition.rawValue : rawValue }

    /// Reads an input in every way there is and compares what comes of it.
    ///
    /// - Returns: True if the input is accepted.
    /// - Throws: `Finding` if something does not hold. What a reader traps on ends the process.
    @discardableResult
    package func judge(_ input: [UInt8], in folder: TrialFolder) throws -> Bool {
        switch self {
        case .partition: try PartitionJudge.judge(input, in: folder)
        case .window: try WindowJudge.judge(input, in: folder)
        case .artifact: try ArtifactJudge.judge(input, in: folder)
        case .jsonV1: try JSONJudge.judgeArtifact(input, in: folder)
        case .manifest: try RegistryJudge.judgeManifest(input)
        case .record: try RegistryJudge.judgeRecord(input)
        case .history: try RegistryJudge.judgeHistory(input)
        case .note: try JSONJudge.judgeNote(input, in: folder)
        case .ledger: try JSONJudge.judgeLedger(input, in: folder)
        case .checkpoint: try JSONJudge.judgeCheckpoint(input, in: folder)
        case .configuration: try JSONJudge.judgeConfiguration(input, in: folder)
        case .csvCatalog: try CatalogJudge.judge(input, as: "catalog.csv", in: folder)
        case .jsonCatalog: try CatalogJudge.judge(input, as: "catalog.jsonl", in: folder)
        }
    }

    /// Changes an input at random: one that is a container so that its checksums are right again, most of the time.
    ///
    /// - Parameter mutateBytes: Changes bytes without knowing what they are.
    package func mutate(_ input: [UInt8], seed: UInt64, mutateBytes: @escaping ByteMutation) -> [UInt8] {
        var mutator = ContainerMutator(seed: seed, mutateBytes)
        switch self {
        case .partition, .window: return mutator.mutate(input) { RandomFile.partition(using: &$0) }
        case .artifact: return mutator.mutate(input) { RandomFile.artifact(using: &$0) }
        default: return mutateBytes(input)
        }
    }
}
