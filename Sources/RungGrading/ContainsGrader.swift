internal import RungCore
internal import RungText

/// `contains`: the answer has a text in it.
///
/// Give one `value`, or `any` of several, or `all` of several. Texts are compared character code by character code:
/// composed and decomposed accents are different. `case: insensitive` uses Unicode's simple folding.
///
///     - kind: contains
///       any: [refund, credit note]
///       case: insensitive
struct ContainsGrader: Grader {
    /// How suites name it, what parameters it has, and how it is made.
    static let descriptor = GraderDescriptor(
        kind: "contains", version: "1",
        shape: ObjectShape(
            "contains", "The answer has a text, any of several texts, or all of several texts in it.",
            [
                .optional("value", .text, "The text that must be in the answer."),
                .optional("any", .array(.text, atLeast: 1), "Texts of which at least one must be in the answer."),
                .optional("all", .array(.text, atLeast: 1), "Texts that must all be in the answer."),
                .letterCase,
                JudgedText.field,
            ]),
        isSurelyValid: { node in ["value", "any", "all"].count { !(node[$0]?.isNull ?? true) } == 1 },
        make: { (node, file) throws(InvalidInput) in try ContainsGrader(node, file: file) })

    private let target: JudgedText
    private let needsAll: Bool
    private let literals: [Literal]

    private struct Literal: Sendable {
        var text: String
        var search: LiteralSearch
        /// The reason when it was found, made once.
        var found: String
    }

    /// Reads the parameters; exactly one of `value`, `any` and `all` must be there.
    init(_ node: Node, file: String) throws(InvalidInput) {
        var parameters = GraderParameters(node, file: file)
        let (target, letterCase) = (parameters.target, parameters.letterCase)
        let given = ["value", "any", "all"].filter { parameters[$0] != nil }
        if given.count != 1 {
            let found = given.isEmpty ? "none" : given.joined(separator: " and ")
            parameters.report(
                key: given.count > 1 ? given[1] : "kind", of: node,
                "contains needs exactly one of value, any and all, found \(found)")
        }
        self.target = target
        needsAll = given.first == "all"
        let texts = given.first.flatMap { parameters[$0]?.strings } ?? []
        literals = texts.filter { !$0.isEmpty }.map { text in
            Literal(
                text: text, search: LiteralSearch(text, letterCase), found: "\(target.noun) contains \(BoundedText.quoted(text))")
        }
        try parameters.finish()
    }

    /// Looks for the texts in the judged text.
    func judge(_ subject: GradingSubject) -> Judgement {
        guard let text = target.text(of: subject.transcript) else { return target.missing }
        if literals.count == 1 {
            return literals[0].search.isFound(in: text) ? .holding(literals[0].found) : lacking(literals, in: text)
        }
        if needsAll {
            let missing = literals.filter { !$0.search.isFound(in: text) }
            return missing.isEmpty
                ? .holding("\(target.noun) contains all \(literals.count) texts") : lacking(missing, in: text)
        }
        guard let hit = literals.first(where: { $0.search.isFound(in: text) }) else { return lacking(literals, in: text) }
        return .holding(hit.found)
    }

    private func lacking(_ missing: [Literal], in text: String) -> Judgement {
        let reason =
            if literals.count == 1 {
                "\(target.noun) does not contain \(BoundedText.quoted(literals[0].text))"
            } else if needsAll {
                "\(target.noun) lacks \(missing.count) of \(literals.count) texts: "
                    + missing.prefix(5).map { BoundedText.quoted($0.text) }.joined(separator: ", ")
                    + (missing.count > 5 ? " and \(missing.count - 5) more" : "")
            } else {
                "\(target.noun) contains none of \(literals.count) texts"
            }
        let expected = missing.count == 1 ? missing[0].text : missing.map(\.text).joined(separator: "\n")
        return .failing(reason, expected: expected, actual: text)
    }
}
