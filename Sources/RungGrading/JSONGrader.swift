internal import RungCore
internal import RungText

/// `json`: the answer is JSON, and holds what it must at the places that are named.
///
/// Without further parameters the answer must only be JSON. `path` with `equals` or `exists` asks for one place, `checks`
/// for several; a `path` alone asks that the place exists. Paths are pointers such as `/rows/0/name` (RFC 6901) or
/// dotted such as `rows[0].name`. `equals: null` asks for a null.
///
///     - kind: json
///       checks:
///         - { path: /total, equals: 1200 }
///         - { path: "rows[0].name", exists: true }
struct JSONGrader: Grader {
    /// How suites name it, what parameters it has, and how it is made.
    static let descriptor = GraderDescriptor(
        kind: "json", version: "1",
        shape: ObjectShape(
            "json", "The answer is JSON, with the expected values at the named places.",
            placeFields(pathIsRequired: false) + [
                .optional(
                    "checks",
                    .array(
                        .object(
                            ObjectShape(
                                "JSONCheck", "What must stand at one place of a JSON answer.",
                                placeFields(pathIsRequired: true))), atLeast: 1),
                    "Several places, each with its own expectation."),
                JudgedText.field,
            ]),
        make: { (node, file) throws(InvalidInput) in try JSONGrader(node, file: file) })

    private static func placeFields(pathIsRequired: Bool) -> [ObjectShape.Field] {
        let path = "A place in the answer: a pointer such as /rows/0/name, or dotted such as rows[0].name."
        return [
            pathIsRequired ? .required("path", .freeText, path) : .optional("path", .freeText, path),
            .optional("equals", .any, "The value that must stand there; numbers by value, members in any order."),
            .optional("exists", .bool, "Whether the place must exist or must not; default true."),
        ]
    }

    private let target: JudgedText
    private let checks: [Check]

    private struct Check: Sendable {
        var path: ValuePath
        var expectation: Expectation

        enum Expectation: Sendable {
            case equals(JSONValue)
            case exists
            case isAbsent
        }

        func holds(in value: JSONValue?) -> Bool {
            switch expectation {
            case .equals(let expected): value == expected
            case .exists: value != nil
            case .isAbsent: value == nil
            }
        }

        func expected() -> String {
            switch expectation {
            case .equals(let expected): JSONText.compact(expected)
            case .exists: "a value"
            case .isAbsent: "nothing"
            }
        }
    }

    /// Reads the parameters; every path must be one.
    init(_ node: Node, file: String) throws(InvalidInput) {
        var parameters = GraderParameters(node, file: file)
        target = parameters.target
        var checks: [Check] = []
        if parameters["path"] != nil {
            if let check = Self.check(node, &parameters) { checks.append(check) }
        } else {
            for key in ["equals", "exists"] where node[key] != nil {
                parameters.report(
                    key: key, of: node, "\"\(key)\" without \"path\"",
                    suggestion: "add path: the place to look at, \"\" for the top")
            }
        }
        for item in parameters["checks"]?.array ?? [] {
            if let check = Self.check(item, &parameters) { checks.append(check) }
        }
        self.checks = checks
        try parameters.finish()
    }

    private static func check(_ node: Node, _ parameters: inout GraderParameters) -> Check? {
        guard let place = node["path"], let path = parameters.path(at: place) else { return nil }
        let exists = node["exists"]?.bool
        guard let equals = node["equals"] else {
            return Check(path: path, expectation: exists == false ? .isAbsent : .exists)
        }
        if exists == false {
            parameters.report(
                key: "exists", of: node, "what does not exist cannot equal a value", suggestion: "remove one of the two")
        }
        return Check(path: path, expectation: .equals(equals.json))
    }

    /// Reads the judged text as JSON and looks at every place.
    func judge(_ subject: GradingSubject) -> Judgement {
        let root: JSONValue
        do {
            guard let value = try target.json(of: subject.transcript) else { return target.missing }
            root = value
        } catch {
            return .failing(
                "\(target.noun) is not JSON: \(error.position): \(error.message)", expected: "JSON",
                actual: target.text(of: subject.transcript))
        }
        if checks.isEmpty { return .holding("\(target.noun) is JSON") }
        let failed = checks.compactMap { check in
            let value = check.path.value(in: root)
            return check.holds(in: value) ? nil : (check: check, value: value)
        }
        if failed.isEmpty {
            return .holding(
                checks.count == 1 ? "the value at \(checks[0].path.name) is as expected" : "all \(checks.count) checks hold")
        }
        return checks.count == 1 ? failing(failed[0].check, failed[0].value) : failing(failed)
    }

    private func failing(_ check: Check, _ value: JSONValue?) -> Judgement {
        let actual = value.map(JSONText.compact) ?? "nothing"
        switch (check.expectation, value) {
        case (.isAbsent, _):
            return .failing("there is a value at \(check.path.name)", expected: check.expected(), actual: actual)
        case (.equals(let expected), let value?):
            return .failing(
                "the value at \(check.path.name) differs", expected: check.expected(), actual: actual,
                diff: TextDiff.unified(expected: expected, actual: value))
        default:
            return .failing("there is no value at \(check.path.name)", expected: check.expected(), actual: actual)
        }
    }

    private func failing(_ failed: [(check: Check, value: JSONValue?)]) -> Judgement {
        func listed(_ text: (Check, JSONValue?) -> String) -> String {
            failed.map { "\($0.check.path.name): \(text($0.check, $0.value))" }.joined(separator: "\n")
        }
        let expected = listed { check, _ in check.expected() }
        let actual = listed { _, value in value.map(JSONText.compact) ?? "nothing" }
        let names = failed.prefix(5).map(\.check.path.name).joined(separator: ", ")
        return .failing(
            "\(failed.count) of \(checks.count) checks do not hold: \(names)\(failed.count > 5 ? ", …" : "")",
            expected: expected, actual: actual, diff: TextDiff.unified(expected: expected, actual: actual))
    }
}
