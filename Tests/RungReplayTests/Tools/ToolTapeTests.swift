import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct ToolTapeTests {
    private static func tape(_ calls: [ToolExchange], normalizers: [Normalizer] = []) -> ToolTape {
        var cassette = Cassette(provenance: .init(scenario: "s", recorder: "test"), normalizers: normalizers, tools: calls)
        cassette.toolset = [ToolDefinition(name: "lookup", description: "Looks up.", inputSchema: ["type": "object"])]
        return ToolTape(cassette, rules: MatchRules(normalizers))
    }

    private static let calls = [
        ToolExchange(name: "lookup", arguments: ["order": "7", "deep": ["a": 1]], result: "first"),
        ToolExchange(name: "lookup", arguments: ["order": "8", "deep": ["a": 1]], result: "other"),
        ToolExchange(name: "lookup", arguments: ["deep": ["a": 1], "order": "7"], result: "second"),
        ToolExchange(name: "cancel", arguments: .null, result: "no", isError: true),
    ]

    @Test func `the same call is answered in the order of its recordings, whatever the order of members`() throws {
        let tape = Self.tape(Self.calls)
        var cursor = ToolCursor()
        func next(_ name: String, _ arguments: JSONValue) throws -> JSONValue {
            try cursor.next(name, arguments, in: tape, repeats: false).get().result
        }
        #expect(try next("lookup", ["deep": ["a": 1], "order": "7"]) == "first")
        #expect(try next("lookup", ["order": "8", "deep": ["a": 1]]) == "other")
        #expect(cursor.unused(in: tape) == [2, 3])
        #expect(try next("lookup", ["order": "7", "deep": ["a": 1]]) == "second")
        #expect(try next("cancel", .null) == "no")
        #expect(cursor.unused(in: tape).isEmpty)
        let miss = #expect(throws: ToolMiss.self) { try next("lookup", ["order": "7", "deep": ["a": 1]]) }
        #expect(miss?.explanation.message == "CALL lookup was recorded 2 times and is asked for once more (last one lookup)")
    }

    @Test func `a call that was not recorded is held against the nearest one`() throws {
        let tape = Self.tape(Self.calls)
        var cursor = ToolCursor()
        let near = #expect(throws: ToolMiss.self) {
            try cursor.next("lookup", ["order": "8", "deep": ["a": 2]], in: tape, repeats: false).get()
        }
        #expect(
            near?.explanation.message == "no recording of this CALL lookup; the nearest, call 2 differs at /deep/a: recorded 1, received 2")
        let far = #expect(throws: ToolMiss.self) { try cursor.next("pay", .null, in: tape, repeats: false).get() }
        #expect(far?.explanation.message == "no recording of CALL pay; recorded are lookup, cancel")
    }

    @Test func `the explanation of a call shows no secret`() throws {
        let tape = Self.tape([ToolExchange(name: "login", arguments: ["password": "[redacted:password]", "user": "bob"], result: "ok")])
        var cursor = ToolCursor()
        let miss = #expect(throws: ToolMiss.self) {
            try cursor.next("login", ["password": "hunter2-of-mine", "user": "alice"], in: tape, repeats: false).get()
        }
        let message = try #require(miss?.explanation.message)
        #expect(!message.contains("hunter2"))
        #expect(message.contains(#"differs at /user: recorded "bob", received "alice""#), "\(message)")
    }

    @Test func `an argument that is called like something volatile of a model's interface means what it says`() throws {
        var cassette = Cassette(provenance: .init(scenario: "s", recorder: "test"), normalizers: Normalizer.standard)
        cassette.tools = [ToolExchange(name: "cancel", arguments: ["request_id": "A", "timestamp": 1], result: "cancelled A")]
        let session = ToolSession(ReplayTape(CassetteIndex(cassette, file: "c.jsonl")))
        func call(_ id: String) -> String? {
            let message =
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"cancel","arguments":{"request_id":"\#(id)","timestamp":1}}}"#
            return session.answer(Array(message.utf8))
        }
        #expect(call("B")?.contains("differs at /request_id") == true)
        #expect(call("A")?.contains("cancelled A") == true)
        #expect(session.report.findings.count == 1 && session.report.answered == 1)
    }

    @Test func `a server beside a developer starts over`() throws {
        let tape = Self.tape(Self.calls)
        var cursor = ToolCursor()
        let results = try (0..<3).map { _ in
            try cursor.next("lookup", ["order": "7", "deep": ["a": 1]], in: tape, repeats: true).get().result
        }
        #expect(results == ["first", "second", "first"])
    }

    @Test func `tools that were called without being on offer are offered`() {
        #expect(Self.tape(Self.calls).toolset.map(\.name) == ["lookup", "cancel"])
    }

    @Test func `arguments with a secret are those that were recorded without it`() throws {
        let secret = "sk-proj-" + String(repeating: "aB3dE5fG", count: 6)
        let rules = MatchRules([])
        let body = Array(JSONText.compact(["key": .string(secret)]).utf8)
        let redacted = try JSONReader.read(try #require(rules.redacted(body))).json
        #expect(redacted != ["key": .string(secret)])
        let tape = Self.tape([ToolExchange(name: "lookup", arguments: redacted, result: "found")])
        var cursor = ToolCursor()
        #expect(try cursor.next("lookup", ["key": .string(secret)], in: tape, repeats: false).get().result == "found")
    }
}
