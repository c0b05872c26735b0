import RungText
import Testing

@Suite struct ShapeJSONSchemaTests {
    private let point = ObjectShape("Point", "A place.", [.required("x", .share, "how far")])

    @Test("a schema says what the reader checks")
    func wholeSchema() {
        let shape = ObjectShape(
            "Suite", "A suite.",
            [
                .required("name", .text, "the name"),
                .optional("trials", .integer(1...5), "how often"),
                .optional("require", .oneOf(["all", "any"]), "the quorum"),
                .optional("at", .object(point), "a place"),
                .optional("list", .array(.object(point), atLeast: 1), "places"),
                .optional("either", .either([.bool, .text]), "two kinds"),
                .optional("extra", .any, "anything"),
            ])
        #expect(
            JSONText.pretty(shape.jsonSchema(identifier: "https://example.org/suite.json")) == """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "$id": "https://example.org/suite.json",
                  "title": "Suite",
                  "description": "A suite.",
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "name": {
                      "type": "string",
                      "pattern": "[^\\\\u0000-\\\\u0020]",
                      "description": "the name"
                    },
                    "trials": {
                      "type": [
                        "integer",
                        "null"
                      ],
                      "minimum": 1,
                      "maximum": 5,
                      "description": "how often"
                    },
                    "require": {
                      "type": [
                        "string",
                        "null"
                      ],
                      "enum": [
                        "all",
                        "any",
                        null
                      ],
                      "description": "the quorum"
                    },
                    "at": {
                      "anyOf": [
                        {
                          "$ref": "#/$defs/Point"
                        },
                        {
                          "type": "null"
                        }
                      ],
                      "description": "a place"
                    },
                    "list": {
                      "type": [
                        "array",
                        "null"
                      ],
                      "items": {
                        "$ref": "#/$defs/Point"
                      },
                      "minItems": 1,
                      "description": "places"
                    },
                    "either": {
                      "anyOf": [
                        {
                          "type": "boolean"
                        },
                        {
                          "type": "string",
                          "pattern": "[^\\\\u0000-\\\\u0020]"
                        },
                        {
                          "type": "null"
                        }
                      ],
                      "description": "two kinds"
                    },
                    "extra": {
                      "description": "anything"
                    }
                  },
                  "required": [
                    "name"
                  ],
                  "$defs": {
                    "Point": {
                      "title": "Point",
                      "description": "A place.",
                      "type": "object",
                      "additionalProperties": false,
                      "properties": {
                        "x": {
                          "type": "number",
                          "minimum": 0,
                          "maximum": 1,
                          "description": "how far"
                        }
                      },
                      "required": [
                        "x"
                      ]
                    }
                  }
                }
                """)
    }

    private func schema(of shape: Shape) -> JSONValue? {
        let object = ObjectShape("Holder", "Holds one value.", [.required("it", shape, "the value")])
        return object.jsonSchema(identifier: "x")["properties"]?["it"]
    }

    @Test("a range that is open on one side states only the other")
    func openRanges() {
        #expect(schema(of: .number(0 ... .infinity)) == ["type": "number", "minimum": 0, "description": "the value"])
        #expect(schema(of: .number(-.infinity...1)) == ["type": "number", "maximum": 1, "description": "the value"])
        #expect(schema(of: .number(-.infinity ... .infinity)) == ["type": "number", "description": "the value"])
        #expect(
            schema(of: .number(0 ... .greatestFiniteMagnitude)) == ["type": "number", "minimum": 0, "description": "the value"])
    }

    @Test("a tagged object names its case, and may stand empty where it is not required")
    func tagged() {
        let object = ObjectShape(
            "Holder", "Holds one value.", [.optional("it", .tagged(by: "kind", [point]), "the value")])
        let schema = object.jsonSchema(identifier: "x")
        #expect(
            schema["properties"]?["it"]
                == ["oneOf": [["$ref": "#/$defs/Point"], ["type": "null"]], "description": "the value"])
        #expect(schema["$defs"]?["Point"]?["properties"]?["kind"] == ["const": "Point"])
        #expect(schema["$defs"]?["Point"]?["required"] == ["kind", "x"])
    }

    @Test("an object that holds itself is defined once")
    func recursion() {
        // A value type cannot contain itself; two levels that share a name stand in for it.
        let inner = ObjectShape("Tree", "A tree.", [])
        let tree = ObjectShape("Tree", "A tree.", [.optional("children", .array(.object(inner), atLeast: 0), "below")])
        let holder = ObjectShape("Holder", "Holds one.", [.required("tree", .object(tree), "a tree")])
        let definitions = holder.jsonSchema(identifier: "x")["$defs"]
        #expect(definitions?.members?.map(\.key) == ["Tree"])
        #expect(definitions?["Tree"]?["properties"]?["children"]?["items"] == ["$ref": "#/$defs/Tree"])
    }
}
