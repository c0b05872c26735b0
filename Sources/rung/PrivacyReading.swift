import RungFormats
import RungPattern
import RungRedaction
import RungText

/// Makes the redactor that a workspace's privacy section describes.
enum PrivacyReading {
    /// The redactor of a workspace.
    ///
    /// - Throws: `InvalidInput` when a pattern cannot be used.
    static func redactor(of workspace: Workspace) throws -> Redactor {
        var diagnostics = Diagnostics()
        let policy = policy(workspace.privacy, into: &diagnostics)
        try diagnostics.throwIfAny()
        return Redactor(policy)
    }

    /// The redactor of the workspace that a file belongs to: the one above it, else the one above this folder, else the
    /// standard rules.
    ///
    /// - Throws: `InvalidInput` when the workspace's file cannot be used: nothing is stored under rules that are not known.
    static func redactor(around path: String) throws -> Redactor {
        guard let root = Workspace.root(above: FilePath.folder(of: FilePath.absolute(path))) ?? Workspace.root(above: ".") else {
            return .standard
        }
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: root, into: &diagnostics)
        try diagnostics.throwIfAny()
        return try workspace.map(redactor) ?? .standard
    }

    /// Reports what is wrong with the patterns.
    static func check(_ settings: PrivacySettings, into diagnostics: inout Diagnostics) {
        _ = policy(settings, into: &diagnostics)
    }

    private static func policy(_ settings: PrivacySettings, into diagnostics: inout Diagnostics) -> RedactionPolicy {
        var policy = RedactionPolicy(phones: settings.phones, allowed: settings.allowed)
        for custom in settings.patterns {
            guard RedactionPolicy.CustomPattern.isName(custom.name) else {
                diagnostics.append(
                    Diagnostic(
                        custom.file, custom.namePosition, "\"\(custom.name)\" cannot name a pattern",
                        suggestion: "use lower-case letters, digits and hyphens, and no name of a built-in rule"))
                continue
            }
            do {
                policy.patterns.append(.init(name: custom.name, pattern: try Pattern(custom.pattern)))
            } catch {
                diagnostics.append(Diagnostic(custom.file, custom.patternPosition, "the pattern cannot be used: \(error)"))
            }
        }
        return policy
    }
}
