import RungCore
import RungRedaction
import RungText
import Testing

@testable import RungReplay
@testable import RungWire

struct BodyRedactionTests {
    private static let secret = "sk-proj-" + String(repeating: "aB3dE5fG", count: 6)

    private func redact(
        _ pieces: [String], _ type: String = "text/event-stream", words: [String] = []
    ) throws -> (pieces: [String], counts: [String: Int]) {
        var redaction = BodyRedaction(SecretTexts(.standard, words: words))
        let result = try redaction.response(pieces.map { Exchange.Piece(Array($0.utf8), afterMs: 1) }, contentType: type)
        return (result.map { String(decoding: $0.bytes, as: UTF8.self) }, redaction.counts)
    }

    private static func chat(_ delta: String) -> String { "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":\(delta)}]}\n\n" }

    private static func content(_ text: String) -> String { chat(#"{"content":\#(JSONText.compact(.string(text)))}"#) }

    @Test func aSecretOverSeveralDeltasIsTakenOutOfTheMessageAndTheChunksStay() throws {
        let (head, middle, tail) = (Self.secret.prefix(11), Self.secret.dropFirst(11).prefix(9), Self.secret.dropFirst(20))
        let pieces = ["a ", String(head), String(middle), String(tail), " z"].map(Self.content) + ["data: [DONE]\n\n"]
        let result = try redact(pieces)
        #expect(result.pieces == ["a ", "[redacted:openai-key]", "", "", " z"].map(Self.content) + ["data: [DONE]\n\n"])
        #expect(result.counts == ["openai-key": 1])
    }

    @Test func theArgumentsOfAToolCallAreRedactedAsOneAndStayJSON() throws {
        let arguments = #"{"password":"correct horse","key":"\#(Self.secret)","n":1}"#
        var parts: [String] = []
        var rest = arguments[...]
        while !rest.isEmpty {
            parts.append(String(rest.prefix(7)))
            rest = rest.dropFirst(7)
        }
        let pieces = parts.map { part in
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\(JSONText.compact(.string(part)))}}\n\n"
        }
        let joined = try redact(pieces).pieces.joined()
        let texts = try joined.split(separator: "data: ").dropFirst().map { line in
            try JSONReader.read(String(line.prefix { $0 != "\n" }))["delta"]?["partial_json"]?.string ?? ""
        }
        #expect(texts.count == pieces.count)
        #expect(texts.joined() == #"{"password":"[redacted:password]","key":"[redacted:openai-key]","n":1}"#)
    }

    @Test func messagesSideBySideAreKeptApart() throws {
        let half = Self.secret.prefix(20)
        let pieces = [0, 1].map { "data: {\"choices\":[{\"index\":\($0),\"delta\":{\"content\":\"\(half)\"}}]}\n\n" }
        let other = [0, 1].map { "data: {\"choices\":[{\"index\":\($0),\"delta\":{\"content\":\"\(Self.secret.dropFirst(20))\"}}]}\n\n" }
        let result = try redact(pieces + other)
        #expect(!result.pieces.joined().contains("aB3dE5fG"))
        #expect(result.counts["openai-key"] == 2)
    }

    @Test func whatHoldsNothingSecretStaysByteForByte() throws {
        let pieces = [": comment\n\nid: 7\r\nda", "ta:{\"a\" :1.50}\r\n\r\n", Self.content("fine"), "data: [DONE]"]
        #expect(try redact(pieces).pieces == pieces)
        #expect(try redact(["{ \"a\" : \"b\" }"], "application/json").pieces == ["{ \"a\" : \"b\" }"])
    }

    @Test func linesOfJSONAreOneMessage() throws {
        let pieces = [Self.secret.prefix(13), Self.secret.dropFirst(13)].map { "{\"message\":{\"content\":\"\($0)\"},\"done\":false}\n" }
        let result = try redact([pieces.joined()], "application/x-ndjson")
        #expect(result.pieces.joined().split(separator: "\n").count == 2)
        #expect(!result.pieces.joined().contains("aB3dE5fG"))
    }

    @Test func anArrayOfAnswersIsOneMessage() throws {
        let parts = [Self.secret.prefix(13), Self.secret.dropFirst(13)].map {
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\($0)\"}]}}]}"
        }
        let result = try redact(["[" + parts[0], ",\n" + parts[1] + "]"], "application/json")
        #expect(!result.pieces.joined().contains("aB3dE5fG"))
        #expect(try JSONReader.read(result.pieces.joined()).array?.count == 2)
    }

    @Test func messagesOfAWSAreReadThroughTheirPackingAndGetNewChecks() throws {
        let empty = AWSEventMessage(bytes: [UInt8](repeating: 0, count: 16), offset: 0, headers: [], payload: [])
        func message(_ text: some StringProtocol) -> [UInt8] {
            let event = Base64.text(
                of: Array(#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(text)"}}"#.utf8))
            return empty.bytes(replacingPayloadWith: Array(#"{"bytes":"\#(event)","p":"abc"}"#.utf8))
        }
        var redaction = BodyRedaction(SecretTexts(.standard))
        let parts = [Self.secret.prefix(13), Self.secret.dropFirst(13)]
        let result = try redaction.response(
            parts.map { Exchange.Piece(message($0), afterMs: 1) }, contentType: "application/vnd.amazon.eventstream")
        #expect(result.map(\.bytes) == [message("[redacted:openai-key]"), message("")])
        #expect(throws: BodyRedaction.Refusal.self) {
            try redaction.response([.init(Array(message("x").dropLast()))], contentType: "application/vnd.amazon.eventstream")
        }
    }

    @Test func theVeryKeyOfTheRequestIsTakenOutWhereverItStands() throws {
        let result = try redact(
            [Self.content("your key is plain-words-key")], words: ["Bearer plain-words-key", "plain-words-key", "short"])
        #expect(result.pieces == [Self.content("your key is [redacted:credential]")])
        let split = try redact(["your key is plain-", "words-key, yes"].map(Self.content), words: ["plain-words-key"])
        #expect(!split.pieces.joined().contains("words-key"))
    }

    @Test func aBinaryBodyWithASecretIsRefused() throws {
        var redaction = BodyRedaction(SecretTexts(.standard))
        let clean: [UInt8] = [0xFF, 0xFE, 0x00]
        #expect(try redaction.response([.init(clean)], contentType: "image/png") == [.init(clean)])
        #expect(throws: BodyRedaction.Refusal.self) {
            try redaction.response([.init(clean + Array(" \(Self.secret) ".utf8))], contentType: "image/png")
        }
        #expect(throws: BodyRedaction.Refusal.self) { try redact([": \(Self.secret)\ndata: 1\n\n"]) }
    }

    @Test(arguments: [
        (["ab", "cd", "ef"], "abXf", ["ab", "X", "f"]), (["a", "b"], "a", ["a", ""]), (["", "x"], "yx", ["", "yx"]),
        (["héé", "ø"], "hø", ["h", "ø"]), (["same"], "same", ["same"]),
    ])
    func aChangedTextIsCutWhereItWas(parts: [String], redacted: String, expected: [String]) {
        let result = Rechunking.parts(of: redacted, like: parts)
        #expect(result.joined() == redacted)
        #expect(result == expected)
    }
}
