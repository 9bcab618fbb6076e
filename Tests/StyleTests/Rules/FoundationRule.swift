/// The product does without the parts of Foundation that box every value.
struct FoundationRule: FileRule {
    private static let replacements = [
        "JSONSerialization": "write with JSONWriter of Sources/Platform/Text, read with a Decodable type",
        "NSString": "use String and its UTF-8 view",
        "NSMutableString": "use String",
        "NSArray": "use Array",
        "NSDictionary": "use Dictionary",
        "NSNumber": "use the number's own type",
        "NSRegularExpression": "use Regex, or compare the bytes",
    ]

    func violations(in file: SourceFile) -> [Violation] {
        guard file.stands(in: ["Sources/", "Tools/"]) else { return [] }
        return file.tokens.compactMap { token in
            FoundationRule.replacements[token.text].map { Violation(file, token.line, "\(token.text): \($0)") }
        }
    }
}
