import RungText
import Testing

@testable import RungEvidence

struct FlatParserTests {
    static let now = Timestamp(seconds: 1_790_000_000)

    static let whole = EvidenceLines.oneOfEach.first { $0.hasPrefix(#"{"kind":"interaction""#) } ?? ""

    /// What the reader of all shapes makes of a line, and the leaf of it; nil when it would refuse it.
    func general(_ line: String) -> (values: [FieldValue], leaf: [UInt8])? {
        guard let node = try? JSONReader.read(line), node["kind"]?.string == "interaction",
            let draft = RecordParser(.interaction).draft(from: node, ignored: { _ in }),
            zip(draft.kind.fields, draft.values).allSatisfy({ field, value in
                if case .time = field.storage, let time = value.time { time <= Self.now && time.seconds >= 0 } else { true }
            })
        else { return nil }
        var buffer = PayloadBuffer()
        [UInt8](repeating: 7, count: 16).withUnsafeBytes { buffer.leaf(.interaction, draft.values, .imported, salt: $0) }
        return (draft.values, Array(buffer.bytes))
    }

    /// The same of the flat reader; nil when it gives up.
    func flat(_ line: String, _ parser: FlatParser) -> (values: [FieldValue], leaf: [UInt8])? {
        var line = line
        return line.withUTF8 { bytes in
            guard parser.parse(bytes) else { return nil }
            let values = parser.record.columns.map { column -> FieldValue in
                switch column.form {
                case .absent: .null
                case .text: .text(String(decoding: column.text, as: UTF8.self))
                case .integer, .flag, .time: .integer(column.integer)
                case .real: .real(column.real)
                }
            }
            var buffer = PayloadBuffer()
            [UInt8](repeating: 7, count: 16).withUnsafeBytes { buffer.leaf(parser.record, .imported, salt: $0) }
            return (values, Array(buffer.bytes))
        }
    }

    @Test func commonLinesAreRead() throws {
        let parser = FlatParser(.interaction, now: Self.now)
        let lines = [
            Self.whole, Self.whole.split(separator: ",").joined(separator: ", "),
            Self.whole.split(separator: ":\"").joined(separator: ": \""),
            #" { "kind" : "interaction" , "id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","outcome":null } "#,
            #"{"kind":"interaction","environment":"production","at":"2026-01-02T03:04:05Z","agentId":"a","id":"i","cost":0.0100,"latencyMs":12}"#,
            #"{"kind":"interaction","environment":"production","at":"2026-01-02","agentId":"a","id":"i","cost":0.000000123,"latencyMs":0}"#,
        ]
        for line in lines {
            let found = try #require(flat(line, parser), "\(line)")
            let expected = try #require(general(line))
            #expect(found.values == expected.values)
            #expect(found.leaf == expected.leaf)
        }
    }

    static let unusual = [
        #"{"id":"i","kind":"interaction","agentId":"a","at":"2026-01-02","environment":"pilot"}"#,
        #"{"kind":"interaction ","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot"}"#,
        #"{"kind":"interaction","kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot"}"#,
        #"{"kind":"interaction","id":"i","id":"j","agentId":"a","at":"2026-01-02","environment":"pilot"}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"staging"}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","outcome":""}"#,
        #"{"kind":"interaction","id":"i","agentId":" ","at":"2026-01-02","environment":"pilot"}"#,
        #"{"kind":"interaction","id":"\u0069","agentId":"a","at":"2026-01-02","environment":"pilot"}"#,
        #"{"kind":"interaction","id":"é","agentId":"a","at":"2026-01-02","environment":"pilot"}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-02-30","environment":"pilot"}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2096-01-02","environment":"pilot"}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"1969-12-31","environment":"pilot"}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","releaseId":"r"}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","cost":1e3}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","cost":-1}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","cost":01}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","cost":-0}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","cost":"1"}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","cost":1234567890123456}"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot"} x"#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02","environment":"pilot","#,
        #"{"kind":"interaction","id":"i","agentId":"a","at":"2026-01-02"}"#, #"{"kind":"scan"}"#, "{}", "",
    ]

    @Test(arguments: unusual)
    func whatIsUnusualIsLeftToTheOtherReader(line: String) {
        #expect(flat(line, FlatParser(.interaction, now: Self.now)) == nil)
    }

    /// Changes of one or two bytes of lines, among them those that make them wrong.
    @Test func whateverTheFlatReaderTakesTheOtherTakesWithTheSameBytes() throws {
        var state: UInt64 = 7
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let parser = FlatParser(.interaction, now: Self.now)
        let alphabet = Array(#" "{}[]:,.\0123456789eE+-tfnabzTZ"#.utf8) + [9, 13, 31, 127, 195]
        var taken = 0
        for round in 0..<30_000 {
            var bytes = Array(Self.whole.utf8)
            for _ in 0...draw(2) {
                let place = draw(bytes.count)
                switch draw(4) {
                case 0: bytes[place] = alphabet[draw(alphabet.count)]
                case 1: bytes.insert(alphabet[draw(alphabet.count)], at: place)
                case 2: bytes.remove(at: place)
                default: bytes[place] = UInt8(draw(256))
                }
            }
            guard let line = String(validating: bytes, as: UTF8.self), let found = flat(line, parser) else { continue }
            taken += 1
            let expected = try #require(general(line), "round \(round): \(line)")
            #expect(found.values == expected.values, "\(line)")
            #expect(found.leaf == expected.leaf, "\(line)")
        }
        #expect(taken > 1_000)
    }

    @Test func wordsKeepTheirNumbersHoweverManyThereAre() {
        let table = WordTable()
        func word(_ number: Int) -> [UInt8] { Array("word \(number)".utf8) }
        for number in 0..<60_000 {
            word(number).withUnsafeBufferPointer { if table.code(of: $0) == nil { table.insert($0, Int64(number)) } }
        }
        #expect(table.count == 10_000)
        for number in 50_000..<60_000 { #expect(word(number).withUnsafeBufferPointer { table.code(of: $0) } == Int64(number)) }
        #expect(word(1).withUnsafeBufferPointer { table.code(of: $0) } == nil)
    }

    @Test func aFilterNeverDeniesWhatWasAdded() {
        let filter = HashFilter(capacity: 4_000)
        let hashes = (0..<4_000).map { InteractionIdentifier.hash("id \($0)") }
        for hash in hashes { filter.insert(hash) }
        #expect(hashes.allSatisfy(filter.mayContain))
        let wrong = (0..<10_000).filter { filter.mayContain(InteractionIdentifier.hash("other \($0)")) }.count
        #expect(wrong < 1_000)
    }
}
