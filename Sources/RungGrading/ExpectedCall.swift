internal import RungCore
internal import RungPattern
internal import RungText

/// A tool call that an agent is expected to make: its name, and what is asked of its arguments.
struct ExpectedCall: Sendable {
    /// How the arguments as a whole are compared.
    enum Mode: String, Sendable, CaseIterable {
        /// Equal: numbers by value, members in any order.
        case exact
        /// Every expected member is there; objects inside likewise, lists of the same length.
        case partial
        /// Not at all.
        case ignore
    }

    /// The tool's name.
    let name: String
    /// The call as lists and diffs show it.
    let text: String

    private let arguments: JSONValue?
    private let base: Base
    /// Places that a rule of their own judges, and that the comparison of the whole leaves out.
    private let carved: [ValuePath]
    private let patterns: [(path: ValuePath, pattern: Pattern)]
    private let tolerances: [(path: ValuePath, expected: Double, tolerance: Double)]
    private let allowed: [(path: ValuePath, values: [JSONValue])]
    private let schema: ArgumentSchema?

    private enum Base: Sendable {
        case ignored
        case exact(JSONValue)
        case partial(JSONValue)
        case places([(path: ValuePath, value: JSONValue)])
    }

    /// What an entry of `expected` looks like in a suite.
    static let shape = ObjectShape(
        "ExpectedCall", "A tool call that the agent is expected to make.",
        [
            .required("name", .text, "The tool's name."),
            .optional("arguments", .map(.any), "The expected arguments; left out, only the rules below judge them."),
            .optional(
                "mode", .oneOf(Mode.allCases.map(\.rawValue)),
                "How arguments are compared, in place of the grader's own mode."),
            .optional("paths", .array(.freeText, atLeast: 1), "Compare only these places of the arguments, each for equality."),
            .optional("patterns", .map(.text), "Places whose text a regular expression must match."),
            .optional(
                "tolerance", .map(.number(0...1e15)), "Places whose number may differ from the expected one by at most this much."),
            .optional("schema", .map(.any), "A JSON Schema (a subset) that the arguments must satisfy."),
            .optional(
                "allowed", .map(.array(.any, atLeast: 1)),
                "Arguments by name with the values that are right; an empty text in the list means that it may be left out."),
        ])

    /// Reads an entry of `expected`; notes every problem.
    init(_ node: Node, defaultMode: Mode, _ parameters: inout GraderParameters) {
        func given(_ key: String) -> Node? { node[key].flatMap { $0.isNull ? nil : $0 } }
        name = node["name"]?.string ?? ""
        let arguments = given("arguments")?.json
        self.arguments = arguments
        patterns = (given("patterns")?.members ?? []).compactMap { member in
            guard let path = parameters.path(member.key, at: member.value),
                let pattern = parameters.pattern(member.value.string ?? "", at: member.value)
            else { return nil }
            return (path, pattern)
        }
        tolerances = (given("tolerance")?.members ?? []).compactMap { member in
            guard let path = parameters.path(member.key, at: member.value) else { return nil }
            guard let expected = arguments.flatMap({ path.value(in: $0)?.doubleValue }) else {
                parameters.report(at: member.value, "the expected arguments have no number at \(path.name)")
                return nil
            }
            return (path, expected, member.value.double ?? 0)
        }
        allowed = (given("allowed")?.members ?? []).map { member in
            (ValuePath(key: member.key), member.value.array?.map(\.json) ?? [])
        }
        schema = given("schema").map { ArgumentSchema($0, &parameters) }
        let carved = patterns.map(\.path) + tolerances.map(\.path) + allowed.map(\.path)
        self.carved = carved
        let mode = given("mode")?.string.flatMap(Mode.init(rawValue:))
        if let places = given("paths") {
            if mode != nil {
                parameters.report(
                    key: "mode", of: node, "\"paths\" says what is compared; it takes no \"mode\"",
                    suggestion: "remove one of the two")
            }
            base = .places(Self.places(places, in: arguments, &parameters))
        } else {
            base = Self.base(mode ?? defaultMode, arguments, carved, listsAll: !allowed.isEmpty)
        }
        let rules = ["paths", "patterns", "tolerance", "schema", "allowed"].filter { given($0) != nil }
        let shown = "\(name)(\(arguments.map(JSONText.compact) ?? ""))"
        text = rules.isEmpty ? shown : "\(shown) with \(rules.joined(separator: ", "))"
    }

    private static func places(
        _ node: Node, in arguments: JSONValue?, _ parameters: inout GraderParameters
    ) -> [(path: ValuePath, value: JSONValue)] {
        var places: [(path: ValuePath, value: JSONValue)] = []
        for item in node.array ?? [] {
            guard let path = parameters.path(at: item) else { continue }
            if let value = arguments.flatMap({ path.value(in: $0) }) {
                places.append((path, value))
            } else {
                parameters.report(at: item, "the expected arguments have nothing at \(path.name)")
            }
        }
        return places
    }

    /// Without arguments nothing is compared, but a list of allowed arguments names all that there may be.
    private static func base(_ mode: Mode, _ arguments: JSONValue?, _ carved: [ValuePath], listsAll: Bool) -> Base {
        guard let whole = arguments ?? (listsAll ? .object([]) : nil) else { return .ignored }
        let rest = carved.reduce(whole) { $1.removed(from: $0) }
        return switch mode {
        case .exact: .exact(rest)
        case .partial: .partial(rest)
        case .ignore: .ignored
        }
    }

    /// Whether a call is one that was expected.
    func accepts(_ call: ToolCall) throws(PatternError) -> Bool {
        guard call.name == name, baseAccepts(call.arguments) else { return false }
        for rule in tolerances {
            guard let actual = rule.path.value(in: call.arguments)?.doubleValue, abs(actual - rule.expected) <= rule.tolerance
            else { return false }
        }
        for rule in allowed {
            let value = rule.path.value(in: call.arguments)
            guard rule.values.contains(value ?? .string("")) else { return false }
        }
        for rule in patterns {
            guard let value = rule.path.value(in: call.arguments), try rule.pattern.firstMatch(in: value.plainText) != nil
            else { return false }
        }
        return try schema?.accepts(call.arguments) ?? true
    }

    private func baseAccepts(_ actual: JSONValue) -> Bool {
        switch base {
        case .ignored: true
        case .exact(let expected): expected == rest(of: actual)
        case .partial(let expected): Self.isSubset(expected, of: rest(of: actual))
        case .places(let places): places.allSatisfy { $0.path.value(in: actual) == $0.value }
        }
    }

    private func rest(of actual: JSONValue) -> JSONValue { carved.reduce(actual) { $1.removed(from: $0) } }

    private static func isSubset(_ expected: JSONValue, of actual: JSONValue) -> Bool {
        switch (expected, actual) {
        case (.object(let members), .object):
            members.allSatisfy { member in actual[member.key].map { isSubset(member.value, of: $0) } ?? false }
        case (.array(let old), .array(let new)):
            old.count == new.count && zip(old, new).allSatisfy { isSubset($0, of: $1) }
        default: expected == actual
        }
    }

    /// How many arguments at the top are equal; tells which call was probably meant.
    func similarity(to call: ToolCall) -> Int {
        (arguments?.members ?? []).count { call.arguments[$0.key] == $0.value }
    }
}
