import RungCore
import RungText
import Testing

@testable import RungEvidence

/// Tool calls, hand-offs and flows, and attempts to make them look better than they are.
struct FlowViewTests {
    // MARK: - Tool calls and systems

    static func call(_ id: String, credential: String? = "router", agent: String = "router", more: String = "") -> String {
        let seen = credential.map { #","credential":"\#($0)""# } ?? ""
        return #"{"kind":"toolCall","id":"\#(id)","agentId":"\#(agent)","at":"2026-09-01","effect":"write"\#(seen)\#(more)}"#
    }

    @Test func aCallIsAuthenticatedWhenARegisteredSourceSawTheAgentsOwnIdentity() throws {
        let fixture = try EvidenceFixture()
        let cheat = #","authenticated":1,"ledgerIndex":99"#
        let report = try fixture.importLines([Self.call("claimed", more: cheat)])
        #expect(
            report.findings.map(\.message).sorted() == [
                #""authenticated" of toolCall is computed here; the value of 1 record was ignored"#,
                #""ledgerIndex" of toolCall is computed here; the value of 1 record was ignored"#,
            ])
        try fixture.importLines(
            [
                Self.call("own"), Self.call("shared", credential: "svc-agents"), Self.call("other", credential: "faq"),
                Self.call("none", credential: nil),
            ], source: "gateway")
        #expect(
            try fixture.table("SELECT call_id, authenticated, ledger_index FROM tool_calls ORDER BY 1") == """
                claimed|0|0
                none|0|2
                other|0|2
                own|1|2
                shared|0|2
                """)
    }

    @Test func aCallIsSeenFromTheMidnightAfterItOn() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.call("a")])
        let sql = "SELECT call_id AS entity, 1 AS value FROM tool_calls"
        #expect(try fixture.values(sql, asOf: "2026-09-01").isEmpty)
        #expect(try fixture.values(sql, asOf: "2026-09-02") == ["a 1.0"])
    }

    @Test func aSystemIsDeclaredSinceItsFirstRecord() throws {
        let fixture = try EvidenceFixture(now: "2026-09-01T10:00:00Z")
        try fixture.importLines([#"{"kind":"system","id":"sap","type":"crm"}"#])
        try fixture.clock.set("2026-09-02T10:00:00Z")
        let report = try fixture.importLines([#"{"kind":"system","id":"sap","type":"erp","declaredAt":"2020-01-01"}"#])
        #expect(report.findings.count == 1)
        #expect(try fixture.table("SELECT * FROM systems") == "sap|erp|2026-09-01T10:00:00Z")
    }

    // MARK: - Hand-offs

    static let contract =
        #"{"kind":"contract","id":"order@1","fromAgent":"router","members":{"order.id":"string","amount":"number?"},"at":"2026-08-01"}"#

    static func handoff(
        _ id: String, message: String = #"{"order.id":"string"}"#, from: String = "router", to: String? = "faq",
        contract: String = "order@1", at: String = "2026-09-01", more: String = #","credential":"router","grant":"orders""#
    ) -> String {
        let target = to.map { #","toAgent":"\#($0)""# } ?? ""
        return
            #"{"kind":"handoff","id":"\#(id)","fromAgent":"\#(from)"\#(target),"at":"\#(at)","contractId":"\#(contract)","message":\#(message)\#(more)}"#
    }

    /// Members of a message, and whether the contract holds for it.
    static let messages: [(String, String)] = [
        (#"{"order.id":"string"}"#, "1"), (#"{"amount":"number","order.id":"string"}"#, "1"),
        (#"{"amount":"number"}"#, "0"), (#"{"order.id":"number"}"#, "0"), (#"{"amount":"string","order.id":"string"}"#, "0"),
        (#"{"order.id":"string","more":"string"}"#, "0"), ("{}", "0"),
    ]

    @Test(arguments: messages)
    func aMessageIsHeldAgainstTheRegisteredContract(message: String, valid: String) throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.contract, Self.handoff("h", message: message, more: #","contractValid":1"#)])
        #expect(try fixture.table("SELECT contract_valid FROM handoffs") == valid)
    }

    @Test func anOpenContractLetsOtherMembersThrough() throws {
        let fixture = try EvidenceFixture()
        let open = #"{"kind":"contract","id":"open","members":{"order.id":"string"},"open":true,"at":"2026-08-01"}"#
        try fixture.importLines([open, Self.handoff("h", message: #"{"order.id":"string","more":"array"}"#, contract: "open")])
        #expect(try fixture.table("SELECT contract_valid FROM handoffs") == "1")
    }

    @Test func aContractHoldsForItsAgentsAndForWhatComesAfterIt() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.handoff("recorded-before")])
        try fixture.importLines([
            Self.contract, Self.handoff("good"), Self.handoff("other-agent", from: "faq", to: "router"),
            Self.handoff("done-before", at: "2026-07-31"), Self.handoff("no-contract", contract: "none"),
        ])
        #expect(
            try fixture.table("SELECT handoff_id, contract_valid FROM handoffs ORDER BY 1") == """
                done-before|0
                good|1
                no-contract|0
                other-agent|0
                recorded-before|0
                """)
    }

    @Test func aContractThatDemandsNothingIsRefused() throws {
        #expect(
            try EvidenceFixture().problems([#"{"kind":"contract","id":"c","members":{}}"#]) == """
                evidence.jsonl:1:39: error: a contract without members would hold for every message
                  name at least one member with its type
                1 problem
                """)
    }

    @Test func aSenderIsAuthenticatedWithItsOwnLimitedGrantBeforeARegisteredSource() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.handoff("claimed", more: #","credential":"router","grant":"orders","authenticated":1"#)])
        try fixture.importLines(
            [
                Self.handoff("good"), Self.handoff("unlimited", more: #","credential":"router","grant":"*""#),
                Self.handoff("no-grant", more: #","credential":"router""#),
                Self.handoff("borrowed", more: #","credential":"faq","grant":"orders""#),
            ], source: "gateway")
        #expect(
            try fixture.table("SELECT handoff_id, authenticated FROM handoffs ORDER BY 1") == """
                borrowed|0
                claimed|0
                good|1
                no-grant|0
                unlimited|0
                """)
    }

    @Test func departmentsAreThoseOfTheRegistryAtThatTime() throws {
        let fixture = try EvidenceFixture()
        func agent(_ id: String, _ department: String, _ at: String) -> String {
            #"{"kind":"agent","id":"\#(id)","state":"active","department":"\#(department)","at":"\#(at)"}"#
        }
        try fixture.importLines([
            agent("router", "sales", "2026-08-01"), agent("router", "sales", "2026-08-15"), agent("router", "care", "2026-09-02"),
            agent("faq", "care", "2026-09-05"),
            Self.handoff("a", more: #","fromDepartment":"x","toDepartment":"y""#), Self.handoff("b", at: "2026-09-02"),
            Self.handoff("c", to: nil), Self.handoff("d", to: "nobody"),
        ])
        #expect(
            try fixture.table("SELECT handoff_id, from_department, to_department FROM handoffs ORDER BY 1") == """
                a|sales|care
                b|care|care
                c|sales|-
                d|sales|-
                """)
    }

    // MARK: - Flows

    static func step(_ span: String, _ parent: String?, agent: String = "router", trace: String = "t", more: String = "") -> String {
        let led = parent.map { #","parentId":"\#($0)""# } ?? ""
        return
            #"{"kind":"flowStep","traceId":"\#(trace)","spanId":"\#(span)"\#(led),"agentId":"\#(agent)","at":"2026-09-01T08:00:0\#(span)Z","flowId":"f"\#(more)}"#
    }

    static let flow = #"{"kind":"flow","id":"f","agents":["router","faq"],"at":"2026-08-01"}"#
    static let sql = "SELECT flow_id, complex, agents, complete, steps, reasoned_steps FROM flow_runs"

    /// Steps of a run and what the view says of it.
    static let runs: [(String, [String], String)] = [
        ("whole", [step("1", nil), step("2", "1", agent: "faq")], "f|0|2|1|2|0"),
        ("a parent is missing", [step("1", nil), step("2", "9", agent: "faq")], "f|0|2|0|2|0"),
        ("two first steps", [step("1", nil), step("2", nil, agent: "faq")], "f|0|2|0|2|0"),
        ("no first step", [step("1", "2"), step("2", "1", agent: "faq")], "f|0|2|0|2|0"),
        (
            "a circle beside the first step",
            [step("1", nil), step("2", "3", agent: "faq"), step("3", "2", agent: "faq")], "f|0|2|0|3|0"
        ),
        ("an agent of the flow took no part", [step("1", nil), step("2", "1")], "f|0|1|0|2|0"),
        (
            "three agents make it complex",
            [step("1", nil), step("2", "1", agent: "faq"), step("3", "1", agent: "old")], "f|1|3|1|3|0"
        ),
        (
            "five steps make it complex",
            [step("1", nil), step("2", "1", agent: "faq"), step("3", "2"), step("4", "3"), step("5", "4")], "f|1|2|1|5|0"
        ),
        (
            "a step is reasoned with all three",
            [
                step("1", nil, more: #","input":"i","conclusion":"c","evidenceRef":"e""#),
                step("2", "1", agent: "faq", more: #","input":"i","conclusion":"c","complete":1,"reasonedSteps":9"#),
            ], "f|0|2|1|2|1"
        ),
    ]

    @Test(arguments: runs)
    func aRunIsWorkedOutFromItsSteps(name: String, steps: [String], expected: String) throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.flow] + steps.reversed())
        #expect(try fixture.table(Self.sql) == expected, "\(name)")
    }

    @Test func aFlowIsRegisteredBeforeItsRunsInTimeAndOnTheLedger() throws {
        let steps = [Self.step("1", nil), Self.step("2", "1", agent: "faq")]
        let fixture = try EvidenceFixture()
        try fixture.importLines(steps + [Self.flow])
        #expect(try fixture.table(Self.sql) == "-|0|2|1|2|0")
        let late = try EvidenceFixture()
        try late.importLines([#"{"kind":"flow","id":"f","agents":["router"],"at":"2026-09-01T08:00:02Z"}"#] + steps)
        #expect(try late.table(Self.sql) == "-|0|2|1|2|0")
    }

    @Test func aDeclarationHoldsUntilTheNextOne() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            #"{"kind":"flow","id":"f","agents":["router"],"complex":true,"at":"2026-08-01"}"#, Self.step("1", nil),
        ])
        try fixture.importLines([#"{"kind":"flow","id":"f","agents":["router","old"],"at":"2026-08-20"}"#])
        try fixture.importLines([Self.step("1", nil, trace: "u")])
        #expect(try fixture.table(Self.sql + " ORDER BY trace_id") == "f|1|1|1|1|0\nf|0|1|0|1|0")
    }

    @Test func stepsAfterTheCutOffAreNotSeen() throws {
        let fixture = try EvidenceFixture()
        let late = Self.step("2", "1", agent: "faq").replacing("2026-09-01", with: "2026-09-02")
        try fixture.importLines([Self.flow, Self.step("1", nil), late])
        #expect(try fixture.values("SELECT trace_id AS entity, steps AS value FROM flow_runs", asOf: "2026-09-02") == ["t 1.0"])
        #expect(try fixture.values("SELECT trace_id AS entity, steps AS value FROM flow_runs", asOf: "2026-09-03") == ["t 2.0"])
    }
}

extension String {
    /// The text with another piece in place of one.
    func replacing(_ piece: String, with other: String) -> String {
        split(separator: piece, omittingEmptySubsequences: false).joined(separator: other)
    }
}
