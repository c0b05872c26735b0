internal import RungCore
internal import RungPattern
internal import RungText

/// `matches`: a regular expression (PCRE2) matches somewhere in the answer.
///
/// Use `^` and `$` to match the whole of it. A pattern that takes too many steps is given up: the grade is then an error
/// of the grader and never a pass, whatever `not` says.
///
///     - kind: matches
///       pattern: "invoice [A-Z]{2}-[0-9]+"
///       case: insensitive
struct MatchesGrader: Grader {
    /// How suites name it, what parameters it has, and how it is made.
    static let descriptor = GraderDescriptor(
        kind: "matches", version: "1",
        shape: ObjectShape(
            "matches", "A regular expression matches somewhere in the answer.",
            [
                .required("pattern", .text, "The regular expression in PCRE2's syntax."),
                .letterCase,
                .optional("multiline", .bool, "Whether ^ and $ match at every line; default false."),
                .optional("dot-matches-newline", .bool, "Whether the dot matches line breaks too; default false."),
                JudgedText.field,
            ]),
        make: { (node, file) throws(InvalidInput) in try MatchesGrader(node, file: file) })

    private let target: JudgedText
    private let pattern: Pattern
    /// The reason when it matched, made once.
    private let matched: String

    /// Reads the parameters and compiles the pattern.
    init(_ node: Node, file: String) throws(InvalidInput) {
        var parameters = GraderParameters(node, file: file)
        var options: Pattern.Options = []
        if parameters.letterCase == .insensitive { options.insert(.caseInsensitive) }
        if parameters["multiline"]?.bool == true { options.insert(.multiline) }
        if parameters["dot-matches-newline"]?.bool == true { options.insert(.dotMatchesNewline) }
        let place = node["pattern"] ?? node
        guard let pattern = parameters.pattern(place.string ?? "", options: options, at: place) else {
            try parameters.finish()
            preconditionFailure("a pattern that is not made has been reported")
        }
        self.pattern = pattern
        target = parameters.target
        matched = "\(target.noun) matches the pattern"
        try parameters.finish()
    }

    /// Searches the judged text.
    func judge(_ subject: GradingSubject) -> Judgement {
        guard let text = target.text(of: subject.transcript) else { return target.missing }
        do {
            guard try pattern.firstMatch(in: text) == nil else { return .holding(matched) }
            return .failing("\(target.noun) does not match the pattern", expected: pattern.source, actual: text)
        } catch {
            return .broken(by: error)
        }
    }
}

extension GraderParameters {
    /// Compiles a pattern; notes the problem when it is none.
    mutating func pattern(_ source: String, options: Pattern.Options = [], at node: Node) -> Pattern? {
        do {
            return try Pattern(source, options: options)
        } catch {
            report(at: node, "\(BoundedText.quoted(source)) is not a pattern: \(error)")
            return nil
        }
    }
}

extension Judgement {
    /// The judgement when a pattern came to no end.
    static func broken(by error: PatternError) -> Judgement { Judgement(.broken, error.description) }
}
