import Foundation
import Testing

@Suite(.serialized, .enabled("only a user who may mount can make a small disk", canMount)) struct FaultDiskTests {
    private static let interactions = "SELECT COUNT(*) FROM interaction_records"

    /// Evidence of five calls on a small disk, and more beside it.
    private func withDisk(_ body: (Folder) async throws -> Void) async throws {
        try await Folder.with { folder in
            try folder.writeCalls(5, prefix: "first", to: "first.jsonl")
            try folder.writeCalls(1_000, prefix: "second", to: "second.jsonl")
            try await Rung.run("import", "evidence", "first.jsonl", "--evidence", "e.db", in: folder)
            try await withSmallDisk(in: folder) {
                try folder.copy("e.db", to: "disk/e.db")
                try await body(folder)
            }
        }
    }

    private func fill(_ folder: Folder) async throws {
        _ = try await Program.run(["/bin/sh", "-c", "cat /dev/zero >disk/ballast 2>/dev/null"], in: folder.path)
    }

    private func empty(_ folder: Folder) throws { try FileManager.default.removeItem(atPath: folder.path + "/disk/ballast") }

    @Test func anImportOntoAFullDiskStoresNothingAndWorksOnceThereIsRoom() async throws {
        try await withDisk { folder in
            try await fill(folder)
            let words = ["import", "evidence", "second.jsonl", "--evidence", "disk/e.db"]
            let full = try await Program.run([Rung.path] + words, in: folder.path)
            #expect(full.status == 4)
            #expect(full.stderr.contains(/^error: .*disk\/e\.db.*; nothing of this step was stored\n  free some space/))
            try empty(folder)
            #expect(try await folder.count(Self.interactions, in: "disk/e.db") == 5)
            try await folder.expectSound("disk/e.db")
            #expect(try await Program.run([Rung.path] + words, in: folder.path).status == 0)
            #expect(try await folder.count(Self.interactions, in: "disk/e.db") == 1_005)
        }
    }

    @Test func aDiskThatFillsUpDuringAnImportLeavesNothingOfIt() async throws {
        try await withDisk { folder in
            _ = try await Program.run(["/bin/sh", "-c", "head -c 2500000 /dev/zero >disk/ballast"], in: folder.path)
            try folder.writeCalls(20_000, prefix: "third", to: "third.jsonl")
            let full = try await Rung.run("import", "evidence", "third.jsonl", "--evidence", "disk/e.db", in: folder)
            #expect(full.status == 4)
            #expect(
                full.stderr.hasPrefix(
                    "error: there is no room left for disk/e.db; nothing of this step was stored\n  free some space and try again\n"))
            #expect(try await folder.count(Self.interactions, in: "disk/e.db") == 5)
            try await folder.expectSound("disk/e.db")
        }
    }

    @Test func aMergeOntoAFullDiskMergesNothing() async throws {
        try await withDisk { folder in
            try await Rung.run("import", "evidence", "second.jsonl", "--evidence", "b.db", in: folder)
            try await fill(folder)
            let full = try await Rung.run("merge", "--into", "disk/e.db", "b.db", in: folder)
            #expect(full.status == 4)
            #expect(full.stderr.contains("; nothing of this step was stored\n  free some space"))
            try empty(folder)
            #expect(try await folder.count("SELECT COUNT(*) FROM merge_records", in: "disk/e.db") == 0)
            try await folder.expectSound("disk/e.db")
            #expect(try await Rung.run("merge", "--into", "disk/e.db", "b.db", in: folder).status == 0)
        }
    }

    @Test func whatCannotBeWrittenIsNamedAndLeavesNoHalfFile() async throws {
        try await withDisk { folder in
            // Only empty files fit.
            try await fill(folder)
            let before = folder.sub("disk").files
            let key = try await Rung.run(
                "ledger", "keys", "new", in: folder, environment: ["RUNG_SIGNING_KEY_FILE": "\(folder.path)/disk/key"])
            #expect(key.status == 4)
            #expect(key.stderr == "error: \(folder.path)/disk/key: no space left on device\n  free some space and try again\n")
            let checkpoint = try await Rung.run(
                "ledger", "checkpoint", "--unsigned", "--evidence", "e.db", "--out", "disk/anchor.txt", in: folder)
            #expect(checkpoint.status == 4)
            #expect(checkpoint.stderr.hasSuffix("error: disk/anchor.txt: no space left on device\n  free some space and try again\n"))
            let bundle = try await Rung.run("export", "bundle", "--evidence", "e.db", "--out", "disk/x.rungbundle", in: folder)
            #expect(bundle.status == 4)
            #expect(
                bundle.stderr
                    == "error: there is no room left for disk/x.rungbundle; no bundle was written\n  free some space, or name another file\n"
            )
            let workspace = try await Rung.run("init", "disk/w", in: folder)
            #expect(workspace.status == 4)
            #expect(workspace.stderr.hasSuffix(": no space left on device\n  free some space and try again\n"))
            #expect(!folder.has("disk/w"))
            #expect(folder.sub("disk").files == before)
        }
    }

    @Test func aReadOnlyDiskIsReadAndNotWritten() async throws {
        try await withDisk { folder in
            try await mount("mount", "-o", "remount,ro", "\(folder.path)/disk", in: folder)
            try await folder.expectSoundWhenFrozen("disk/e.db")
            #expect(try await Rung.run("runs", "list", "--evidence", "disk/e.db", in: folder).status == 0)
            #expect(try await Rung.run("export", "bundle", "--evidence", "disk/e.db", "--out", "x.rungbundle", in: folder).status == 0)
            for words in [
                ["import", "evidence", "second.jsonl", "--evidence", "disk/e.db"], ["merge", "x.rungbundle", "--into", "disk/e.db"],
                ["serve", "--allow-unsigned", "--listen", "127.0.0.1:0", "--evidence", "disk/e.db"],
                ["import", "evidence", "second.jsonl", "--evidence", "disk/new.db"],
            ] {
                let refused = try await Program.run([Rung.path] + words, in: folder.path)
                #expect(refused.status == 4)
                #expect(refused.stderr.contains(/^error: .*disk\/(e|new)\.db cannot be opened\n  check that the folder exists and may be/))
            }
            let anchor = try await Rung.run("ledger", "checkpoint", "--unsigned", "--evidence", "e.db", "--out", "disk/a", in: folder)
            #expect(anchor.status == 4)
            #expect(anchor.stderr.hasSuffix("error: disk/a: read-only file system\n  name a place that can be written\n"))
        }
    }
}

extension Folder {
    /// Expects that verifying finds nothing wrong, where nothing can be written.
    fileprivate func expectSoundWhenFrozen(_ evidence: String) async throws {
        let verified = try await Rung.run("ledger", "verify", "--evidence", evidence, in: self)
        #expect(verified.status == 0 && verified.stdout.hasPrefix("integrity     ok\n"), "\(verified.stderr)")
    }
}
