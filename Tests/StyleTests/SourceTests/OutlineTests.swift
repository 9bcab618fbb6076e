import Testing

@Suite struct OutlineTests {
    private func outline(_ text: String) -> Outline {
        Outline(Scanner(text).tokens)
    }

    private func declarations(_ text: String) -> [String] {
        outline(text).declarations.map { "\($0.keyword) \($0.name)" }
    }

    private func bodies(_ text: String) -> [String] {
        outline(text).bodies.map { "\($0.title) \($0.lineCount)" }
    }

    @Test func declarationsOfEveryKind() {
        let text = """
            import struct A.B
            package struct S: P { let a = 1; static var b: Int { 2 }; init?() {}; subscript(i: Int) -> Int { i } }
            final class C { class func f() {}; deinit {} }
            extension A.D { enum E { case x; case y(Int) }; typealias F = Int }
            extension [UInt8] { static func == (a: Self, b: Self) -> Bool { true } }
            protocol P: AnyObject { func g() -> Int }
            actor T {}
            """
        #expect(
            declarations(text) == [
                "struct S", "let a", "var b", "init init", "subscript subscript", "class C", "func f", "deinit deinit",
                "extension D", "enum E", "typealias F", "extension UInt8", "func ==", "protocol P", "func g", "actor T",
            ])
    }

    @Test func namesWithinFunctionsAreNotDeclared() {
        let function = "func f(a: () -> Void = { let b = 1 }) { let c = 2; func d() {}; struct E {} }"
        #expect(declarations(function) == ["func f"])
        #expect(declarations("let a = { let b = 1 }()\nvar c: Int { let d = 2; return d }") == ["let a", "var c"])
    }

    @Test func modifiersAndTheFirstLine() throws {
        let text = """
            let x = y.prefix
            @available(macOS 26, *)
            @inlinable
            package static
            func f() {}
            package private(set) var count = 0
            """
        let outline = outline(text)
        let function = outline.declarations[1]
        #expect(function.modifiers == ["package", "static"])
        #expect(function.firstLine == 2)
        #expect(function.line == 5)
        #expect(outline.declarations[2].modifiers == ["package"])
        #expect(outline.declarations[2].isVisibleOutsideModule)
        #expect(outline.declarations[2].isVisibleOutsideFile)
    }

    @Test func containersAreTypesAndExtensions() {
        let outline = outline("struct A { func b() { var c = 1 } }\nextension D { func e() {} }\nfunc f() {}")
        let containers = outline.declarations.map { $0.container.map { outline.declarations[$0].name } ?? "" }
        #expect(containers == ["", "A", "", "D", ""])
    }

    @Test(arguments: [
        ("func f() { 1 }", ["func f 0"]),
        ("func f() {\n}", ["func f 0"]),
        ("func f(\n a: Int,\n b: () -> Int = { 1 },\n) throws(E) -> [Int: (A, B)] where T: P {\n  1\n}", ["func f 1"]),
        ("func f() {\n  if let a = b {\n    c { d in\n      e\n    }\n  }\n}", ["func f 5"]),
        ("var a: Int {\n  get {\n    1\n  }\n}", ["var a 3"]),
        ("let a: [Int] = {\n  [1]\n}()", ["let a 1"]),
        ("protocol P {\n  func f()\n  var a: Int { get }\n}", ["var a 0"]),
        ("struct S {\n  init() {\n    1\n  }\n  subscript(i: Int) -> Int {\n    2\n  }\n}", ["init 1", "subscript 1"]),
        ("func f() {\n  let a = \"}\"\n  // }\n  let b = \"\"\"\n    }}}\n    \"\"\"\n}", ["func f 5"]),
        ("func f() {\n  1\n}\nfunc g() {\n}", ["func f 1", "func g 0"]),
        ("func f() {\n  func g() {\n    1\n  }\n}", ["func f 3"]),
        ("enum E {\n  case a\n  case b\n}", []),
        ("func == (a: A, b: A) -> Bool {\n  true\n}", ["func == 1"]),
    ])
    func bodiesOfFunctions(text: String, expected: [String]) {
        #expect(bodies(text) == expected)
    }

    @Test func unbalancedBracesEndNoSearch() {
        #expect(bodies("}})](\nfunc f() {\n  1\n").isEmpty)
    }
}
