import ArgumentParser
import RungFormats
import RungLedger
import RungText

/// `rung ledger keys`: the key that signs the ledger.
struct LedgerKeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make the key that signs the ledger, or show its public half.",
        discussion: """
            The key lies outside of every workspace, in rung/signing-key of the user's configuration ($XDG_CONFIG_HOME or \
            ~/.config), readable for its owner alone. \(SigningKey.variable) names another file.
            """,
        subcommands: [LedgerKeysShowCommand.self, LedgerKeysNewCommand.self, LedgerKeysImportCommand.self],
        defaultSubcommand: LedgerKeysShowCommand.self)
}

/// `rung ledger keys show`.
struct LedgerKeysShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Print the public key, for those who check proofs.")

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let key = try SigningKey.required("the ledger")
        KeyText.print(key.verifierKey, path: SigningKey.place?.path ?? "", format)
    }
}

/// `rung ledger keys new`.
struct LedgerKeysNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "new", abstract: "Make a key; never replaces one.")

    @Option(help: ArgumentHelp("Name of the key in notes, such as example.com/agents; default from the key itself.", valueName: "name"))
    var name: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if let name, !VerifierKey.isName(name) {
            throw ValidationError("--name must be a text without white space and without +, found \"\(name)\"")
        }
    }

    func run() throws {
        let (key, path) = try SigningKey.make(name: name)
        Terminal.say("made a key in \(FilePath.shown(path)); keep a copy of the file where only you can read it")
        KeyText.print(key.verifierKey, path: path, format)
    }
}

/// `rung ledger keys import`.
struct LedgerKeysImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in a private key that was made elsewhere; never replaces one.",
        discussion: "The file holds one line PRIVATE+KEY+name+id+base64, as tools for signed notes write it.")

    @Argument(help: "File with the private key; it stays where it is.")
    var file: String

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let (key, path) = try SigningKey.adopt(file)
        Terminal.say("wrote the key to \(FilePath.shown(path)); remove \(FilePath.shown(file)) if nobody needs it")
        KeyText.print(key.verifierKey, path: path, format)
    }
}

/// Public keys on standard output.
private enum KeyText {
    static func print(_ key: VerifierKey, path: String, _ format: OutputFormat) {
        switch format {
        case .text: Terminal.print(key.description)
        case .json:
            Terminal.print(
                JSONText.pretty([
                    "formatVersion": 1, "name": .string(key.name), "id": .string(key.idText), "key": .string(key.description),
                    "file": .string(path),
                ]))
        }
    }
}
