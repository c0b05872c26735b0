public import RungCore
internal import RungCrypto
public import RungText

/// Reads a rubric: the maturity model as one YAML or JSON file.
///
/// Every problem of the file is reported at once: what the shape forbids, and what only the whole shows, such as an unknown
/// prerequisite or thresholds in the wrong order.
public enum RubricFile {
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: the name for messages; a file that ends in `.json` is read as JSON.
    /// - Throws: `InvalidInput` with every problem, in order of position.
    public static func read(text: String, path: String) throws(InvalidInput) -> Rubric {
        let root = try root(text: text, path: path)
        var diagnostics = Diagnostics()
        Shape.object(shape).check(root, file: path, name: "the rubric", into: &diagnostics)
        DocumentFile.checkVersion(root, file: path, into: &diagnostics)
        var checker = RubricChecker(root: root, file: path)
        checker.checkAll()
        diagnostics.append(contentsOf: checker.diagnostics)
        guard diagnostics.isEmpty else { throw InvalidInput(diagnostics.all) }
        return rubric(from: root, digest: digest(of: root))
    }

    private static func root(text: String, path: String) throws(InvalidInput) -> Node {
        do {
            return path.hasSuffix(".json") ? try JSONReader.read(text) : try YAMLReader.read(text)
        } catch {
            throw InvalidInput(path, error.position, error.message)
        }
    }

    /// Lines of the model that no criterion and no symptom answers, of a file that can be read.
    ///
    /// - Throws: `InvalidInput` as `read` does.
    public static func uncoveredLines(text: String, path: String) throws(InvalidInput) -> [Diagnostic] {
        var checker = RubricChecker(root: try root(text: text, path: path), file: path)
        checker.checkCoverage()
        return checker.diagnostics.all
    }

    /// SHA-256 of the canonical JSON of the whole file, so that comments and layout do not count.
    static func digest(of root: Node) -> Digest {
        SHA256Hasher.digest(of: CanonicalJSON.bytes(of: root.json))
    }
}
