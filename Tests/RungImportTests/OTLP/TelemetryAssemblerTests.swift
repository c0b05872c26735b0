import RungCore
import RungOTLP
import RungText
import Testing

@testable import RungImport

struct TelemetryAssemblerTests {
    /// What a stage holds after requests, and after everything has been waited for.
    private func stage(after requests: [[TelemetrySpan]], settled: Bool = true) throws -> StageDouble {
        let stage = StageDouble()
        for request in requests {
            var assembler = TelemetryAssembler(stage: stage, of: .receiver(nil))
            try assembler.take(SpanSamples.batch(request))
        }
        if settled { try settle(stage, after: [10, 600]) }
        return stage
    }

    private func settle(_ stage: StageDouble, after waits: [Int64]) throws {
        for wait in waits {
            stage.now = stage.now.adding(seconds: wait)
            try TelemetryAssembler.settle(stage: stage) { _ in }
        }
    }

    @Test func `the outermost agent span is the interaction, with model and cost of the calls below`() throws {
        let stage = try stage(after: [
            [
                SpanSamples.chat("c1", below: "ag", cost: 0.25, model: "m1"), SpanSamples.tool("t1", "lookup", below: "ag"),
                SpanSamples.chat("c2", below: "ag", cost: 0.5, from: 5, to: 6, model: "m2"), SpanSamples.agent("ag", "support"),
            ]
        ])
        #expect(
            stage.lines("interaction") == [
                #"{"agentId":"support","at":"2026-09-30T10:00:00Z","cost":0.75,"environment":"production","id":"\#(SpanSamples.trace):\#(SpanSamples.id("ag"))","latencyMs":10000,"modelId":"m2","traceId":"\#(SpanSamples.trace)"}"#
            ])
        #expect(
            stage.lines("toolCall") == [
                #"{"agentId":"support","at":"2026-09-30T10:00:03Z","effect":"write","id":"\#(SpanSamples.trace):\#(SpanSamples.id("t1"))","interactionId":"\#(SpanSamples.trace):\#(SpanSamples.id("ag"))","tool":"lookup","traceId":"\#(SpanSamples.trace)"}"#
            ])
        #expect(stage.pieces.isEmpty)
        #expect(stage.lines("flowStep").isEmpty)
    }

    @Test func `a lone model call is an interaction at once`() throws {
        let stage = try stage(after: [[SpanSamples.chat("c1")]], settled: false)
        #expect(stage.drafts.map(\.name) == ["interaction \(SpanSamples.trace):\(SpanSamples.id("c1"))"])
        #expect(stage.drafts[0]["agentId"] == "shop")
    }

    @Test func `a cost that only some calls tell is not known`() throws {
        let stage = try stage(after: [
            [SpanSamples.chat("c1", below: "ag", cost: 0.25), SpanSamples.chat("c2", below: "ag"), SpanSamples.agent("ag", "support")]
        ])
        #expect(stage.drafts.count == 1)
        #expect(stage.drafts[0]["cost"] == nil)
    }

    @Test func `an agent within another one is a hand-off and a step, not an interaction`() throws {
        let stage = try stage(after: [
            [
                SpanSamples.chat("c1", below: "in", from: 3, to: 4), SpanSamples.agent("in", "billing", below: "ou", from: 2, to: 5),
                SpanSamples.agent("ou", "support"),
            ]
        ])
        #expect(stage.drafts.filter { $0.kind == "interaction" }.map { $0["agentId"] } == ["support"])
        #expect(stage.drafts.filter { $0.kind == "interaction" }.map { $0["modelId"] } == ["m1"])
        let handoff = try #require(stage.drafts.first { $0.kind == "handoff" })
        #expect([handoff["fromAgent"], handoff["toAgent"]] == ["support", "billing"])
        let steps = stage.drafts.filter { $0.kind == "flowStep" }
        #expect(steps.map { $0["agentId"] } == ["support", "billing"])
        #expect(steps.map { $0["parentId"] } == [nil, SpanSamples.id("ou")])
    }

    @Test func `an agent called from another process is an interaction of its own, and linked`() throws {
        let outer = [
            SpanSamples.chat("c1", below: "ou"), SpanSamples.span("http", below: "ou", from: 3, to: 9), SpanSamples.agent("ou", "support"),
        ]
        let inner = [
            SpanSamples.chat("c2", below: "in", from: 5, to: 6),
            SpanSamples.agent("in", "billing", below: "http", remote: true, from: 4, to: 8, service: "billing"),
        ]
        for requests in [[outer, inner], [inner, outer]] {
            let stage = try stage(after: requests)
            #expect(Set(stage.drafts.filter { $0.kind == "interaction" }.map { $0["agentId"] }) == ["support", "billing"])
            let steps = stage.drafts.filter { $0.kind == "flowStep" }
            #expect(
                Dictionary(uniqueKeysWithValues: steps.map { ($0["agentId"], $0["parentId"]) }) == [
                    "support": nil, "billing": SpanSamples.id("ou"),
                ])
            #expect(stage.drafts.count { $0.kind == "handoff" } <= 1)
            #expect(stage.pieces.isEmpty)
        }
    }

    @Test func `model calls below a span of another thing wait for it, and are interactions when it never comes`() throws {
        let stage = try stage(after: [[SpanSamples.chat("c1", below: "web")]], settled: false)
        #expect(stage.drafts.isEmpty)
        try settle(stage, after: [10])
        #expect(stage.drafts.isEmpty)
        try settle(stage, after: [590])
        #expect(stage.drafts.map(\.name) == ["interaction \(SpanSamples.trace):\(SpanSamples.id("c1"))"])
        #expect(stage.pieces.isEmpty)
    }

    @Test func `spans of other things alone are counted and not kept`() throws {
        let stage = StageDouble()
        var assembler = TelemetryAssembler(stage: stage, of: .receiver(nil))
        try assembler.take(SpanSamples.batch([SpanSamples.span("GET /"), SpanSamples.span("GET /", below: "x")]))
        #expect(stage.pieces.isEmpty)
        #expect(assembler.tally.spans == 2)
        #expect(assembler.tally.ignored == ["span GET /": 2])
    }

    @Test func `the same spans again add nothing`() throws {
        let request = [
            SpanSamples.chat("c1", below: "ag", cost: 1), SpanSamples.tool("t1", "x", below: "ag"), SpanSamples.agent("ag", "a"),
        ]
        let once = try stage(after: [request])
        let twice = try stage(after: [request, request])
        #expect(twice.drafts.map(\.name).sorted() == once.drafts.map(\.name).sorted())
        let late = try stage(after: [request])
        var assembler = TelemetryAssembler(stage: late, of: .receiver(nil))
        try assembler.take(SpanSamples.batch([request[0]]))
        try settle(late, after: [10, 600])
        #expect(late.drafts.map(\.name).sorted() == once.drafts.map(\.name).sorted())
    }

    @Test func `a span that comes long after its parent was decided still counts as the parent's`() throws {
        let stage = try stage(after: [[SpanSamples.chat("c1", below: "ag"), SpanSamples.agent("ag", "a")]])
        var assembler = TelemetryAssembler(stage: stage, of: .receiver(nil))
        try assembler.take(SpanSamples.batch([SpanSamples.chat("c2", below: "ag"), SpanSamples.tool("t1", "x", below: "ag")]))
        #expect(stage.drafts.map(\.kind).sorted() == ["interaction", "toolCall"])
        // A grandchild whose parent never came is found by time.
        try assembler.take(SpanSamples.batch([SpanSamples.chat("c3", below: "lost", from: 4, to: 5)]))
        try settle(stage, after: [10, 600])
        #expect(stage.drafts.count { $0.kind == "interaction" } == 1)
    }

    @Test func `traces of two sources never mix`() throws {
        let stage = StageDouble()
        var first = TelemetryAssembler(stage: stage, of: .receiver("one"))
        try first.take(SpanSamples.batch([SpanSamples.agent("ag", "a")]))
        var second = TelemetryAssembler(stage: stage, of: .receiver("two"))
        try second.take(SpanSamples.batch([SpanSamples.chat("c1", below: "ag", model: "forged")]))
        stage.now = stage.now.adding(seconds: 10)
        var told: [SourceID?] = []
        try TelemetryAssembler.settle(stage: stage) { told.append($0) }
        #expect(told == ["one"])
        #expect(stage.drafts.map { $0["modelId"] } == [nil])
    }

    @Test func `spans without a time, or from the future, are refused with the reason`() throws {
        let stage = StageDouble(now: "2026-09-30T09:59:00Z")
        var early = SpanSamples.chat("c1")
        early.startNanoseconds = 0
        var assembler = TelemetryAssembler(stage: stage, of: .receiver(nil))
        try assembler.take(SpanSamples.batch([early, SpanSamples.chat("c2", from: 400, to: 401), SpanSamples.chat("c3")]))
        #expect(assembler.tally.refused == 2)
        #expect(assembler.tally.reasons.keys.sorted() == ["a span begins later than now", "a span has no start time"])
        // A clock that is a minute ahead is put right.
        #expect(stage.drafts.map { $0["at"] } == ["2026-09-30T09:59:00Z"])
    }

    @Test func `spans that are each other's parents end like any others`() throws {
        let stage = try stage(after: [
            [SpanSamples.chat("c1", below: "c2"), SpanSamples.chat("c2", below: "c1"), SpanSamples.agent("ag", "a", below: "ag")]
        ])
        #expect(stage.pieces.isEmpty)
        #expect(stage.drafts.contains { $0.kind == "interaction" })
    }

    @Test func `a trace with too many spans is decided as it is`() throws {
        let spans = (0..<TelemetryAssembler.traceLimit + 1).map { SpanSamples.tool("\($0)", "x", below: "gone") }
        let stage = try stage(after: [spans], settled: false)
        #expect(stage.pieces.isEmpty)
        #expect(!stage.drafts.isEmpty)
    }

    /// 300 random traces, each in a random order and in random pieces.
    @Test func `the pieces in which a trace comes, and their order, change nothing`() throws {
        var random = SplitMix(state: 7)
        for round in 0..<300 {
            let spans = Self.randomTrace(&random)
            let whole = try stage(after: [spans])
            var rest = spans.shuffled(using: &random)
            var requests: [[TelemetrySpan]] = []
            while !rest.isEmpty {
                let count = Int.random(in: 1...rest.count, using: &random)
                requests.append(Array(rest.prefix(count)))
                rest.removeFirst(count)
            }
            if Bool.random(using: &random), let again = requests.randomElement(using: &random) { requests.append(again) }
            let pieces = try stage(after: requests)
            for kind in ["interaction", "toolCall", "handoff", "flowStep"] {
                #expect(pieces.lines(kind) == whole.lines(kind), "round \(round), \(kind)")
            }
            #expect(pieces.pieces.isEmpty)
        }
    }

    /// A tree of spans in which every span runs within its parent.
    private static func randomTrace(_ random: inout SplitMix) -> [TelemetrySpan] {
        var spans = [SpanSamples.agent("root", "a0", from: 0, to: 100)]
        for index in 0..<Int.random(in: 1...8, using: &random) {
            let parent = spans.randomElement(using: &random) ?? spans[0]
            let parentName = parent.name
            let from = UInt64(index + 1)
            let name = "s\(index)"
            switch Int.random(in: 0..<4, using: &random) {
            case 0: spans.append(SpanSamples.agent(name, "a\(index % 3)", below: parentName, from: from, to: 100 - from))
            case 1: spans.append(SpanSamples.tool(name, "t", below: parentName, from: from, to: 100 - from))
            case 2: spans.append(SpanSamples.span(name, below: parentName, from: from, to: 100 - from))
            default:
                let cost = Bool.random(using: &random) ? 0.5 : nil
                spans.append(SpanSamples.chat(name, below: parentName, cost: cost, from: from, to: 100 - from, model: "m\(index)"))
            }
        }
        return spans
    }
}

/// Numbers that look random and are the same every time (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
