import RungWire
import Testing

struct AnswerReaderTests {
    @Test(arguments: AnswerSample.all)
    func `answers are read as they are meant`(sample: AnswerSample) {
        #expect(sample.read() == sample.answer)
    }

    @Test(arguments: AnswerSample.all)
    func `where an answer is cut changes nothing`(sample: AnswerSample) {
        for cut in 0...sample.body.count { #expect(sample.read(cutAt: [cut]) == sample.answer, "cut at \(cut)") }
        #expect(sample.read(cutAt: Array(0..<sample.body.count)) == sample.answer, "byte by byte")
        var random = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            let cuts = (0..<5).map { _ in Int.random(in: 0...sample.body.count, using: &random) }
            #expect(sample.read(cutAt: cuts) == sample.answer, "cut at \(cuts)")
        }
    }

    @Test(arguments: AnswerSample.all)
    func `errors show nothing of what was asked or answered`(sample: AnswerSample) {
        let text = sample.read().error?.description ?? ""
        for word in ["prompt", "secret", "half", "slow down", "llama"] { #expect(!text.contains(word)) }
    }

    @Test func `what happened is told in a sentence`() {
        #expect(ModelAnswerError(.refused(status: 429), codes: ["a", "b"]).description == "the provider answered with status 429 (a, b)")
        #expect(ModelAnswerError(.reported).description == "the provider reported an error")
        #expect(ModelAnswerError(.cutOff).description == "the stream ended before the answer was complete")
    }

    @Test func `an empty answer of a stream is cut off, that of plain HTTP is not`() {
        let request = WireRequest(method: "POST", url: "https://api.openai.com/v1/responses")
        let stream = AnswerReader.read(request, status: 200, headers: ["content-type": "text/event-stream"], body: [])
        #expect(stream.answer == ModelAnswer(error: ModelAnswerError(.cutOff)) && stream.isStreamed)
        let plain = AnswerReader.read(request, status: 200, headers: ["content-type": "application/json"], body: [])
        #expect(plain.answer == ModelAnswer() && !plain.isStreamed)
    }

    @Test func `an event beyond the limit ends the answer with its reason`() {
        var reader = AnswerReader(
            WireRequest(method: "POST", url: "https://x/v1/chat/completions"), status: 200, headers: ["content-type": "text/event-stream"],
            limit: 100)
        reader.push(Array(#"data: {"choices":[{"index":0,"delta":{"content":"a"}}]}"#.utf8) + [10, 10])
        reader.push(Array(repeating: 120, count: 101))
        let answer = reader.finish()
        #expect(answer.outputs.map(\.text) == ["a"])
        #expect(answer.error?.description == "an event of the stream is longer than 100 bytes (at byte 57)")
    }

    /// Bytes changed, left out, doubled and moved: whatever comes, an answer comes out, and the same one for any cuts.
    @Test(arguments: AnswerSample.all)
    func `garbage is an answer with an error, or another answer, and never a crash`(sample: AnswerSample) {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<60 {
            var broken = sample
            for _ in 0..<Int.random(in: 1...6, using: &random) where !broken.body.isEmpty {
                let place = Int.random(in: 0..<broken.body.count, using: &random)
                let end = min(broken.body.count, place + Int.random(in: 1...40, using: &random))
                switch Int.random(in: 0..<4, using: &random) {
                case 0: broken.body[place] = UInt8.random(in: 0...255, using: &random)
                case 1: broken.body.removeSubrange(place..<end)
                case 2: broken.body.insert(contentsOf: broken.body[place..<end], at: place)
                default: broken.body[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                }
            }
            let whole = broken.read()
            let cut = Int.random(in: 0...broken.body.count, using: &random)
            #expect(broken.read(cutAt: [cut]) == whole)
        }
    }
}

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
