import Testing

@testable import RungXML

@Suite("An ANSI sequence")
struct ANSISequenceTests {
    @Test(
        "has a length when it is complete",
        arguments: [
            ("[m", 3), ("[0;1m text", 6), ("[?25l", 6), ("[1 q", 5), ("]0;t\u{7}x", 6), ("]8;;\u{1B}\\x", 7), ("(B", 3),
        ])
    func complete(rest: String, length: Int) {
        #expect(Self.length(rest) == length)
    }

    @Test(
        "is none when it breaks off or is broken",
        arguments: [
            "", "[", "[31", "[31\n", "[\u{1B}[m", "]0;title", "]0;a\nb\u{7}", "]0;\u{1B}[m", "]\u{1B}", "(", "(\n", "M",
            "x",
        ])
    func incomplete(rest: String) {
        #expect(Self.length(rest) == 0)
    }

    private static func length(_ rest: String) -> Int {
        Array("ab\u{1B}\(rest)".utf8).withUnsafeBufferPointer { ANSISequence.length(in: $0, at: 2) }
    }
}
