public import RungCore
public import RungText

/// All kinds of graders. A grader is one file and one line here.
public enum GraderCatalog {
    /// In alphabetical order.
    public static let all: [GraderDescriptor] = [
        BudgetGrader.descriptor,
        ContainsGrader.descriptor,
        EqualsGrader.descriptor,
        JSONGrader.descriptor,
        MatchesGrader.descriptor,
        OutcomeGrader.descriptor,
        ToolCallsGrader.descriptor,
    ]

    /// The descriptor of a kind; nil for an unknown one.
    public static func descriptor(kind: String) -> GraderDescriptor? { all.first { $0.kind == kind } }

    /// What an entry of `graders` looks like in a suite or scenario.
    public static let shape = Shape.tagged(
        by: "kind",
        all.map { descriptor in
            var shape = descriptor.shape
            shape.fields += commonFields
            return shape
        })

    /// The parameters that every grader has.
    static let commonFields: [ObjectShape.Field] = [
        .optional("name", .identifier, "Tells graders of one case apart; default the kind, then kind-2, kind-3."),
        .optional(
            "role", .oneOf(GradeRole.allCases.map(\.rawValue)),
            "Whether the grade decides (verdict) or only informs (report); default verdict."),
        .optional("not", .bool, "Turns holding into not holding and back; what could not be judged stays so; default false."),
    ]

    /// Makes the graders of one list, in its order.
    ///
    /// - Parameters:
    ///   - nodes: entries that have passed `shape`.
    ///   - file: the path to name in diagnostics.
    ///   - existingNames: names that other graders of the same case have already.
    /// - Throws: all problems of all graders at once, in order of position.
    public static func bindings(
        from nodes: [Node], file: String, existingNames: some Sequence<String>
    ) throws(InvalidInput) -> [GraderBinding] {
        var problems: [Diagnostic] = []
        var taken = Array(existingNames)
        for node in nodes {
            guard let place = node["name"], let name = place.string, !take(name, &taken) else { continue }
            problems.append(
                Diagnostic(
                    file, place.position, "another grader of the case is named \"\(name)\" already",
                    suggestion: "give each grader of a case a name of its own"))
        }
        var bindings: [GraderBinding] = []
        for node in nodes {
            do {
                bindings.append(try binding(from: node, file: file, taken: &taken))
            } catch {
                problems += error.diagnostics
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return bindings
    }

    /// Reports what `bindings` would report, without making graders that are sure to be valid.
    ///
    /// - Throws: all problems of all graders at once, in order of position.
    public static func check(_ nodes: [Node], file: String, existingNames: some Sequence<String>) throws(InvalidInput) {
        let areSure = nodes.allSatisfy { node in
            node["name"] == nil && descriptor(kind: node["kind"]?.string ?? "")?.isSurelyValid(node) == true
        }
        if !areSure { _ = try bindings(from: nodes, file: file, existingNames: existingNames) }
    }

    private static func binding(from node: Node, file: String, taken: inout [String]) throws(InvalidInput) -> GraderBinding {
        let kind = node["kind"]?.string ?? ""
        guard let descriptor = descriptor(kind: kind) else {
            throw InvalidInput(
                file, node["kind"]?.position ?? node.position, "unknown kind \"\(kind)\"",
                suggestion: NearestWord.suggestion(for: kind, among: all.map(\.kind)))
        }
        let grader = try descriptor.make(node, file)
        return GraderBinding(
            name: node["name"]?.string ?? defaultName(kind, &taken), kind: kind, version: descriptor.version,
            role: node["role"]?.string.flatMap(GradeRole.init(rawValue:)) ?? .verdict,
            isNegated: node["not"]?.bool ?? false, grader: grader)
    }

    /// Whether the name was free; it is taken afterwards. A case has so few graders that a list is faster than a set.
    private static func take(_ name: String, _ taken: inout [String]) -> Bool {
        if taken.contains(name) { return false }
        taken.append(name)
        return true
    }

    /// The kind, or the kind with the first free number from 2 on.
    private static func defaultName(_ kind: String, _ taken: inout [String]) -> String {
        var (name, number) = (kind, 1)
        while !take(name, &taken) {
            number += 1
            name = "\(kind)-\(number)"
        }
        return name
    }
}
