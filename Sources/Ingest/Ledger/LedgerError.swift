package import Platform
package import SystemPackage

/// An entry of the ledger that is not what was written.
package struct LedgerError: Failure {
    package let path: FilePath

    package var kind: FailureKind { .corruption }
    package var message: String { "\(path): not an entry of the ledger of that tenant and surface" }
    package var remedy: String? {
        "restore the file from a copy; without it nobody knows what its partitions came from"
    }
}
