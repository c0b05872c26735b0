internal import RungText

/// Reads the parameters of one grader and gathers what its shape could not check.
///
/// The node has passed the shape; where it has not, defaults stand in, so that reading never ends early.
struct GraderParameters {
    /// The grader as it stands in the file.
    let node: Node
    /// The path for diagnostics.
    let file: String
    private var problems = Diagnostics()

    init(_ node: Node, file: String) {
        self.node = node
        self.file = file
    }

    /// The value of a parameter that was given; a null stands for "left out".
    subscript(key: String) -> Node? {
        guard let value = node[key], !value.isNull else { return nil }
        return value
    }

    /// A parameter that is one of a few words.
    func word<Word: RawRepresentable<String>>(_ key: String, default fallback: Word) -> Word {
        self[key]?.string.flatMap(Word.init(rawValue:)) ?? fallback
    }

    /// The text that is to be judged.
    var target: JudgedText { word("target", default: .answer) }

    /// Whether upper and lower case are told apart.
    var letterCase: LetterCase { word("case", default: .sensitive) }

    /// Notes a problem at a node.
    mutating func report(at node: Node, _ message: String, suggestion: String? = nil) {
        problems.append(Diagnostic(file, node.position, message, suggestion: suggestion))
    }

    /// Notes a problem at a key of an object; at the object when it has no such key.
    mutating func report(key: String, of object: Node, _ message: String, suggestion: String? = nil) {
        let position = object.members?.first { $0.key == key }?.position ?? object.position
        problems.append(Diagnostic(file, position, message, suggestion: suggestion))
    }

    /// Throws all problems at once, in order of position.
    func finish() throws(InvalidInput) {
        guard problems.isEmpty else { throw InvalidInput(problems.all) }
    }
}

extension ObjectShape.Field {
    /// The parameter that says whether upper and lower case are told apart.
    static let letterCase = ObjectShape.Field.optional(
        "case", .oneOf(LetterCase.allCases.map(\.rawValue)),
        "Whether upper and lower case are told apart: sensitive or insensitive (Unicode simple folding); default sensitive.")
}
