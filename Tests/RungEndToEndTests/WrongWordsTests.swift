import Testing

/// Words on the command line that cannot be used, and what must be said about them.
struct WrongWords: Sendable, CustomTestStringConvertible {
    var words: [String]
    var status: Int32
    /// What standard error begins with.
    var beginning: String

    var testDescription: String { words.joined(separator: " ") }

    static let all: [WrongWords] = [
        WrongWords(
            words: ["test", "helpdesc"], status: 3,
            beginning: """
                helpdesc: error: no such suite file, and no suite of the workspace has this id
                  did you mean "helpdesk"?
                1 problem

                """),
        WrongWords(
            words: ["test", "payments"], status: 3,
            beginning: """
                payments: error: no such suite file, and no suite of the workspace has this id
                  known here: helpdesk, recorded
                1 problem

                """),
        WrongWords(
            words: ["test", "--prompt", "helpdesk=v3"], status: 3,
            beginning: """
                --prompt helpdesk=v3: error: prompt "helpdesk" has no version "v3"
                  did you mean "v1"?
                1 problem

                """),
        WrongWords(
            words: ["test", "--prompt", "helpdesc=v1"], status: 3,
            beginning: """
                --prompt helpdesc=v1: error: unknown prompt "helpdesc"
                  did you mean "helpdesk"?
                1 problem

                """),
        WrongWords(
            words: ["test", "recorded", "--prompt", "helpdesk=v2"], status: 3,
            beginning: "--prompt helpdesk=v2: error: no agent of these suites uses prompt \"helpdesk\"\n"),
        WrongWords(
            words: ["test", "--baseline", "nope.json"], status: 3,
            beginning: """
                nope.json: error: no such results file
                  write one with: rung test --json nope.json
                1 problem

                """),
        WrongWords(
            words: ["test", "-C", "nowhere"], status: 3,
            beginning: """
                nowhere: error: no rung.yaml in this folder
                  make a workspace with: rung init nowhere
                1 problem

                """),
        WrongWords(words: ["test", "--baseline", "r-nope"], status: 3, beginning: "error: there is no evidence at "),
        WrongWords(words: ["test", "--resume", "r-nope"], status: 3, beginning: ""),
        WrongWords(words: ["test", "--resume", "latest"], status: 3, beginning: ""),
        WrongWords(words: ["test", "--rerun-failed", "latest"], status: 3, beginning: "error: there is no evidence at "),
        WrongWords(words: ["runs", "show", "r-nope"], status: 3, beginning: "error: there is no evidence at "),
        WrongWords(
            words: ["validate", "nope.yaml"], status: 3, beginning: "nope.yaml: error: no such file or directory\n1 problem\n"),
        WrongWords(
            words: ["assess", "--rubric", "nope.yaml"], status: 3,
            beginning: "nope.yaml: error: no such file or directory\n1 problem\n"),
        WrongWords(
            words: ["assess", "--rubric", "principals.yaml"], status: 3,
            beginning: "principals.yaml:"),
        WrongWords(words: ["import", "tau-bench", "nope.json", "--into", "x"], status: 3, beginning: "nope.json: error: cannot be read: "),
        WrongWords(words: ["import", "evidence", "nope.jsonl"], status: 3, beginning: "nope.jsonl: error: "),
        WrongWords(words: ["import", "evidence", "principals.yaml"], status: 3, beginning: "principals.yaml:1:1: error: "),

        WrongWords(words: ["frob"], status: 64, beginning: "Error: Unexpected argument 'frob'\n"),
        WrongWords(
            words: ["test", "--promt", "x=y"], status: 64, beginning: "Error: Unknown option '--promt'. Did you mean '--prompt'?\n"),
        WrongWords(
            words: ["test", "--prompt", "helpdesk"], status: 64, beginning: "Error: --prompt must be id=version, found \"helpdesk\"\n"),
        WrongWords(
            words: ["test", "--time-limit", "soon"], status: 64,
            beginning: "Error: --time-limit must be a duration such as 90s, 10m or 1h\n"),
        WrongWords(words: ["test", "--trials", "0"], status: 64, beginning: "Error: --trials must be from 1 to 1000\n"),
        WrongWords(words: ["test", "--concurrency", "0"], status: 64, beginning: "Error: --concurrency must be from 1 to 10000\n"),
        WrongWords(
            words: ["test", "--seed", "seven"], status: 64, beginning: "Error: The value 'seven' is invalid for '--seed <seed>'\n"),
        WrongWords(
            words: ["test", "--resume", "a", "--rerun-failed", "b"], status: 64,
            beginning: "Error: --resume and --rerun-failed exclude each other\n"),
        WrongWords(
            words: ["test", "--format", "json", "--json", "x.json"], status: 64,
            beginning: "Error: --format json and --json exclude each other\n"),
        WrongWords(
            words: ["test", "--format", "xml"], status: 64,
            beginning: "Error: The value 'xml' is invalid for '--format <format>'."),
        WrongWords(
            words: ["assess", "--as-of", "yesterday"], status: 64,
            beginning: "Error: --as-of must be a UTC time such as 2026-09-30T12:00:00Z, or a date\n"),
        WrongWords(
            words: ["import", "tau-bench", "rung.yaml"], status: 64, beginning: "Error: --into FOLDER is needed, or --dry-run\n"),
    ]
}

@Suite struct WrongWordsTests {
    @Test(arguments: WrongWords.all)
    func wrongWordsAreExplainedAndNothingIsStored(_ wrong: WrongWords) async throws {
        try await Folder.withExample { folder in
            let before = folder.files
            let output = try await Program.run([Rung.path] + wrong.words, in: folder.path)
            #expect(output.status == wrong.status)
            #expect(output.stdout.isEmpty)
            #expect(output.stderr.hasPrefix(wrong.beginning))
            #expect(!output.stderr.isEmpty)
            #expect(folder.files == before)
        }
    }

    @Test(arguments: [
        ["test", "--resume", "latest"], ["test", "--resume", "r-nope"], ["test", "--rerun-failed", "r-nope"],
        ["test", "--baseline", "r-nope"], ["runs", "show", "r-nope"], ["import", "evidence", "principals.yaml"],
    ])
    func anUnknownRunOrAWrongRecordAddsNothingToTheEvidence(_ words: [String]) async throws {
        try await Folder.withExample { folder in
            try await Rung.run("test", "recorded", in: folder)
            let before = try await folder.storedRows()
            let output = try await Program.run([Rung.path] + words, in: folder.path)
            #expect(output.status == 3)
            #expect(output.stdout.isEmpty)
            if words.last == "r-nope" { #expect(output.stderr.contains("r-nope")) }
            #expect(try await folder.storedRows() == before)
        }
    }

    @Test(arguments: [
        (#"{"formatVersion":1,"#, "base.json:1:"),
        ("not json\n", "base.json:1:1: error: not valid JSON"),
        (#"{"formatVersion":2}"#, "base.json:1:18: error: results file of format version 2; this version of rung reads 1\n"),
        (#"{"formatVersion":1}"#, "base.json:1:1: error: not a results file: it has neither \"run\" nor \"cases\"\n"),
        ("[]", "base.json:1:1: error: "),
    ])
    func aBaselineFileThatIsNoneIsRefused(_ text: String, _ beginning: String) async throws {
        try await Folder.withExample { folder in
            try folder.write(text, to: "base.json")
            let output = try await Rung.run("test", "--baseline", "base.json", in: folder)
            #expect(output.status == 3)
            #expect(output.stderr.hasPrefix(beginning))
            #expect(!folder.has(".rung"))
        }
    }

    @Test(arguments: [
        ("format: 1\n", "rubric.yaml:1:1: error: the rubric has no \"id\"\n  add id: The name of the rubric.\n"),
        ("format: [\n", "rubric.yaml:2:1: error: "),
    ])
    func aWrongRubricIsRefused(_ text: String, _ beginning: String) async throws {
        try await Folder.withExample { folder in
            try folder.write(text, to: "rubric.yaml")
            let output = try await Rung.run("assess", "--rubric", "rubric.yaml", in: folder)
            #expect(output.status == 3)
            #expect(output.stderr.hasPrefix(beginning))
            try folder.edit("rung.yaml", "# rubric: rubrics/our-own.yaml", "rubric: rubric.yaml")
            let check = try await Rung.run("validate", in: folder)
            #expect(check.status == 3)
            #expect(check.stderr == output.stderr)
        }
    }

    @Test(arguments: [
        ("[{\"task_id\":0}]", "t.json:1:2: error: the run has no \"trial\"\n  expected a whole number from 0\n"),
        ("[", "t.json:1:2: error: "),
        ("", "t.json"),
    ])
    func aWrongTauBenchFileIsRefusedAndWritesNothing(_ text: String, _ beginning: String) async throws {
        try await Folder.with { folder in
            try folder.write(text, to: "t.json")
            let output = try await Rung.run("import", "tau-bench", "t.json", "--into", "x", in: folder)
            #expect(output.status == 3)
            #expect(output.stderr.hasPrefix(beginning))
            #expect(folder.files == ["t.json"])
            #expect(!folder.has("x"))
        }
    }
}
