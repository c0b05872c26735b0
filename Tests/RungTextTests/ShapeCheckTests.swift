import RungText
import Testing

private func problems(_ text: String, _ shape: Shape, name: String = "the document") throws -> [String] {
    var diagnostics = Diagnostics()
    shape.check(try YAMLReader.read(text), file: "f.yaml", name: name, into: &diagnostics)
    return diagnostics.all.map(\.text)
}

private let judge = ObjectShape(
    "judge", "Asks a model.",
    [
        .required("model", .text, "which model answers"),
        .optional("votes", .integer(1...9), "how many answers"),
    ])

private let contains = ObjectShape(
    "contains", "Looks for text.", [.required("text", .either([.text, .array(.text, atLeast: 1)]), "what to find")])

private let suite = Shape.object(
    ObjectShape(
        "Suite", "A suite.",
        [
            .required("name", .identifier, "the name of the suite"),
            .optional("trials", .count, "how often"),
            .optional("max-tokens", .count, "budget"),
            .optional("graders", .array(.tagged(by: "kind", [judge, contains]), atLeast: 1), "what decides"),
            .optional("labels", .map(.text), "free keys"),
        ]))

@Suite struct ShapeCheckTests {
    @Test(
        "a value of the wrong kind is named with what was found and expected",
        arguments: [
            (Shape.bool, "yes", "the document must be true or false, found string yes"),
            (.text, "[1]", "the document must be text that is not empty, found array [1]"),
            (.text, "''", "the document must be text that is not empty, found string "),
            (.text, "~", "the document must be text that is not empty, found nothing"),
            (.freeText, "{}", "the document must be text, found object {}"),
            (.count, "x", "the document must be a whole number, found string x"),
            (.count, "1.5", "the document must be a whole number from 0 to 2147483647, found number 1.5"),
            (.integer(1...9), "10", "the document must be a whole number from 1 to 9, found number 10"),
            (.share, "1.01", "the document must be a number from 0.0 to 1.0, found number 1.01"),
            (.share, "half", "the document must be a number, found string half"),
            (.texts, "a", "the document must be a list, found string a"),
            (.map(.any), "a", "the document must be a mapping, found string a"),
            (suite, "a", "the document must be a mapping, found string a"),
            (.tagged(by: "kind", [judge]), "a", "the document must be a mapping with \"kind\", found string a"),
            (
                .identifier, "-a",
                "the document must be an identifier (letters, digits, \".\", \"_\", \"-\", \"/\", \":\"; at most 200), found string -a"
            ),
            (
                .timestamp, "2026-02-30",
                "the document must be a UTC time such as 2026-09-30T12:00:00Z, or a date, found string 2026-02-30"
            ),
            (.duration, "5 min", "the document must be a duration such as 500ms, 30s, 5m, 2h or 7d, found string 5 min"),
            (.digest, "sha256:00", "the document must be a digest (sha256: and 64 hexadecimal digits), found string sha256:00"),
            (.either([.bool, .text]), "[]", "the document must be true or false or text that is not empty, found array []"),
            (.bool, "'0123456789012345678901234567890123456789x'", "the document must be true or false, found a string"),
            (.bool, "\"a\\nb\"", "the document must be true or false, found a string"),
        ] as [(Shape, String, String)])
    func mismatches(shape: Shape, text: String, expected: String) throws {
        #expect(try problems(text, shape) == ["f.yaml:1:1: error: " + expected])
    }

    @Test("a bare number or boolean in the place of text says how to keep it text", arguments: ["1.10", "true"])
    func quotesHint(text: String) throws {
        let kind = text == "true" ? "boolean" : "number"
        #expect(
            try problems("v: \(text)", .map(.text)) == [
                "f.yaml:1:4: error: \"v\" must be text that is not empty, found \(kind) \(text)\n  put it in quotes to make it text"
            ])
    }

    @Test("a word that is not among the known ones suggests the nearest, or lists them")
    func words() throws {
        let shape = Shape.oneOf(["all", "any", "n-of-k"])
        #expect(try problems("al", shape, name: "\"require\"") == ["f.yaml:1:1: error: \"require\" is \"al\"\n  did you mean \"all\"?"])
        #expect(
            try problems("whatever", shape, name: "\"require\"")
                == ["f.yaml:1:1: error: \"require\" is \"whatever\"\n  known here: all, any, n-of-k"])
        #expect(try problems("5", shape).first?.contains("must be one of all, any, n-of-k, found number 5") == true)
        #expect(try problems("any", shape) == [])
    }

    @Test("all problems of a document are reported at once")
    func allAtOnce() throws {
        let text = """
            nam: x
            trials: many
            max_tokens: 5
            graders:
              - kind: judg
              - votes: 3
              - {kind: judge, votes: 12}
              - {kind: contains, text: []}
              - {kind: contains, text: 5}
            labels: {a: 1}
            """
        #expect(
            try problems(text, suite, name: "the suite") == [
                "f.yaml:1:1: error: unknown key \"nam\" in the suite\n  did you mean \"name\"?",
                "f.yaml:2:9: error: \"trials\" must be a whole number, found string many",
                "f.yaml:3:1: error: unknown key \"max_tokens\" in the suite\n  did you mean \"max-tokens\"?",
                "f.yaml:5:11: error: unknown kind \"judg\"\n  did you mean \"judge\"?",
                "f.yaml:6:5: error: an entry of \"graders\" has no \"kind\"\n  add kind: one of judge, contains",
                "f.yaml:7:26: error: \"votes\" must be a whole number from 1 to 9, found number 12",
                "f.yaml:7:5: error: judge has no \"model\"\n  add model: which model answers",
                "f.yaml:8:28: error: \"text\" needs at least 1 entry, found 0",
                "f.yaml:9:28: error: \"text\" must be text that is not empty or a list, found number 5",
                "f.yaml:10:13: error: \"a\" must be text that is not empty, found number 1\n  put it in quotes to make it text",
                "f.yaml:1:1: error: the suite has no \"name\"\n  add name: the name of the suite",
            ])
    }

    @Test("a member that is not required may stand empty; a required one may not")
    func emptyMembers() throws {
        #expect(try problems("name: a\ntrials:\n", suite) == [])
        #expect(
            try problems("name:\n", suite).first?.hasSuffix(", found nothing") == true)
    }

    @Test("values of the right shape have no problems")
    func accepts() throws {
        #expect(try problems("name: a/b:c_1.2-3\ngraders: [{kind: judge, model: m}, {kind: contains, text: [x]}]", suite) == [])
        #expect(try problems("2026-09-30", .timestamp) == [])
        #expect(try problems("1h", .duration) == [])
        #expect(try problems("1.0", .count) == [])
        #expect(try problems("sha256:" + String(repeating: "0f", count: 32), .digest) == [])
        #expect(try problems("anything: [1]", .any) == [])
        #expect(try problems("[]", .either([.text, .texts])) == [])
    }
}
