import RungWire
import Testing

struct WireFramingTests {
    @Test(
        arguments: [
            ("text/event-stream", "data: {}", .serverSentEvents), ("text/event-stream", " {\"error\":1}", .plain),
            (nil, "event: x\n", .serverSentEvents),
            (nil, "\u{FEFF}\ndata:{}", .serverSentEvents), ("text/plain", "data: {}", .serverSentEvents),
            ("application/json", "{\"data\":1}", .plain),
            (nil, "", .plain), ("application/x-ndjson", "{}", .jsonLines), ("application/stream+json", "{}", .jsonLines),
            ("application/vnd.amazon.eventstream", "", .awsEventStream), (nil, "database", .plain), (nil, ": ok\n\n", .serverSentEvents),
        ] as [(String?, String, WireFraming)])
    func `the type tells the framing, or else the first bytes`(type: String?, head: String, framing: WireFraming) {
        #expect(WireFraming(mediaType: type, head: Array(head.utf8)) == framing)
    }

    @Test func `pieces are events, and joined they are the body`() {
        let events = Array("data: 1\n\n: note\n\ndata: 2".utf8)
        #expect(
            WireFraming.serverSentEvents.pieces(of: events).map { String(decoding: $0, as: UTF8.self) } == [
                "data: 1\n\n", ": note\n\n", "data: 2",
            ])
        #expect(WireFraming.jsonLines.pieces(of: Array("1\n2".utf8)) == [[49, 10], [50]])
        #expect(WireFraming.plain.pieces(of: events) == [events])
        #expect(WireFraming.awsEventStream.pieces(of: events) == [events])
        #expect(
            WireFraming.awsEventStream.pieces(of: AWSSample.message([:], "a") + AWSSample.message([:], "b") + [0]).map(\.count) == [
                17, 17, 1,
            ])
        for framing in WireFraming.allCases { #expect(framing.pieces(of: []).isEmpty) }
    }
}
