public import RungText

/// A YAML or JSON file of the workspace that has been read and checked against its shape.
public enum DocumentFile {
    /// Reads and checks a document; every problem is added to `diagnostics`, and nil is returned if there was any.
    public static func read(
        _ path: String, shape: ObjectShape, into diagnostics: inout Diagnostics
    ) -> Node? {
        let shown = FilePath.shown(path)
        guard let text = text(of: path, into: &diagnostics) else { return nil }
        return read(text: text, shown: shown, isJSON: path.hasSuffix(".json"), shape: shape, into: &diagnostics)
    }

    static func read(
        text: String, shown: String, isJSON: Bool, shape: ObjectShape, into diagnostics: inout Diagnostics
    ) -> Node? {
        do {
            let node = isJSON ? try JSONReader.read(text) : try YAMLReader.read(text)
            var found = Diagnostics()
            Shape.object(shape).check(node, file: shown, name: "the document", into: &found)
            checkVersion(node, file: shown, into: &found)
            guard found.isEmpty else {
                diagnostics.append(contentsOf: found)
                return nil
            }
            return node
        } catch {
            diagnostics.append(Diagnostic(shown, error.position, error.message))
            return nil
        }
    }

    /// The file as text; a problem is added when it cannot be read or is not UTF-8.
    static func text(of path: String, into diagnostics: inout Diagnostics) -> String? {
        let shown = FilePath.shown(path)
        do {
            let bytes = try FileBytes.read(path)
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            diagnostics.append(Diagnostic(shown, nil, "not valid UTF-8", suggestion: "save the file as UTF-8"))
        } catch {
            diagnostics.append(Diagnostic(shown, nil, error.reason))
        }
        return nil
    }

    /// The member that every file kind has.
    static let versionField = ObjectShape.Field.required(
        "format", .integer(1...Int(Int32.max)), "Version of the file format; 1.")

    static func checkVersion(_ node: Node, file: String, into diagnostics: inout Diagnostics) {
        guard let version = node["format"], let number = version.int, number != 1 else { return }
        diagnostics.append(
            Diagnostic(
                file, version.position, "format \(number) is newer than this version of rung reads",
                suggestion: "use a newer rung, or write format: 1"))
    }
}
