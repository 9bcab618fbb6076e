import Events

/// An item of the catalog with its tags.
struct CatalogItem {
    /// Trimmed, not empty.
    let id: String
    /// The surface that the item is for; nil for all.
    let namespace: String?
    /// Trimmed, in lower case, without duplicates, in the order in which they first occur.
    let tags: [String]

    /// - Parameter tags: Each may hold several, separated by `,`, `;` or `|`.
    init?(id: String?, namespace: String?, tags: [String]) {
        guard let id = id?.trimmed, !id.isEmpty else { return nil }
        self.id = id
        self.namespace = namespace?.trimmed.nilIfEmpty
        // By bytes: Swift takes canonically equivalent texts for equal, ids and tags are opaque.
        var seen: Set<[UInt8]> = []
        self.tags = tags.flatMap { $0.unicodeScalars.split { $0 == "," || $0 == ";" || $0 == "|" } }
            .map { String($0).trimmed.lowercased() }
            .filter { !$0.isEmpty && seen.insert(Array($0.utf8)).inserted }
    }

    /// True unless the item is for another surface.
    func belongs(to surface: PathSegment) -> Bool {
        namespace?.utf8.elementsEqual(surface.text.utf8) ?? true
    }
}

extension String {
    /// The text without the white space (Unicode's property White_Space) at its ends.
    fileprivate var trimmed: String {
        let isInk = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
        guard let first = unicodeScalars.firstIndex(where: isInk), let last = unicodeScalars.lastIndex(where: isInk)
        else { return "" }
        return String(unicodeScalars[first...last])
    }

    fileprivate var nilIfEmpty: String? { isEmpty ? nil : self }
}
