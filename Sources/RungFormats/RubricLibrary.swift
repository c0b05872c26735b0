internal import RungCore
public import RungText

/// Where rubrics come from: the built-in one and files, with what they may refer to.
public struct RubricLibrary: Sendable {
    /// The word for the built-in rubric.
    public static let builtInWord = "built-in"

    /// The text of the built-in rubric.
    private let builtIn: String
    /// The public frameworks.
    public let crosswalk: RubricCrosswalk
    /// Versions that never change.
    public let publications: RubricPublications

    /// - Parameters:
    ///   - builtIn: the text of the built-in rubric; it is read when it is asked for.
    ///   - crosswalk: the public frameworks.
    ///   - publications: versions that never change.
    public init(builtIn: String, crosswalk: RubricCrosswalk, publications: RubricPublications) {
        self.builtIn = builtIn
        self.crosswalk = crosswalk
        self.publications = publications
    }

    /// The built-in rubric.
    ///
    /// - Throws: `InvalidInput` with every problem, as `document(text:path:)` does. It is not held to the publications: a test
    ///   does that, so that it can be worked on.
    public func builtInDocument() throws(InvalidInput) -> RubricDocument {
        let path = "\(Self.builtInWord) rubric"
        return try RubricFile.document(from: try Self.root(text: builtIn, path: path), path: path, crosswalk: crosswalk)
    }

    /// The rubric or overlay at a path; `built-in` is the built-in one.
    ///
    /// - Throws: `InvalidInput` with every problem, in order of position.
    public func document(at path: String) throws(InvalidInput) -> RubricDocument {
        path == Self.builtInWord ? try builtInDocument() : try document(at: path, extendedBy: [])
    }

    /// The same for comparisons: a file may call itself a published version and be another one.
    public func unpublishedDocument(at path: String) throws(InvalidInput) -> RubricDocument {
        try RubricLibrary(builtIn: builtIn, crosswalk: crosswalk, publications: RubricPublications()).document(at: path)
    }

    /// A rubric or overlay that has been read already.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: the name for messages, and the place that relative paths start from; one that ends in `.json` is read as JSON.
    public func document(text: String, path: String) throws(InvalidInput) -> RubricDocument {
        try document(text: text, path: path, extendedBy: [])
    }

    /// - Parameter overlays: absolute paths of the overlays on the way here.
    func document(at path: String, extendedBy overlays: [String]) throws(InvalidInput) -> RubricDocument {
        var diagnostics = Diagnostics()
        guard let text = DocumentFile.text(of: path, into: &diagnostics) else { throw InvalidInput(diagnostics.all) }
        return try document(text: text, path: path, extendedBy: overlays)
    }

    private func document(text: String, path: String, extendedBy overlays: [String]) throws(InvalidInput) -> RubricDocument {
        let shown = FilePath.shown(path)
        let root = try Self.root(text: text, path: shown)
        var document: RubricDocument
        if root["extends"] == nil {
            document = try RubricFile.document(from: root, path: shown, crosswalk: crosswalk)
            try tellChanges(of: &document)
        } else {
            let overlay = RubricOverlay(root: root, path: path, overlays: overlays + [FilePath.absolute(path)])
            document = try overlay.document(in: self)
        }
        let problem = publications.problem(of: document.rubric.identity, file: shown, root["version"]?.position)
        guard let problem else { return document }
        throw InvalidInput([problem])
    }

    /// A file that goes by the name of the built-in rubric and is another one does not pass for it: its reports tell the changes
    /// that may move stage or scores, as those of an overlay do.
    private func tellChanges(of document: inout RubricDocument) throws(InvalidInput) {
        let builtIn = try builtInDocument()
        guard document.rubric.id == builtIn.rubric.id, document.rubric.digest != builtIn.rubric.digest else { return }
        document.rubric.base = builtIn.rubric.identity
        document.rubric.changes = builtIn.diff(to: document).changes.filter { $0.effect != .none }
    }

    private static func root(text: String, path: String) throws(InvalidInput) -> Node {
        do {
            return path.hasSuffix(".json") ? try JSONReader.read(text) : try YAMLReader.read(text)
        } catch {
            throw InvalidInput(path, error.position, error.message)
        }
    }
}
