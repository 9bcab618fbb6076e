package import Platform

/// A file of blocks whose frame has been checked: header, footer and tail are whole, and the blocks fill what is
/// between.
///
/// A block's bytes are checked when they are read. Nothing is given out that was not checked.
package struct ContainerReader: Sendable {
    package let file: DataFile
    package let format: FileFormat
    /// What the writer of the file noted about its content.
    package let metadata: [UInt8]
    let table: SectionTable

    /// The blocks in the order of the file, without those of optional sections that this build does not know.
    package var entries: [BlockEntry] { table.entries }
    /// For each block the offset of its first byte in the file.
    package var offsets: [Int] { table.offsets }

    /// Checks the frame of `file`.
    ///
    /// - Throws: `FormatError` if the file is of another format, newer, or damaged.
    package init(_ file: DataFile, format: FileFormat) throws(FormatError) {
        let frame = FrameSource(file)
        do throws(FrameDamage) {
            _ = try frame.header(format).verified(as: format)
            let tail = try frame.tail(format).verified(as: format)
            let footer = try frame.footer(tail.footerRange).verified(by: tail, as: format)
            self.init(file, format, metadata: footer.metadata, footer.table)
        } catch {
            throw FormatError(error, of: file.path)
        }
    }

    /// A reader of blocks whose frame may be damaged.
    ///
    /// - Parameter table: All of its blocks lie inside the file.
    init(_ file: DataFile, _ format: FileFormat, metadata: [UInt8], _ table: SectionTable) {
        self.file = file
        self.format = format
        self.metadata = metadata
        self.table = table
    }

    /// Checks that every section is known.
    ///
    /// - Throws: `FormatError` at the first that is not.
    package func checkSections() throws(FormatError) {
        for entry in entries where format.section(entry.section) == nil {
            throw corrupt(section: entry.section, "there is no such section in format \(format.version)")
        }
    }
}
