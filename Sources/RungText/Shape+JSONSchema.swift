extension ObjectShape {
    /// A complete JSON Schema (draft 2020-12) with every nested object under `$defs`.
    ///
    /// - Parameters:
    ///   - identifier: the `$id` of the schema.
    ///   - definitions: collected by name; two different objects must not share a name.
    public func jsonSchema(identifier: String) -> JSONValue {
        var definitions: [String: JSONValue] = [:]
        var members = schema(into: &definitions, constant: nil).members ?? []
        members.insert(.init("$schema", "https://json-schema.org/draft/2020-12/schema"), at: 0)
        members.insert(.init("$id", .string(identifier)), at: 1)
        if !definitions.isEmpty {
            let sorted = definitions.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
            members.append(.init("$defs", .object(sorted)))
        }
        return .object(members)
    }

    fileprivate func schema(into definitions: inout [String: JSONValue], constant tag: String?) -> JSONValue {
        var properties: [JSONValue.Member] = []
        var required: [JSONValue] = []
        if let tag {
            properties.append(.init(tag, ["const": .string(name)]))
            required.append(.string(tag))
        }
        for field in fields {
            var members = field.shape.schema(into: &definitions).members ?? []
            members.append(.init("description", .string(field.summary)))
            if !field.isRequired { Self.allowNull(&members) }
            properties.append(.init(field.key, .object(members)))
            if field.isRequired { required.append(.string(field.key)) }
        }
        var members: [JSONValue.Member] = [
            .init("title", .string(name)), .init("description", .string(summary)), .init("type", "object"),
            .init("additionalProperties", false), .init("properties", .object(properties)),
        ]
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        return .object(members)
    }

    /// A member that is not required may stand there empty.
    private static func allowNull(_ members: inout [JSONValue.Member]) {
        for index in members.indices {
            let value = members[index].value
            switch (members[index].key, value) {
            case ("type", .string): members[index].value = [value, "null"]
            case ("enum", .array(let words)): members[index].value = .array(words + [.null])
            case ("anyOf", .array(let cases)), ("oneOf", .array(let cases)):
                members[index].value = .array(cases + [["type": "null"]])
            case ("$ref", _): members[index] = .init("anyOf", [.object([members[index]]), ["type": "null"]])
            default: break
            }
        }
    }
}

extension Shape {
    /// A complete JSON Schema for a document that is not always the same object, such as a line of a protocol.
    public func jsonSchema(identifier: String, title: String, summary: String) -> JSONValue {
        var definitions: [String: JSONValue] = [:]
        let own = schema(into: &definitions).members ?? []
        let head: [JSONValue.Member] = [
            .init("$schema", "https://json-schema.org/draft/2020-12/schema"), .init("$id", .string(identifier)),
            .init("title", .string(title)), .init("description", .string(summary)),
        ]
        let sorted = definitions.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
        return .object(head + own + [.init("$defs", .object(sorted))])
    }

    fileprivate func schema(into definitions: inout [String: JSONValue]) -> JSONValue {
        switch self {
        case .any: return [:]
        case .bool: return ["type": "boolean"]
        case .string(let rule): return rule.schema
        case .integer(let range):
            return ["type": "integer", "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)]
        case .number(let range):
            var members: [JSONValue.Member] = [.init("type", "number")]
            if range.lowerBound > -.greatestFiniteMagnitude { members.append(.init("minimum", .double(range.lowerBound))) }
            if range.upperBound < .greatestFiniteMagnitude { members.append(.init("maximum", .double(range.upperBound))) }
            return .object(members)
        case .array(let element, let minimum):
            let items = element.schema(into: &definitions)
            return minimum > 0
                ? ["type": "array", "items": items, "minItems": .int(minimum)] : ["type": "array", "items": items]
        case .map(let element):
            return ["type": "object", "additionalProperties": element.schema(into: &definitions)]
        case .object(let object): return reference(to: object, constant: nil, &definitions)
        case .tagged(let tag, let cases):
            return ["oneOf": .array(cases.map { reference(to: $0, constant: tag, &definitions) })]
        case .either(let alternatives):
            return ["anyOf": .array(alternatives.map { $0.schema(into: &definitions) })]
        }
    }

    private func reference(to object: ObjectShape, constant tag: String?, _ definitions: inout [String: JSONValue]) -> JSONValue {
        if definitions[object.name] == nil {
            definitions[object.name] = .null
            definitions[object.name] = object.schema(into: &definitions, constant: tag)
        }
        return ["$ref": .string("#/$defs/\(object.name)")]
    }
}

extension StringRule {
    fileprivate var schema: JSONValue {
        switch self {
        case .any: ["type": "string"]
        case .nonEmpty: ["type": "string", "pattern": "[^\\u0000-\\u0020]"]
        case .oneOf(let words): ["type": "string", "enum": .array(words.map { .string($0) })]
        case .identifier: ["type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._/:-]{0,199}$"]
        case .timestamp: ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$"]
        case .duration: ["type": "string", "pattern": "^[0-9]+(ms|s|m|h|d)$"]
        case .digest: ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]
        }
    }
}
