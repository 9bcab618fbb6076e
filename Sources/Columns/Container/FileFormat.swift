/// A family of files: what their first and last bytes are and which version this build reads and writes.
package struct FileFormat: Sendable {
    /// Eight bytes at the start, of which some would not survive a transfer in text mode.
    package let magic: [UInt8]
    /// Eight bytes at the end, the magic backwards.
    package var endMagic: [UInt8] { magic.reversed() }
    /// The version that this build writes, and the newest that it reads.
    package let version: UInt16
    /// What such a file is called in messages: "partition", "artifact".
    package let name: String
    /// The name in messages of a section number.
    package let sectionName: @Sendable (UInt8) -> String
    /// The sections from `firstOptionalSection` on that this build reads; it passes over the others.
    let optionalSections: Set<UInt8>

    package init(
        letters: (UInt8, UInt8, UInt8), version: UInt16, name: String, optionalSections: Set<UInt8> = [],
        sectionName: @escaping @Sendable (UInt8) -> String,
    ) {
        // As in PNG: a byte with the high bit, letters, CR LF, an end-of-file character for terminals, LF.
        self.magic = [0x89, letters.0, letters.1, letters.2, 0x0D, 0x0A, 0x1A, 0x0A]
        self.version = version
        self.name = name
        self.sectionName = sectionName
        self.optionalSections = optionalSections
    }

    /// True if a reader may pass over blocks of this section because it does not know it.
    func isSkipped(section: UInt8) -> Bool {
        section >= FileFormat.firstOptionalSection && !optionalSections.contains(section)
    }

    /// Bytes before the first block: magic, version u16, zero u16, required features u32, optional features u32, zero
    /// u32, XXH3-64 of those 24 bytes.
    package static let headerByteCount = 32

    /// Sections from this number on may be skipped by a reader that does not know them; an unknown lower one is damage.
    package static let firstOptionalSection: UInt8 = 128

    /// Bytes after the footer: its length u32, zero u32, its XXH3-64, the file's length u64, the magic backwards.
    package static let tailByteCount = 32
}
