import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct AgentProtocolTests {
    @Test func `the event schema has one alternative for each type of line`() throws {
        let schema = AgentProtocol.eventSchema
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["title"] == "AgentEvent")
        let references = try #require(schema["oneOf"]?.arrayValue).compactMap { $0["$ref"]?.stringValue }
        #expect(
            references == [
                "#/$defs/explanation", "#/$defs/hello", "#/$defs/log", "#/$defs/message", "#/$defs/result",
                "#/$defs/tool-call", "#/$defs/tool-result", "#/$defs/usage",
            ])
        let usage = try #require(schema["$defs"]?["usage"])
        #expect(usage["properties"]?["type"] == ["const": "usage"])
        #expect(usage["required"] == ["type", "trial"])
        #expect(usage["additionalProperties"] == false)
    }

    @Test func `every reference of both schemas leads somewhere`() {
        for schema in [AgentProtocol.eventSchema, AgentProtocol.requestSchema] {
            let definitions = schema["$defs"]?.members?.map(\.key) ?? []
            let references = references(in: schema)
            #expect(!references.isEmpty)
            for reference in references { #expect(definitions.contains(String(reference.dropFirst("#/$defs/".count)))) }
        }
    }

    @Test func `the request schema knows every line that Rung writes`() throws {
        let references = try #require(AgentProtocol.requestSchema["oneOf"]?.arrayValue)
        #expect(references == [["$ref": "#/$defs/cancel"], ["$ref": "#/$defs/tool-result"], ["$ref": "#/$defs/trial"]])
    }

    @Test func `types stand in alphabetical order`() {
        let names = AgentProtocol.eventShapes.map(\.name)
        #expect(names == names.sorted())
    }

    private func references(in value: JSONValue) -> [String] {
        switch value {
        case .array(let items): items.flatMap(references)
        case .object(let members):
            members.flatMap { $0.key == "$ref" ? [$0.value.stringValue ?? ""] : references(in: $0.value) }
        default: []
        }
    }
}
