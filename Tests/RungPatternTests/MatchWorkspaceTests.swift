import Testing

@testable import RungPattern

@Suite("A match workspace")
struct MatchWorkspaceTests {
    @Test("is as good as new after a search that hit a limit")
    func reuse() throws {
        let greedy = try Pattern("^(a+)+$")
        let plain = try Pattern("b$")
        for _ in 0..<4 {
            #expect(throws: PatternError.limitExceeded) {
                try greedy.firstMatch(in: String(repeating: "a", count: 1_000) + "!")
            }
            #expect(try plain.firstMatch(in: "ab")?.range == 1..<2)
        }
    }

    @Test("belongs to one search at a time")
    func exclusive() throws {
        let first = try #require(MatchWorkspace.borrow())
        let second = try #require(MatchWorkspace.borrow())
        #expect(first !== second)
        first.giveBack()
        second.giveBack()
    }
}
