import Foundation
import Testing

/// Mounts a file system of 4 MiB at `disk`, hands it to `body`, and unmounts it.
func withSmallDisk(in folder: Folder, _ body: () async throws -> Void) async throws {
    let disk = folder.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    try await mount("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk, in: folder)
    do { try await body() } catch {
        try? await mount("umount", disk, in: folder)
        throw error
    }
    try await mount("umount", disk, in: folder)
}

/// Mounts, mounts again in another way, or unmounts.
///
/// A process that another test is just starting may hold a file of the disk until it becomes its program, so a busy disk is
/// tried again.
func mount(_ words: String..., in folder: Folder) async throws {
    for attempt in 1...400 {
        let done = try await Program.run(["/usr/bin/env"] + words, in: folder.path)
        if done.status == 0 { return }
        guard done.stderr.contains("busy"), attempt < 400 else { throw Program.Failure(description: done.stderr) }
        try await Task.sleep(for: .milliseconds(50))
    }
}

/// Whether this user may mount; root in a container often may not.
func canMount() async -> Bool {
    guard getuid() == 0 else { return false }
    do {
        try await Folder.with { folder in try await withSmallDisk(in: folder) {} }
        return true
    } catch {
        return false
    }
}

@Suite(.serialized, .enabled("only a user who may mount can make a small disk", canMount)) struct FullDiskTests {
    /// Notes each trial, so that it is seen when a run goes on.
    static let agent = #"echo "$key" >>log; answer ok"#

    @Test func aFullDiskEndsTheRunWithASentenceAndResumingWorksWhenThereIsRoom() async throws {
        try await Folder.withBench(.init(agent: Self.agent, cases: 60, suite: "concurrency: 2")) { folder in
            try await withSmallDisk(in: folder) {
                let first = try await Rung.run("test", "--filter", "c01", "--evidence", "disk/evidence.db", in: folder)
                #expect(first.status == 0)
                let size = try await folder.storedRows("disk/evidence.db")
                try await fill(folder)
                let run = try await Rung.run("test", "--trials", "30", "--evidence", "disk/evidence.db", "--json", "r.json", in: folder)
                #expect(run.status == 4)
                #expect(run.stderr.contains(/(^|\n)error: .*evidence\.db cannot be written: ./))
                #expect(!run.stderr.contains("gate:"))
                try FileManager.default.removeItem(atPath: folder.path + "/disk/ballast")
                #expect(try await folder.storedRows("disk/evidence.db") ?? 0 >= size ?? 0)
                let sound = try await Python.run(
                    """
                    import sqlite3
                    base = sqlite3.connect("disk/evidence.db")
                    print(base.execute("PRAGMA integrity_check").fetchone()[0])
                    """, in: folder)
                #expect(sound.stdout == "ok\n")
            }
        }
    }

    @Test func theRunGoesOnWhereItStoppedOnceThereIsRoom() async throws {
        try await Folder.withBench(.init(agent: Self.agent, cases: 60, suite: "concurrency: 2\ntrials: 10")) { folder in
            try await withSmallDisk(in: folder) {
                #expect(try await Rung.run("test", "--filter", "c01", "--evidence", "disk/evidence.db", in: folder).status == 0)
                try folder.write("", to: "log")
                let run = try Rung.start("test", "--evidence", "disk/evidence.db", in: folder)
                try await folder.waitForLines(40, in: "log")
                try await fill(folder)
                #expect(try await run.wait().status == 4)
                try FileManager.default.removeItem(atPath: folder.path + "/disk/ballast")
                // The evidence moves to a larger disk.
                for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/disk") {
                    try FileManager.default.moveItem(atPath: "\(folder.path)/disk/\(name)", toPath: "\(folder.path)/\(name)")
                }
                let resumed = try await Rung.run(
                    "test", "--resume", "latest", "--evidence", "evidence.db", "--json", "r.json", in: folder)
                #expect(resumed.status == 0)
                let results = try folder.results("r.json")
                #expect(results.run.trials == 600)
                #expect(results.run.resumedTrials > 0)
                #expect(Set(folder.lines("log")).count == 600)
            }
        }
    }

    private func fill(_ folder: Folder) async throws {
        _ = try await Program.run(["/bin/sh", "-c", "cat /dev/zero >disk/ballast 2>/dev/null"], in: folder.path)
    }
}
