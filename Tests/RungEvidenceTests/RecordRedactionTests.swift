import Foundation
import RungCore
import RungRedaction
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

/// Secrets are fed through every way into the store, and looked for in every byte of its files.
struct RecordRedactionTests {
    /// A made-up token that no scanner of repositories takes for a real one; differs from one `number` to the next.
    private static func secret(_ number: Int) -> String { "gh" + "p_" + String(repeating: "a1B2c3D4", count: 4) + String(10_000 + number) }

    /// Every file of the store, as one text.
    private static func stored(_ fixture: EvidenceFixture) throws -> String {
        let path = fixture.store.path
        return try ["", "-wal", "-shm"].map { suffix in
            FileManager.default.fileExists(atPath: path + suffix)
                ? String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + suffix)), as: UTF8.self) : ""
        }.joined()
    }

    /// The line with a secret behind every text that may hold one.
    private static func withSecrets(_ line: String, _ kind: RecordKind, _ secrets: inout [String]) throws -> String {
        // Words from a list that the store knows, and what is kept as a digest alone.
        let strict = ["subjectKind", "duties", "conditions", "differences", "text"]
        var members: [JSONValue.Member] = []
        for member in try JSONReader.read(line).members ?? [] {
            let field = kind.fields.first { $0.name == member.key }
            let secret = Self.secret(secrets.count)
            let isFree = field?.privacy != nil && !(strict.contains(member.key) && (member.key != "text" || kind === RecordKind.scenario))
            let changed: JSONValue? =
                switch member.value.json {
                case .string(let text) where isFree: .string("\(text) \(secret)")
                case .array(let items) where isFree: .array(items + [.string("line\n\(secret)")])
                // Objects of any members, such as the inputs of a decision.
                case .object(let items) where field?.name == "inputs": .object(items + [.init("note", .string(secret))])
                default: nil
                }
            if changed != nil { secrets.append(secret) }
            members.append(.init(member.key, changed ?? member.value.json))
        }
        return JSONText.compact(.object(members))
    }

    @Test(arguments: EvidenceLines.oneOfEach) func secretsInAnyTextOfAnyKindAreNotStored(_ line: String) throws {
        let fixture = try EvidenceFixture()
        let name = try #require(try JSONReader.read(line)["kind"]?.string)
        let kind = try #require(RecordCatalog.importable.first { $0.name == name })
        var secrets: [String] = []
        let lines = [try Self.withSecrets(line, kind, &secrets)]
        let report = try fixture.importLines(lines)
        #expect(report.added == [name: 1])
        let stored = try Self.stored(fixture)
        for secret in secrets {
            #expect(!stored.contains(secret), "\(name)")
            #expect(!report.text.contains(secret) && !JSONText.compact(report.json).contains(secret))
        }
        #expect(secrets.isEmpty || stored.contains("[redacted:github-token]"))
        #expect(
            report.findings.count {
                $0.message.hasSuffix("were redacted (github-token)") || $0.message.hasSuffix("was redacted (github-token)")
            } == secrets.count)
        let again = try fixture.importLines(lines)
        #expect(again.added.isEmpty && again.unchanged == [name: 1])
        #expect(try fixture.store.verify().failure == nil)
    }

    /// A plain interaction has a faster way into the store; each field is looked at there too.
    @Test(arguments: ["id", "agentId", "modelId", "traceId", "explanationRef", "memoryRef"])
    func aSecretInOneFieldOfAPlainInteractionIsNotStored(_ field: String) throws {
        let fixture = try EvidenceFixture()
        let names = ["id": "i", "agentId": "router"].merging([field: "x \(Self.secret(0))"]) { $1 }
        let members = names.sorted { $0.key < $1.key }.map { #""\#($0.key)":"\#($0.value)""# }.joined(separator: ",")
        let report = try fixture.importLines([#"{"kind":"interaction",\#(members),"at":"2026-03-02","environment":"production"}"#])
        #expect(report.added == ["interaction": 1])
        #expect(try !Self.stored(fixture).contains(Self.secret(0)))
    }

    @Test func aFindingTellsHowManyValuesWereRedactedByWhichRuleAndNotWhat() throws {
        let fixture = try EvidenceFixture()
        let ideas = (1...3).map { #"{"kind":"idea","id":"i\#($0)","problem":"write to ada@example.com","openedAt":"2026-08-01"}"# }
        let report = try fixture.importLines(ideas)
        #expect(report.findings.map(\.message) == [#"3 values in "problem" of idea were redacted (email)"#])
        #expect(report.findings.first?.position == SourcePosition(line: 1, column: 1))
        #expect(
            try fixture.rows("SELECT problem FROM idea_records") == [
                ["write to [redacted:email]"], ["write to [redacted:email]"], ["write to [redacted:email]"],
            ])
    }

    @Test func idsWithPersonalDataStayWhatTheyAre() throws {
        let fixture = try EvidenceFixture()
        let report = try fixture.importLines([#"{"kind":"principal","id":"ada@example.com","type":"person"}"#])
        #expect(report.findings.isEmpty)
        #expect(try fixture.rows("SELECT id FROM principal_records") == [["ada@example.com"]])
    }

    @Test func problemsShowNoSecretThatStandsInTheWrongPlace() throws {
        let fixture = try EvidenceFixture()
        let secret = Self.secret(0)
        for line in [
            #"{"kind":"\#(secret)"}"#, #"{"kind":"scan","id":"s","type":"\#(secret)","at":"2026-01-01","records":1}"#,
            #"{"kind":"scan","id":"s","type":"overlap","at":"2026-01-01","records":1,"\#(secret)":1}"#,
        ] {
            let problems = try fixture.problems([line])
            #expect(!problems.contains(secret.suffix(20)), "\(problems)")
        }
    }

    @Test func recordsThatDifferOnlyInWhatIsRedactedAreTheSame() throws {
        let fixture = try EvidenceFixture()
        func line(_ address: String) -> String { #"{"kind":"idea","id":"i1","problem":"ask \#(address)","openedAt":"2026-08-01"}"# }
        let report = try fixture.importLines([line("ada@example.com"), line("bob@example.com")])
        #expect(report.added == ["idea": 1] && report.unchanged == ["idea": 1])
    }

    @Test func whatGradersAndFaultsSayIsNotStoredWithSecrets() throws {
        let fixture = try EvidenceFixture()
        let secret = Self.secret(1)
        let judgement = Judgement(.holds(false), "found \(secret)", expected: "x", actual: "line\n\(secret)", diff: "\"\(secret)\"")
        let grade = Grade(name: "contains", kind: "contains", version: "1", role: .verdict, judgement: judgement)
        try fixture.store.append(actor: "ana \(secret)", reason: "because of \(secret)") { appender in
            for index in 0..<3 {
                var buffer = JSONText()
                let trial = TrialResult(
                    caseIndex: 0, index: index, verdict: .failed, grades: [grade], fault: TrialFault(.reported, "key \(secret)"),
                    retried: [TrialFault(.crashed, "password=\(secret)")], seed: 1)
                let text = GradeCoding.encode([grade], into: &buffer)
                try appender.append(.trial, TrialCoding.values(trial, run: 0, .text(text)), .recorded)
                try appender.append(.gradeList, [.text(text)], .recorded)
            }
        }
        let stored = try Self.stored(fixture)
        #expect(!stored.contains(secret) && stored.contains("[redacted:github-token]"))
        let grades = try #require(try fixture.rows("SELECT grades FROM grade_list_records LIMIT 1").first?.first)
        #expect(GradeCoding.decode(grades)?.first?.judgement.actual == "line\n[redacted:github-token]")
        #expect(try fixture.rows("SELECT actor, reason FROM ledger_entries").first?.first == "ana [redacted:github-token]")
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test func theRegistryIsRedactedAndNotStoredTwice() throws {
        let fixture = try EvidenceFixture()
        var agent = Agent(id: "desk", transport: .transcript, location: SourceLocation(file: "a", line: 1))
        agent.card.purpose = "answers ada@example.com"
        agent.prompts = [PromptReference(id: "greet", label: "v1.final")]
        let registry = Registry(agents: [agent], prompts: [], principals: [])
        #expect(try fixture.store.recordRegistry(registry, actor: "ana"))
        #expect(try !fixture.store.recordRegistry(registry, actor: "ana"))
        #expect(try fixture.rows("SELECT purpose, prompts FROM agent_records") == [["answers [redacted:email]", #"["greet@v1.final"]"#]])
    }

    @Test func anOrganizationsOwnRulesAreKept() throws {
        let folder = try EvidenceFixture()
        var environment = EvidenceFixture.environment(folder.clock)
        environment.redactor = Redactor(RedactionPolicy(allowed: ["*@example.com"]))
        let store = try EvidenceStore(path: folder.folder.path + "/own.db", environment: environment)
        let path = folder.folder.write(
            "own.jsonl", #"{"kind":"idea","id":"i1","problem":"ada@example.com, bob@example.org","openedAt":"2026-08-01"}"# + "\n")
        let report = try store.importEvidence(file: path, actor: "ana")
        #expect(report.findings.map(\.message) == [#"1 value in "problem" of idea was redacted (email)"#])
    }

    @Test func fieldsSayByTheirNamesWhatTheyHold() {
        for kind in RecordCatalog.all {
            for field in kind.fields {
                switch field.privacy {
                case .prose: #expect(!field.name.hasSuffix("Id"), "\(kind.name).\(field.name)")
                case nil: break
                default: #expect(field.name != "reason" && field.name != "text", "\(kind.name).\(field.name)")
                }
            }
        }
    }
}
