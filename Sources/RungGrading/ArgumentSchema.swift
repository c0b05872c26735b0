internal import RungPattern
internal import RungText

/// The part of JSON Schema that says what a tool's arguments may be; keywords beyond it are errors when it is read.
struct ArgumentSchema: Sendable {
    /// The keywords that are understood; `title` and `description` say nothing about a value.
    static let keywords = [
        "type", "enum", "const", "properties", "required", "items", "minimum", "maximum", "pattern", "minLength", "maxLength",
        "additionalProperties", "title", "description",
    ]

    private var types: [ValueType]?
    private var values: [JSONValue]?
    private var properties: [(key: String, schema: Subschema)] = []
    private var required: [String] = []
    private var items = Subschema.anything
    private var additional = Subschema.anything
    private var range: ClosedRange<Double> = -.infinity ... .infinity
    private var length: ClosedRange<Int> = 0...Int.max
    private var pattern: Pattern?

    private indirect enum Subschema: Sendable {
        case anything
        case nothing
        case schema(ArgumentSchema)

        func accepts(_ value: JSONValue) throws(PatternError) -> Bool {
            switch self {
            case .anything: true
            case .nothing: false
            case .schema(let schema): try schema.accepts(value)
            }
        }
    }

    private enum ValueType: String, CaseIterable {
        case object, array, string, number, integer, boolean, null

        func accepts(_ value: JSONValue) -> Bool {
            switch self {
            case .integer: value.doubleValue.map { $0.rounded(.towardZero) == $0 } ?? false
            default: value.kindName == rawValue
            }
        }
    }

    /// Reads a schema; notes every problem with its position.
    init(_ node: Node, _ parameters: inout GraderParameters) {
        guard let members = node.members else {
            parameters.report(at: node, "a schema must be a mapping, found \(node.kindName)")
            return
        }
        for member in members { read(member, &parameters) }
        let (least, most) = (node["minimum"]?.double ?? -.infinity, node["maximum"]?.double ?? .infinity)
        if least <= most { range = least...most } else { parameters.report(key: "maximum", of: node, "maximum is below minimum") }
        let (shortest, longest) = (node["minLength"]?.int ?? 0, node["maxLength"]?.int ?? .max)
        if 0 <= shortest, shortest <= longest {
            length = shortest...longest
        } else {
            parameters.report(key: "minLength", of: node, "minLength must be from 0 to maxLength")
        }
    }

    private mutating func read(_ member: Node.Member, _ parameters: inout GraderParameters) {
        let value = member.value
        func mismatch(_ expected: String) {
            parameters.report(at: value, "\"\(member.key)\" must be \(expected), found \(value.kindName)")
        }
        switch member.key {
        case "type": types = Self.types(value, &parameters)
        case "enum":
            guard let items = value.array, !items.isEmpty else { return mismatch("a list of values") }
            values = items.map(\.json)
        case "const": values = [value.json]
        case "properties":
            guard let members = value.members else { return mismatch("a mapping") }
            for member in members { properties.append((member.key, Self.subschema(member.value, &parameters))) }
        case "required":
            guard let items = value.array, items.allSatisfy({ $0.string != nil }) else { return mismatch("a list of texts") }
            required = items.compactMap(\.string)
        case "items": items = Self.subschema(value, &parameters)
        case "additionalProperties": additional = Self.subschema(value, &parameters)
        case "minimum", "maximum": if value.double == nil { mismatch("a number") }
        case "minLength", "maxLength": if value.int == nil { mismatch("a whole number") }
        case "pattern":
            guard let source = value.string else { return mismatch("a text") }
            pattern = parameters.pattern(source, at: value)
        case "title", "description": break
        default:
            parameters.report(
                key: member.key, of: Node(.object([member]), at: member.position),
                "schema keyword \"\(member.key)\" is not supported",
                suggestion: NearestWord.suggestion(for: member.key, among: Self.keywords))
        }
    }

    private static func types(_ node: Node, _ parameters: inout GraderParameters) -> [ValueType] {
        let items = node.array ?? [node]
        var types: [ValueType] = []
        for item in items {
            if let type = item.string.flatMap(ValueType.init(rawValue:)) {
                types.append(type)
            } else {
                let known = ValueType.allCases.map(\.rawValue)
                parameters.report(
                    at: item, "unknown type \(BoundedText.quoted(item.json.plainText))",
                    suggestion: NearestWord.suggestion(for: item.json.plainText, among: known))
            }
        }
        return types
    }

    private static func subschema(_ node: Node, _ parameters: inout GraderParameters) -> Subschema {
        if let flag = node.bool { return flag ? .anything : .nothing }
        return .schema(ArgumentSchema(node, &parameters))
    }

    /// Whether a value is one that the schema describes; lengths count Unicode scalars, patterns match anywhere.
    func accepts(_ value: JSONValue) throws(PatternError) -> Bool {
        if let types, !types.contains(where: { $0.accepts(value) }) { return false }
        if let values, !values.contains(value) { return false }
        switch value {
        case .null, .bool: return true
        case .number(let number): return range.contains(number.double)
        case .string(let text):
            guard length.contains(text.unicodeScalars.count) else { return false }
            return try pattern?.firstMatch(in: text) != nil || pattern == nil
        case .array(let elements):
            for element in elements where try !items.accepts(element) { return false }
            return true
        case .object(let members): return try accepts(members)
        }
    }

    private func accepts(_ members: [JSONValue.Member]) throws(PatternError) -> Bool {
        for key in required where !members.contains(where: { $0.key.isExactly(key) }) { return false }
        for member in members {
            let schema = properties.first { $0.key.isExactly(member.key) }?.schema ?? additional
            if try !schema.accepts(member.value) { return false }
        }
        return true
    }
}
