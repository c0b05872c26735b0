internal import RungCore
internal import RungText

/// `equals`: the answer is exactly the expected value.
///
/// A `value` that is text is compared with the answer as text: white space around both is ignored unless `trim` is false,
/// and `case: insensitive` folds letters. Any other `value` is compared as JSON: the answer must be JSON, numbers are equal
/// when their values are, and members may stand in any order. Composed and decomposed accents are different texts; when
/// nothing else differs, the reason says so.
///
///     - kind: equals
///       value: { total: 1200, currency: EUR }
struct EqualsGrader: Grader {
    /// How suites name it, what parameters it has, and how it is made.
    static let descriptor = GraderDescriptor(
        kind: "equals", version: "1",
        shape: ObjectShape(
            "equals", "The answer is exactly the expected value.",
            [
                .required("value", .any, "The expected value; text is compared as text, everything else as JSON."),
                .optional("trim", .bool, "Whether white space around both texts is ignored; for text only, default true."),
                .letterCase,
                JudgedText.field,
            ]),
        make: { (node, file) throws(InvalidInput) in try EqualsGrader(node, file: file) })

    private let target: JudgedText
    private let expectation: Expectation
    /// The reason when it is equal, made once.
    private let equal: String

    private enum Expectation: Sendable {
        case text(String, normalized: String, trims: Bool, LetterCase)
        case json(JSONValue)
    }

    /// Reads the parameters; `trim` and `case` go with text only.
    init(_ node: Node, file: String) throws(InvalidInput) {
        var parameters = GraderParameters(node, file: file)
        target = parameters.target
        if let text = node["value"]?.string {
            let (trims, letterCase) = (parameters["trim"]?.bool ?? true, parameters.letterCase)
            expectation = .text(text, normalized: Self.normalize(text, trims, letterCase), trims: trims, letterCase)
        } else {
            expectation = .json(node["value"]?.json ?? .null)
            for key in ["trim", "case"] where parameters[key] != nil {
                parameters.report(
                    key: key, of: node, "\"\(key)\" applies to a value that is text",
                    suggestion: "remove it, or put the value in quotes")
            }
        }
        equal = "\(target.noun) equals the expected \(node["value"]?.string == nil ? "value" : "text")"
        try parameters.finish()
    }

    /// Compares the judged text with the expected value.
    func judge(_ subject: GradingSubject) -> Judgement {
        switch expectation {
        case .text(let expected, let normalized, let trims, let letterCase):
            guard let actual = target.text(of: subject.transcript) else { return target.missing }
            let compared = Self.normalize(actual, trims, letterCase)
            if compared.isExactly(normalized) { return .holding(equal) }
            let hint = compared == normalized ? ": accents are composed in one and decomposed in the other" : ""
            return .failing(
                "\(target.noun) differs from the expected text\(hint)", expected: expected, actual: actual,
                diff: TextDiff.unified(expected: expected, actual: actual))
        case .json(let expected): return judge(subject, expected)
        }
    }

    private func judge(_ subject: GradingSubject, _ expected: JSONValue) -> Judgement {
        do {
            guard let actual = try target.json(of: subject.transcript) else { return target.missing }
            if actual == expected { return .holding(equal) }
            return .failing(
                "\(target.noun) differs from the expected value", expected: JSONText.compact(expected),
                actual: JSONText.compact(actual), diff: TextDiff.unified(expected: expected, actual: actual))
        } catch {
            return .failing(
                "\(target.noun) is not JSON: \(error.position): \(error.message)", expected: JSONText.compact(expected),
                actual: target.text(of: subject.transcript))
        }
    }

    private static func normalize(_ text: String, _ trims: Bool, _ letterCase: LetterCase) -> String {
        let trimmed = trims ? Self.trimmed(text) : text
        return letterCase == .sensitive ? trimmed : CaseFolding.fold(trimmed)
    }

    private static func trimmed(_ text: String) -> String {
        let (first, last) = (text.utf8.first ?? 0, text.utf8.last ?? 0)
        if (0x21..<0x7F).contains(first), (0x21..<0x7F).contains(last) { return text }
        let scalars = text.unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(text[start..<scalars.index(after: end)])
    }
}
