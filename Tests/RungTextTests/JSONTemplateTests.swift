import RungText
import Testing

@Suite struct JSONTemplateTests {
    private let trial: JSONValue = [
        "input": ["question": "why?", "rows": [1, 2]], "messages": [], "variables": ["tone": "dry"], "context": .null,
    ]

    @Test func `a text that is one name becomes the value, whatever its kind`() throws {
        let template = try JSONTemplate([
            "q": "{{ input.question }}", "rows": "{{input.rows}}", "none": "{{ context }}", "n": 1, "b": [true, .null],
        ])
        #expect(
            JSONText.compact(try template.filled(from: trial))
                == #"{"q":"why?","rows":[1,2],"none":null,"n":1,"b":[true,null]}"#)
        #expect(template.places.map(\.source) == ["input.question", "input.rows", "context"])
    }

    @Test func `names within a text become text`() throws {
        let template = try JSONTemplate("Be {{ variables.tone }}: {{ input.rows }} {{ /input/rows/1 }}!")
        #expect(try template.filled(from: trial) == "Be dry: [1,2] 2!")
    }

    @Test func `what is filled in is not read again`() throws {
        #expect(try JSONTemplate("{{ a }}").filled(from: ["a": "{{ b }}", "b": 1]) == "{{ b }}")
        #expect(try JSONTemplate("x {{ a }}").filled(from: ["a": "{{ b }}", "b": 1]) == "x {{ b }}")
    }

    @Test func `what is not there is named as it was written`() throws {
        let template = try JSONTemplate(["deep": ["{{ input.answer }}"]])
        #expect(throws: JSONTemplate.Missing(place: "input.answer")) { try template.filled(from: trial) }
    }

    @Test(arguments: [
        ("{{ }}", "nothing stands between {{ and }}"),
        ("a {{ b..c }}", "{{ b..c }} is no path: a key between dots is empty; write keys with dots in them as a pointer such as /a.b/c"),
    ])
    func `what is no template says why`(_ text: String, _ reason: String) {
        #expect(throws: JSONTemplate.Invalid(reason: reason)) { try JSONTemplate(["a": [.string(text)]]) }
    }

    @Test(arguments: ["{{ open", "shut }}", "{ { x } }", ""]) func `braces that are not closed are text`(_ text: String) throws {
        #expect(try JSONTemplate(.string(text)).filled(from: trial) == .string(text))
    }
}

@Suite struct VariableTextTests {
    @Test(arguments: [("Bearer ${TOKEN}", "Bearer t"), ("${A}${TOKEN}x", "1tx"), ("plain $TOKEN", "plain $TOKEN"), ("", "")])
    func `variables are filled in`(_ text: String, _ expected: String) throws {
        #expect(try VariableText.filled(text) { ["TOKEN": "t", "A": "1"][$0] } == expected)
        #expect(VariableText.problem(in: text) == nil)
    }

    @Test func `a variable that is not set is named`() {
        #expect(throws: VariableText.Unset(name: "GONE")) { try VariableText.filled("a ${GONE}") { _ in nil } }
    }

    @Test(arguments: ["${", "${A", "${}", "${1A}", "${a b}"]) func `what names no variable is a problem`(_ text: String) {
        #expect(VariableText.problem(in: text) != nil)
    }
}
