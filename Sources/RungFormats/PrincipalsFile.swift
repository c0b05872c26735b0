public import RungCore
public import RungText

/// `principals.yaml`: the people, services and agents that can act.
public enum PrincipalsFile {
    public static let shape = ObjectShape(
        "Principals", "People, services and agents that can own, review, approve or act.",
        [
            DocumentFile.versionField,
            .required("principals", .array(.object(principal), atLeast: 0), "One entry for each identity."),
        ])

    private static let principal = ObjectShape(
        "Principal", "One identity.",
        [
            .required("id", .identifier, "Stable identity, as in logs and approvals."),
            .required("kind", .oneOf(Principal.Kind.allCases.map(\.rawValue)), "Only a person can own, review or approve."),
            .optional("team", .identifier, "Organisational team."),
            .optional("can-build", .bool, "May create or change agents or prompts; default false."),
            .optional("left-at", .timestamp, "When the account ended; left out while it is active."),
            .optional("name", .text, "For people who read the file; not used elsewhere."),
        ])

    /// Reads the file; problems go to `diagnostics`. No file means no principals.
    public static func read(_ path: String, into diagnostics: inout Diagnostics) -> [Principal] {
        guard FileBytes.exists(path), let node = DocumentFile.read(path, shape: shape, into: &diagnostics) else { return [] }
        let shown = FilePath.shown(path)
        var seen = FirstUses(what: "principal")
        return (node["principals"]?.array ?? []).compactMap { entry in
            guard let id = entry["id"]?.string, let kind = entry["kind"]?.string.flatMap(Principal.Kind.init) else { return nil }
            seen.note(id, file: shown, at: entry["id"]?.position ?? entry.position, into: &diagnostics)
            return Principal(
                id: PrincipalID(id), kind: kind, team: entry["team"]?.string,
                leftAt: entry["left-at"]?.string.flatMap { Timestamp($0) }, canBuild: entry["can-build"]?.bool ?? false,
                location: SourceLocation(file: shown, line: Int(entry.position.line)))
        }
    }
}

/// Remembers where each id was first used, to report the second use.
struct FirstUses {
    let what: String
    private var places: [String: String] = [:]

    init(what: String) { self.what = what }

    mutating func note(_ id: String, file: String, at position: SourcePosition, into diagnostics: inout Diagnostics) {
        guard let first = places[id] else {
            places[id] = "\(file):\(position)"
            return
        }
        diagnostics.append(
            Diagnostic(file, position, "\(what) \"\(id)\" is defined twice", suggestion: "first defined at \(first)"))
    }
}
