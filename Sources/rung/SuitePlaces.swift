import RungCore
import RungFormats
import RungText

/// Finds the suites that the user named, and the workspace that they belong to.
struct SuitePlaces {
    private(set) var workspace: Workspace
    private let root: String?

    /// - Parameter root: the workspace's folder; nil when there is none around the current folder.
    init(root: String?) {
        self.root = root
        workspace = Workspace.bare(at: root ?? ".")
    }

    /// Paths of the suites: files as they are, ids looked up in the workspace, all of the workspace when none is named.
    mutating func paths(of names: [String], into diagnostics: inout Diagnostics) throws -> [String] {
        guard let root = root ?? names.first(where: FileBytes.exists).flatMap({ Workspace.root(above: FilePath.folder(of: $0)) })
        else { return try pathsWithoutWorkspace(names) }
        if let found = Workspace.read(root: root, into: &diagnostics) { workspace = found }
        let known = workspace.suitePaths(into: &diagnostics)
        guard !names.isEmpty else {
            if known.isEmpty {
                diagnostics.append(
                    Diagnostic(FilePath.shown(FilePath.join(root, "suites")), nil, "no suite files", suggestion: "name a suite file"))
            }
            return known
        }
        return names.compactMap { name in
            if FileBytes.exists(name) { return name }
            if let path = known.first(where: { FilePath.stem(of: $0) == name }) ?? known.first(where: { Self.id(in: $0) == name }) {
                return path
            }
            diagnostics.append(
                Diagnostic(
                    name, nil, "no such suite file, and no suite of the workspace has this id",
                    suggestion: NearestWord.suggestion(for: name, among: known.map(FilePath.stem))))
            return nil
        }
    }

    private mutating func pathsWithoutWorkspace(_ names: [String]) throws -> [String] {
        guard let first = names.first else {
            throw InvalidInput(
                ".", nil, "no \(Workspace.fileName) in this folder or above it",
                suggestion: "make a workspace with: rung init, or name a suite file")
        }
        for name in names where !FileBytes.exists(name) {
            throw InvalidInput(name, nil, "no such suite file", suggestion: "outside of a workspace suites are named by their file")
        }
        workspace = Workspace.bare(at: FilePath.folder(of: first))
        return names
    }

    /// The id that a suite file gives itself, without checking the rest of it.
    private static func id(in path: String) -> String? {
        guard let bytes = try? FileBytes.read(path) else { return nil }
        return (try? YAMLReader.read(String(decoding: bytes, as: UTF8.self)))?["id"]?.string
    }
}
