import Foundation
import RungTestSupport
import RungText
import Testing

@testable import RungOTLP

struct OTLPReaderTests {
    private static let expected = TelemetrySpan(
        traceID: "0102030405060708090a0b0c0d0e0f10", spanID: "f1f2f3f4f5f6f7f8", parentID: "0707070707070707", hasRemoteParent: true,
        name: "chat gpt", startNanoseconds: 1_790_762_400_000_000_001, endNanoseconds: 1_790_762_401_000_000_000,
        attributes: [
            TelemetryAttribute("text", .string("é")), TelemetryAttribute("flag", .bool(true)), TelemetryAttribute("int", .int(-5)),
            TelemetryAttribute("double", .double(0.5)), TelemetryAttribute("list", .array([.string("a"), .int(2)])),
            TelemetryAttribute("map", .map([TelemetryAttribute("k", .string("v"))])), TelemetryAttribute("bytes", .bytes(count: 3)),
            TelemetryAttribute("none", .empty),
        ],
        resource: [TelemetryAttribute("service.name", .string("shop"))], isError: true,
        events: [.init(name: "exception", nanoseconds: 5, attributes: [TelemetryAttribute("exception.type", .string("E"))])])

    @Test func `both encodings give the same span`() throws {
        #expect(try OTLPReader.read(protobuf: WireSample.request, .traces).spans == [Self.expected])
        #expect(try OTLPReader.read(json: Array(WireSample.json.utf8)).spans == [Self.expected])
    }

    @Test func `log records come with their time, place and body`() throws {
        let record =
            WireSample.fixed(11, 7) + WireSample.field(12, "rung.feedback") + WireSample.field(5, WireSample.field(1, "body"))
            + WireSample.field(9, WireSample.traceID) + WireSample.field(10, WireSample.spanID)
            + WireSample.field(6, WireSample.attribute("a", WireSample.number(3, 4)))
        let request = WireSample.field(1, WireSample.field(2, WireSample.field(2, record)))
        let json = """
            {"resourceLogs": [{"scopeLogs": [{"logRecords": [{"observedTimeUnixNano": "7", "eventName": "rung.feedback",
            "body": {"stringValue": "body"}, "traceId": "0102030405060708090a0b0c0d0e0f10", "spanId": "f1f2f3f4f5f6f7f8",
            "attributes": [{"key": "a", "value": {"intValue": 4}}]}]}]}]}
            """
        let expected = TelemetryLog(
            eventName: "rung.feedback", nanoseconds: 7, traceID: "0102030405060708090a0b0c0d0e0f10", spanID: "f1f2f3f4f5f6f7f8",
            body: .string("body"), attributes: [TelemetryAttribute("a", .int(4))])
        #expect(try OTLPReader.read(protobuf: request, .logs).logs == [expected])
        #expect(try OTLPReader.read(json: Array(json.utf8)).logs == [expected])
    }

    @Test func `an empty request holds nothing`() throws {
        #expect(try OTLPReader.read(protobuf: [], .traces).spans.isEmpty)
        #expect(try OTLPReader.read(json: Array("{}".utf8)).spans.isEmpty)
        #expect(try OTLPReader.read(json: Array(#"{"resourceSpans": null}"#.utf8)).spans.isEmpty)
    }

    @Test(arguments: ["", "00000000000000000000000000000000", "0102", "zz02030405060708090a0b0c0d0e0f10", "AQIDBAUGBwgJCgsMDQ4PEA=="])
    func `a span with a wrong trace id is refused, with its place`(_ id: String) throws {
        let json = #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"\#(id)","spanId":"f1f2f3f4f5f6f7f8"}]}]}]}"#
        let batch = try OTLPReader.read(json: Array(json.utf8))
        #expect(batch.spans.isEmpty)
        #expect(batch.refusals.map(\.reason) == ["a trace id is 16 bytes and a span id 8 bytes, not all zero, in hexadecimal digits"])
        #expect(batch.refusals.first?.position == SourcePosition(line: 1, column: 44))
    }

    @Test(arguments: [
        (#"[1]"#, "1:1: a request is an object, found array"),
        (#"{"a": 1}"#, #"1:2: a request has "resourceSpans" or "resourceLogs", found "a""#),
        (#"{"resourceSpans": 5}"#, #"1:19: "resourceSpans" must be an array, found number"#),
        (#"{"resourceSpans": [5]}"#, #"1:20: expected an object with "resource", found number"#),
        (#"{"resourceSpans": [{"resource": []}]}"#, #"1:33: "resource" must be an object, found array"#),
        (
            "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [\n{\"spanId\": 7}]}]}]}",
            #"2:12: "spanId" must be a string, found number"#
        ),
        (#"{"resourceSpans": ["#, "1:20: not valid JSON: expected a value, found the end of the text"),
        (#"{"resourceSpans": [], "resourceSpans": []}"#, #"1:23: not valid JSON: duplicate key "resourceSpans""#),
    ])
    func `wrong JSON is named with line and column`(_ text: String, _ message: String) {
        let error = #expect(throws: OTLPError.self) { try OTLPReader.read(json: Array(text.utf8)) }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        (#""startTimeUnixNano": -1"#, #""startTimeUnixNano" must be a whole number from 0 on, found number"#),
        (#""startTimeUnixNano": "soon""#, #""startTimeUnixNano" must be a whole number from 0 on, found string"#),
        (#""attributes": [{"key": "a", "value": {"intValue": 1.5}}]"#, #""intValue" must be a 64-bit whole number, found number"#),
        (
            #""attributes": [{"key": "a", "value": {"intValue": "9223372036854775808"}}]"#,
            #""intValue" must be a 64-bit whole number, found string"#
        ),
        (#""attributes": [{"key": "a", "value": {"boolValue": "yes"}}]"#, #""boolValue" must be true or false, found string"#),
        (#""status": {"code": "BAD"}"#, #""code" must be 0, 1 or 2, found string"#),
    ])
    func `wrong members of a span are named`(_ member: String, _ message: String) {
        let json =
            #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"f1f2f3f4f5f6f7f8","#
            + member + "}]}]}]}"
        let error = #expect(throws: OTLPError.self) { try OTLPReader.read(json: Array(json.utf8)) }
        #expect(error?.message == message)
    }

    @Test func `large numbers keep every digit, and status has names too`() throws {
        let json =
            #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"f1f2f3f4f5f6f7f8","startTimeUnixNano":18446744073709551615,"attributes":[{"key":"a","value":{"intValue":9223372036854775807}},{"key":"b","value":{"doubleValue":"NaN"}}],"status":{"code":"STATUS_CODE_OK"}}]}]}]}"#
        let span = try #require(try OTLPReader.read(json: Array(json.utf8)).spans.first)
        #expect(span.startNanoseconds == .max)
        #expect(span.attributes["a"] == .int(.max))
        #expect(span.attributes["b"]?.number?.isNaN == true)
        #expect(span.isError == false)
    }

    @Test(
        arguments: [
            ([0x61], "byte 0: the request is not a message of the OpenTelemetry protocol: field 12 has 0 bytes"),
            ([0x0A], "byte 1: the request is not a message of the OpenTelemetry protocol: the message ends within a number"),
            ([0x0A, 5, 1], "byte 0: the request is not a message of the OpenTelemetry protocol: field 1 has 5 bytes and only 1 are left"),
            (
                [0x0A, 2, 0x12, 9],
                "byte 2: the request is not a message of the OpenTelemetry protocol: field 2 has 9 bytes and only 0 are left"
            ),
            ([0x03], "byte 0: the request is not a message of the OpenTelemetry protocol: there is no field number 0"),
            ([0x0F], "byte 0: the request is not a message of the OpenTelemetry protocol: field 1 has the unknown wire type 7"),
        ] as [([UInt8], String)])
    func `wrong bytes are named with their offset`(_ bytes: [UInt8], _ message: String) {
        let error = #expect(throws: OTLPError.self) { try OTLPReader.read(protobuf: bytes, .traces) }
        #expect(error?.offset != nil)
        if bytes != [0x61] { #expect(error?.description == message) }
    }

    @Test func `a text that is not UTF-8 is named with its offset`() {
        let span = WireSample.field(1, WireSample.traceID) + WireSample.field(2, WireSample.spanID) + WireSample.field(5, [0xFF])
        let error = #expect(throws: OTLPError.self) { try OTLPReader.read(protobuf: WireSample.request(span: span), .traces) }
        #expect(error?.message.hasSuffix("the text of field 5 is not UTF-8") == true)
        #expect(error?.offset == WireSample.request(span: span).count - 1)
    }

    @Test func `values nested too deep are refused`() {
        var value = WireSample.field(1, "x")
        for _ in 0..<200 { value = WireSample.field(5, WireSample.field(1, value)) }
        let span =
            WireSample.field(1, WireSample.traceID) + WireSample.field(2, WireSample.spanID)
            + WireSample.field(9, WireSample.attribute("a", value))
        #expect(throws: OTLPError.self) { try OTLPReader.read(protobuf: WireSample.request(span: span), .traces) }
        let json = String(repeating: #"{"resourceSpans":["#, count: 100)
        #expect(throws: OTLPError.self) { try OTLPReader.read(json: Array(json.utf8)) }
    }

    /// 4,000 seeded mutations of a good request in each encoding.
    @Test func `no bytes whatever bring the reader down`() {
        var state: UInt64 = 42
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        var read = 0
        for (sample, isJSON) in [(WireSample.request, false), (Array(WireSample.json.utf8), true)] {
            for _ in 0..<4_000 {
                var bytes = sample
                for _ in 0...next(4) {
                    switch next(3) {
                    case 0: bytes[next(bytes.count)] = UInt8(next(256))
                    case 1: bytes.remove(at: next(bytes.count))
                    default: bytes.insert(UInt8(next(256)), at: next(bytes.count))
                    }
                }
                let batch = isJSON ? try? OTLPReader.read(json: bytes) : try? OTLPReader.read(protobuf: bytes, .traces)
                if batch != nil { read += 1 }
                if !isJSON { _ = try? OTLPReader.read(protobuf: bytes, .logs) }
            }
        }
        #expect(read > 0)
    }

    // MARK: - Real telemetry

    private static let corpus = Corpora.path("otlp-genai")

    @Test(
        .enabled(if: corpus != nil, "RUNG_CORPORA names no copy of the corpora"),
        arguments: [
            "001-anthropic", "012-anthropic", "022-openai", "028-openai",
        ])
    func `every span of a real trace is read with all of its attributes`(_ name: String) throws {
        let path = try #require(Corpora.path("otlp-genai/\(name).otlp.json"))
        let bytes = Array(try #require(FileManager.default.contents(atPath: path)))
        let batch = try OTLPReader.read(json: bytes)
        var spans = 0
        for group in try JSONReader.read(bytes)["resourceSpans"]?.array ?? [] {
            for scope in group["scopeSpans"]?.array ?? [] {
                for node in scope["spans"]?.array ?? [] {
                    let span = batch.spans[spans]
                    spans += 1
                    #expect(span.spanID == node["spanId"]?.string)
                    #expect(span.traceID == node["traceId"]?.string)
                    #expect(span.name == node["name"]?.string)
                    let attributes = node["attributes"]?.array ?? []
                    #expect(span.attributes.map(\.key) == attributes.compactMap { $0["key"]?.string })
                    for (attribute, expected) in zip(span.attributes, attributes) {
                        let value = expected["value"]
                        if let text = value?["stringValue"]?.string { #expect(attribute.value == .string(text)) }
                        if let text = value?["intValue"]?.string { #expect(attribute.value == .int(Int64(text) ?? -1)) }
                        if let number = value?["doubleValue"]?.double { #expect(attribute.value == .double(number)) }
                    }
                }
            }
        }
        #expect(batch.spans.count == spans && spans > 0)
        #expect(batch.refusals.isEmpty)
    }
}
