public import RungCore
public import RungText

/// The public frameworks that Rung knows, read from `rubrics/crosswalk.yaml`.
public struct RubricCrosswalk: Sendable {
    /// In the order of the file.
    public var frameworks: [RubricFramework]

    public init(frameworks: [RubricFramework]) { self.frameworks = frameworks }

    /// The framework of this key; nil when it is not known.
    public subscript(id: String) -> RubricFramework? { frameworks.first { $0.id == id } }

    /// What the file may look like; its JSON Schema is made from this.
    public static let shape = ObjectShape(
        "Crosswalk", "Public frameworks with the ids that criteria may name. Naming one means \"contributes to\", never \"satisfies\".",
        [DocumentFile.versionField, .required("frameworks", .map(.object(framework)), "The frameworks, by key such as nist-ai-rmf.")])

    private static let framework = ObjectShape(
        "CrosswalkFramework", "One framework with its entries.",
        [
            .required("title", .text, "What people call it, such as NIST AI RMF 1.0."),
            .required("source", .text, "The publication and edition that the ids were taken from."),
            .required("complete", .bool, "Whether every entry is listed; else a rubric may add more."),
            .required("ids", .array(.text, atLeast: 1), "The entries, in the order of the framework."),
        ])

    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: the name for messages.
    /// - Throws: `InvalidInput` with every problem.
    public static func read(text: String, path: String) throws(InvalidInput) -> RubricCrosswalk {
        var diagnostics = Diagnostics()
        let root = DocumentFile.read(text: text, shown: path, isJSON: path.hasSuffix(".json"), shape: shape, into: &diagnostics)
        guard let root else { throw InvalidInput(diagnostics.all) }
        for member in root["frameworks"]?.members ?? [] {
            var seen: Set<String> = []
            for node in member.value["ids"]?.array ?? [] {
                guard let id = node.string, !seen.insert(id).inserted else { continue }
                diagnostics.append(Diagnostic(path, node.position, "entry \"\(id)\" of \(member.key) stands twice"))
            }
        }
        guard diagnostics.isEmpty else { throw InvalidInput(diagnostics.all) }
        return RubricCrosswalk(frameworks: RubricCrosswalk(frameworks: []).extended(by: root["frameworks"]))
    }
}
