import Testing

@testable import RungWire

struct ServerSentEventParserTests {
    private static func events(_ text: String) throws -> [ServerSentEvent] {
        try ServerSentEventParser.blocks(of: Array(text.utf8)).compactMap(\.event)
    }

    private static func event(_ data: String, name: String? = nil, id: String? = nil) -> ServerSentEvent {
        ServerSentEvent(name: name, data: Array(data.utf8), id: id)
    }

    /// The examples of the standard, and the corners that its text names.
    @Test(arguments: [
        ("data: YHOO\ndata: +2\ndata: 10\n\n", [event("YHOO\n+2\n10")]),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            [
                event("first event", id: "1"), event("second event", id: ""), event(" third event", id: ""),
            ]
        ),
        ("data\n\ndata\ndata\n\ndata:", [event(""), event("\n")]),
        ("data:test\n\ndata: test\n\n", [event("test"), event("test")]),
        ("event: add\ndata: 73857293\n\nevent:\ndata: 1\n\n", [event("73857293", name: "add"), event("1")]),
        ("data: a\rdata: b\r\rdata: c\r\n\r\n", [event("a\nb"), event("c")]),
        ("\u{FEFF}data: a\n\n\u{FEFF}data: b\n\n", [event("a")]),
        ("event: lost\n\ndata: x\n\n", [event("x")]),
        ("id: a\0b\ndata: x\n\n", [event("x")]),
        ("data: kept\n\ndata: cut off\n", [event("kept")]),
        ("", []),
    ])
    func `events are read as the standard has it`(stream: String, expected: [ServerSentEvent]) throws {
        #expect(try Self.events(stream) == expected)
    }

    @Test func `a retry field is digits alone`() throws {
        let blocks = try ServerSentEventParser.blocks(of: Array("retry: 250\n\nretry: 2s\n\nretry: 99999999999999999999\n\n".utf8))
        #expect(blocks.map(\.retryMs) == [250, nil, nil])
        #expect(blocks.allSatisfy { $0.event == nil })
    }

    private static let mixed = Array(
        "\u{FEFF}: hello\r\n\r\nid: 7\nevent: delta\ndata: {\"text\":\"grüße 👋\"}\n\ndata: a\rdata: b\r\r\r\ndata: c\r\n\r\n\ndata: é".utf8)

    @Test func `where a stream is cut changes nothing`() throws {
        let whole = try ServerSentEventParser.blocks(of: Self.mixed)
        #expect(whole.compactMap(\.event).count == 3)
        for first in 0...Self.mixed.count {
            for second in first...Self.mixed.count {
                var parser = ServerSentEventParser()
                var blocks = try parser.push(Self.mixed[..<first])
                blocks += try parser.push(Self.mixed[first..<second])
                blocks += try parser.push(Self.mixed[second...])
                if let last = try parser.finish() { blocks.append(last) }
                #expect(blocks == whole, "cut at \(first) and \(second)")
            }
        }
    }

    @Test func `the blocks joined are the stream`() throws {
        let blocks = try ServerSentEventParser.blocks(of: Self.mixed)
        #expect(blocks.flatMap(\.bytes) == Self.mixed)
        for block in blocks { #expect(Array(Self.mixed[block.range]) == block.bytes) }
    }

    @Test(arguments: [
        ("event: a\ndata: old\n: note\ndata: more\nid: 1\n\n", "new", "event: a\ndata: new\n: note\nid: 1\n\n"),
        ("data:old\r\n\r\n", "new", "data:new\r\n\r\n"),
        ("data: old\n\n", "one\ntwo", "data: one\ndata: two\n\n"),
        ("data\n\n", " new", "data: new\n\n".replacing("data: new", with: "data:  new")),
        ("data: old", "new", "data: new\n"),
        (": only a comment\n\n", "new", ": only a comment\n\n"),
        ("\u{FEFF}data: old\n\n", "new", "\u{FEFF}data: new\n\n"),
        ("data: old\n\n", "", "data: \n\n"),
    ])
    func `data is replaced and everything else stays`(block: String, data: String, expected: String) throws {
        let blocks = try ServerSentEventParser.blocks(of: Array(block.utf8))
        #expect(blocks.count == 1)
        #expect(String(decoding: blocks[0].bytes(replacingDataWith: Array(data.utf8)), as: UTF8.self) == expected)
    }

    @Test func `replacing data with itself gives the same event`() throws {
        for block in try ServerSentEventParser.blocks(of: Self.mixed) {
            guard let event = block.event else { continue }
            let again = try ServerSentEventParser.blocks(of: block.bytes(replacingDataWith: event.data))
            #expect(again.compactMap(\.event).map(\.data) == [event.data])
        }
    }

    @Test func `an event longer than allowed is refused, whether or not it ever ends`() throws {
        var parser = ServerSentEventParser(limit: 16)
        #expect(try parser.push(Array("data: short\n\n".utf8)).count == 1)
        let problem = WireProblem("an event of the stream is longer than 16 bytes", at: 13)
        #expect(throws: problem) { try parser.push(Array("data: far too long\n\n".utf8)) }
        #expect(throws: problem) { try parser.push(Array("data: x\n\n".utf8)) }
        #expect(throws: problem) { try parser.finish() }
        var endless = ServerSentEventParser(limit: 16)
        #expect(throws: WireProblem.self) { try endless.push(Array(repeating: UInt8(ascii: "x"), count: 17)) }
        #expect(problem.description == "an event of the stream is longer than 16 bytes (at byte 13)")
    }
}
