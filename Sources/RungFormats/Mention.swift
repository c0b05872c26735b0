internal import RungCore
internal import RungText

/// What the files of a registry mention, and which of them could not be read.
struct Mentions {
    var all: [Mention] = []
    /// See `Registry.unreadable`.
    var unreadable: Set<String> = []
}

/// A place in a file that names something defined elsewhere; checked when everything has been read.
struct Mention {
    var file: String
    /// Nil for words of the command line.
    var position: SourcePosition?
    var subject: Subject

    enum Subject {
        case principal(role: String, PrincipalID)
        /// The position above is the version's; the prompt's own stands here.
        case prompt(PromptReference, at: SourcePosition?)
    }

    var isOfPrincipal: Bool { if case .principal = subject { true } else { false } }
}

extension Registry {
    /// Reports every mention of a principal or prompt that is not defined.
    func check(_ mentions: [Mention], into diagnostics: inout Diagnostics) {
        for mention in mentions {
            switch mention.subject {
            case .principal(let role, let id): check(id, role, mention, into: &diagnostics)
            case .prompt(let reference, let place): check(reference, at: place, mention, into: &diagnostics)
            }
        }
    }

    private func check(_ id: PrincipalID, _ role: String, _ mention: Mention, into diagnostics: inout Diagnostics) {
        let known = principals.map(\.id.rawValue)
        guard !known.contains(id.rawValue) else { return }
        diagnostics.append(
            Diagnostic(
                mention.file, mention.position, "\(role) \"\(id)\" is not in principals.yaml",
                suggestion: NearestWord.of(id.rawValue, among: known).map { "did you mean \"\($0)\"?" }
                    ?? "add it to principals.yaml"))
    }

    private func check(
        _ reference: PromptReference, at place: SourcePosition?, _ mention: Mention, into diagnostics: inout Diagnostics
    ) {
        guard prompt(reference) == nil, !unreadable.contains("\(reference.id)/\(reference.label)") else { return }
        let labels = prompts.filter { $0.id == reference.id }.map(\.label)
        let ids = Array(Set(prompts.map(\.id.rawValue))).sorted()
        let message =
            labels.isEmpty
            ? "unknown prompt \"\(reference.id)\"" : "prompt \"\(reference.id)\" has no version \"\(reference.label)\""
        let suggestion =
            labels.isEmpty
            ? NearestWord.suggestion(for: reference.id.rawValue, among: ids)
            : NearestWord.suggestion(for: reference.label, among: labels)
        diagnostics.append(
            Diagnostic(
                mention.file, labels.isEmpty ? place : mention.position, message,
                suggestion: suggestion ?? "add prompts/\(reference.id)/\(reference.label).md"))
    }
}
