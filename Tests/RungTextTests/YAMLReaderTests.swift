import RungText
import Testing

private func problem(_ text: String) -> String? {
    do {
        _ = try YAMLReader.read(text)
        return nil
    } catch {
        return "\(error.position): \(error.message)"
    }
}

@Suite struct YAMLReaderTests {
    @Test(
        "plain scalars are text unless they are null, true, false or a JSON number",
        arguments: [
            ("~", .null), ("null", .null), ("Null", .null), ("", .null), ("true", true), ("False", false), ("TRUE", true),
            ("1", 1), ("-2", -2), ("1.10", .double(1.1)), ("1e3", 1_000), ("0", 0),
            ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("y", "y"), ("tRUE", "tRUE"), ("nil", "nil"),
            ("2026-09-30", "2026-09-30"), ("2026-09-30T12:00:00Z", "2026-09-30T12:00:00Z"), ("12:30:00", "12:30:00"),
            ("1.2.3", "1.2.3"), ("0x1F", "0x1F"), ("0o17", "0o17"), ("012", "012"), ("1_000", "1_000"), ("+1", "+1"),
            (".5", ".5"), ("1.", "1."), (".inf", ".inf"), (".nan", ".nan"), ("-", [.null]), ("-x", "-x"), ("1 2", "1 2"),
            ("\"1.10\"", "1.10"), ("'true'", "true"), ("\"\"", ""), ("'~'", "~"),
            ("!!str 1", "1"), ("!!str true", "true"), ("|\n  1\n", "1\n"), (">-\n  true\n", "true"),
        ] as [(String, JSONValue)])
    func scalars(text: String, expected: JSONValue) throws {
        #expect(try YAMLReader.read(text).json == expected)
    }

    @Test("a plain number keeps its text")
    func numberText() throws {
        #expect(try YAMLReader.read("version: 1.10")["version"]?.number?.text == "1.10")
    }

    @Test("keys are always text, whatever they look like")
    func keys() throws {
        let node = try YAMLReader.read("1: a\ntrue: b\non: c\n\"2\": d\n~: e\n")
        #expect(node.members?.map(\.key) == ["1", "true", "on", "2", "~"])
    }

    @Test("every node has its place, counted in scalars")
    func positions() throws {
        let node = try YAMLReader.read("name: ü\nitems:\n  - a\n  - {é: 1, x: [2]}\n# note\nlast: \"q\"\n")
        let members = try #require(node.members)
        #expect(node.position == .start)
        #expect(members.map { "\($0.position) \($0.value.position)" } == ["1:1 1:7", "2:1 3:3", "6:1 6:7"])
        let entry = try #require(node["items"]?.array?[1])
        #expect(entry.position == SourcePosition(line: 4, column: 5))
        #expect(entry.members?.map { "\($0.position) \($0.value.position)" } == ["4:6 4:9", "4:12 4:15"])
    }

    @Test("Windows line breaks and a byte order mark change no position")
    func lineBreaks() throws {
        let node = try YAMLReader.read("\u{FEFF}a: 1\r\nb: 2\r\n")
        #expect(node.members?.map { "\($0.key) \($0.position)" } == ["a 1:1", "b 2:1"])
    }

    @Test("an empty document is null", arguments: ["", "  \n", "# only a note\n", "---\n", "---\n...\n"])
    func empty(text: String) throws {
        #expect(try YAMLReader.read(text).isNull)
    }

    @Test(
        "what a suite file must not contain is refused with its place",
        arguments: [
            ("a: 1\nb: 2\na: 3\n", "1:1: duplicate key \"a\""),
            ("x:\n  k: 1\n  j: 2\n  k: 3\n", "2:3: duplicate key \"k\""),
            ("1: a\n\"1\": b\n", "1:1: duplicate key \"1\""),
            ("base: &b {k: 1}\nnext:\n  <<: *b\n", "3:3: merge keys (\"<<\") are not supported"),
            ("? [a, b]\n: 1\n", "1:3: a key must be text"),
            ("a: &l [1]\n? *l\n: 1\n", "2:3: a key must be text"),
            ("a: &l {b: 1}\n? [*l]\n: 1\n", "2:3: a key must be text"),
            ("a: !!int 123\n", "1:4: the tag \"tag:yaml.org,2002:int\" is not supported"),
            ("a: !secret x\n", "1:4: the tag \"!secret\" is not supported"),
            ("a: !secret \"x\"\n", "1:4: the tag \"!secret\" is not supported"),
            ("- !!set {a, b}\n", "1:3: the tag \"tag:yaml.org,2002:set\" is not supported"),
            ("- !list [a]\n", "1:3: the tag \"!list\" is not supported"),
            ("!key a: 1\n", "1:1: the tag \"!key\" is not supported"),
            ("a: *missing\n", "1:4: found undefined alias"),
            ("a: [1, 2\n", "2:1: while parsing a flow sequence: did not find expected ',' or ']'"),
            ("a: b: c\n", "1:5: mapping values are not allowed in this context"),
            ("a:\n\t- b\n", "2:1: while scanning for the next token: found character that cannot start any token"),
            ("--- a\n--- b\n", "2:1: expected a single document in the stream: but found another document"),
            ("\"abc\n", "2:1: while scanning a quoted scalar: found unexpected end of stream"),
            ("a: \u{1}\n", "1:1: control characters are not allowed at byte 3"),
        ])
    func refuses(text: String, expected: String) {
        #expect(problem(text) == expected)
    }

    @Test("anchors repeat a value")
    func anchors() throws {
        #expect(try YAMLReader.read("&k 5: &v 5\na: *k\nb: *v\n").json == ["5": 5, "a": "5", "b": 5])
        #expect(try YAMLReader.read("a: &x {k: [1]}\nb: *x\n").json == ["a": ["k": [1]], "b": ["k": [1]]])
    }

    @Test("aliases that multiply are refused before they fill the memory")
    func billionLaughs() {
        var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...12 {
            let aliases = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(problem(text)?.hasSuffix("more than 1000000 nodes after aliases") == true)
    }

    @Test("aliases that multiply are no keys either: comparing them would never end", arguments: ["*a12", "[*a12]", "{k: *a12}"])
    func billionKeys(key: String) {
        var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...12 {
            let aliases = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(problem(text + "z:\n  ? \(key)\n  : 1\n") == "15:5: a key must be text")
    }

    @Test("bytes are told from text where they are allowed")
    func binaries() throws {
        let (node, binaries) = try YAMLReader.readWithBinaries("a: !!binary |\n  aGk=\n  aGk=\nb: aGk=\nc: [!!binary aGk=]\n")
        #expect(node.json == ["a": "aGk=\naGk=\n", "b": "aGk=", "c": ["aGk="]])
        #expect(binaries == [SourcePosition(line: 1, column: 4), SourcePosition(line: 5, column: 5)])
        #expect(problem("a: !!binary aGk=") == "1:4: the tag \"tag:yaml.org,2002:binary\" is not supported")
    }

    @Test("scalars of every style keep their text")
    func styles() throws {
        let text = "a: 'it''s\n\n  two'\nb: |+\n  x\n\nc: >-\n  one\n  two\n\n  three\nd: \"\\U0001F604\\x41 \\\n  on\"\n"
        #expect(try YAMLReader.read(text).json == ["a": "it's\ntwo", "b": "x\n\n", "c": "one two\nthree", "d": "😄A on"])
        let long = String(repeating: "a word and ", count: 20_000)
        #expect(try YAMLReader.read("a: \"\(long)\"")["a"]?.string == long)
    }

    @Test("values nest 128 deep and no deeper")
    func depth() {
        #expect(problem(String(repeating: "[", count: 128) + String(repeating: "]", count: 128)) == nil)
        #expect(
            problem(String(repeating: "[", count: 129) + String(repeating: "]", count: 129))
                == "1:129: nested deeper than 128 levels")
        #expect(problem(String(repeating: "[", count: 100_000)) != nil)
    }
}
