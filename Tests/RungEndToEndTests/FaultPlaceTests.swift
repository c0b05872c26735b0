import Foundation
import Testing

@Suite(.serialized) struct FaultPlaceTests {
    private func withEvidence(_ body: (Folder) async throws -> Void) async throws {
        try await Folder.with { folder in
            try folder.writeCalls(5, prefix: "first", to: "first.jsonl")
            try folder.writeCalls(9, prefix: "first", to: "more.jsonl")
            try await Rung.run("import", "evidence", "first.jsonl", "--evidence", "e.db", in: folder)
            try await body(folder)
        }
    }

    @Test(arguments: [("mkdir", "a folder"), ("mkfifo", "a pipe or a device")])
    func whatIsNoFileInPlaceOfTheEvidenceIsToldAtOnce(_ make: String, _ thing: String) async throws {
        try await withEvidence { folder in
            #expect(try await Program.run(["/usr/bin/env", make, "x.db"], in: folder.path).status == 0)
            for words in [
                ["import", "evidence", "first.jsonl", "--evidence", "x.db"], ["ledger", "verify", "--evidence", "x.db"],
                ["merge", "x.db", "--into", "e.db"], ["assess", "--evidence", "x.db"],
                ["serve", "--allow-unsigned", "--listen", "127.0.0.1:0", "--evidence", "x.db"],
            ] {
                let output = try await Program.run([Rung.path] + words, in: folder.path)
                #expect(output.status == 4)
                #expect(
                    output.stderr.contains("x.db is \(thing), not an evidence database\n  name another file\n"),
                    "\(words): \(output.stderr)")
            }
            #expect(try await folder.count("SELECT COUNT(*) FROM interaction_records", in: "e.db") == 5)
        }
    }

    @Test func aFileThatWasOnlyBegunHoldsNoEvidenceYet() async throws {
        try await withEvidence { folder in
            try folder.write("", to: "begun.db")
            for words in [["ledger", "verify"], ["runs", "list"], ["assess"]] {
                let output = try await Program.run([Rung.path] + words + ["--evidence", "begun.db"], in: folder.path)
                #expect(output.status == 3)
                #expect(output.stderr.contains("there is no evidence at begun.db\n  run `rung test` or `rung import evidence` first"))
            }
            #expect(try await Rung.run("import", "evidence", "more.jsonl", "--evidence", "begun.db", in: folder).status == 0)
            try await folder.expectSound("begun.db")
        }
    }

    @Test func aLogThatWasLeftBehindIsTakenUpAndAForeignOneIsNot() async throws {
        try await withEvidence { folder in
            // A process that died kept its last transaction in the log alone.
            let left = try await Python.run(
                """
                import os, shutil, sqlite3
                base = sqlite3.connect("e.db", isolation_level=None)
                base.execute("PRAGMA wal_autocheckpoint = 0")
                base.execute("CREATE TABLE left_behind (a)")
                for suffix in ("", "-wal"): shutil.copy("e.db" + suffix, "left.db" + suffix)
                shutil.copy("e.db", "foreign.db")
                open("foreign.db-wal", "wb").write(os.urandom(40000))
                """, in: folder)
            #expect(left.status == 0, "\(left.stderr)")
            #expect(folder.has("left.db-wal"))
            try await folder.expectSound("left.db")
            #expect(try await folder.count("SELECT COUNT(*) FROM sqlite_master WHERE name = 'left_behind'", in: "left.db") == 1)
            for name in ["left.db", "foreign.db"] {
                #expect(try await Rung.run("import", "evidence", "more.jsonl", "--evidence", name, in: folder).status == 0)
                #expect(try await folder.count("SELECT COUNT(*) FROM interaction_records", in: name) == 9)
                try await folder.expectSound(name)
            }
        }
    }

    @Test(arguments: [100, 70_000])
    func aFileThatWasCutOffIsToldByEveryCommandAndStaysAsItIs(_ length: Int) async throws {
        try await withEvidence { folder in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/e.db")).prefix(length)
            try bytes.write(to: URL(fileURLWithPath: "\(folder.path)/cut.db"))
            for words in [
                ["import", "evidence", "more.jsonl", "--evidence", "cut.db"], ["ledger", "verify", "--evidence", "cut.db"],
                ["merge", "cut.db", "--into", "e.db"], ["assess", "--evidence", "cut.db"], ["runs", "list", "--evidence", "cut.db"],
            ] {
                let output = try await Program.run([Rung.path] + words, in: folder.path)
                #expect(output.status == 4)
                #expect(
                    output.stderr.contains("cut.db is damaged: database disk image is malformed\n  restore it from a backup, or merge "))
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/cut.db")) == bytes)
        }
    }

    @Test func withoutAHomeNothingIsSignedAndTheWayOutIsTold() async throws {
        try await withEvidence { folder in
            let home = ["HOME": ""]
            let imported = try await Rung.run("import", "evidence", "more.jsonl", "--evidence", "e.db", in: folder, environment: home)
            #expect(imported.status == 0)
            #expect(imported.stderr.contains("note: the ledger is not signed: there is no key\n  make one with: rung ledger keys new\n"))
            let key = try await Rung.run("ledger", "keys", "new", in: folder, environment: home)
            #expect(key.status == 3)
            #expect(
                key.stderr.hasPrefix("HOME: error: is not set, so there is no place for a key\n  name a file in RUNG_SIGNING_KEY_FILE\n"))
            let workspace = try await Rung.run("init", "w", in: folder, environment: home)
            #expect(workspace.status == 0)
            #expect(workspace.stderr.contains("note: the ledger will not be signed: HOME is not set"))
        }
    }

    /// Runs a command as a user who owns nothing; nil where that cannot be done.
    private func asNobody(_ words: [String], _ folder: Folder) async throws -> Output? {
        let drop = ["/usr/bin/env", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        guard getuid() == 0, try await Program.run(drop + [Rung.path, "--version"], in: folder.path).status == 0 else { return nil }
        return try await Program.run(drop + [Rung.path] + words, in: folder.path, environment: ["HOME": "\(folder.path)/home"])
    }

    @Test func withoutPermissionTheReasonIsToldAndWhatMayBeReadIsRead() async throws {
        try await withEvidence { folder in
            try folder.write("", to: "own/x")
            try folder.write("", to: "home/x")
            try folder.copy("e.db", to: "own/e.db")
            func chmod(_ mode: String, _ name: String) async throws {
                _ = try await Program.run(["/usr/bin/env", "chmod", mode, name], in: folder.path)
            }
            let write = ["import", "evidence", "more.jsonl", "--evidence", "own/e.db"]
            let verify = ["ledger", "verify", "--evidence", "own/e.db"]
            try await chmod("755", ".")
            try await chmod("444", "own/e.db")
            try await chmod("777", "own")
            guard let readOnly = try await asNobody(write, folder) else { return }
            #expect(readOnly.status == 4)
            #expect(
                readOnly.stderr
                    == "error: own/e.db cannot be written\n  make the file and its folder writable, or name another one with --evidence\n")
            try await chmod("555", "own")
            #expect(try await asNobody(write, folder)?.stderr == readOnly.stderr)
            #expect(try await asNobody(verify, folder)?.status == 0)
            try await chmod("000", "own")
            for words in [write, verify] {
                let closed = try await asNobody(words, folder)
                #expect(closed?.status == 4)
                #expect(closed?.stderr == "error: own/e.db cannot be opened\n  check that the folder exists and may be read and written\n")
            }
            try await chmod("555", "home")
            let key = try await asNobody(["ledger", "keys", "new"], folder)
            #expect(key?.status == 3)
            #expect(
                key?.stderr == "error: \(folder.path)/home/.config: permission denied\n  check who owns it and who may read and write it\n")
        }
    }
}
