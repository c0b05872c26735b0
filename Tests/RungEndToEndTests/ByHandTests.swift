import Foundation
import Testing

@Suite struct ByHandTests {
    static let sha = "sha256:" + String(repeating: "a", count: 64)

    static let commands: [[String]] = [
        ["feedback", "add", "--agent", "a", "--scale", "thumbs", "--answer", "up"],
        ["feedback", "add", "--agent", "a", "--scale", "stars", "--answer", "2", "--session", "s1"],
        ["override", "add", "--agent", "a", "--interaction", "i1", "--reason", "wrong", "--before", "x", "--after", "y"],
        ["outcome", "add", "--interaction", "i1", "--result", "accepted"],
        ["outcome", "add", "--decision", "d1", "--ref", "erp/1", "--value", "2.5"],
        ["outcome", "add", "--prediction", "p1", "--value", "1"],
        [
            "decision", "add", "--scope", "operational", "--started-by", "event", "--agent", "a", "--verb", "execute", "--confidence",
            "0.5", "--input", "amount=12.5", "--input", "text=a=b", "--rule", "limit@2", "--prompt-version", sha,
        ],
        ["experiment", "add", "--team", "ops", "--hypothesis", "faster"],
        ["idea", "add", "--problem", "orders wait", "--benefit", "an hour a day"],
    ]

    @Test(arguments: commands)
    func aRecordIsAddedOnceAndItsIdIsPrinted(words: [String]) async throws {
        try await Folder.withExample { folder in
            let added = try await Program.run([Rung.path] + words, in: folder.path, environment: ["RUNG_ACTOR": "ana"])
            #expect(added.status == 0, "\(added.stderr)")
            #expect(added.stdout.hasPrefix("\(words[0])-20") && added.stdout.hasSuffix("\n"))
            #expect(added.stderr.contains("added, class D (not authenticated"))
            let named = words + ["--id", "mine", "--at", "2026-01-05T10:00:00Z", "--format", "json"]
            let first = try await Program.run([Rung.path] + named, in: folder.path)
            #expect(first.stdout.contains("\"added\": true") && first.stdout.contains("\"id\": \"mine\""))
            let size = try await folder.storedRows()
            let second = try await Program.run([Rung.path] + named, in: folder.path)
            #expect(second.status == 0)
            #expect(second.stdout.contains("\"added\": false"))
            #expect(try await folder.storedRows() == size)
        }
    }

    @Test func anIdeaIsDecidedOnceAndOnlyWhenItIsThere() async throws {
        try await Folder.withExample { folder in
            let none = try await Rung.run("idea", "decide", "idea-1", "--decision", "try", in: folder)
            #expect(none.status == 3)
            #expect(!folder.has(".rung/evidence.db"))
            #expect(try await Rung.run("idea", "add", "--id", "idea-1", "--problem", "p", in: folder).status == 0)
            let near = try await Rung.run("idea", "decide", "idea-2", "--decision", "try", in: folder)
            #expect(near.status == 3)
            #expect(near.stderr.contains("there is no idea \"idea-2\"\n  did you mean \"idea-1\"?"))
            #expect(try await Rung.run("idea", "decide", "idea-1", "--decision", "try", "--by", "bo", in: folder).status == 0)
            let again = try await Rung.run("idea", "decide", "idea-1", "--decision", "drop", "--by", "cy", in: folder)
            #expect(again.status == 3)
            #expect(again.stderr.contains("is stored with other content"))
        }
    }

    @Test func anExperimentKeepsWhatWasSaidWhenItIsConcluded() async throws {
        try await Folder.withExample { folder in
            try await Rung.run("experiment", "add", "--id", "x1", "--team", "ops", "--hypothesis", "faster", in: folder)
            let concluded = try await Rung.run(
                "experiment", "conclude", "x1", "--conclusion", "adopt", "--by", "ana", in: folder)
            #expect(concluded.status == 0, "\(concluded.stderr)")
            let row = try await Python.run(
                """
                import sqlite3
                base = sqlite3.connect(".rung/evidence.db")
                print(*base.execute("SELECT team, hypothesis, conclusion, principal_id, concluded_at >= started_at FROM experiments"))
                """, in: folder)
            #expect(row.stdout == "('ops', 'faster', 'adopt', 'ana', 1)\n")
            #expect(try await Rung.run("experiment", "add", "--id", "x1", "--team", "ops", in: folder).status == 3)
        }
    }

    @Test func aTrackerWithItsTokenMakesItClassB() async throws {
        try await Folder.withExample { folder in
            let token = try await Rung.run("source", "add", "jira", "--type", "tracker", in: folder).stdout
            try folder.write(token, to: "token")
            let added = try await Rung.run(
                "idea", "add", "--problem", "p", "--source", "jira", "--token-file", "token", "--format", "json", in: folder)
            #expect(added.stdout.contains("\"class\": \"B\""))
        }
    }

    static let wrong: [([String], Int32)] = [
        (["outcome", "add", "--interaction", "i1"], 64), (["outcome", "add", "--value", "1"], 64),
        (["feedback", "add", "--agent", "a", "--scale", "stars", "--answer", "9"], 3),
        (["feedback", "add", "--agent", "a", "--scale", "smiles", "--answer", "1"], 3),
        (["override", "add", "--agent", "a", "--before", "x", "--after", "x"], 64),
        (["decision", "add", "--scope", "operational", "--started-by", "event", "--rule", "limit"], 64),
        (["idea", "add", "--problem", "p", "--at", "tomorrow"], 64), (["idea", "add", "--problem", "p", "--at", "2999-01-01"], 3),
        (["experiment", "conclude", "x", "--conclusion", "adopt"], 3),
    ]

    @Test(arguments: wrong)
    func whatIsWrongIsSaidAndNothingIsStored(words: [String], status: Int32) async throws {
        try await Folder.withExample { folder in
            let refused = try await Program.run([Rung.path] + words, in: folder.path)
            #expect(refused.status == status, "\(refused.stderr)")
            #expect(!refused.stderr.isEmpty)
            #expect(!folder.has(".rung/evidence.db"))
        }
    }
}
