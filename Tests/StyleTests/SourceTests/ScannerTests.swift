import Testing

@Suite struct ScannerTests {
    private func words(_ text: String) -> String {
        Scanner(text).tokens.map(\.text).joined(separator: " ")
    }

    @Test func wordsAndSigns() {
        #expect(words("let a1 = b_2 + `in`.c") == "let a1 = b_2 + `in` . c")
        #expect(words("größe ≤ 3") == "größe ≤ 3")
    }

    @Test(arguments: [
        (#"a "b { c" d"#, #"a " d"#),
        (#"a "b \" { c" d"#, #"a " d"#),
        (#"a "\\" d"#, #"a " d"#),
        (##"a #"b " \n { c"# d"##, #"a " d"#),
        (##"a #"b \#" " c"# d"##, #"a " d"#),
        ("a \"\"\"\n b \" { \"\" c\n \"\"\" d", #"a " d"#),
        ("a #\"\"\"\n b \"\"\" { c\n \"\"\"# d", #"a " d"#),
        ("a \"\" d", #"a " d"#),
        ("a \"open {\nd", #"a " d"#),
    ])
    func stringsAreQuotations(text: String, expected: String) {
        #expect(words(text) == expected)
    }

    @Test(arguments: [
        (#"a "b \(c + "d \(e)" + f(g)) h" i"#, #"a " c + " e + f ( g ) i"#),
        (##"a #"b \(c) \#(d) e"# f"##, #"a " d f"#),
        ("a \"\"\"\n \\(b.map { \"}\" })\n \"\"\" c", #"a " b . map { " } c"#),
    ])
    func interpolationsAreCode(text: String, expected: String) {
        #expect(words(text) == expected)
    }

    @Test(arguments: [
        ("a // b { c\nd", "a d"), ("a /* b { c */ d", "a d"), ("a /* b /* c */ d */ e", "a e"), ("a /// b\nc", "a c"),
        ("a /* b \" c */ d", "a d"), ("a /* open", "a"), ("a //", "a"),
    ])
    func commentsAreNoCode(text: String, expected: String) {
        #expect(words(text) == expected)
    }

    @Test(arguments: [
        (#"let r = /[{"]+/ + a"#, #"let r = " + a"#), (#"f(/\/"/, b)"#, #"f ( " , b )"#),
        (##"x #/ { /"/# y"##, #"x " y"#),
        ("a / b / c", "a / b / c"), ("reduce(1, /)", "reduce ( 1 , / )"), ("x = a/b", "x = a / b"),
    ])
    func regularExpressionsAreQuotations(text: String, expected: String) {
        #expect(words(text) == expected)
    }

    @Test func linesAreCounted() {
        let scanner = Scanner("a\n/* b\n c */ d\n\"\"\"\n e\n\"\"\"\n// f\n\"\\(g)\" h")
        #expect(scanner.tokens.map(\.line) == [1, 3, 4, 8, 8, 8])
        #expect(scanner.comments.map(\.line) == [2, 3, 7])
        #expect(scanner.comments.map(\.text) == ["/* b", " c */", "// f"])
    }

    @Test func documentationIsTold() {
        #expect(Scanner("/// a\n// b\n/** c */").comments.map(\.isDocumentation) == [true, false, true])
    }
}
