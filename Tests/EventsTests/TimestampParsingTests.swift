import Events
import TestSupport
import Testing

/// Reading RFC 3339: what the event contract accepts becomes UTC to the nanosecond, and all else is told apart.
@Suite struct TimestampParsingTests {
    /// What a text reads as, in UTC, or the reason why it is no timestamp.
    private static func outcome(_ text: String) -> Result<String, TimestampProblem> {
        outcome(Array(text.utf8))
    }

    private static func outcome(_ bytes: [UInt8]) -> Result<String, TimestampProblem> {
        do throws(TimestampProblem) {
            return .success(try Timestamp(rfc3339: bytes.span).description)
        } catch {
            return .failure(error)
        }
    }

    @Test(arguments: [
        ("2026-01-31T08:15:00Z", "2026-01-31T08:15:00Z"),
        ("2026-01-31t08:15:00z", "2026-01-31T08:15:00Z"),
        ("2026-01-31T08:15:00.1Z", "2026-01-31T08:15:00.1Z"),
        ("2026-01-31T08:15:00.100000000Z", "2026-01-31T08:15:00.1Z"),
        ("2026-01-31T08:15:00.000000001Z", "2026-01-31T08:15:00.000000001Z"),
        ("2026-01-31T08:15:00.123456789+00:00", "2026-01-31T08:15:00.123456789Z"),
        ("2026-01-31T08:15:00-00:00", "2026-01-31T08:15:00Z"),
        ("2026-01-31T08:15:00+02:30", "2026-01-31T05:45:00Z"),
        ("2026-01-31T08:15:00-02:30", "2026-01-31T10:45:00Z"),
        ("2024-03-01T00:00:00+00:01", "2024-02-29T23:59:00Z"),
        ("2024-02-29T23:59:59.999999999-00:01", "2024-03-01T00:00:59.999999999Z"),
        ("2023-12-31T23:00:00-01:00", "2024-01-01T00:00:00Z"),
        ("2024-01-01T00:59:59+01:00", "2023-12-31T23:59:59Z"),
        ("2024-01-01T00:00:00+23:59", "2023-12-31T00:01:00Z"),
        ("2024-01-01T23:59:59-23:59", "2024-01-02T23:58:59Z"),
        ("1970-01-01T00:00:00+00:01", "1969-12-31T23:59:00Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
        ("0000-02-29T12:00:00Z", "0000-02-29T12:00:00Z"),
    ])
    func acceptedTextIsConvertedToUTC(text: String, expected: String) {
        #expect(TimestampParsingTests.outcome(text) == .success(expected))
    }

    @Test(
        arguments: [
            ("2026-01-31T23:59:60Z", .leapSecond), ("2026-01-31T23:59:60.5Z", .leapSecond),
            ("2026-01-31T08:15:00", .missingOffset), ("2026-01-31T08:15:00.5", .missingOffset),
            ("2026-01-31T08:15:00.1234567890Z", .tooManyFractionalDigits),
            ("2026-01-31T08:15:00.0000000000Z", .tooManyFractionalDigits),
            ("2026-02-29T08:15:00Z", .noSuchDate), ("1900-02-29T08:15:00Z", .noSuchDate),
            ("2026-00-01T00:00:00Z", .noSuchDate),
            ("2026-13-01T00:00:00Z", .noSuchDate), ("2026-01-00T00:00:00Z", .noSuchDate),
            ("2026-04-31T00:00:00Z", .noSuchDate),
            ("2026-01-31T24:00:00Z", .noSuchTime), ("2026-01-31T08:60:00Z", .noSuchTime),
            ("2026-01-31T08:15:61Z", .noSuchTime),
            ("2026-01-31T08:15:00+24:00", .noSuchTime), ("2026-01-31T08:15:00-01:60", .noSuchTime),
            ("0000-01-01T00:00:00+00:01", .outOfRange), ("9999-12-31T23:59:00-00:01", .outOfRange),
            ("2026-01-31 08:15:00Z", .malformed), ("2026-01-31T08:15Z", .malformed),
            ("2026-01-31T08:15:00.Z", .malformed),
            ("2026-01-31T08:15:00,5Z", .malformed), ("2026-01-31T08:15:00ZZ", .malformed),
            ("2026-01-31T08:15:00Z ", .malformed),
            (" 2026-01-31T08:15:00Z", .malformed), ("2026-01-31T08:15:00+0200", .malformed),
            ("2026-01-31T08:15:00+02:00Z", .malformed), ("2026-01-31T08:15:00+02:0", .malformed),
            ("2026-01-31T08:15:00+2:00", .malformed), ("2026-01-31T08:15:00+", .malformed),
            ("+026-01-31T08:15:00Z", .malformed),
            ("12026-01-31T08:15:00Z", .malformed), ("20260131T081500Z", .malformed), ("2026-01-31", .malformed),
            ("2026-01-31T08:15:00\u{2212}02:00", .malformed), ("1769846400", .malformed), ("", .malformed),
        ] as [(String, TimestampProblem)])
    func refusedTextHasAReason(text: String, problem: TimestampProblem) {
        #expect(TimestampParsingTests.outcome(text) == .failure(problem))
    }

    @Test func noTruncationIsATimestamp() {
        let text = Array("2026-01-31T08:15:00.123456789Z".utf8)
        for prefix in SmallWorlds.truncations(of: text) {
            // Whole up to the seconds, or up to a digit of the fraction.
            let lacksOffsetOnly = prefix.count == 19 || prefix.count >= 21
            let expected = lacksOffsetOnly ? TimestampProblem.missingOffset : .malformed
            #expect(TimestampParsingTests.outcome(Array(prefix)) == .failure(expected))
        }
    }

    @Test func noTruncationOfAnOffsetIsATimestamp() {
        let text = Array("2026-01-31T08:15:00-11:59".utf8)
        for prefix in SmallWorlds.truncations(of: text) where prefix.count != 19 {
            #expect(TimestampParsingTests.outcome(Array(prefix)) == .failure(.malformed))
        }
    }

    /// Any byte in any place: the text is refused, or reads as another instant, or is one of the spellings of the same.
    @Test func noByteInAnyPlaceIsMisread() {
        let text = Array("2026-01-31T08:15:00.5Z".utf8)
        let digitPlaces: Set<Int> = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20]
        var accepted = 0
        for place in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[place] = byte
                guard case .success(let reading) = TimestampParsingTests.outcome(changed) else { continue }
                let isDigit = digitPlaces.contains(place) && (0x30...0x39).contains(byte)
                let isLowerCase = (place == 10 && byte == 0x74) || (place == 21 && byte == 0x7A)
                let isSame = reading == "2026-01-31T08:15:00.5Z"
                guard isDigit || byte == text[place] || isLowerCase, isSame == (byte == text[place] || isLowerCase)
                else {
                    Issue.record("byte \(byte) in place \(place) reads as \(reading)")
                    continue
                }
                accepted += 1
            }
        }
        #expect(accepted > text.count)
    }

    /// The usual form is read in a way of its own; the offset `+00:00` says the same and is read in the general way.
    private static func readsAlike(_ bytes: [UInt8]) -> Bool {
        outcome(bytes + Array("Z".utf8)) == outcome(bytes + Array("+00:00".utf8))
    }

    @Test func theUsualFormReadsAsAnyOther() {
        for fraction in [""] + (0...10).map({ "." + String("1234567890".prefix($0)) }) {
            let text = Array(("2026-01-31T08:15:00" + fraction).utf8)
            #expect(TimestampParsingTests.readsAlike(text))
            for place in text.indices {
                #expect(TimestampParsingTests.readsAlike(Array(text[..<place]) + Array(text[(place + 1)...])))
                let failure = (UInt8.min...UInt8.max).first { byte in
                    var changed = text
                    changed[place] = byte
                    return !TimestampParsingTests.readsAlike(changed)
                }
                #expect(failure == nil, "in place \(place) of \(fraction)")
            }
        }
    }

    /// All pairs of digits, in every place where there is one, with leap years and without.
    @Test(arguments: ["2023-02-28T23:59:59", "2024-02-29T00:00:00", "1900-12-31T12:34:56", "2000-06-30T10:10:10"])
    func everyPairOfDigitsReadsAsInAnyOtherForm(text: String) {
        for place in [0, 2, 5, 8, 11, 14, 17] {
            let failure = (0..<100).first { number in
                var changed = Array(text.utf8)
                changed[place] = UInt8(ascii: "0") + UInt8(number / 10)
                changed[place + 1] = UInt8(ascii: "0") + UInt8(number % 10)
                return !TimestampParsingTests.readsAlike(changed)
            }
            #expect(failure == nil, "in place \(place)")
        }
    }

    /// Two bytes at once, so that one cannot make up for the other.
    @Test func everyPairOfWrongBytesReadsAsInAnyOtherForm() {
        let text = Array("2026-01-31T08:15:00.5".utf8)
        let bytes = Array("-:TZtz.0/9 \u{FF}".utf8)
        for first in text.indices {
            for second in text.indices where first < second {
                let failure = SmallWorlds.lists(of: bytes, lengths: 2...2).first { pair in
                    var changed = text
                    (changed[first], changed[second]) = (pair[0], pair[1])
                    return !TimestampParsingTests.readsAlike(changed)
                }
                #expect(failure == nil, "in places \(first) and \(second)")
            }
        }
    }
}
