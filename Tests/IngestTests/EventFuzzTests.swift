import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Lines that are damaged at random: no crash, no effect on other lines, and nothing accepted that is not JSON.
@Suite struct EventFuzzTests {
    /// The line with one to four bytes changed, inserted, removed, doubled or moved.
    private func mutation(of line: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
        let tokens: [[UInt8]] =
            ["\"", "\\", "{", "}", "[", "]", ",", ":", "null", "\\u", "\\ud83d", "1", "-", "e9", " ", "é"]
            .map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xE2, 0x80], [0x1F]]
        var bytes = line
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 1...12, using: &generator))
            let token = tokens[Int.random(in: tokens.indices, using: &generator)]
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.insert(contentsOf: token, at: place)
            case 2: bytes.replaceSubrange(place..<end, with: token)
            case 3: bytes.removeSubrange(place..<end)
            case 4: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: bytes.indices, using: &generator))
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes.map { $0 == 0x0A ? 0x0D : $0 }
    }

    @Test(arguments: 1...4)
    func damageStaysOnItsLine(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let events = (0..<3).map { _ in RandomEvent(using: &generator) }
        let lines = events.map { event in Array(event.line(using: &generator).utf8) }
        for trial in 0..<1500 {
            let target = trial % 3
            var damaged = lines
            damaged[target] = mutation(of: lines[target], using: &generator)
            let decoded = DecodedLines(
                Array(damaged.joined(separator: [0x0A])), padding: UInt8.random(in: 0...255, using: &generator))
            var left = decoded.exposures
            for (index, event) in events.enumerated() where index != target {
                if let found = left.firstIndex(of: event.exposure) {
                    left.remove(at: found)
                } else {
                    Issue.record("seed \(seed), trial \(trial): \(String(decoding: damaged[target], as: UTF8.self))")
                }
            }
            #expect(decoded.rejectedLines.allSatisfy { $0 == target + 1 })
            #expect(left.count + decoded.rejectCount <= 1)
            #expect(decoded.lineCount == 3 || damaged[2].isEmpty)
            if !left.isEmpty { #expect(isJSONObject(damaged[target]), "seed \(seed), trial \(trial)") }
        }
    }

    /// What no other parser takes for an object is no event.
    private func isJSONObject(_ line: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(line))) is [String: Any]
    }

    /// Every byte of a line, changed to every kind of byte there is in JSON.
    @Test func everyByteOfALineMayBeAnyOther() {
        let line = Array(EventLine.valid.with("user_id", "\"\\u00e9\"").with("rank", "10").with("x", "[1]").text.utf8)
        let good = Array(EventLine.valid.text.utf8)
        let kinds: [UInt8] = [
            0, 0x09, 0x20, 0x22, 0x2C, 0x2D, 0x30, 0x3A, 0x5B, 0x5C, 0x5D, 0x65, 0x75, 0x7B, 0x7D, 0x80, 0xFF,
        ]
        for place in line.indices {
            for kind in kinds {
                var damaged = line
                damaged[place] = kind
                let decoded = DecodedLines(good + [0x0A] + damaged + [0x0A] + good)
                #expect(decoded.exposures.count + decoded.rejectCount == 3)
                #expect(decoded.rejectedLines.allSatisfy { $0 == 2 })
                if decoded.rejects.isEmpty { #expect(isJSONObject(damaged), "byte \(kind) at \(place)") }
            }
        }
    }
}
