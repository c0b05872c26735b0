import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungText

/// The store that a command writes evidence to.
struct EvidenceWriting: ParsableArguments {
    @OptionGroup var location: WorkspaceOptions

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    /// Performs `body` on the store. Wrong input leaves no file behind: where there is no store yet, a rehearsal makes none, and
    /// a new one that has stayed empty is removed.
    ///
    /// - Parameters:
    ///   - dryRun: whether to check only; needs no workspace then.
    ///   - body: gets the store, and whether it is to store nothing.
    func perform<Value>(dryRun: Bool = false, _ body: (EvidenceStore, _ dryRun: Bool) throws -> Value) throws -> Value {
        let target = try target(isOptional: dryRun)
        let isNew = target.map { !FileBytes.exists($0) } ?? true
        guard let target, !dryRun || !isNew else { return try body(Composition.emptyStore(), true) }
        let store = try Composition.store(at: target)
        do {
            return try body(store, dryRun)
        } catch {
            if isNew { try store.removeIfEmpty() }
            throw error
        }
    }

    /// The store; made when there is none.
    func store() throws -> EvidenceStore { try Composition.store(at: target(isOptional: false) ?? "") }

    /// Where records go; nil outside of any workspace.
    private func target(isOptional: Bool) throws -> String? {
        if let evidence { return evidence }
        guard let root = try isOptional ? location.root() : location.requiredRoot() else { return nil }
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: root, into: &diagnostics)
        try diagnostics.throwIfAny()
        return workspace?.evidencePath
    }
}

/// Who sends evidence, and the proof of it. The token itself is never an argument, for those are seen by everybody.
struct SenderOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Registered source that sends this; see: rung source list.", valueName: "id"))
    var source: String?

    @Option(help: ArgumentHelp("File with the source's token; without it the variable RUNG_SOURCE_TOKEN.", valueName: "path"))
    var tokenFile: String?

    func validate() throws {
        if source == nil, tokenFile != nil { throw ValidationError("--token-file needs --source ID") }
        if source == nil, Self.environmentToken != nil {
            Terminal.say("note: RUNG_SOURCE_TOKEN is set, but without --source ID nothing is authenticated")
        }
    }

    /// The source, once it has proved who it is; nil when none is named.
    ///
    /// - Parameter signature: file with a signature over what is sent, in place of a token.
    func sender(_ store: EvidenceStore, signature: String? = nil) throws -> ProvenSender? {
        guard let source else { return nil }
        if let signature {
            let seal = try FileSeal(parsing: FileBytes.read(signature), path: FilePath.shown(signature))
            return try store.authenticate(.signature(seal), as: SourceID(source))
        }
        return try store.authenticate(.token(token()), as: SourceID(source))
    }

    private func token() throws -> String {
        if let tokenFile { return try Self.token(in: tokenFile) }
        guard let token = Self.environmentToken else {
            throw InvalidInput(
                "--source", nil, "no token of the source is given", suggestion: "give --token-file FILE, or set RUNG_SOURCE_TOKEN")
        }
        return token
    }

    private static var environmentToken: String? { Terminal.environment("RUNG_SOURCE_TOKEN").flatMap { $0.isEmpty ? nil : $0 } }

    /// The one line of a token file.
    private static func token(in path: String) throws -> String {
        let bytes = try FileBytes.read(path, limit: 4_096)
        let lines = bytes.split { $0 == 10 || $0 == 13 }
        guard lines.count == 1, let line = lines.first else {
            throw InvalidInput(FilePath.shown(path), nil, "a token file has one line, found \(lines.count)")
        }
        return String(decoding: line, as: UTF8.self)
    }
}
