internal import RungCore
internal import RungCrypto
internal import RungText

extension RubricOverlay {
    /// The rubric that the overlay extends; nil, with a problem told, when it is not the one that was meant.
    ///
    /// - Throws: `InvalidInput` with every problem of that rubric's own file.
    func base(in library: RubricLibrary, into diagnostics: inout Diagnostics) throws(InvalidInput) -> RubricDocument? {
        guard let node = root["extends"], let name = node.string else { return nil }
        let words = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let document: RubricDocument
        if words[0] == RubricLibrary.builtInWord {
            document = try library.builtInDocument()
            guard words.count == 2, words[1] == document.rubric.version else {
                diagnostics.append(Self.wrongVersion(words, document.rubric.version, file, node.position))
                return nil
            }
        } else {
            guard let found = try file(named: name, at: node.position, library, into: &diagnostics) else { return nil }
            document = found
        }
        return hasDigest(document, into: &diagnostics) ? document : nil
    }

    private static func wrongVersion(_ words: [String], _ version: String, _ file: String, _ position: SourcePosition) -> Diagnostic {
        let right = "\(RubricLibrary.builtInWord)@\(version)"
        guard words.count == 2 else {
            return Diagnostic(file, position, "\"extends\" does not say which version", suggestion: "write extends: \(right)")
        }
        return Diagnostic(
            file, position, "this rung carries version \(version) of the built-in rubric, not \(words[1])",
            suggestion: "read what changed, then write extends: \(right); or extend a file of the other version, with its digest")
    }

    private func file(
        named name: String, at position: SourcePosition, _ library: RubricLibrary, into diagnostics: inout Diagnostics
    ) throws(InvalidInput) -> RubricDocument? {
        let path = FilePath.join(FilePath.folder(of: self.path), name)
        let absolute = FilePath.absolute(path)
        guard FileBytes.exists(path) else {
            let carried = (try? library.builtInDocument().rubric.version) ?? "VERSION"
            diagnostics.append(
                Diagnostic(
                    file, position, "no file \(FilePath.shown(path)) to extend",
                    suggestion: "write \(RubricLibrary.builtInWord)@\(carried), or a path relative to this file, with its digest"))
            return nil
        }
        guard !overlays.contains(absolute) else {
            let way = (overlays + [absolute]).map { FilePath.shown($0) }.joined(separator: " → ")
            diagnostics.append(Diagnostic(file, position, "overlays extend each other in a circle: \(way)"))
            return nil
        }
        return try library.document(at: path, extendedBy: overlays)
    }

    /// Whether the file below has the digest that the overlay names; a path without one could change unseen.
    private func hasDigest(_ document: RubricDocument, into diagnostics: inout Diagnostics) -> Bool {
        let found = document.rubric.digest.description
        guard let node = root["digest"], let digest = node.string else {
            if root["extends"]?.string?.hasPrefix("\(RubricLibrary.builtInWord)@") == true { return true }
            diagnostics.append(
                Diagnostic(
                    file, ground, "a path under \"extends\" needs \"digest\", or the file could change unseen",
                    suggestion: "write digest: \(found)"))
            return false
        }
        guard digest != found else { return true }
        diagnostics.append(
            Diagnostic(
                file, node.position, "\(document.name) has another digest: \(found)",
                suggestion: "read what changed, then write that digest"))
        return false
    }
}
