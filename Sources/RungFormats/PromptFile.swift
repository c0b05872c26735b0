internal import RungCore
public import RungText

/// `prompts/<id>/<label>.md`: a template with front matter. Its version is the digest of template and variables.
public enum PromptFile {
    public static let shape = ObjectShape(
        "PromptFrontMatter", "The part of a prompt file between the two --- lines; the template follows.",
        [
            DocumentFile.versionField,
            .required(
                "variables", .array(.identifier, atLeast: 0), "Names used as {{ name }} in the template; all of them, and no others."),
            .optional("author", .identifier, "Principal who wrote it."),
            .optional("reason", .text, "Why this version was made."),
            .optional("parent", .identifier, "Label of the version that it was made from; left out for the first."),
            .optional("template", .identifier, "The approved template that it is built from."),
        ])

    /// Reads all versions of all prompts below `folder`, sorted by id and label.
    static func readAll(
        _ folder: String, mentions: inout Mentions, into diagnostics: inout Diagnostics
    ) -> [PromptVersion] {
        var versions: [PromptVersion] = []
        for id in names(in: folder, into: &diagnostics) where FileBytes.isFolder(FilePath.join(folder, id)) {
            var drafts: [Draft] = []
            let inner = FilePath.join(folder, id)
            for name in names(in: inner, into: &diagnostics) where name.hasSuffix(".md") {
                guard let draft = read(FilePath.join(inner, name), id: PromptID(id), into: &diagnostics) else {
                    mentions.unreadable.insert("\(id)/\(FilePath.stem(of: name))")
                    continue
                }
                drafts.append(draft)
                if let author = draft.author { mentions.all.append(author) }
            }
            versions += resolve(drafts, unreadable: mentions.unreadable, into: &diagnostics)
        }
        return versions
    }

    private struct Draft {
        var version: PromptVersion
        var parent: (label: String, position: SourcePosition)?
        var author: Mention?
        var file: String
    }

    private static func names(in folder: String, into diagnostics: inout Diagnostics) -> [String] {
        do { return try FileBytes.names(in: folder) } catch {
            diagnostics.append(Diagnostic(FilePath.shown(folder), nil, error.reason))
            return []
        }
    }

    private static func resolve(
        _ drafts: [Draft], unreadable: Set<String>, into diagnostics: inout Diagnostics
    ) -> [PromptVersion] {
        drafts.map { draft in
            var version = draft.version
            guard let parent = draft.parent else { return version }
            if let match = drafts.first(where: { $0.version.label == parent.label && parent.label != version.label }) {
                version.parent = match.version.version
            } else if !unreadable.contains("\(version.id)/\(parent.label)") {
                let others = drafts.map(\.version.label).filter { $0 != version.label }
                diagnostics.append(
                    Diagnostic(
                        draft.file, parent.position, "no version \"\(parent.label)\" of prompt \"\(version.id)\" to be the parent",
                        suggestion: NearestWord.suggestion(for: parent.label, among: others)))
            }
            return version
        }
    }

    private static func read(_ path: String, id: PromptID, into diagnostics: inout Diagnostics) -> Draft? {
        let shown = FilePath.shown(path)
        guard let text = DocumentFile.text(of: path, into: &diagnostics) else { return nil }
        guard let (matter, template, firstLine) = split(text) else {
            diagnostics.append(
                Diagnostic(
                    shown, .start, "no front matter",
                    suggestion: "start the file with a --- line, \"format: 1\", \"variables: []\" and another --- line"))
            return nil
        }
        guard let node = DocumentFile.read(text: matter, shown: shown, isJSON: false, shape: shape, into: &diagnostics) else {
            return nil
        }
        let variables = node["variables"]?.strings ?? []
        check(template, firstLine: firstLine, declared: node["variables"], file: shown, into: &diagnostics)
        var version = PromptVersion(
            id: id, label: FilePath.stem(of: path), text: template, variables: variables,
            location: SourceLocation(file: shown, line: 1))
        version.author = node["author"]?.string.map { PrincipalID($0) }
        version.reason = node["reason"]?.string
        version.template = node["template"]?.string
        let parent = node["parent"].flatMap { node in node.string.map { ($0, node.position) } }
        let author = node["author"].flatMap { value in
            value.string.map { Mention(file: shown, position: value.position, subject: .principal(role: "author", PrincipalID($0))) }
        }
        return Draft(version: version, parent: parent.map { (label: $0.0, position: $0.1) }, author: author, file: shown)
    }

    /// Front matter with a blank first line (so that positions are those of the file), the template without its final
    /// line break, and the number of the template's first line.
    static func split(_ text: String) -> (matter: String, template: String, firstLine: Int)? {
        // Over bytes: to Swift, a carriage return and a line feed are one character, which is not a line feed.
        let lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
        }
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return nil }
        let matter = "\n" + lines[1..<end].joined(separator: "\n") + "\n"
        var body = lines[(end + 1)...]
        if body.last == "" { body.removeLast() }
        return (matter, body.joined(separator: "\n"), end + 2)
    }

    /// Every `{{ name }}` must be declared, and every declared name must be used.
    private static func check(
        _ template: String, firstLine: Int, declared: Node?, file: String, into diagnostics: inout Diagnostics
    ) {
        let known = declared?.strings ?? []
        var used: Set<String> = []
        for (offset, line) in template.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for (name, column) in Placeholder.names(in: line) {
                used.insert(name)
                guard !known.contains(name) else { continue }
                diagnostics.append(
                    Diagnostic(
                        file, SourcePosition(line: firstLine + offset, column: column), "variable \"\(name)\" is not declared",
                        suggestion: NearestWord.of(name, among: known).map { "did you mean \"\($0)\"?" }
                            ?? "add it to variables in the front matter"))
            }
        }
        for item in declared?.array ?? [] {
            guard let name = item.string, !used.contains(name) else { continue }
            diagnostics.append(
                Diagnostic(
                    file, item.position, "variable \"\(name)\" is declared and not used",
                    suggestion: "use it as {{ \(name) }} in the template, or remove it from variables"))
        }
    }
}
