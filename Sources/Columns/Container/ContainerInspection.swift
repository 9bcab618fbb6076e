package import Platform

/// What can be told of a file of blocks however damaged it is: for tools that look into files that no reader opens.
///
/// Looks at each piece by itself and goes on with the next one. Damage is not thrown but told, and what a piece says
/// is not to be relied on where there is some.
package struct ContainerInspection: Sendable {
    package let format: FileFormat
    package let header: InspectedPiece<UnverifiedHeader>
    package let tail: InspectedPiece<UnverifiedTail>
    package let footer: InspectedPiece<UnverifiedFooter>
    /// The entries of the section table in its order, those of unknown sections too; none if it cannot be read.
    package let blocks: [InspectedBlock]
    /// Why the section table as a whole cannot be right: the blocks do not end where the footer begins. Nil if they do.
    package let tableProblem: FormatError?
    /// Reads blocks though the frame may be damaged: those whose entries are within their ranges and which lie inside
    /// the file. It still checks a block before it gives out what it holds, so what comes of it was once written.
    package let reader: ContainerReader

    /// Looks at a file that should be of a format. Reads no block.
    package init(_ file: DataFile, format: FileFormat) {
        self.format = format
        let frame = FrameSource(file)
        header = InspectedPiece(file) { () throws(FrameDamage) in
            try frame.header(format)
        } check: { piece throws(FrameDamage) in
            _ = try piece.verified(as: format)
        }
        let tail = InspectedPiece(file) { () throws(FrameDamage) in
            try frame.tail(format)
        } check: { piece throws(FrameDamage) in
            _ = try piece.verified(as: format)
        }
        self.tail = tail
        footer = InspectedPiece(file) { () throws(FrameDamage) in
            guard let range = tail.content?.footerRange else {
                throw FrameDamage(.corrupt, "the tail does not say where the footer is")
            }
            return try frame.footer(range)
        } check: { footer throws(FrameDamage) in
            _ = try footer.checkedMetadata(checksum: tail.content?.footerChecksum ?? 0)
        }
        let table = InspectedTable(footer.content, file, format)
        blocks = table.blocks
        tableProblem = table.problem
        reader = ContainerReader(file, format, metadata: footer.content?.metadata ?? [], table.readable)
    }

    /// What is wrong with the frame and the entries of the section table, in the order of the pieces above.
    package var problems: [FormatError] {
        [header.problem, tail.problem, footer.problem].compactMap { $0 } + blocks.compactMap(\.problem)
            + [tableProblem].compactMap { $0 }
    }

    /// What is wrong with a block: its entry, its stored bytes, or the values that they stand for; nil if nothing is.
    /// Nothing is known of the blocks of unknown optional sections.
    package func problem(of block: InspectedBlock, using zstandard: Zstandard) -> FormatError? {
        guard block.problem == nil, let index = block.readerIndex else { return block.problem }
        do {
            try reader.check(block: index, using: zstandard)
            return nil
        } catch {
            return error
        }
    }
}

/// A piece of a file's frame, and whether it can be relied on.
package struct InspectedPiece<Content: Sendable>: Sendable {
    /// What its bytes say; nil if they cannot be found or read.
    package let content: Content?
    /// Why they cannot be relied on; nil if they can.
    package let problem: FormatError?

    fileprivate init(
        _ file: DataFile, read: () throws(FrameDamage) -> Content, check: (Content) throws(FrameDamage) -> Void,
    ) {
        var content: Content?
        var problem: FormatError?
        do throws(FrameDamage) {
            let piece = try read()
            content = piece
            try check(piece)
        } catch {
            problem = FormatError(error, of: file.path)
        }
        self.content = content
        self.problem = problem
    }
}

/// An entry of a section table, whether or not it can be relied on.
package struct InspectedBlock: Sendable {
    package let place: BlockPlace
    package let entry: UnverifiedEntry
    /// Where the block is among those of the inspection's reader; nil if it cannot be read, or if this build knows
    /// nothing of its section and may pass over it.
    package let readerIndex: Int?
    /// Why it cannot be read; nil of a block that was passed over.
    package let problem: FormatError?
}

/// The blocks of a section table, and those among them that can be read.
private struct InspectedTable {
    private(set) var blocks: [InspectedBlock] = []
    private(set) var readable = SectionTable()
    private(set) var problem: FormatError?

    init(_ footer: UnverifiedFooter?, _ file: DataFile, _ format: FileFormat) {
        guard let footer else { return }
        var places = BlockPlaces()
        for index in 0..<footer.entryCount {
            let entry = footer.entry(at: index)
            append(entry, places.next(entry), isInside: places.end <= footer.offset, file, format)
        }
        do throws(FrameDamage) {
            try places.checkEnd(footer)
        } catch {
            problem = FormatError(error, of: file.path)
        }
    }

    private mutating func append(
        _ entry: UnverifiedEntry, _ place: BlockPlace, isInside: Bool, _ file: DataFile, _ format: FileFormat,
    ) {
        var readerIndex: Int?
        var problem: FormatError?
        do throws(BlockDamage) {
            if !format.isSkipped(section: entry.section) {
                let verified = try BlockEntry(verifying: entry)
                guard isInside else { throw .beyondFooter }
                readerIndex = readable.entries.count
                readable.append(verified, at: place)
            }
        } catch {
            problem = FormatError(.corrupt, file.path, "corrupt at \(place.description(in: format)): \(error)")
        }
        blocks.append(InspectedBlock(place: place, entry: entry, readerIndex: readerIndex, problem: problem))
    }
}
