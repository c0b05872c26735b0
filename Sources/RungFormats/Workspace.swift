public import RungCore
public import RungText

/// A folder with a `rung.yaml`, and what lies in it.
public struct Workspace: Sendable {
    /// Absolute path.
    public var root: String
    public var organization: String
    /// Absolute path of the evidence database.
    public var evidencePath: String
    /// Absolute path of the organization's own rubric; nil for the built-in one.
    public var rubricPath: String?
    /// What is redacted, and how long payloads are kept.
    public var privacy = PrivacySettings()

    public static let fileName = "rung.yaml"

    public static let shape = ObjectShape(
        "Workspace", "rung.yaml: marks a folder as a workspace.",
        [
            DocumentFile.versionField,
            .required("organization", .text, "Name that reports carry."),
            .optional("evidence", .text, "Path of the evidence database, relative to this file; default .rung/evidence.db."),
            .optional("privacy", .object(PrivacySettings.shape), PrivacySettings.shape.summary),
            .optional("rubric", .text, "Path of the rubric to assess by, relative to this file; default the built-in one."),
        ])

    /// The nearest folder at or above `folder` with a `rung.yaml`; nil when there is none.
    public static func root(above folder: String) -> String? {
        var folder = FilePath.absolute(folder)
        while true {
            if FileBytes.exists(FilePath.join(folder, fileName)) { return folder }
            guard folder != "/" else { return nil }
            folder = FilePath.folder(of: folder)
        }
    }

    /// Reads `rung.yaml`; problems go to `diagnostics`.
    public static func read(root: String, into diagnostics: inout Diagnostics) -> Workspace? {
        let path = FilePath.join(root, fileName)
        guard let node = DocumentFile.read(path, shape: shape, into: &diagnostics) else { return nil }
        func resolve(_ key: String) -> String? {
            node[key]?.string.map { FilePath.absolute(FilePath.join(root, $0)) }
        }
        var workspace = Workspace(
            root: root, organization: node["organization"]?.string ?? "",
            evidencePath: resolve("evidence") ?? FilePath.join(root, ".rung/evidence.db"), rubricPath: resolve("rubric"))
        if let privacy = node["privacy"] {
            workspace.privacy = PrivacySettings.read(privacy, file: FilePath.shown(path), into: &diagnostics)
        }
        return workspace
    }

    /// A workspace without files, for suites that grade recordings outside of any.
    public static func bare(at folder: String) -> Workspace {
        let root = FilePath.absolute(folder)
        return Workspace(
            root: root, organization: "unnamed", evidencePath: FilePath.join(root, ".rung/evidence.db"), rubricPath: nil)
    }

    /// Reads agents, prompts and principals, and checks what they say of each other.
    public func registry(into diagnostics: inout Diagnostics) -> Registry {
        let before = diagnostics.all.count
        let principals = PrincipalsFile.read(FilePath.join(root, "principals.yaml"), into: &diagnostics)
        let knowsPrincipals = diagnostics.all.count == before
        var mentions = Mentions()
        let prompts = PromptFile.readAll(FilePath.join(root, "prompts"), mentions: &mentions, into: &diagnostics)
        let agents = AgentFile.readAll(FilePath.join(root, "agents"), mentions: &mentions, into: &diagnostics)
        var registry = Registry(agents: agents, prompts: prompts, principals: principals)
        registry.unreadable = mentions.unreadable
        // A principals file with problems would make every mention of a person look wrong.
        registry.check(mentions.all.filter { knowsPrincipals || !$0.isOfPrincipal }, into: &diagnostics)
        return registry
    }

    /// What models cost, as the workspace says in `prices.yaml`.
    public func prices(into diagnostics: inout Diagnostics) -> PriceTable {
        PriceFile.read(FilePath.join(root, "prices.yaml"), into: &diagnostics)
    }

    /// Paths of the suite files in `suites/`, sorted.
    public func suitePaths(into diagnostics: inout Diagnostics) -> [String] {
        let folder = FilePath.join(root, "suites")
        do {
            return try FileBytes.names(in: folder)
                .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
                .map { FilePath.join(folder, $0) }
        } catch {
            diagnostics.append(Diagnostic(FilePath.shown(folder), nil, error.reason))
            return []
        }
    }
}
