internal import RungCore
public import RungCrypto
public import RungText

/// The versions of rubrics that were published with their digests, read from `rubrics/published.yaml`.
public struct RubricPublications: Sendable {
    /// Digests by version, by id of the rubric.
    private var digests: [String: [String: Digest]]

    /// Nothing was published.
    public init() { digests = [:] }

    /// The digest that was published under this name; nil when nothing was.
    public func digest(of id: String, _ version: String) -> Digest? { digests[id]?[version] }

    /// What the file may look like; its JSON Schema is made from this.
    public static let shape = ObjectShape(
        "PublishedRubrics", "Versions of rubrics with their digests. A version that stands here never changes.",
        [
            DocumentFile.versionField,
            .required("published", .map(.map(.digest)), "Digest by version, by id of the rubric."),
        ])

    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: the name for messages.
    /// - Throws: `InvalidInput` with every problem.
    public static func read(text: String, path: String) throws(InvalidInput) -> RubricPublications {
        var diagnostics = Diagnostics()
        let root = DocumentFile.read(text: text, shown: path, isJSON: path.hasSuffix(".json"), shape: shape, into: &diagnostics)
        guard let root else { throw InvalidInput(diagnostics.all) }
        var publications = RubricPublications()
        for rubric in root["published"]?.members ?? [] {
            for version in rubric.value.members ?? [] {
                publications.digests[rubric.key, default: [:]][version.key] = version.value.string.flatMap { Digest($0) }
                guard RubricVersion(version.key)?.draft != nil || RubricVersion(version.key) == nil else { continue }
                diagnostics.append(
                    Diagnostic(
                        path, version.position, "\"\(version.key)\" is no version that can be published", suggestion: "write three numbers")
                )
            }
        }
        guard diagnostics.isEmpty else { throw InvalidInput(diagnostics.all) }
        return publications
    }

    /// The problem of a rubric that says to be a published one and is another; nil where there is none.
    ///
    /// - Parameters:
    ///   - rubric: what was read.
    ///   - file: the path for messages.
    ///   - position: where the version stands.
    func problem(of rubric: RubricIdentity, file: String, _ position: SourcePosition?) -> Diagnostic? {
        guard let published = digest(of: rubric.id, rubric.version), published != rubric.digest else { return nil }
        return Diagnostic(
            file, position,
            "\(rubric.text) was published with digest \(published), this file has \(rubric.digest); a published version never changes",
            suggestion: "give the rubric an id of its own, or write a newer version")
    }
}
