import RungPattern
import Testing

@Suite("A pattern")
struct PatternTests {
    @Test("finds the leftmost match with its byte range and groups")
    func firstMatch() throws {
        let match = try Pattern("([a-z]+)-(\\d+)(!)?").firstMatch(in: "order AB refund-42 refund-43")
        #expect(match == Pattern.Match(range: 9..<18, text: "refund-42", groups: ["refund", "42", nil]))
    }

    @Test("gives nil where nothing matches")
    func noMatch() throws {
        #expect(try Pattern("refund").firstMatch(in: "order") == nil)
    }

    @Test("may match nothing at all, even in an empty text")
    func emptyMatch() throws {
        #expect(try Pattern("x*").firstMatch(in: "") == Pattern.Match(range: 0..<0, text: "", groups: []))
    }

    @Test("counts offsets in UTF-8 bytes and reads scalars of every script")
    func unicode() throws {
        let match = try Pattern("(\\w+) (.)$").firstMatch(in: "→ Größe 🙂")
        #expect(match == Pattern.Match(range: 4..<16, text: "Größe 🙂", groups: ["Größe", "🙂"]))
    }

    @Test("sets a group inside an alternative that was not taken to nil")
    func untakenGroup() throws {
        #expect(try Pattern("(a)|(b)").firstMatch(in: "b")?.groups == [nil, "b"])
    }

    @Test(
        "honours its options",
        arguments: [
            ("straße", Pattern.Options.caseInsensitive, "STRAßE", true),
            ("straße", [], "STRAßE", false),
            ("^b$", .multiline, "a\nb\nc", true),
            ("^b$", [], "a\nb\nc", false),
            ("a.b", .dotMatchesNewline, "a\nb", true),
            ("a.b", [], "a\nb", false),
            ("a(?i)b|c", [], "C", true),
        ] as [(String, Pattern.Options, String, Bool)])
    func options(source: String, options: Pattern.Options, text: String, matches: Bool) throws {
        #expect(try (Pattern(source, options: options).firstMatch(in: text) != nil) == matches)
    }

    @Test("keeps verbs that steer the search")
    func steeringVerbs() throws {
        #expect(try Pattern("bad\\w*(*SKIP)(*FAIL)|\\w+").firstMatch(in: "badly good")?.text == "good")
        #expect(try Pattern("a(*COMMIT)b").firstMatch(in: "acab") == nil)
        #expect(try Pattern("\\Gb").firstMatch(in: "ab") == nil)
    }

    @Test("serves many tasks at once")
    func concurrency() async throws {
        let pattern = try Pattern("id-(\\d+);")
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var sum = 0
                    for number in 0..<500 {
                        let match = try pattern.firstMatch(in: "worker \(worker) wrote id-\(number);")
                        sum += match.flatMap { $0.groups[0] }.flatMap { Int($0) } ?? -1
                    }
                    return sum
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 8 * 124_750)
    }
}
