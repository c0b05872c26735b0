import RungRedaction
import Testing

@Suite struct RedactionStreamTests {
    private static func streamed(_ text: String, pieces: Int, overlap: Int = 1_024) -> (text: String, counts: [String: Int]) {
        var stream = RedactionStream(.standard, overlap: overlap)
        var output: [UInt8] = []
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let end = min(start + pieces, bytes.count)
            output += stream.append(bytes[start..<end])
            start = end
        }
        output += stream.finish()
        return (String(decoding: output, as: UTF8.self), stream.counts)
    }

    @Test(arguments: [1, 7, 100, 1_000, 5_000]) func `a text in pieces is redacted like the text in one piece`(_ pieces: Int) {
        var text = ""
        for (number, secret) in Secrets.all(seed: 7).enumerated() {
            text += String(repeating: "harmless words, größer than before, ", count: 5 + number) + secret.secret + " and "
        }
        for (_, named, secret) in Secrets.named(seed: 7) {
            text += named.replacing("{}", with: secret) + "\n" + String(repeating: "so ", count: 90)
        }
        let whole = Redactor.standard.redact(text)
        let streamed = Self.streamed(text, pieces: pieces)
        #expect(streamed.text == whole.text)
        #expect(streamed.counts == whole.counts)
        #expect(whole.counts.values.reduce(0, +) == Secrets.all().count + Secrets.named().count)
    }

    @Test func `what is handed out early holds no part of a secret`() {
        let secret = "gh" + "p_" + Secrets.random(36)
        for offset in 0..<64 {
            var stream = RedactionStream(.standard, overlap: 1_024)
            let text = String(repeating: "a ", count: 1_000 + offset) + secret + String(repeating: " b", count: 1_500)
            var output = ""
            for byte in text.utf8 { output += String(decoding: stream.append(CollectionOfOne(byte)), as: UTF8.self) }
            output += String(decoding: stream.finish(), as: UTF8.self)
            #expect(!output.contains("gh" + "p_") && output.contains("[redacted:github-token]"))
        }
    }

    @Test func `a secret longer than the overlap is swallowed to its end`() {
        let secret = "ey" + "J" + Secrets.random(30) + ".ey" + "J" + Secrets.random(9_000, seed: 2) + "." + Secrets.random(400, seed: 3)
        let streamed = Self.streamed("before " + secret + " after", pieces: 333)
        #expect(streamed.text.hasPrefix("before [redacted:jwt]") && streamed.text.hasSuffix(" after"))
        #expect(streamed.text.utf8.count < 60)
    }

    @Test func `pieces may cut characters`() {
        let text = String(repeating: "größte Überraschung 😀 ", count: 500) + "ada@example.com"
        #expect(Self.streamed(text, pieces: 1).text == Redactor.standard.redact(text).text)
    }
}
