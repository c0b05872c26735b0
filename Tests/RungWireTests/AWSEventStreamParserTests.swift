import Testing

@testable import RungWire

struct AWSEventStreamParserTests {
    /// The message without headers and payload from the test vectors of Amazon's client libraries.
    private static let empty: [UInt8] = [0, 0, 0, 0x10, 0, 0, 0, 0, 0x05, 0xC2, 0x48, 0xEB, 0x7D, 0x98, 0xC8, 0xFF]

    private static let stream =
        AWSSample.message([":event-type": "messageStart", ":message-type": "event"], #"{"role":"assistant"}"#) + empty
        + AWSSample.message([":exception-type": "throttlingException", ":message-type": "exception"], "{}")

    @Test func `the check is that of the published vector`() {
        #expect(CRC32.of("123456789".utf8) == 0xCBF4_3926)
    }

    @Test func `messages come out wherever the chunks are cut, and joined they are the stream`() throws {
        for cut in 0...Self.stream.count {
            var parser = AWSEventStreamParser()
            var messages = try parser.push(Self.stream[..<cut])
            messages += try parser.push(Self.stream[cut...])
            #expect(try parser.finish().isEmpty)
            #expect(messages.map(\.name) == ["messageStart", nil, "throttlingException"])
            #expect(messages.map(\.isFailure) == [false, false, true])
            #expect(messages.map { String(decoding: $0.payload, as: UTF8.self) } == [#"{"role":"assistant"}"#, "", "{}"])
            #expect(messages.flatMap(\.bytes) == Self.stream)
            #expect(messages[1].bytes == Self.empty)
        }
    }

    @Test func `headers that are no text are passed over`() throws {
        var headers: [UInt8] = []
        let values: [(UInt8, [UInt8])] = [
            (0, []), (1, []), (2, [1]), (3, [0, 1]), (4, [0, 0, 0, 1]), (5, Array(repeating: 1, count: 8)), (6, [0, 2, 9, 9]),
            (8, Array(repeating: 2, count: 8)), (9, Array(repeating: 3, count: 16)),
        ]
        for (type, value) in values { headers += [1, UInt8(ascii: "h"), type] + value }
        var parser = AWSEventStreamParser()
        let messages = try parser.push(AWSSample.message(headers: headers + AWSSample.header("k", "v"), payload: [7]))
        #expect(messages.map(\.headers) == [[.init("k", "v")]])
        #expect(messages.map(\.payload) == [[7]])
    }

    @Test func `a payload is replaced and the checks are right again`() throws {
        var parser = AWSEventStreamParser()
        let messages = try parser.push(Self.stream)
        var again = AWSEventStreamParser()
        let changed = try again.push(messages.flatMap { $0.bytes(replacingPayloadWith: Array("new".utf8)) })
        #expect(changed.map(\.payload) == Array(repeating: Array("new".utf8), count: 3))
        #expect(changed.map(\.headers) == messages.map(\.headers))
        #expect(messages[0].bytes(replacingPayloadWith: messages[0].payload) == messages[0].bytes)
    }

    @Test func `any flipped bit is noticed`() throws {
        let message = AWSSample.message([":event-type": "x"], "payload")
        for bit in 0..<message.count * 8 {
            var flipped = message
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            var parser = AWSEventStreamParser()
            #expect(throws: WireProblem.self) { try parser.push(flipped) }
            #expect(throws: WireProblem.self) { try parser.push([]) }
        }
    }

    @Test func `what comes before a broken message is given first`() throws {
        var parser = AWSEventStreamParser()
        #expect(try parser.push(Self.empty + Array(repeating: 0, count: 12)).count == 1)
        #expect(throws: WireProblem("the lengths of a message do not match their check", at: 16)) { try parser.finish() }
    }

    @Test func `a length beyond the limit is refused before its bytes come`() {
        var parser = AWSEventStreamParser(limit: 1_000)
        let start = AWSSample.prelude(total: 1_001, headers: 0)
        #expect(throws: WireProblem("a message of the stream is longer than 1000 bytes", at: 0)) { try parser.push(start) }
    }

    @Test(arguments: [(16, 1), (12, 0), (0, 0), (20, 4_000_000_000)])
    func `lengths that cannot be are refused`(total: UInt32, headers: UInt32) {
        var parser = AWSEventStreamParser()
        #expect(throws: WireProblem("the headers of a message are longer than the message", at: 0)) {
            try parser.push(AWSSample.prelude(total: total, headers: headers))
        }
    }

    @Test(
        arguments: [
            ([5, 1], "a header reaches beyond its message"), ([1, 65, 7, 0, 9, 65], "a header reaches beyond its message"),
            ([1, 65, 10], "a header has the unknown type 10"), ([1, 0xFF, 0], "a header is not UTF-8"),
        ] as [([UInt8], String)])
    func `headers that cannot be are refused`(headers: [UInt8], message: String) throws {
        var parser = AWSEventStreamParser()
        do {
            _ = try parser.push(AWSSample.message(headers: headers, payload: []))
            Issue.record("it was taken")
        } catch {
            #expect(error.message == message)
        }
    }

    @Test func `a message that the end cut off is left over`() throws {
        var parser = AWSEventStreamParser()
        #expect(try parser.push(Self.empty + Self.empty.dropLast()).count == 1)
        #expect(try parser.finish() == Array(Self.empty.dropLast()))
    }
}

/// Messages of Amazon's event streams, made for tests.
enum AWSSample {
    static func message(_ headers: KeyValuePairs<String, String>, _ payload: String) -> [UInt8] {
        message(headers: headers.flatMap { header($0.key, $0.value) }, payload: Array(payload.utf8))
    }

    static func message(headers: [UInt8], payload: [UInt8]) -> [UInt8] {
        let start = prelude(total: UInt32(16 + headers.count + payload.count), headers: UInt32(headers.count)) + headers + payload
        return start + AWSEventMessage.bigEndian(CRC32.of(start))
    }

    static func header(_ name: String, _ value: String) -> [UInt8] {
        [UInt8(name.utf8.count)] + name.utf8 + [7] + AWSEventMessage.bigEndian(UInt32(value.utf8.count)).suffix(2) + value.utf8
    }

    static func prelude(total: UInt32, headers: UInt32) -> [UInt8] {
        let start = AWSEventMessage.bigEndian(total) + AWSEventMessage.bigEndian(headers)
        return start + AWSEventMessage.bigEndian(CRC32.of(start))
    }
}
