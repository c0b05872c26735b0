import RungText
import Testing

@testable import RungGrading

@Suite struct ArgumentSchemaTests {
    @Test(arguments: [
        (#"{"type":"integer"}"#, "1.0", true), (#"{"type":"integer"}"#, "1.5", false), (#"{"type":"integer"}"#, "\"1\"", false),
        (#"{"type":["string","null"]}"#, "null", true), (#"{"type":["string","null"]}"#, "1", false),
        (#"{"type":"boolean"}"#, "true", true), (#"{"type":"object"}"#, "[]", false), (#"{"type":"array"}"#, "[]", true),
        (#"{"enum":["a",2]}"#, "2.0", true), (#"{"enum":["a",2]}"#, "\"b\"", false), (#"{"const":{"a":[1]}}"#, #"{"a":[1]}"#, true),
        (#"{"const":null}"#, "null", true), (#"{"const":null}"#, "0", false),
        (#"{"minimum":1,"maximum":3}"#, "3", true), (#"{"minimum":1,"maximum":3}"#, "3.1", false), (#"{"minimum":1}"#, "0.9", false),
        (#"{"minimum":1}"#, "\"x\"", true),
        (#"{"minLength":2,"maxLength":3}"#, "\"äöü\"", true), (#"{"maxLength":3}"#, "\"äöüß\"", false),
        (#"{"minLength":2}"#, "\"a\"", false),
        (#"{"pattern":"^A-[0-9]+$"}"#, "\"A-17\"", true), (#"{"pattern":"^A-[0-9]+$"}"#, "\"B-17\"", false),
        (#"{"pattern":"b"}"#, "\"abc\"", true),
        (#"{"items":{"type":"number"}}"#, "[1,2]", true), (#"{"items":{"type":"number"}}"#, "[1,\"2\"]", false),
        (#"{"items":false}"#, "[]", true),
        (#"{"items":false}"#, "[1]", false),
        (#"{"properties":{"a":{"type":"string"}}}"#, #"{"b":1}"#, true), (#"{"properties":{"a":{"type":"string"}}}"#, #"{"a":1}"#, false),
        (#"{"properties":{"a":{}},"required":["a"]}"#, "{}", false), (#"{"required":["a"]}"#, #"{"a":null}"#, true),
        (#"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"a":1,"b":2}"#, false),
        (#"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"a":1}"#, true),
        (#"{"additionalProperties":{"type":"number"}}"#, #"{"b":"x"}"#, false),
        (#"{"properties":{"a":{"properties":{"b":{"const":1}},"required":["b"]}}}"#, #"{"a":{"b":2}}"#, false),
        (#"{"title":"T","description":"D"}"#, "1", true), ("{}", "null", true),
    ])
    func `values are accepted as JSON Schema says`(_ schema: String, _ value: String, _ isAccepted: Bool) throws {
        var parameters = GraderParameters(Node(.null), file: "suite.yaml")
        let schema = ArgumentSchema(try JSONReader.read(schema), &parameters)
        try parameters.finish()
        #expect(try schema.accepts(JSONReader.read(value).json) == isAccepted)
    }

    @Test(arguments: [
        (#"{"minLenght":2}"#, "1:2: error: schema keyword \"minLenght\" is not supported\n  did you mean \"minLength\"?"),
        (#"{"type":"text"}"#, "1:9: error: unknown type \"text\"\n  known here: object, array, string, number, integer, boolean, null"),
        (#"{"type":"strin"}"#, "1:9: error: unknown type \"strin\"\n  did you mean \"string\"?"),
        (#"{"enum":[]}"#, "1:9: error: \"enum\" must be a list of values, found array"),
        (#"{"required":[1]}"#, "1:13: error: \"required\" must be a list of texts, found array"),
        (#"{"properties":1}"#, "1:15: error: \"properties\" must be a mapping, found number"),
        (#"{"items":[1]}"#, "1:10: error: a schema must be a mapping, found array"),
        (#"{"minimum":"1"}"#, "1:12: error: \"minimum\" must be a number, found string"),
        (#"{"maxLength":1.5}"#, "1:14: error: \"maxLength\" must be a whole number, found number"),
        (#"{"minimum":2,"maximum":1}"#, "1:14: error: maximum is below minimum"),
        (#"{"minLength":2,"maxLength":1}"#, "1:2: error: minLength must be from 0 to maxLength"),
        (#"{"pattern":"("}"#, "1:12: error: \"(\" is not a pattern: missing closing parenthesis at character 1 of the pattern"),
        (#"{"pattern":1}"#, "1:12: error: \"pattern\" must be a text, found number"),
    ])
    func `what is not understood is an error with its position`(_ schema: String, _ message: String) throws {
        var parameters = GraderParameters(Node(.null), file: "suite.yaml")
        _ = ArgumentSchema(try JSONReader.read(schema), &parameters)
        #expect { try parameters.finish() } throws: {
            "\(($0 as? InvalidInput)?.diagnostics.map(\.text) ?? [])" == "\(["suite.yaml:" + message])"
        }
    }
}
