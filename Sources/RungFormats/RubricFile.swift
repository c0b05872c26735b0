internal import RungCore
internal import RungCrypto
internal import RungText

/// Reads rubrics that stand alone: the maturity model as one YAML or JSON file.
///
/// Every problem of the file is reported at once: what the shape forbids, and what only the whole shows, such as an unknown
/// prerequisite or thresholds in the wrong order.
enum RubricFile {
    /// What a rubric file may look like, an overlay included; its JSON Schema is made from this.
    static let anyShape = Shape.either([.object(shape), .object(RubricOverlay.shape)])

    /// - Throws: `InvalidInput` with every problem, in order of position.
    static func document(from root: Node, path: String, crosswalk: RubricCrosswalk) throws(InvalidInput) -> RubricDocument {
        var diagnostics = Diagnostics()
        Shape.object(shape).check(root, file: path, name: "the rubric", into: &diagnostics)
        DocumentFile.checkVersion(root, file: path, into: &diagnostics)
        var checker = RubricChecker(root: root, file: path, crosswalk: crosswalk)
        checker.checkAll()
        diagnostics.append(contentsOf: checker.diagnostics)
        guard diagnostics.isEmpty else { throw InvalidInput(diagnostics.all) }
        var rubric = rubric(from: root, digest: digest(of: root))
        rubric.frameworks = crosswalk.extended(by: root["frameworks"])
        return RubricDocument(rubric: rubric, name: path, root: root, source: root)
    }

    /// SHA-256 of the canonical JSON of the whole file, so that comments and layout do not count.
    static func digest(of root: Node) -> Digest { SHA256Hasher.digest(of: CanonicalJSON.bytes(of: root)) }
}
