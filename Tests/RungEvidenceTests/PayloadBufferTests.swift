import RungCrypto
import RungText
import Testing

@testable import RungEvidence

struct PayloadBufferTests {
    static func text(_ write: (inout PayloadBuffer) -> Void) -> String {
        var buffer = PayloadBuffer(capacity: 1)
        write(&buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        "", "a", "1234567", "12345678", "123456789abcdefg", "\"", "\\", "1234567\"", "12345678\\", "\n", "1234567\u{1}x",
        "\u{8}\u{9}\u{A}\u{B}\u{C}\u{D}\u{1F}\u{7F}", "é🙂 \u{2028}", "ein Wort mit / und ü, das länger ist", "\u{0}",
    ])
    func textIsQuotedLikeCanonicalJSON(text: String) {
        #expect(Self.text { $0.quoted(text) } == String(decoding: CanonicalJSON.bytes(of: .string(text)), as: UTF8.self))
    }

    @Test func everyASCIICharacterIsQuotedAtEveryPlaceOfAWord() {
        for code in UInt8(0)..<128 {
            for place in 0..<9 {
                let text = String(repeating: "x", count: place) + String(Character(Unicode.Scalar(code))) + "xxxxxxxx"
                #expect(Self.text { $0.quoted(text) } == String(decoding: CanonicalJSON.bytes(of: .string(text)), as: UTF8.self))
            }
        }
    }

    @Test(arguments: [
        0, 1, 9, 10, 99, 100, 12_345_678_901, -1, -10, Int64.max, Int64.min, 1_000_000_000_000_000_000, 9_223_372_036_854_775_799,
    ])
    func integersAreWrittenInFull(value: Int64) {
        #expect(Self.text { $0.int(value) } == "\(value)")
    }

    @Test func digestsAreWrittenInQuotes() {
        #expect(Self.text { $0.digest(digest("abc")) } == "\"\(digest("abc"))\"")
    }

    @Test func aRecordIsCanonicalJSON() throws {
        var draft = RecordDraft(.agent)
        draft["id"] = .text("a\"b")
        draft["at"] = .integer(0)
        draft["baseline"] = .real(1e21)
        draft["userFacing"] = .flag(false)
        draft["intents"] = .json([.string("x"), .string("é")])
        draft["cardDigest"] = .digest(digest("abc"))
        draft["snapshot"] = .integer(7)
        var buffer = PayloadBuffer(capacity: 1)
        let salt = [UInt8](1...16)
        salt.withUnsafeBytes { buffer.leaf(draft.kind, draft.values, .imported, salt: $0) }
        #expect(Array(buffer.bytes.prefix(17)) == [0] + salt)
        #expect(Array(buffer.saltedPayload) == Array(buffer.bytes.dropFirst()))
        let text = String(decoding: buffer.bytes.dropFirst(17), as: UTF8.self)
        #expect(
            text == #"{"content":{"at":"1970-01-01T00:00:00Z","baseline":1e+21,"cardDigest":"\#(digest("abc"))","id":"a\"b","#
                + #""intents":["x","é"],"snapshot":7,"userFacing":false},"kind":"agent","origin":"imported"}"#)
        #expect(String(decoding: CanonicalJSON.bytes(of: try JSONReader.read(text).json), as: UTF8.self) == text)
    }
}
