import Events
import Platform
import Testing

/// A `PathSegment` is one name in one folder, whatever the text: no text leaves the folder, or meets another's name.
@Suite struct PathSegmentTests {
    private static func problem(_ text: String) -> PathSegmentProblem? {
        do throws(PathSegmentProblem) {
            _ = try PathSegment(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            ("", .empty), (".", .reserved), ("..", .reserved), ("_", .reserved), ("/", .separator), ("\\", .separator),
            ("../x", .separator), ("x/..", .separator), ("..\\x", .separator), ("/etc", .separator),
            ("a/b", .separator), ("/\u{338}", .separator),
            ("a\0", .controlCharacter), ("\n", .controlCharacter),
            ("a\u{7F}b", .controlCharacter),
            ("a\u{85}", .controlCharacter), ("\u{9F}", .controlCharacter), ("a\r\nb", .controlCharacter),
            (".tmp-", .reserved), (".tmp-1-2-x", .reserved),
        ] as [(String, PathSegmentProblem)])
    func unsafeNamesAreRefused(text: String, problem: PathSegmentProblem) {
        #expect(PathSegmentTests.problem(text) == problem)
    }

    @Test(arguments: [
        "a", "demo", "...", "..x", "x..", "__", "_a", ".tmp", "tmp-1", "é", "日本", "👩‍👩‍👧", "a b", "C:", "~", "*",
    ])
    func safeNamesKeepTheirText(text: String) throws {
        let segment = try PathSegment(text)
        #expect(segment.text.utf8.elementsEqual(text.utf8))
        #expect(segment.description.utf8.elementsEqual(text.utf8))
    }

    @Test func everyControlCharacterIsRefused() {
        let controls = (Array(0...0x1F) + Array(0x7F...0x9F)).compactMap { Unicode.Scalar(UInt32($0)) }
        let accepted = controls.filter { PathSegmentTests.problem("a\($0)") == nil }
        #expect(accepted.isEmpty)
    }

    @Test func theLengthIsCountedInBytes() {
        #expect(PathSegmentTests.problem(String(repeating: "a", count: 255)) == nil)
        #expect(PathSegmentTests.problem(String(repeating: "a", count: 256)) == .tooLong)
        #expect(PathSegmentTests.problem(String(repeating: "é", count: 127)) == nil)
        #expect(PathSegmentTests.problem(String(repeating: "é", count: 128)) == .tooLong)
    }

    /// A mark that joins the last letter of the prefix makes another character of it, and the same bytes.
    @Test func noNameBeginsLikeATemporaryFile() {
        #expect(PathSegmentTests.problem(AtomicFile.temporaryPrefix) == .reserved)
        #expect(PathSegmentTests.problem(AtomicFile.temporaryPrefix + "\u{301}x") == .reserved)
        #expect(PathSegmentTests.problem(AtomicFile.temporaryPrefix + "\u{20DD}") == .reserved)
    }

    /// A file system keeps `é` in one scalar and in two apart; Swift's text does not.
    @Test func canonicallyEquivalentNamesAreTwoNames() throws {
        let composed = try PathSegment("caf\u{E9}")
        let decomposed = try PathSegment("cafe\u{301}")
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect((composed < decomposed) != (decomposed < composed))
    }

    @Test func orderIsThatOfTheBytes() throws {
        let texts = ["A", "B", "a", "a.b", "aa", "b", "z\u{308}", "é", "日", "👩"]
        let segments = try texts.map { try PathSegment($0) }
        #expect(segments.reversed().sorted().map(\.text) == texts)
    }

    @Test func keysSpellTheirSegments() throws {
        let key = SurfaceKey(tenant: try PathSegment("demo"), surface: try PathSegment("home"))
        #expect(key.description == "demo/home")
        #expect(SegmentKey(key).description == "demo/home")
        #expect(SegmentKey(key, segment: try PathSegment("b")).description == "demo/home/b")
        let later = SurfaceKey(tenant: try PathSegment("demo"), surface: try PathSegment("homf"))
        let last = SurfaceKey(tenant: try PathSegment("demp"), surface: try PathSegment("a"))
        #expect([last, later, key].sorted() == [key, later, last])
    }
}
