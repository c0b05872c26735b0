import RungCore
import Testing

@testable import RungGrading

@Suite struct CallMatchingDiffTests {
    @Test func `in any order likely pairs stand together, then what is missing, then what is extra`() throws {
        let judgement = try judge(
            #"{"kind":"tool-calls","relation":"same-calls-any-order","expected":[{"name":"gone"},{"name":"t","arguments":{"a":1}},{"name":"ok"}]}"#,
            subject(transcript(calls: #"[{"name":"more","arguments":{}},{"name":"ok","arguments":{}},{"name":"t","arguments":{"a":2}}]"#)))
        #expect(judgement.diff == "-t({\"a\":1})\n+t({\"a\":2})\n-gone()\n+more({})")
    }

    @Test func `in order matched calls are counted in their place`() throws {
        let judgement = try judge(
            #"{"kind":"tool-calls","expected":[{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"}]}"#,
            subject(transcript(calls: #"[{"name":"a"},{"name":"b"},{"name":"x"},{"name":"d"},{"name":"e"}]"#)))
        #expect(judgement.diff == " (2 matched calls)\n-c()\n+x({})\n (1 matched call)\n+e({})")
    }

    @Test func `a diff has at most forty lines of bounded length`() throws {
        let long = String(repeating: "x", count: 500)
        let made = (0..<60).map { #"{"name":"t","arguments":{"a":"\#(long)\#($0)"}}"# }.joined(separator: ",")
        let judgement = try judge(#"{"kind":"tool-calls","expected":[]}"#, subject(transcript(calls: "[\(made)]")))
        let lines = judgement.diff?.split(separator: "\n") ?? []
        #expect(lines.count == 40)
        #expect(lines.last == "… (21 more lines)")
        #expect(lines.allSatisfy { $0.count < 240 })
    }

    @Test func `lists of calls are bounded`() {
        #expect(CallMatching.list([]) == "no calls")
        #expect(CallMatching.list(["a()", "b()"]) == "a()\nb()")
        #expect(CallMatching.list([String](repeating: "a()", count: 1_200)).hasSuffix("a()\n… (1,100 more calls)"))
    }
}
