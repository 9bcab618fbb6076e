/// How much of a file is verified.
package enum VerificationLevel: Sendable, Comparable {
    /// Headers, footers, names, sizes, and what files say of each other.
    case quick
    /// Every byte: all blocks are decoded, and what must hold of their values is checked.
    case full
    /// As `full`, and the SHA-256 of every file that has one on record is taken anew.
    case deep
}
