import Foundation
import Testing

@Suite struct LedgerKeyTests {
    @Test func initMakesAKeyThatOnlyItsOwnerReadsAndKeepsIt() async throws {
        try await Folder.with { folder in
            let made = try await Rung.run("init", "one", in: folder, environment: folder.home)
            #expect(made.status == 0)
            #expect(made.stderr.contains("made a key that signs the ledger: rung-"))
            let key = try folder.read(Folder.keyFile)
            #expect(key.hasPrefix("PRIVATE+KEY+rung-"))
            #expect(try folder.mode(Folder.keyFile) == 0o600)
            #expect(try folder.mode("home/.config/rung") == 0o700)
            let again = try await Rung.run("init", "two", in: folder, environment: folder.home)
            #expect(!again.stderr.contains("key"))
            #expect(try folder.read(Folder.keyFile) == key)
            #expect(folder.files.allSatisfy { $0.hasPrefix("one/") || $0.hasPrefix("two/") || $0 == Folder.keyFile })
        }
    }

    @Test(arguments: ["", "/dev/null", "/proc"])
    func aHomeThatCannotBeWrittenDoesNotStopInit(home: String) async throws {
        try await Folder.with { folder in
            let made = try await Rung.run("init", in: folder, environment: ["HOME": home])
            #expect(made.status == 0)
            #expect(made.stderr.contains("note: the ledger will not be signed"))
            let run = try await Rung.run("test", "recorded", in: folder, environment: ["HOME": home])
            #expect(run.status == 0)
        }
    }

    @Test func theConfigurationFolderAndTheVariableNameThePlace() async throws {
        try await Folder.with { folder in
            let config = ["XDG_CONFIG_HOME": folder.path + "/config"]
            #expect(try await Rung.run("init", "ws", in: folder, environment: config).status == 0)
            #expect(try folder.mode("config/rung/signing-key") == 0o600)
            let named = ["RUNG_SIGNING_KEY_FILE": folder.path + "/keys/own"]
            let missing = try await Rung.run("ledger", "keys", in: folder, environment: named)
            #expect(missing.status == 3)
            #expect(missing.stderr.contains("the key cannot be read: no such file or directory"))
            let made = try await Rung.run("ledger", "keys", "new", "--name", "example.com/agents", in: folder, environment: named)
            #expect(made.status == 0)
            #expect(made.stdout.hasPrefix("example.com/agents+"))
            #expect(try folder.read("keys/own").hasPrefix("PRIVATE+KEY+example.com/agents+"))
            let shown = try await Rung.run("ledger", "keys", "--format", "json", in: folder, environment: named.merging(config) { $1 })
            #expect(shown.stdout.contains("\"name\": \"example.com/agents\""))
        }
    }

    @Test func everyCommandThatAppendsSignsAndWithoutAKeyOneLineSaysSo() async throws {
        try await Folder.withSignedExample { folder in
            let first = try await folder.ledger("checkpoint")
            try await Rung.run("test", "recorded", in: folder, environment: folder.home)
            #expect(try await folder.sql("SELECT COUNT(*), COUNT(DISTINCT size) FROM ledger_checkpoints") == "2|2")
            #expect(try await folder.sql("SELECT MAX(size) = (SELECT size FROM ledger_head) FROM ledger_checkpoints") == "1")
            #expect(try await folder.ledger("checkpoint").stdout != first.stdout)
            let unsigned = try await Rung.run("test", "recorded", in: folder)
            #expect(unsigned.status == 0)
            #expect(unsigned.stderr.components(separatedBy: "the ledger is not signed").count == 2)
            #expect(try await folder.sql("SELECT COUNT(*) FROM ledger_checkpoints") == "2")
        }
    }

    @Test func aKeyThatOthersMayReadIsRefusedBeforeAnythingIsAppended() async throws {
        try await Folder.withSignedExample { folder in
            chmod(folder.path + "/" + Folder.keyFile, 0o640)
            let before = try await folder.storedRows()
            for words in [["test", "recorded"], ["ledger", "checkpoint"], ["ledger", "keys"], ["ledger", "export", "--tiles", "t"]] {
                let output = try await Program.run([Rung.path] + words, in: folder.path, environment: folder.home)
                #expect(output.status == 3)
                #expect(output.stderr.contains("others may read the private key: its mode is 640, expected 600"))
                #expect(output.stderr.contains("run: chmod 600 "))
            }
            #expect(try await folder.storedRows() == before)
        }
    }

    @Test func aBrokenKeyIsRefusedWithoutShowingAnyOfIt() async throws {
        try await Folder.withSignedExample { folder in
            let key = try folder.read(Folder.keyFile)
            try folder.write(String(key.dropLast(5)), to: Folder.keyFile)
            chmod(folder.path + "/" + Folder.keyFile, 0o600)
            let output = try await Rung.run("test", "recorded", in: folder, environment: folder.home)
            #expect(output.status == 3)
            #expect(output.stderr.contains("signing-key:1:1: error: the private key must be of type 1 (Ed25519) with 32 bytes"))
            // PRIVATE+KEY+NAME+HASH+BASE64; the last part may hold plus signs of its own.
            let parts = key.split(separator: "+", maxSplits: 4)
            let secret = String(try #require(parts.count == 5 ? parts.last : nil).prefix(12))
            #expect(!output.stderr.contains(secret))
        }
    }

    @Test func aKeyIsNeverReplacedAndCanBeTakenIn() async throws {
        try await Folder.withSignedExample { folder in
            let key = try folder.read(Folder.keyFile)
            for words in [["ledger", "keys", "new"], ["ledger", "keys", "import", Folder.keyFile]] {
                let output = try await Program.run([Rung.path] + words, in: folder.path, environment: folder.home)
                #expect(output.status == 3)
                #expect(output.stderr.contains("there is a key already; nothing was changed"))
            }
            #expect(try folder.read(Folder.keyFile) == key)
            let other = ["HOME": folder.path + "/other"]
            let taken = try await Rung.run("ledger", "keys", "import", Folder.keyFile, in: folder, environment: other)
            #expect(taken.status == 0)
            #expect(try folder.read("other/.config/rung/signing-key") == key)
            #expect(try await folder.ledger("keys").stdout == taken.stdout)
            try folder.write("no key\n", to: "garbage")
            let wrong = try await Rung.run(
                "ledger", "keys", "import", "garbage", in: folder, environment: ["HOME": folder.path + "/third"])
            #expect(wrong.status == 3)
            #expect(wrong.stderr.hasPrefix("garbage:1:1: error: expected a private key"))
        }
    }

    @Test func thePrivateKeyAppearsInNothingButItsFile() async throws {
        try await Folder.withSignedExample { folder in
            let key = try folder.read(Folder.keyFile).trimmingCharacters(in: .newlines)
            let secret = key.split(separator: "+", maxSplits: 4).last.map(String.init) ?? ""
            let raw = try #require(Data(base64Encoded: secret)).dropFirst()
            var said = ""
            for words in [
                ["keys"], ["keys", "--format", "json"], ["checkpoint", "--format", "json"], ["export", "--tiles", "tiles"],
                ["export", "--attestation", "latest"], ["prove", "--record", "0"], ["keys", "new"],
            ] {
                let output = try await Program.run([Rung.path, "ledger"] + words, in: folder.path, environment: folder.home)
                said += output.stdout + output.stderr
            }
            #expect(!said.contains(secret.prefix(20)) && !said.contains("PRIVATE"))
            for file in folder.files where file != Folder.keyFile {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + file))
                #expect(bytes.range(of: Data(secret.utf8)) == nil && bytes.range(of: raw) == nil, "\(file) holds the key")
            }
        }
    }
}

extension Folder {
    /// Permission bits of a file or folder.
    func mode(_ name: String) throws -> mode_t {
        var information = stat()
        guard stat("\(path)/\(name)", &information) == 0 else { throw Program.Failure(description: "\(name) is not there") }
        return information.st_mode & 0o777
    }

    /// The first row of a query on the evidence, columns with `|` between them.
    func sql(_ query: String) async throws -> String {
        let output = try await Python.run(
            "import sqlite3, sys; print('|'.join(map(str, sqlite3.connect('.rung/evidence.db').execute(sys.argv[1]).fetchone())))", query,
            in: self)
        guard output.status == 0 else { throw Program.Failure(description: output.stderr) }
        return output.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
