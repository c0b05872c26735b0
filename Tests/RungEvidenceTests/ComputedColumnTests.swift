import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

/// Attempts of a sender to make evidence look better than it is.
struct ComputedColumnTests {
    static let sha = EvidenceLines.sha
    static let c = SmallWorld.c
    static let p1 = SmallWorld.p1
    static let p2 = SmallWorld.p2

    func rows(_ lines: [String], _ sql: String) throws -> [[String]] {
        let fixture = try EvidenceFixture()
        try fixture.importLines(lines)
        return try fixture.rows(sql)
    }

    func line(_ id: String, _ more: String) -> String { #"{"kind":"\#(id)",\#(more)}"# }

    @Test func anAccountThatEndedIsNotActiveWhateverIsClaimed() throws {
        let found = try rows(
            [#"{"kind":"principal","id":"eve","type":"person","leftAt":"2026-09-01","active":1}"#], "SELECT active, left_at FROM principals"
        )
        #expect(found == [["0", "2026-09-01T00:00:00Z"]])
    }

    @Test func theCardDigestIsThatOfTheCard() throws {
        var card = Agent.Card()
        card.purpose = "p"
        let found = try rows(
            [
                #"{"kind":"agent","id":"a","state":"active","purpose":"p","cardDigest":"\#(Self.sha)","objectives":9,"budgetEnforced":1,"oversightSeen":1}"#
            ],
            "SELECT card_digest, objectives, budget_enforced, oversight_seen FROM agents")
        #expect(found == [["\(card.digest)", "0", "0", "-"]])
    }

    @Test func anApprovalIsOfTheCardAsItStoodThen() throws {
        let fixture = try EvidenceFixture()
        var late = Agent.Card()
        late.purpose = "new"
        var early = late
        early.purpose = "old"
        try fixture.importLines([
            #"{"kind":"agent","id":"a","state":"active","purpose":"old","ownerId":"ana","authorId":"bo","at":"2026-01-01"}"#,
            #"{"kind":"agent","id":"a","state":"active","purpose":"new","ownerId":"ana","at":"2026-03-01"}"#,
            SmallWorld.act("plain", "card", "a", "approval", "cy", "2026-02-01"),
            SmallWorld.act("before", "card", "a", "approval", "cy", "2025-12-31"),
            SmallWorld.act("after", "card", "a", "approval", "cy", "2026-03-01"),
            #"{"kind":"act","id":"claims-new","subjectKind":"card","subjectId":"a","step":"approval","principalId":"cy","at":"2026-02-01","digest":"\#(late.digest)"}"#,
            #"{"kind":"act","id":"claims-old","subjectKind":"card","subjectId":"a","step":"approval","principalId":"cy","at":"2026-02-01","digest":"\#(early.digest)"}"#,
        ])
        let found = try fixture.rows("SELECT act_id, author_id, digest FROM acts ORDER BY 1")
        #expect(
            found == [
                ["after", "ana", "\(late.digest)"], ["before", "-", "-"], ["claims-new", "bo", "-"],
                ["claims-old", "bo", "\(early.digest)"],
                ["plain", "bo", "\(early.digest)"],
            ])
    }

    @Test func anActSaysNothingAboutWhatIsNotRecorded() throws {
        let found = try rows(
            [
                SmallWorld.act("a", "prompt_version", Self.p1, "review", "cy", "2026-02-01"),
                SmallWorld.act("b", "release", "r", "approval", "cy", "2026-02-01"),
                SmallWorld.act("c", "policy", "x", "approval", "cy", "2026-02-01"),
                #"{"kind":"act","id":"d","subjectKind":"context","subjectId":"x","step":"approval","principalId":"cy","at":"2026-02-01","digest":"\#(Self.sha)","authorId":"bo"}"#,
            ], "SELECT author_id, digest FROM acts")
        #expect(found == [["-", "-"], ["-", "-"], ["-", "-"], ["-", "-"]])
    }

    @Test func verdictsOfOpeningAndRecomputingAreNotTaken() throws {
        let found = try rows(
            [
                SmallWorld.act("a", "dashboard", "d", "open", "cy", "2026-02-01", "fresh"),
                SmallWorld.act("b", "assessment", "d", "recompute", "cy", "2026-02-01", "equal"),
                SmallWorld.act("c", "agent", "d", "confirm", "cy", "2026-02-01", "keep"),
            ], "SELECT verdict FROM acts ORDER BY act_id")
        #expect(found == [["-"], ["-"], ["keep"]])
    }

    @Test func anIdeaIsFromUsageOnlyWhenARecordedScanFoundIt() throws {
        let idea =
            #""id":"i","openedAt":"2026-08-01","source":"usage","dueAt":"2027-01-01","decidedAt":"2026-08-02","decidedBy":"bo","scanId":"s""#
        let sql = "SELECT source, due_at, decided_at, decided_by FROM ideas"
        #expect(try rows([line("idea", idea)], sql) == [["person", "2026-08-31T00:00:00Z", "-", "-"]])
        let scan = #"{"kind":"scan","id":"s","type":"unmet_intent","at":"2026-08-01","records":1}"#
        #expect(try rows([line("idea", idea), scan], sql) == [["usage", "2026-08-31T00:00:00Z", "-", "-"]])
    }

    @Test func trialsOfAnExperimentAreCounted() throws {
        let experiment = #"{"kind":"experiment","id":"x","team":"t","startedAt":"2026-08-01","trials":99}"#
        #expect(try rows([experiment], "SELECT trials FROM experiments") == [["0"]])
        let found = try rows(
            [
                experiment, SmallWorld.call("a", "r", "2026-08-02", nil, nil, more: #","experimentId":"x""#),
                #"{"kind":"interaction","id":"b","agentId":"r","at":"2026-08-02","environment":"pilot","experimentId":"x"}"#,
                #"{"kind":"interaction","id":"c","agentId":"r","at":"2026-08-02","environment":"pilot","experimentId":"y"}"#,
                #"{"kind":"run","id":"u","type":"efficacy","finishedAt":"2026-08-03","passed":true,"trials":5,"experimentId":"x"}"#,
            ], "SELECT trials FROM experiments")
        #expect(found == [["6"]])
    }

    @Test func aPromptVersionIsWhatItsTextSays() throws {
        func prompt(_ text: String, _ more: String, name: String = "g") -> String {
            #"{"kind":"promptVersion","promptId":"\#(name)","text":"\#(text)",\#(more)}"#
        }
        let found = try rows(
            [
                prompt("two", #""parentId":"\#(Self.p1)","at":"2026-03-01","firstVersion":1"#),
                prompt("one", #""version":"\#(Self.sha)","promptVersionId":"\#(Self.sha)","createdAt":"2020-01-01","at":"2026-02-01""#),
                prompt("three", #""parentId":"\#(Self.sha)","at":"2026-04-01""#),
                prompt("four", #""parentId":"\#(version("four"))","at":"2026-05-01""#),
                prompt("two", #""at":"2026-06-01""#, name: "other"),
            ], "SELECT prompt_version_id, parent_id, first_version, created_at FROM prompt_versions ORDER BY created_at")
        #expect(
            found == [
                [Self.p1, "-", "1", "2026-02-01T00:00:00Z"], [Self.p2, Self.p1, "0", "2026-03-01T00:00:00Z"],
                ["\(version("three"))", "-", "0", "2026-04-01T00:00:00Z"], ["\(version("four"))", "-", "0", "2026-05-01T00:00:00Z"],
            ])
    }

    @Test func aPromptWithoutATimeOfItsOwnIsAsOldAsItsRecord() throws {
        let fixture = try EvidenceFixture(now: "2026-09-01T10:00:00Z")
        try fixture.importLines([#"{"kind":"promptVersion","promptId":"g","text":"one"}"#])
        try fixture.clock.set("2026-09-02T10:00:00Z")
        try fixture.importLines([#"{"kind":"promptVersion","promptId":"g","text":"one"}"#])
        #expect(try fixture.rows("SELECT created_at FROM prompt_versions") == [["2026-09-01T10:00:00Z"]])
    }

    static func release(
        _ id: String, _ at: String, prompt: String = p1, configuration: String = c, agent: String = "r", more: String = ""
    ) -> String {
        #"{"kind":"release","id":"\#(id)","agentId":"\#(agent)","promptVersionId":"\#(prompt)","configDigest":"\#(configuration)","releasedAt":"\#(at)"\#(more)}"#
    }

    @Test func aReleaseEndsWithTheNextOneOrWhenItIsTakenBack() throws {
        let claims = #","endedAt":"2026-01-02","contentDigest":"\#(Self.sha)""#
        let found = try rows(
            [
                Self.release("a", "2026-01-01", more: claims), Self.release("b", "2026-02-01"), Self.release("c", "2026-03-01"),
                Self.release("other", "2026-01-15", agent: "s"), #"{"kind":"releaseEnd","releaseId":"b","at":"2026-02-10"}"#,
                #"{"kind":"releaseEnd","releaseId":"a","at":"2026-02-20"}"#, #"{"kind":"releaseEnd","releaseId":"c","at":"2026-02-20"}"#,
            ], "SELECT release_id, ended_at FROM releases ORDER BY 1")
        #expect(found == [["a", "2026-02-01T00:00:00Z"], ["b", "2026-02-10T00:00:00Z"], ["c", "-"], ["other", "-"]])
    }

    @Test func theContentOfAReleaseBindsAgentPromptAndConfiguration() throws {
        let releases = [
            Self.release("a", "2026-01-01"), Self.release("b", "2026-01-02", prompt: Self.p2),
            Self.release("c", "2026-01-03", configuration: Self.sha),
            Self.release("d", "2026-01-04", agent: "s"), Self.release("e", "2026-01-05"),
        ]
        let digests = try rows(releases, "SELECT content_digest FROM releases ORDER BY release_id").flatMap { $0 }
        #expect(Set(digests[..<4]).count == 4)
        #expect(digests[4] == digests[0])
        #expect(digests[0] == "\(RecordKind.contentDigest(agent: "r", promptVersion: Self.p1, configuration: Self.c))")
    }

    /// When, agent, prompt, configuration, and the release that was live.
    static let calls: [(String, String, String, String, String)] = [
        ("2026-01-31T23:59:59Z", "r", p1, c, "-"), ("2026-02-01T00:00:00Z", "r", p1, c, "a"), ("2026-02-28T23:59:59Z", "r", p1, c, "a"),
        ("2026-03-01T00:00:00Z", "r", p1, c, "-"), ("2026-02-10T00:00:00Z", "r", p2, c, "-"), ("2026-02-10T00:00:00Z", "r", p1, sha, "-"),
        ("2026-02-10T00:00:00Z", "s", p1, c, "-"), ("2026-03-02T00:00:00Z", "r", p2, c, "b"),
    ]

    @Test(arguments: calls)
    func anInteractionBelongsToTheReleaseThatWasLiveForExactlyThis(
        at: String, agent: String, prompt: String, configuration: String, release: String
    ) throws {
        let found = try rows(
            [
                Self.release("a", "2026-02-01"), Self.release("b", "2026-03-01", prompt: Self.p2),
                #"{"kind":"interaction","id":"i","agentId":"\#(agent)","at":"\#(at)","environment":"production","promptVersionId":"\#(prompt)","configDigest":"\#(configuration)","releaseId":"a","promptTextStored":1}"#,
            ], "SELECT release_id, prompt_text_stored FROM interactions")
        #expect(found == [[release, "0"]])
        let released = try rows(
            [
                Self.release("a", "2026-02-01"), Self.release("b", "2026-03-01", prompt: Self.p2),
                #"{"kind":"interaction","id":"i","agentId":"\#(agent)","at":"\#(at)","environment":"production","promptVersionId":"\#(prompt)","configDigest":"\#(configuration)"}"#,
            ], "SELECT released FROM interaction_days")
        #expect(released == [[release == "-" ? "0" : "1"]])
    }

    @Test func usageIsLoggedAsRecordedAndCountedByTheLargerCounter() throws {
        let found = try rows(
            [
                #"{"kind":"usageCount","agentId":"a","environment":"pilot","day":"2026-09-01","counted":3,"countedBy":"invoice","logged":100}"#,
                #"{"kind":"usageCount","agentId":"a","environment":"pilot","day":"2026-09-01","counted":2,"countedBy":"gateway","attempts":9,"admissionChecked":8}"#,
                SmallWorld.call("i", "a", "2026-09-01T05:00:00Z", nil, nil),
            ], "SELECT * FROM usage_days ORDER BY environment")
        #expect(
            found == [
                ["a", "pilot", "2026-09-01T00:00:00Z", "0", "3", "invoice", "9", "8"],
                ["a", "production", "2026-09-01T00:00:00Z", "1", "-", "-", "0", "0"],
            ])
    }

    @Test func callsThatARegisteredSourceTookInAreCountedWhereNoExternalCounterIs() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(.init(id: "traces", type: .receiver), actor: "ana")
        try fixture.importLines([
            SmallWorld.call("unsigned", "a", "2026-09-01T05:00:00Z", nil, nil),
            SmallWorld.call("alone", "b", "2026-09-01T05:00:00Z", nil, nil),
            #"{"kind":"usageCount","agentId":"a","environment":"production","day":"2026-09-02","counted":1,"countedBy":"invoice"}"#,
            #"{"kind":"usageCount","agentId":"a","environment":"production","day":"2026-09-02","counted":1,"countedBy":"gateway"}"#,
        ])
        let path = fixture.folder.write(
            "signed.jsonl", (1...2).map { SmallWorld.call("s\($0)", "a", "2026-09-0\($0)T06:00:00Z", nil, nil) + "\n" }.joined())
        _ = try fixture.store.importEvidence(file: path, source: "traces", actor: "ana")
        let found = try fixture.rows("SELECT agent_id, day_at, logged, counted, counted_by FROM usage_days ORDER BY 1, 2")
        #expect(
            found == [
                ["a", "2026-09-01T00:00:00Z", "2", "1", "recorder"], ["a", "2026-09-02T00:00:00Z", "1", "1", "gateway"],
                ["b", "2026-09-01T00:00:00Z", "1", "-", "-"],
            ])
    }

    @Test func whatIsToldLaterReplacesTheOutcome() throws {
        let outcome = #"{"kind":"outcome","id":"o","interactionId":"i","at":"2026-09-03","outcome":"corrected"}"#
        let override = #"{"kind":"override","id":"v","agentId":"router","at":"2026-09-03","interactionId":"i"}"#
        let call = SmallWorld.call("i", "router", "2026-09-01", nil, "failed", more: #","failureReason":"timeout""#)
        for lines in [[call, outcome, override], [override, outcome, call]] {
            let fixture = try EvidenceFixture()
            try fixture.importLines(lines)
            #expect(try fixture.rows("SELECT outcome, failure_reason FROM interactions") == [["corrected", "-"]])
            #expect(try fixture.rows("SELECT outcome_ok, corrected FROM interaction_days") == [["1", "1"]])
            #expect(try fixture.rows("SELECT matched FROM overrides") == [["1"]])
        }
    }

    @Test func aCaseKeepsTheTimeAtWhichItWasOpened() throws {
        let first = #"{"kind":"case","id":"c","type":"overlap","openedAt":"2026-08-01","byRule":1,"dueAt":"2027-01-01","scanId":"none"}"#
        let second = #"{"kind":"case","id":"c","type":"overlap","openedAt":"2026-09-20","ownerId":"ana"}"#
        let sql = "SELECT opened_at, by_rule, due_at, scenario_due_at, scenario_at, owner_id FROM cases"
        #expect(
            try rows([first, second], sql) == [
                ["2026-08-01T00:00:00Z", "0", "2026-08-15T00:00:00Z", "2026-08-31T00:00:00Z", "-", "ana"]
            ])
        let scan = #"{"kind":"scan","id":"none","type":"overlap","at":"2026-08-01","records":1}"#
        #expect(try rows([scan, first, second], "SELECT by_rule FROM cases") == [["1"]])
    }

    @Test func intentsCountWhenTheCardDeclaresThemAndTheSuiteStillHoldsThem() throws {
        let fixture = try EvidenceFixture()
        let agent = RegistryFixture.agent("router", intents: ["a", "b", "b", "c"])
        try fixture.store.recordRegistry(Registry(agents: [agent]), actor: "ana")
        func run(_ id: RunID, _ suite: String, _ intents: [String], trials: Bool = true) throws {
            var header = try RunFixture.header(id)
            header.suites[0].digest = digest(suite)
            var events: [RunEvent] = [.started(header)]
            for (index, intent) in intents.enumerated() {
                let made = trials ? [RunFixture.trial(index)] : []
                events.append(.caseFinished(RunFixture.result(index, CaseID(intent), trials: made, intent: intent)))
            }
            events.append(.finished(try RunFixture.summary(header)))
            try RunRecorder(store: fixture.store, actor: "ci").handle(events)
        }
        let sql = "SELECT suite_id, agent_id, intents_declared, intents_covered FROM suites"
        try run("run-1", "old", ["a", "b", "c"])
        #expect(try fixture.rows(sql) == [["orders", "router", "3", "3"]])
        try run("run-2", "new", ["a", "undeclared"])
        #expect(try fixture.rows(sql) == [["orders", "router", "3", "1"]])
        try run("run-3", "new", ["b"])
        #expect(try fixture.rows(sql) == [["orders", "router", "3", "2"]])
        try run("run-4", "new", ["c"], trials: false)
        #expect(try fixture.rows(sql) == [["orders", "router", "3", "2"]])
    }

    @Test func aScenarioCountsOnceHoweverOftenItIsCopied() throws {
        let fixture = try EvidenceFixture()
        var copy = RunFixture.result(1, "b", trials: [RunFixture.trial(1)])
        copy.digest = digest("case a")
        try RunRecorder(store: fixture.store, actor: "ci").handle([
            .started(try RunFixture.header()), .caseFinished(RunFixture.result(0, "a", trials: [RunFixture.trial(0)])), .caseFinished(copy),
        ])
        #expect(
            try fixture.rows("SELECT COUNT(*), MIN(origin), MIN(recorded_at) FROM scenarios") == [["1", "written", "2026-09-30T11:59:00Z"]])
    }

    /// Who overrides which agent, and whether it is screened and matched.
    static let overrides: [(String, String, String, String)] = [
        ("bo", "router", "1", "1"), ("ana", "router", "0", "1"), ("bot", "router", "0", "1"), ("router", "router", "0", "1"),
        ("nobody", "router", "0", "1"), ("bo", "faq", "1", "0"),
    ]

    @Test(arguments: overrides)
    func anOverrideCountsFromAPersonWhoIsNotTheOwner(who: String, agent: String, screened: String, matched: String) throws {
        let found = try rows(
            SmallWorld.people + [
                SmallWorld.call("i", "router", "2026-09-01", nil, "rejected"),
                #"{"kind":"override","id":"o","agentId":"\#(agent)","at":"2026-09-02","interactionId":"i","principalId":"\#(who)","matched":1,"screened":1}"#,
            ], "SELECT screened, matched FROM overrides")
        #expect(found == [[screened, matched]])
    }

    @Test func anOverrideOfAnAcceptedResultOrOfNothingIsNotMatched() throws {
        let found = try rows(
            [
                SmallWorld.call("i", "router", "2026-09-01", nil, "accepted"),
                #"{"kind":"override","id":"a","agentId":"router","at":"2026-09-02","interactionId":"i"}"#,
                #"{"kind":"override","id":"b","agentId":"router","at":"2026-09-02","interactionId":"none"}"#,
                #"{"kind":"override","id":"c","agentId":"router","at":"2026-09-02"}"#,
            ], "SELECT SUM(matched), COUNT(*) FROM overrides")
        #expect(found == [["0", "3"]])
    }
}
