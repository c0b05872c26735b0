import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungLedger
import RungText

/// `rung source`: who may send evidence under a name of their own.
struct SourceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source", abstract: "Register senders of evidence, so that what they send can be believed.",
        subcommands: [
            SourceAddCommand.self, SourceListCommand.self, SourceRotateCommand.self, SourceRevokeCommand.self, SourceSignCommand.self,
        ])
}

/// How a source proves who it is.
struct CredentialOptions: ParsableArguments {
    @Flag(help: "It shows a token, which is printed once (the default).")
    var token = false

    @Option(help: ArgumentHelp("It signs its files; FILE holds its public key, as name+id+base64.", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("It signs its files with a new key, whose private half is written to FILE.", valueName: "file"))
    var newKey: String?

    func validate() throws {
        if [token, key != nil, newKey != nil].count(where: { $0 }) > 1 {
            throw ValidationError("give one of --token, --key and --new-key")
        }
    }

    /// - Parameter id: of the source; names a new key.
    func credential(for id: String) throws -> SourceCredential {
        if let key { return .publicKey(try SourceKeyFile.verifier(at: key)) }
        if let newKey { return .publicKey(try SourceKeyFile.make(at: newKey, name: id).verifierKey) }
        return .newToken
    }
}

/// `rung source add`.
struct SourceAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Register a source; prints its token once.",
        discussion: """
            The token goes to standard output and is stored nowhere: keep it where the sender finds it, for it cannot be shown \
            again. What a source can vouch for depends on its type; docs/guide/evidence-in.md has the table.
            """)

    @Argument(help: "Id of the source: letters, digits, \".\", \"_\" and \"-\".")
    var id: String

    @Option(help: "gateway, identityProvider, receiver or tracker.", transform: SourceText.type)
    var type: EvidenceSource.SourceType

    @OptionGroup var credential: CredentialOptions
    @OptionGroup var writing: EvidenceWriting

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let issued = try writing.store().addSource(
            EvidenceSource(id: SourceID(id), type: type), credential.credential(for: id), actor: PrincipalID(Surroundings.actor))
        SourceText.show(issued, "added", format)
    }
}

/// `rung source rotate`.
struct SourceRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give a source a new token or key; the old one is not accepted from then on.")

    @Argument(help: "The source.")
    var id: String

    @OptionGroup var credential: CredentialOptions
    @OptionGroup var evidence: EvidenceOptions

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let store = try evidence.store()
        _ = try store.activeSource(SourceID(id))
        let writer = try Composition.store(at: store.path)
        let issued = try writer.rotateSource(SourceID(id), credential.credential(for: id), actor: PrincipalID(Surroundings.actor))
        SourceText.show(issued, "rotated", format)
    }
}

/// `rung source revoke`.
struct SourceRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take nothing from a source any more; what it sent before keeps its class.")

    @Argument(help: "The source.")
    var id: String

    @OptionGroup var evidence: EvidenceOptions

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let store = try evidence.store()
        _ = try store.activeSource(SourceID(id))
        let source = try Composition.store(at: store.path).revokeSource(SourceID(id), actor: PrincipalID(Surroundings.actor))
        switch format {
        case .json: Terminal.print(JSONText.pretty(SourceText.json(source, formatVersion: 1)))
        case .text: Terminal.say("revoked \(id); what it sent before stays as it is")
        }
    }
}

/// `rung source list`.
struct SourceListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List all sources, revoked ones too.")

    @OptionGroup var evidence: EvidenceOptions

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let sources = try evidence.store().sources()
        switch format {
        case .json:
            Terminal.print(JSONText.pretty(["formatVersion": 1, "sources": .array(sources.map { SourceText.json($0) })]))
        case .text:
            if sources.isEmpty { Terminal.say("no sources yet; register one with: rung source add") }
            for source in sources { Terminal.print(SourceText.line(source)) }
        }
    }
}

/// `rung source sign`.
struct SourceSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign an evidence file with the private key of a source; needs no workspace.",
        discussion: "The signature is a C2SP signed note that names size and digest of the file, so any tool for such notes can make it.")

    @Argument(help: "The file.")
    var file: String

    @Option(help: ArgumentHelp("Private key, as rung source add --new-key wrote it.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("Where the signature goes; default FILE.sig.", valueName: "file.sig"))
    var out: String?

    func run() throws {
        let out = out ?? file + ".sig"
        let key = try SourceKeyFile.signer(at: key)
        try ReplacedFile.write(FileSeal(of: file).signed(by: key), to: out)
        Terminal.say("signed with \(key.verifierKey.label): \(FilePath.shown(out))")
    }
}

/// Sources in words.
enum SourceText {
    /// The type of a source by its word.
    static func type(_ word: String) throws -> EvidenceSource.SourceType {
        if let type = EvidenceSource.SourceType(rawValue: word) { return type }
        let words = EvidenceSource.SourceType.allCases.map(\.rawValue)
        throw ValidationError(
            "there is no type \"\(word)\" of sources; \(NearestWord.suggestion(for: word, among: words) ?? "")")
    }

    /// The token, alone, on standard output; everything else on standard error.
    static func show(_ issued: IssuedSource, _ verb: String, _ format: OutputFormat) {
        let source = issued.source
        switch format {
        case .json:
            var members = json(source, formatVersion: 1).members ?? []
            if let token = issued.token { members.append(.init("token", .string(token))) }
            Terminal.print(JSONText.pretty(.object(members)))
        case .text:
            Terminal.say("\(verb) \(source.source.id), a source of type \(source.source.type.rawValue)")
            if let token = issued.token {
                Terminal.say("its token, shown this once:")
                Terminal.print(token)
            } else if case .key(let key) = source.proof {
                Terminal.say("it signs with \(key)")
            }
        }
    }

    /// One line, for people.
    static func line(_ source: RegisteredSource) -> String {
        let proof = if case .key(let key) = source.proof { "key \(key.label)" } else { "token" }
        let state = source.revokedAt.map { "revoked \($0)" } ?? "active since \(source.addedAt)"
        return "\(source.source.id)  \(source.source.type.rawValue)  \(proof)  \(state)"
    }

    /// For tools.
    static func json(_ source: RegisteredSource, formatVersion: Int? = nil) -> JSONValue {
        var members: [JSONValue.Member] = formatVersion.map { [.init("formatVersion", .int($0))] } ?? []
        members += [
            .init("id", .string(source.source.id.rawValue)), .init("type", .string(source.source.type.rawValue)),
            .init("active", .bool(source.isActive)), .init("addedAt", .string(source.addedAt.description)),
            .init("renewedAt", .string(source.renewedAt.description)),
            .init("revokedAt", source.revokedAt.map { .string($0.description) } ?? .null),
            .init("changedBy", .string(source.changedBy.rawValue)),
        ]
        if case .key(let key) = source.proof { members.append(.init("key", .string(key.description))) }
        return .object(members)
    }
}
