/// Raw pointers live in Platform, and where code in C fills arrays.
struct UnsafeMemoryRule: FileRule {
    private static let allowed = [
        "Sources/Platform/",
        // The arrays of slices that the decoders' C functions fill, one call a chunk.
        "Sources/Ingest/Decoding/", "Sources/Builders/Catalog/Decoding/",
        // What libFuzzer hands over, and expects back in its place.
        "Tools/fuzz/Program/",
    ]

    func violations(in file: SourceFile) -> [Violation] {
        guard file.stands(in: ["Sources/", "Tools/"]), !file.stands(in: UnsafeMemoryRule.allowed) else { return [] }
        return file.tokens.filter { isUnsafe($0.text) }.map { token in
            Violation(file, token.line, "\(token.text): use Span, RawSpan or a type of Sources/Platform")
        }
    }

    private func isUnsafe(_ word: String) -> Bool {
        word == "unsafe" || word == "OpaquePointer" || word == "Unmanaged" || word.hasPrefix("withUnsafe")
            || word.hasPrefix("unsafe") && word.dropFirst(6).first?.isUppercase == true
            || word.hasPrefix("Unsafe") && word.hasSuffix("Pointer")
    }
}
