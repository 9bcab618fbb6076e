/// A family of files: what their first and last bytes are, which version this build reads and writes, and which
/// sections it knows.
package struct FileFormat: Sendable {
    /// Eight bytes at the start, of which some would not survive a transfer in text mode.
    package let magic: [UInt8]
    /// Eight bytes at the end, the magic backwards.
    package var endMagic: [UInt8] { magic.reversed() }
    /// The version that this build writes, and the newest that it reads.
    package let version: UInt16
    /// What such a file is called in messages: "partition", "artifact".
    package let name: String
    /// What this build knows of a section number; nil if there is no such section.
    package let section: @Sendable (UInt8) -> FileSection?

    package init(
        letters: (UInt8, UInt8, UInt8), version: UInt16, name: String,
        section: @escaping @Sendable (UInt8) -> FileSection?,
    ) {
        // As in PNG: a byte with the high bit, letters, CR LF, an end-of-file character for terminals, LF.
        self.magic = [0x89, letters.0, letters.1, letters.2, 0x0D, 0x0A, 0x1A, 0x0A]
        self.version = version
        self.name = name
        self.section = section
    }

    /// The name in messages of a section number.
    package func sectionName(_ number: UInt8) -> String { section(number)?.name ?? "\(number)" }

    /// True if a reader may pass over blocks of this section because it does not know it.
    func isSkipped(section number: UInt8) -> Bool {
        number >= FileFormat.firstOptionalSection && section(number) == nil
    }

    /// Bytes before the first block: magic, version u16, zero u16, required features u32, optional features u32, zero
    /// u32, XXH3-64 of those 24 bytes.
    package static let headerByteCount = 32

    /// Sections from this number on may be skipped by a reader that does not know them; an unknown lower one is damage.
    package static let firstOptionalSection: UInt8 = 128

    /// Bytes after the footer: its length u32, zero u32, its XXH3-64, the file's length u64, the magic backwards.
    package static let tailByteCount = 32
}

/// What a format says of one of its sections.
package struct FileSection: Sendable {
    /// What the blocks of a section make up.
    package enum Content: Sendable {
        /// Ids.
        case dictionary
        /// Numbers of 32 bits.
        case numbers32
        /// Numbers of 64 bits.
        case numbers64
    }

    /// The name in messages and in the dump tool.
    package let name: String
    package let content: Content

    package init(_ name: String, _ content: Content) {
        self.name = name
        self.content = content
    }
}
