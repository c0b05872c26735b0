import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct CallMatchingTests {
    @Test func `the pairing with the most matches is found, not the first that fits`() throws {
        let expected = try calls(#"{"name":"t","arguments":{"a":1}}"#, #"{"name":"t","arguments":{"a":1,"b":2}}"#)
        let matching = try CallMatching.anyOrder(expected, made("t", ["a": 1, "b": 2], ["a": 1]))
        #expect(matching.actualOfExpected == [1, 0])
        #expect(matching.f1 == 1)
    }

    @Test func `two identical expected calls that were both made match completely`() throws {
        let expected = try calls(#"{"name":"t","arguments":{"a":1}}"#, #"{"name":"t","arguments":{"a":1}}"#)
        let matching = try CallMatching.anyOrder(expected, made("t", ["a": 1], ["a": 1]))
        #expect(Set(matching.actualOfExpected) == [0, 1])
        #expect(matching.f1 == 1)
    }

    @Test func `one call matches only one of two identical expected calls`() throws {
        let expected = try calls(#"{"name":"t"}"#, #"{"name":"t"}"#)
        let matching = try CallMatching.anyOrder(expected, made("t", ["a": 1]))
        #expect(matching.matched == 1)
        #expect(matching.f1 == 2.0 / 3)
    }

    @Test func `an unmatched call is paired with the one it resembles most`() throws {
        let expected = try calls(#"{"name":"t","arguments":{"a":1,"b":2,"c":3}}"#)
        let matching = try CallMatching.anyOrder(expected, made("t", ["a": 1], ["a": 1, "b": 2, "c": 4], ["c": 3]))
        #expect(matching.actualOfExpected == [nil])
        #expect(matching.resembling == [0: 1])
        #expect(matching.extra == [0, 1, 2])
    }

    @Test func `a match outweighs every resemblance`() throws {
        // Pairing by resemblance alone would give the first call to the first entry, and lose the second's only match.
        let expected = try calls(#"{"name":"t","arguments":{"a":1,"b":2,"c":9},"mode":"exact"}"#, #"{"name":"t","arguments":{"a":1}}"#)
        let matching = try CallMatching.anyOrder(expected, made("t", ["a": 1, "b": 2]))
        #expect(matching.actualOfExpected == [nil, 0])
    }

    @Test func `tools with other names never match`() throws {
        let matching = try CallMatching.anyOrder(calls(#"{"name":"t"}"#), made("u", [:]))
        #expect((matching.matched, matching.extra, matching.resembling.isEmpty, matching.f1) == (0, [0], true, 0))
    }

    @Test func `nothing expected and nothing made is complete`() throws {
        #expect(try CallMatching.anyOrder([], []).f1 == 1)
        #expect(try CallMatching.inOrder([], []).f1 == 1)
    }

    @Test func `any order finds as many matches as a brute-force search on two thousand random instances`() throws {
        var random = SeededGenerator(state: 77)
        for _ in 0..<2_000 {
            let (expected, actual) = try randomInstance(&random)
            let fits = try expected.map { call in try actual.map { try call.accepts($0) } }
            let matching = try CallMatching.anyOrder(expected, actual)
            #expect(matching.matched == mostPairs(fits, 0, []))
            #expect(Set(matching.actualOfExpected.compactMap(\.self)).count == matching.matched)
            #expect(matching.actualOfExpected.enumerated().allSatisfy { row, column in column.map { fits[row][$0] } ?? true })
        }
    }

    @Test func `in order finds as many matches as a brute-force search on two thousand random instances`() throws {
        var random = SeededGenerator(state: 78)
        for _ in 0..<2_000 {
            let (expected, actual) = try randomInstance(&random)
            let fits = try expected.map { call in try actual.map { try call.accepts($0) } }
            let matching = try CallMatching.inOrder(expected, actual)
            let pairs = matching.actualOfExpected.compactMap(\.self)
            #expect(matching.matched == mostPairsInOrder(fits, 0, 0, actual.count))
            #expect(pairs == pairs.sorted() && Set(pairs).count == pairs.count)
            #expect(matching.actualOfExpected.enumerated().allSatisfy { row, column in column.map { fits[row][$0] } ?? true })
        }
    }

    @Test func `long lists that begin alike are matched however long they are`() throws {
        let expected = [ExpectedCall](repeating: try calls(#"{"name":"t","arguments":{"a":1}}"#)[0], count: 5_000)
        let matching = try CallMatching.inOrder(expected, made("t", [JSONValue](repeating: ["a": 1], count: 5_000) + [["a": 2]]))
        #expect((matching.matched, matching.extra) == (5_000, [5_000]))
    }

    @Test func `a runaway agent is matched, and an absurd number of calls is refused`() throws {
        let expected = try calls(#"{"name":"t","arguments":{"a":1}}"#, #"{"name":"t","arguments":{"a":2}}"#)
        let runaway = made("t", [JSONValue](repeating: ["a": 0], count: 20_000) + [["a": 2], ["a": 1]])
        #expect(try CallMatching.anyOrder(expected, runaway).actualOfExpected == [20_001, 20_000])
        #expect(try CallMatching.inOrder(expected, runaway).matched == 1)
        let many = [ExpectedCall](repeating: expected[0], count: 2_001)
        #expect(throws: CallMatching.Failure.tooManyCalls) { try CallMatching.anyOrder(many, runaway) }
        #expect(throws: CallMatching.Failure.tooManyCalls) { try CallMatching.inOrder(many, runaway) }
    }

    private func calls(_ entries: String...) throws -> [ExpectedCall] {
        var parameters = GraderParameters(Node(.null), file: "suite.yaml")
        let calls = try entries.map { ExpectedCall(try JSONReader.read($0), defaultMode: .partial, &parameters) }
        try parameters.finish()
        return calls
    }

    private func made(_ name: String, _ arguments: JSONValue...) -> [ToolCall] { made(name, arguments) }

    private func made(_ name: String, _ arguments: [JSONValue]) -> [ToolCall] {
        arguments.map { ToolCall(id: nil, name: name, arguments: $0) }
    }

    private func randomInstance(_ random: inout SeededGenerator) throws -> ([ExpectedCall], [ToolCall]) {
        func call(_ random: inout SeededGenerator) -> (String, JSONValue) {
            let keys = ["a", "b"].filter { _ in Bool.random(using: &random) }
            let members = keys.map { JSONValue.Member($0, .int(Int.random(in: 0...1, using: &random))) }
            return (["t", "t", "u"].randomElement(using: &random) ?? "t", .object(members))
        }
        let expected = try (0..<Int.random(in: 0...5, using: &random)).map { _ in
            let (name, arguments) = call(&random)
            return try calls(#"{"name":"\#(name)","arguments":\#(JSONText.compact(arguments))}"#)
        }.flatMap(\.self)
        let actual = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            let (name, arguments) = call(&random)
            return ToolCall(id: nil, name: name, arguments: arguments)
        }
        return (expected, actual)
    }

    private func mostPairs(_ fits: [[Bool]], _ row: Int, _ used: Set<Int>) -> Int {
        guard row < fits.count else { return 0 }
        var best = mostPairs(fits, row + 1, used)
        for column in fits[row].indices where fits[row][column] && !used.contains(column) {
            best = max(best, 1 + mostPairs(fits, row + 1, used.union([column])))
        }
        return best
    }

    private func mostPairsInOrder(_ fits: [[Bool]], _ row: Int, _ from: Int, _ columns: Int) -> Int {
        guard row < fits.count else { return 0 }
        var best = mostPairsInOrder(fits, row + 1, from, columns)
        for column in from..<max(from, columns) where fits[row][column] {
            best = max(best, 1 + mostPairsInOrder(fits, row + 1, column + 1, columns))
        }
        return best
    }
}
