import Testing

@testable import RungReplay

@Suite struct AgentLogTests {
    private func lines(_ chunks: [String], limit: Int = 100) -> (lines: [String], tail: String) {
        var recent = RecentText(limit: limit)
        var lines: [String] = []
        for chunk in chunks { Array(chunk.utf8).withUnsafeBytes { recent.push($0) { lines.append($0) } } }
        recent.finish { lines.append($0) }
        return (lines, recent.tail)
    }

    @Test func `lines are put together across chunks`() {
        #expect(lines(["a", "b\r\nc\n\nd", "e"]).lines == ["ab", "c", "", "de"])
    }

    @Test func `the tail keeps the last bytes and no more`() {
        #expect(lines(["0123456789", "abcdefghij", "klm\n"], limit: 6).tail == "hijklm\n".suffix(6))
        #expect(lines(["short"], limit: 6).tail == "short")
    }

    @Test func `a line without end comes in pieces`() {
        #expect(lines(["aaaa", "bbbb", "cccc"], limit: 6).lines == ["aaaabbbb", "cccc"])
    }

    @Test func `bytes that are not UTF-8 are replaced`() {
        var recent = RecentText(limit: 10)
        var lines: [String] = []
        [UInt8]([0x61, 0xFF, 0x0A]).withUnsafeBytes { recent.push($0) { lines.append($0) } }
        #expect(lines == ["a\u{FFFD}"])
    }
}
