import RungText
import Testing

@Suite struct JSONReaderFuzzTests {
    @Test("damaged documents are refused or read, and what is read survives writing")
    func mutatedDocuments() throws {
        var random = Mutator(state: 2026)
        var accepted = 0
        for _ in 0..<20_000 {
            let bytes = random.mutate(Self.seeds[Int(random.next() % UInt64(Self.seeds.count))])
            guard let node = try? JSONReader.read(bytes) else { continue }
            accepted += 1
            let value = node.json
            let compact = try JSONReader.read(JSONText.compact(value)).json
            let pretty = try JSONReader.read(JSONText.pretty(value)).json
            let canonical = CanonicalJSON.bytes(of: value)
            try #require(compact == value, "\(String(decoding: bytes, as: UTF8.self))")
            try #require(pretty == value, "\(String(decoding: bytes, as: UTF8.self))")
            try #require(JSONText.compact(compact) == JSONText.compact(value))
            try #require(CanonicalJSON.bytes(of: try JSONReader.read(canonical).json) == canonical)
        }
        #expect(accepted > 1_000, "the mutations are too rough to say anything about accepted text")
        #expect(accepted < 19_000, "the mutations are too mild to say anything about refused text")
    }

    private static let seeds: [[UInt8]] = [
        #"{"case":"refund-1","trial":2,"ok":true,"cost":0.0125,"notes":null,"tags":["a","b"]}"#,
        #"[0,-0,1.5e-7,1E+22,12345678901234567890,{"é":"😀\ud83d\ude00"},[[]],{}]"#,
        "{\n  \"text\": \"line\\nbreak \\u20ac \\\"quoted\\\" \\\\ / end\",\n  \"deep\": [[[[{\"k\": [1, 2, 3]}]]]]\n}\n",
        "\u{FEFF} [true, false, null, \"\", \"caf\u{E9}\", \"cafe\u{301}\"] ",
        "{" + (0..<30).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}",
    ].map { Array($0.utf8) }
}

/// Damages documents in ways that keep many of them close to the grammar; a fixed state gives fixed documents.
private struct Mutator {
    var state: UInt64

    /// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { bound <= 0 ? 0 : Int(next() % UInt64(bound)) }

    mutating func mutate(_ document: [UInt8]) -> [UInt8] {
        var bytes = document
        for _ in 0..<below(4) where !bytes.isEmpty {
            let index = below(bytes.count)
            let end = index + below(min(12, bytes.count - index))
            switch below(6) {
            case 0: bytes[index] = UInt8(truncatingIfNeeded: next())
            case 1: bytes[index] = Self.grammar[below(Self.grammar.count)]
            case 2: bytes.insert(Self.grammar[below(Self.grammar.count)], at: index)
            case 3: bytes.removeSubrange(index..<end)
            case 4: bytes.insert(contentsOf: bytes[index..<end], at: below(bytes.count))
            default: bytes.removeSubrange(below(4) == 0 ? index..<bytes.count : index..<index + 1)
            }
        }
        return bytes
    }

    private static let grammar = Array("{}[]:,\"\\ \n\t0123456789-+.eEtrufalsn\u{1}é".utf8)
}
