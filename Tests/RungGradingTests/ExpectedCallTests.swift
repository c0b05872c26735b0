import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct ExpectedCallTests {
    @Test(arguments: [
        (#"{"name":"t"}"#, #"{"a":1}"#, true), (#"{"name":"u"}"#, "{}", false),
        (#"{"name":"t","arguments":{}}"#, "{}", true), (#"{"name":"t","arguments":{}}"#, #"{"a":1}"#, false),
        (#"{"name":"t","arguments":{"a":1,"b":[2]}}"#, #"{"b":[2.0],"a":1}"#, true),
        (#"{"name":"t","arguments":{"a":1}}"#, #"{"a":1,"b":2}"#, false),
        (#"{"name":"t","arguments":{"a":1},"mode":"partial"}"#, #"{"a":1,"b":2}"#, true),
        (#"{"name":"t","arguments":{"a":1},"mode":"partial"}"#, #"{"b":2}"#, false),
        (#"{"name":"t","arguments":{"o":{"x":1}},"mode":"partial"}"#, #"{"o":{"x":1,"y":2}}"#, true),
        (#"{"name":"t","arguments":{"l":[{"x":1}]},"mode":"partial"}"#, #"{"l":[{"x":1,"y":2}]}"#, true),
        (#"{"name":"t","arguments":{"l":[1]},"mode":"partial"}"#, #"{"l":[1,2]}"#, false),
        (#"{"name":"t","arguments":{"l":[1,2]},"mode":"partial"}"#, #"{"l":[2,1]}"#, false),
        (#"{"name":"t","arguments":{"a":1},"mode":"ignore"}"#, #"{"a":2}"#, true),
        (#"{"name":"t","arguments":{"a":1}}"#, #""text""#, false),
    ])
    func `modes compare the arguments as a whole`(_ expected: String, _ arguments: String, _ isAccepted: Bool) throws {
        #expect(try accepts(expected, arguments) == isAccepted)
    }

    @Test(arguments: [
        (#"{"name":"t","arguments":{"a":1,"b":{"c":2}},"paths":["/b/c"]}"#, #"{"a":9,"b":{"c":2,"d":3}}"#, true),
        (#"{"name":"t","arguments":{"a":1,"b":{"c":2}},"paths":["b.c","a"]}"#, #"{"a":9,"b":{"c":2}}"#, false),
        (#"{"name":"t","arguments":{"a":1},"paths":["a"]}"#, "{}", false),
    ])
    func `paths compare only the places they name`(_ expected: String, _ arguments: String, _ isAccepted: Bool) throws {
        #expect(try accepts(expected, arguments) == isAccepted)
    }

    @Test(arguments: [
        (#"{"name":"t","patterns":{"/why":"late"}}"#, #"{"why":"too late","x":1}"#, true),
        (#"{"name":"t","patterns":{"/why":"late"}}"#, #"{"why":"broken"}"#, false), (#"{"name":"t","patterns":{"/why":"."}}"#, "{}", false),
        (#"{"name":"t","arguments":{"id":1},"patterns":{"why":"late"}}"#, #"{"id":1,"why":"late"}"#, true),
        (#"{"name":"t","arguments":{"id":1},"patterns":{"why":"late"}}"#, #"{"id":2,"why":"late"}"#, false),
        (#"{"name":"t","arguments":{"id":1},"patterns":{"why":"late"}}"#, #"{"id":1,"why":"late","x":0}"#, false),
        (#"{"name":"t","arguments":{"id":1},"patterns":{"o.why":"late"}}"#, #"{"id":1,"o":{"why":"late"}}"#, true),
        (#"{"name":"t","patterns":{"n":"^1"}}"#, #"{"n":17}"#, true),
    ])
    func `patterns judge their places instead of the comparison`(_ expected: String, _ arguments: String, _ isAccepted: Bool) throws {
        #expect(try accepts(expected, arguments) == isAccepted)
    }

    @Test(arguments: [
        (#"{"name":"t","arguments":{"n":10,"u":"EUR"},"tolerance":{"/n":0.5}}"#, #"{"n":10.5,"u":"EUR"}"#, true),
        (#"{"name":"t","arguments":{"n":10,"u":"EUR"},"tolerance":{"/n":0.5}}"#, #"{"n":9.4,"u":"EUR"}"#, false),
        (#"{"name":"t","arguments":{"n":10,"u":"EUR"},"tolerance":{"/n":0.5}}"#, #"{"n":10,"u":"USD"}"#, false),
        (#"{"name":"t","arguments":{"n":10},"tolerance":{"/n":0.5}}"#, #"{"n":"10"}"#, false),
        (#"{"name":"t","arguments":{"n":10},"tolerance":{"/n":0.5},"mode":"ignore"}"#, #"{"n":11}"#, false),
    ])
    func `numbers may differ by their tolerance`(_ expected: String, _ arguments: String, _ isAccepted: Bool) throws {
        #expect(try accepts(expected, arguments) == isAccepted)
    }

    @Test(arguments: [
        (#"{"name":"t","allowed":{"city":["Bonn","Köln"]}}"#, #"{"city":"Köln"}"#, true),
        (#"{"name":"t","allowed":{"city":["Bonn"]}}"#, #"{"city":"Ulm"}"#, false),
        (#"{"name":"t","allowed":{"city":["Bonn"]}}"#, "{}", false),
        (#"{"name":"t","allowed":{"city":["Bonn"],"unit":["C",""]}}"#, #"{"city":"Bonn"}"#, true),
        (#"{"name":"t","allowed":{"city":["Bonn"],"unit":["C",""]}}"#, #"{"city":"Bonn","unit":"F"}"#, false),
        (#"{"name":"t","allowed":{"city":["Bonn"]}}"#, #"{"city":"Bonn","x":1}"#, false),
        (#"{"name":"t","allowed":{"city":["Bonn"]},"mode":"partial"}"#, #"{"city":"Bonn","x":1}"#, true),
        (#"{"name":"t","arguments":{"id":1},"allowed":{"n":[1,2]}}"#, #"{"id":1,"n":2.0}"#, true),
        (#"{"name":"t","allowed":{"a/b":[[1]]}}"#, #"{"a/b":[1]}"#, true),
    ])
    func `arguments may have any allowed value`(_ expected: String, _ arguments: String, _ isAccepted: Bool) throws {
        #expect(try accepts(expected, arguments) == isAccepted)
    }

    @Test(arguments: [
        (#"{"name":"t","schema":{"required":["a"]}}"#, #"{"a":1}"#, true), (#"{"name":"t","schema":{"required":["a"]}}"#, "{}", false),
        (#"{"name":"t","arguments":{"a":1},"schema":{"required":["b"]},"mode":"partial"}"#, #"{"a":1}"#, false),
        (#"{"name":"t","arguments":{"a":1},"schema":{"required":["b"]},"mode":"partial"}"#, #"{"a":1,"b":2}"#, true),
    ])
    func `a schema holds beside the rest`(_ expected: String, _ arguments: String, _ isAccepted: Bool) throws {
        #expect(try accepts(expected, arguments) == isAccepted)
    }

    @Test(arguments: [
        (#"{"name":"t","arguments":{"a":1},"paths":["b"]}"#, "1:42: error: the expected arguments have nothing at \"b\""),
        (
            #"{"name":"t","paths":["a"],"arguments":{"a":1},"mode":"exact"}"#,
            "1:47: error: \"paths\" says what is compared; it takes no \"mode\"\n  remove one of the two"
        ),
        (#"{"name":"t","tolerance":{"a":1}}"#, "1:30: error: the expected arguments have no number at \"a\""),
        (#"{"name":"t","arguments":{"a":"x"},"tolerance":{"a":1}}"#, "1:52: error: the expected arguments have no number at \"a\""),
        (
            #"{"name":"t","patterns":{"a":"["}}"#,
            "1:29: error: \"[\" is not a pattern: missing terminating ] for character class at character 1 of the pattern"
        ),
        (
            #"{"name":"t","patterns":{"$.a":"x"}}"#,
            "1:31: error: \"$.a\" is not a path: paths do not start with \"$\"; write rows[0].name or /rows/0/name"
        ),
        (
            #"{"name":"t","schema":{"oneOf":[]}}"#,
            "1:23: error: schema keyword \"oneOf\" is not supported\n  known here: \(ArgumentSchema.keywords.joined(separator: ", "))"
        ),
    ])
    func `rules that cannot work are errors with their position`(_ expected: String, _ message: String) throws {
        var parameters = GraderParameters(Node(.null), file: "suite.yaml")
        _ = ExpectedCall(try JSONReader.read(expected), defaultMode: .exact, &parameters)
        #expect { try parameters.finish() } throws: { ($0 as? InvalidInput)?.diagnostics.map(\.text) == ["suite.yaml:" + message] }
    }

    @Test(arguments: [
        (#"{"name":"t"}"#, "t()"), (#"{"name":"t","arguments":{"a":1}}"#, #"t({"a":1})"#),
        (#"{"name":"t","arguments":{"a":1},"tolerance":{"a":1},"schema":{}}"#, #"t({"a":1}) with tolerance, schema"#),
    ])
    func `calls are shown with their rules`(_ expected: String, _ text: String) throws { #expect(try call(expected).text == text) }

    @Test func `similarity counts equal arguments`() throws {
        let made = ToolCall(id: nil, name: "t", arguments: ["a": 1, "b": 2, "c": 3])
        #expect(try call(#"{"name":"t","arguments":{"a":1,"b":0,"c":3}}"#).similarity(to: made) == 2)
        #expect(try call(#"{"name":"t"}"#).similarity(to: made) == 0)
    }

    private func call(_ json: String) throws -> ExpectedCall {
        var parameters = GraderParameters(Node(.null), file: "suite.yaml")
        let call = ExpectedCall(try JSONReader.read(json), defaultMode: .exact, &parameters)
        try parameters.finish()
        return call
    }

    private func accepts(_ expected: String, _ arguments: String) throws -> Bool {
        try call(expected).accepts(ToolCall(id: nil, name: "t", arguments: JSONReader.read(arguments).json))
    }
}
