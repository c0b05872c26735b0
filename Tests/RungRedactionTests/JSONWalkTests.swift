import Foundation
import RungRedaction
import Testing

@Suite struct JSONWalkTests {
    private let redactor = Redactor.standard

    @Test(arguments: Secrets.all()) func `a secret in a JSON string is replaced, and the text stays JSON`(
        _ rule: String, _ secret: String
    ) throws {
        for text in ["\(secret)", "line\n\(secret)\ttab", "\"quoted\" \(secret)", "é\u{1F600} \(secret)"] {
            let json = try String(decoding: JSONEncoder().encode(["k": [text, "other"]]), as: UTF8.self)
            let found = redactor.redactJSON(json)
            #expect(found.counts == [rule: 1])
            let read = try JSONDecoder().decode([String: [String]].self, from: Data(found.text.utf8))
            #expect(read == ["k": [redactor.redact(text).text, "other"]])
        }
    }

    @Test(arguments: [
        (#"{"password":"x y","n":1}"#, #"{"password":"[redacted:password]","n":1}"#),
        (#"{"api_key" : "a1b2c3d4e5f6"}"#, #"{"api_key" : "[redacted:api-secret]"}"#),
        (#"{"headers":{"authorization":"Bearer abc123def456ghi7"}}"#, #"{"headers":{"authorization":"Bearer [redacted:authorization]"}}"#),
        (#"{"card":4111111111111111,"x":[4111111111111111]}"#, #"{"card":"[redacted:card]","x":["[redacted:card]"]}"#),
        (#"["mail \u0061da@example.com"]"#, #"["mail [redacted:email]"]"#),
        (#"{"secret":{"name":"harmless"},"b":"c"}"#, #"{"secret":{"name":"harmless"},"b":"c"}"#),
        (#"{"password":null,"token":"short"}"#, #"{"password":null,"token":"short"}"#),
        (#"{"at":"2026-09-30T12:00:00Z","n":1790769600,"f":-4111111111111111,"g":4.111111111111111}"#, ""),
        (#"[["a","b",true,["x"],"","","+ \"q\""]]"#, ""), ("", ""), ("\"", ""), ("{\"a\":\"b", ""), ("\"\\", ""), ("\"\\u12", ""),
    ])
    func `values are replaced by what they and their names are`(_ json: String, _ expected: String) {
        #expect(redactor.redactJSON(json).text == (expected.isEmpty ? json : expected))
    }
}
