import RungText
import Testing

@Suite struct ValuePathTests {
    /// The document and pointers of RFC 6901, section 5, with what section 5 says they evaluate to.
    @Test(arguments: [
        ("/foo", "[\"bar\",\"baz\"]"), ("/foo/0", "\"bar\""), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"), ("/g|h", "4"),
        ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
    ])
    func `pointers are those of RFC 6901`(_ path: String, _ expected: String) throws {
        let document = try JSONReader.read(
            #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#
        ).json
        #expect(try ValuePath(path).value(in: document).map(JSONText.compact) == expected)
        #expect(try ValuePath("").value(in: document) == document)
    }

    @Test(arguments: [
        ("a.b[0].c", ["a", "b", "0", "c"]), ("a", ["a"]), ("[1]", ["1"]), ("a[0][12]", ["a", "0", "12"]), ("a.0", ["a", "0"]),
        ("ключ.b", ["ключ", "b"]),
    ])
    func `dotted paths name keys and indices`(_ path: String, _ steps: [String]) throws { #expect(try ValuePath(path).steps == steps) }

    @Test(arguments: ["/b", "/a/2", "/a/01", "/a/-", "/a/x", "/a/0/y", "/s/0", "/a/99999999999999999999", "a[2]"])
    func `what is not there is nil`(_ path: String) throws {
        let document: JSONValue = ["a": [1, 2], "s": "text"]
        #expect(try ValuePath(path).value(in: document) == nil)
    }

    @Test(arguments: [
        ("$.a", "paths do not start with \"$\"; write rows[0].name or /rows/0/name"),
        ("a..b", "a key between dots is empty; write keys with dots in them as a pointer such as /a.b/c"),
        ("a.", "a key between dots is empty; write keys with dots in them as a pointer such as /a.b/c"),
        ("a.[0]", "a key between dots is empty; write keys with dots in them as a pointer such as /a.b/c"),
        ("a[x]", "brackets hold a list index, as in rows[0]; write other keys as a pointer such as /rows/0"),
        ("a[]", "brackets hold a list index, as in rows[0]; write other keys as a pointer such as /rows/0"),
        ("a[0", "brackets hold a list index, as in rows[0]; write other keys as a pointer such as /rows/0"),
        ("a[0]b", "brackets hold a list index, as in rows[0]; write other keys as a pointer such as /rows/0"),
        ("a]", "a bracket is closed that was not opened"),
        ("/a~2", "in a pointer \"~\" is written \"~0\" and \"/\" inside a key \"~1\""),
        ("/a~", "in a pointer \"~\" is written \"~0\" and \"/\" inside a key \"~1\""),
    ])
    func `what is no path says why`(_ path: String, _ reason: String) {
        #expect(throws: ValuePath.Invalid(reason: reason)) { try ValuePath(path) }
    }

    @Test(arguments: [
        ("/a", #"{"b":{"c":1,"d":[1,2]}}"#), ("/b/c", #"{"a":0,"b":{"d":[1,2]}}"#), ("/b/d/1", #"{"a":0,"b":{"c":1,"d":[1,null]}}"#),
        ("/A", #"{"a":0,"b":{"c":1,"d":[1,2]}}"#), ("/x", #"{"a":0,"b":{"c":1,"d":[1,2]}}"#), ("/a/x", #"{"a":0,"b":{"c":1,"d":[1,2]}}"#),
        ("", "null"),
    ])
    func `removing takes out one place`(_ path: String, _ expected: String) throws {
        let document: JSONValue = ["a": 0, "b": ["c": 1, "d": [1, 2]]]
        #expect(JSONText.compact(try ValuePath(path).removed(from: document)) == expected)
    }

    @Test func `objects that removing empties go too`() throws {
        let document: JSONValue = ["a": ["b": ["c": 1]], "z": 2]
        #expect(try ValuePath("/a/b/c").removed(from: document) == ["z": 2])
    }

    @Test func `a key at the top may have any characters`() {
        #expect(ValuePath(key: "a/b.c").value(in: ["a/b.c": 1]) == 1)
    }
}
