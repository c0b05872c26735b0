import Testing

@testable import RungPattern

@Suite("A compiled pattern")
struct CompiledPatternTests {
    @Test("refuses to cut characters into bytes")
    func noSingleBytes() {
        #expect(throws: PatternError.self) { try CompiledPattern("a\\Cb", options: []) }
    }

    @Test("refuses a pattern of more than 64 KiB")
    func tooLong() {
        let source = String(repeating: "a", count: 65_537)
        let message = "pattern string is longer than the limit set by the application"
        #expect(throws: PatternError.invalid(message: message, offset: 0)) {
            try CompiledPattern(source, options: [])
        }
    }

    @Test("refuses repetitions that would multiply into a huge program")
    func hugeProgram() {
        #expect(throws: PatternError.self) { try CompiledPattern("((a{1000}){1000}){1000}", options: []) }
    }

    @Test("holds texts with zero characters")
    func zeroCharacter() throws {
        let match = try CompiledPattern("a\u{0}(.)", options: []).firstMatch(in: "-a\u{0}b", limits: .standard)
        #expect(match == Pattern.Match(range: 1..<4, text: "a\u{0}b", groups: ["b"]))
    }
}
