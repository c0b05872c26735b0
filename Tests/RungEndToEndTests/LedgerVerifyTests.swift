import Foundation
import Testing

/// `rung ledger verify` and `rung ledger erase`, as an auditor uses them.
struct LedgerVerifyTests {
    /// An example workspace with two runs in its evidence, and a copy of the head between them.
    private static func withAnchor(_ body: (Folder) async throws -> Void) async throws {
        try await Folder.withSignedExample { folder in
            #expect(try await folder.ledger("checkpoint", "--out", "head.txt").status == 0)
            try await rung(folder, "test", "recorded")
            try await body(folder)
        }
    }

    /// Runs the program with the key of the folder; it must succeed.
    @discardableResult
    private static func rung(_ folder: Folder, _ words: String...) async throws -> Output {
        let output = try await Program.run([Rung.path] + words, in: folder.path, environment: folder.home)
        #expect(output.status == 0, "\(words): \(output.stderr)")
        return output
    }

    /// The report for tools.
    private static func verify(_ folder: Folder, _ words: String...) async throws -> (status: Int32, report: [String: [String: Any]]) {
        let output = try await Program.run([Rung.path, "ledger", "verify", "--format", "json"] + words, in: folder.path)
        let json = try JSONSerialization.jsonObject(with: Data(output.stdout.utf8)) as? [String: Any]
        return (output.status, try #require(json).compactMapValues { $0 as? [String: Any] })
    }

    /// The three lines for people.
    private static func verdicts(_ folder: Folder, _ words: String...) async throws -> [String] {
        let output = try await Program.run([Rung.path, "ledger", "verify"] + words, in: folder.path)
        return output.stdout.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map(String.init)
    }

    private static let file = ".rung/evidence.db"

    private static func call(_ id: String) -> String {
        #"{"kind":"interaction","id":"\#(id)","agentId":"helpdesk","at":"2026-09-01","environment":"production"}"# + "\n"
    }

    @Test func eachVerdictRestsOnWhatItNames() async throws {
        try await Self.withAnchor { folder in
            #expect(try await Self.verdicts(folder) == ["integrity     ok", "anchoring     unknown", "completeness  unknown"])
            #expect(
                try await Self.verdicts(folder, "--anchor", "head.txt") == [
                    "integrity     ok", "anchoring     ok", "completeness  unknown",
                ])
            let (status, report) = try await Self.verify(folder, "--anchor", "head.txt")
            #expect(status == 0)
            #expect(report["anchoring"]?["upTo"] as? Int ?? 0 > 0)
            #expect(report["integrity"]?["firstBroken"] is NSNull)
        }
    }

    @Test func countersOfASourceTellWhatWasNotLogged() async throws {
        try await Folder.withSignedExample { folder in
            let token = try await Self.rung(folder, "source", "add", "gw", "--type", "gateway").stdout
            try folder.write(token, to: "token")
            try folder.write(
                #"{"kind":"usageCount","agentId":"helpdesk","environment":"production","day":"2026-09-01","counted":2,"countedBy":"gateway"}"#
                    + "\n" + Self.call("i1"), to: "day.jsonl")
            try await Self.rung(folder, "import", "evidence", "day.jsonl", "--source", "gw", "--token-file", "token")
            let (status, report) = try await Self.verify(folder)
            #expect(status == 0, "a lack of completeness is told, and fails nothing")
            #expect(report["completeness"]?["verdict"] as? String == "failed")
            #expect(report["completeness"]?["counted"] as? Int == 2 && report["completeness"]?["logged"] as? Int == 1)
        }
    }

    @Test func theFirstBrokenEntryIsNamedAndTheStatusIsThatOfABrokenLedger() async throws {
        try await Self.withAnchor { folder in
            try await folder.change(
                "UPDATE trial_records SET case_index = case_index + 1 WHERE record = (SELECT MIN(record) FROM trial_records)")
            let broken = try await folder.query(
                "SELECT MAX(sequence) FROM ledger_entries WHERE first_record <= (SELECT MIN(record) FROM trial_records)", Self.file)
            let (status, report) = try await Self.verify(folder, "--anchor", "head.txt")
            #expect(status == 4)
            #expect(report["integrity"]?["verdict"] as? String == "failed")
            #expect(report["integrity"]?["firstBroken"] as? Int == broken.first.flatMap { Int($0) })
        }
    }

    @Test(arguments: ["UPDATE interaction_day_deltas SET outcome_ok = total", "UPDATE class_days SET origin = 0 WHERE origin = 1"])
    func countsAndRollUpsBesideTheRecordsAreHeldAgainstThem(change: String) async throws {
        try await Folder.withSignedExample { folder in
            try folder.write(Self.call("i1"), to: "day.jsonl")
            try await Self.rung(folder, "import", "evidence", "day.jsonl")
            #expect(try await Self.verify(folder).status == 0)
            try await folder.change(change)
            let (status, report) = try await Self.verify(folder)
            #expect(status == 4)
            #expect(report["integrity"]?["verdict"] as? String == "failed")
        }
    }

    @Test func aCopyOfTheHeadCatchesALedgerThatWasBegunAnew() async throws {
        try await Self.withAnchor { folder in
            try FileManager.default.removeItem(atPath: folder.path + "/.rung/evidence.db")
            try await Self.rung(folder, "test", "recorded")
            let (status, report) = try await Self.verify(folder, "--anchor", "head.txt")
            #expect(status == 4)
            #expect(report["integrity"]?["verdict"] as? String == "ok")
            #expect(report["anchoring"]?["verdict"] as? String == "failed")
        }
    }

    @Test func whatIsErasedIsGoneAndEveryProofStands() async throws {
        try await Self.withAnchor { folder in
            try folder.write(Self.call("visitor-77"), to: "day.jsonl")
            try await Self.rung(folder, "import", "evidence", "day.jsonl")
            #expect(try await folder.ledger("checkpoint", "--out", "later.txt").status == 0)
            try await Self.rung(folder, "ledger", "erase", "interaction", "visitor-77", "--reason", "asked for it", "--dry-run")
            #expect(try folder.holds("visitor-77"))
            try await Self.rung(folder, "ledger", "erase", "interaction", "visitor-77", "--reason", "asked for it")
            #expect(try !folder.holds("visitor-77"))
            let (status, report) = try await Self.verify(folder, "--anchor", "later.txt", "--anchor", "head.txt")
            #expect(status == 0)
            #expect(report["integrity"]?["erased"] as? Int == 1)
            #expect(report["anchoring"]?["verdict"] as? String == "ok")
            #expect(try await Self.rung(folder, "import", "evidence", "day.jsonl").stderr.contains("0 added"))
            #expect(try !folder.holds("visitor-77"))
        }
    }

    @Test(.enabled(if: Python.has("jsonschema"), "the Python package jsonschema is not installed"))
    func theReportFitsItsSchema() async throws {
        try await Self.withAnchor { folder in
            for words in [[], ["--anchor", "head.txt"]] {
                let report = try await Program.run([Rung.path, "ledger", "verify", "--format", "json"] + words, in: folder.path)
                try folder.write(report.stdout, to: "report.json")
                let output = try await Python.run(
                    """
                    import json, jsonschema, sys
                    schema = json.load(open(sys.argv[1] + "/docs/schemas/ledger-report.schema.json"))
                    jsonschema.validate(json.load(open("report.json")), schema)
                    print("fits")
                    """, Repository.root, in: folder)
                #expect(output.stdout == "fits\n", "\(output.stderr)")
            }
        }
    }
}

extension Folder {
    /// Changes the evidence behind the program's back.
    fileprivate func change(_ sql: String) async throws {
        let output = try await Python.run(
            """
            import sqlite3, sys
            with sqlite3.connect(".rung/evidence.db") as base: assert base.execute(sys.argv[1]).rowcount > 0
            """, sql, in: self)
        guard output.status == 0 else { throw Program.Failure(description: output.stderr) }
    }

    /// Whether a text lies in any file of the evidence.
    fileprivate func holds(_ text: String) throws -> Bool {
        try ["", "-wal", "-shm"].contains { suffix in
            let path = path + "/.rung/evidence.db" + suffix
            guard FileManager.default.fileExists(atPath: path) else { return false }
            return try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(text.utf8)) != nil
        }
    }
}
