import RungCore
import RungText

@testable import RungEvidence

/// A hand-made organization as of 30 September 2026, small enough to count by hand.
enum SmallWorld {
    static let c = "\(digest("configuration"))"
    static let p1 = "\(version("one"))"
    static let p2 = "\(version("two"))"
    static let q1 = "\(version("ask"))"
    static let unknown = "\(version("never stored"))"

    static func fixture() throws -> EvidenceFixture {
        let fixture = try EvidenceFixture()
        try fixture.importLines(people + prompts + releases + acts + runs + ideas + traffic)
        return fixture
    }

    static let people = [
        #"{"kind":"principal","id":"ana","type":"person","team":"fin","canBuild":true,"at":"2026-01-01"}"#,
        #"{"kind":"principal","id":"bo","type":"person","team":"fin","canBuild":true,"at":"2026-01-01"}"#,
        #"{"kind":"principal","id":"cy","type":"person","team":"ops","canBuild":true,"at":"2026-01-01"}"#,
        #"{"kind":"principal","id":"eve","type":"person","team":"ops","canBuild":true,"leftAt":"2026-09-10","at":"2026-01-01"}"#,
        #"{"kind":"principal","id":"bot","type":"service","canBuild":true,"at":"2026-01-01"}"#,
        #"{"kind":"agent","id":"router","state":"active","ownerId":"ana","deputyId":"bo","team":"fin","purpose":"p","audience":"a","limits":"l","successMetric":"s","baseline":1,"riskTier":"low","autonomy":"act","intents":["a","b","c","d","e"],"at":"2026-06-01"}"#,
        #"{"kind":"agent","id":"faq","state":"active","ownerId":"eve","deputyId":"ana","team":"ops","intents":["x"],"at":"2026-06-01"}"#,
        #"{"kind":"agent","id":"old","state":"retired","at":"2026-06-01"}"#,
    ]

    static let prompts = [
        #"{"kind":"template","id":"base","authorId":"bo","at":"2026-06-01"}"#,
        #"{"kind":"promptVersion","promptId":"greeting","text":"one","authorId":"ana","reason":"first","templateId":"base","at":"2026-06-02"}"#,
        #"{"kind":"promptVersion","promptId":"greeting","text":"two","authorId":"ana","reason":"tone","parentId":"\#(p1)","at":"2026-07-02"}"#,
        #"{"kind":"promptVersion","promptId":"ask","text":"ask","reason":"first","at":"2026-06-02"}"#,
    ]

    static let releases = [
        #"{"kind":"release","id":"r1","agentId":"router","promptVersionId":"\#(p1)","configDigest":"\#(c)","releasedAt":"2026-07-05","requestedBy":"bo"}"#,
        #"{"kind":"release","id":"r2","agentId":"router","promptVersionId":"\#(p2)","configDigest":"\#(c)","releasedAt":"2026-08-20","requestedBy":"bo"}"#,
        #"{"kind":"release","id":"f1","agentId":"faq","promptVersionId":"\#(q1)","configDigest":"\#(c)","releasedAt":"2026-07-10","requestedBy":"ana"}"#,
    ]

    static func act(
        _ id: String, _ kind: String, _ subject: String, _ step: String, _ by: String, _ at: String, _ verdict: String = "approved"
    ) -> String {
        #"{"kind":"act","id":"\#(id)","subjectKind":"\#(kind)","subjectId":"\#(subject)","step":"\#(step)","principalId":"\#(by)","at":"\#(at)","verdict":"\#(verdict)"}"#
    }

    static let acts = [
        act("review-p1", "prompt_version", p1, "review", "bo", "2026-07-03"),
        act("review-p2", "prompt_version", p2, "review", "ana", "2026-08-10"),
        act("review-q1", "prompt_version", q1, "review", "cy", "2026-07-08"),
        act("approval-r1", "release", "r1", "approval", "cy", "2026-07-04"),
        act("approval-r2", "release", "r2", "approval", "bo", "2026-08-19"),
        act("approval-f1", "release", "f1", "approval", "eve", "2026-07-09"),
        act("confirm-router", "agent", "router", "confirm", "ana", "2026-07-01", "keep"),
        act("card-router", "card", "router", "approval", "cy", "2026-06-10"),
        act("template-base", "template", "base", "approval", "ana", "2026-06-05"),
    ]

    static func run(
        _ id: String, _ type: String, _ prompt: String, _ at: String, _ passed: Bool, agent: String = "router", intents: String = "[]"
    ) -> String {
        let suite = type == "regression" ? #""suiteId":"orders","# : ""
        return
            #"{"kind":"run","id":"\#(id)","type":"\#(type)",\#(suite)"agentId":"\#(agent)","promptVersionId":"\#(prompt)","configDigest":"\#(c)","finishedAt":"\#(at)","passed":\#(passed),"trials":4,"intents":\#(intents)}"#
    }

    static let runs = [
        run("lint-1", "lint", p1, "2026-07-01", true), run("reg-1", "regression", p1, "2026-07-02", true),
        run("lint-2", "lint", p2, "2026-08-14", true), run("reg-2", "regression", p2, "2026-08-15", true),
        run("reg-3", "regression", p2, "2026-08-18", false),
        run("reg-4", "regression", p2, "2026-09-15", true, intents: #"["a","b","c","d","z"]"#),
        run("probe-1", "policy_probe", p2, "2026-09-05", true), run("probe-1", "policy_probe", q1, "2026-09-05", false, agent: "faq"),
    ]

    static let ideas = [
        #"{"kind":"scan","id":"scan-1","type":"unmet_intent","at":"2026-08-01","records":9}"#,
        #"{"kind":"idea","id":"d1","proposerId":"ana","problem":"p","expectedBenefit":"b","openedAt":"2026-08-01"}"#,
        #"{"kind":"idea","id":"d2","proposerId":"ana","problem":"p","expectedBenefit":"b","openedAt":"2026-08-01"}"#,
        #"{"kind":"idea","id":"d3","proposerId":"ana","problem":"p","expectedBenefit":"b","openedAt":"2026-09-20"}"#,
        #"{"kind":"idea","id":"d4","proposerId":"ana","problem":"p","expectedBenefit":"b","openedAt":"2026-08-05"}"#,
        #"{"kind":"idea","id":"d5","proposerId":"ana","problem":"p","expectedBenefit":"b","openedAt":"2026-08-05","scanId":"scan-1"}"#,
        #"{"kind":"ideaDecision","ideaId":"d1","at":"2026-08-10","decidedBy":"bo"}"#,
        #"{"kind":"ideaDecision","ideaId":"d2","at":"2026-09-20","decidedBy":"bo"}"#,
        #"{"kind":"ideaDecision","ideaId":"d4","at":"2026-08-10","decidedBy":"bot"}"#,
        #"{"kind":"experiment","id":"x1","team":"fin","principalId":"ana","hypothesis":"h","startedAt":"2026-08-01","concludedAt":"2026-08-30","conclusion":"adopt"}"#,
        #"{"kind":"experiment","id":"x2","team":"ops","principalId":"ana","hypothesis":"h","startedAt":"2026-08-01","concludedAt":"2026-08-30","conclusion":"adopt"}"#,
        #"{"kind":"case","id":"c1","type":"overlap","openedAt":"2026-08-01"}"#,
        #"{"kind":"case","id":"c2","type":"overlap","openedAt":"2026-08-01","decidedAt":"2026-09-01","decidedBy":"ana","reason":"merged"}"#,
    ]

    static func call(_ id: String, _ agent: String, _ at: String, _ prompt: String?, _ outcome: String?, more: String = "") -> String {
        let version = prompt.map { #","promptVersionId":"\#($0)","configDigest":"\#(c)""# } ?? ""
        let result = outcome.map { #","outcome":"\#($0)""# } ?? ""
        return
            #"{"kind":"interaction","id":"\#(id)","agentId":"\#(agent)","at":"\#(at)","environment":"production"\#(version)\#(result)\#(more)}"#
    }

    static let traffic = [
        call(
            "i1", "router", "2026-09-20T08:00:00Z", p2, "accepted",
            more:
                #","modelId":"m","principalId":"ana","cost":0.1,"latencyMs":5,"traceId":"t","explanationRef":"e","memoryRef":"m","feedbackOffered":true"#
        ),
        call("i2", "router", "2026-09-20T07:00:00Z", p2, "failed"),
        call("i3", "router", "2026-09-20T09:00:00Z", p1, "corrected"),
        call("i4", "router", "2026-09-20T23:59:59Z", unknown, nil),
        call("i5", "faq", "2026-09-21T00:00:00Z", q1, "accepted"),
        call("i6", "shadow", "2026-09-22T12:00:00Z", nil, nil),
        #"{"kind":"interaction","id":"i7","agentId":"router","at":"2026-09-23T12:00:00Z","environment":"pilot","promptVersionId":"\#(p2)","outcome":"accepted","experimentId":"x1"}"#,
        #"{"kind":"interaction","id":"i8","agentId":"shadow","at":"2026-09-30T11:00:00Z","environment":"production"}"#,
        #"{"kind":"override","id":"o1","agentId":"router","at":"2026-09-20T10:00:00Z","interactionId":"i3","principalId":"bo","reasonCode":"wrong","beforeRef":"x","afterRef":"y"}"#,
        #"{"kind":"usageCount","agentId":"router","environment":"production","day":"2026-09-20","counted":5,"countedBy":"gateway","attempts":7,"admissionChecked":6}"#,
        #"{"kind":"usageCount","agentId":"faq","environment":"production","day":"2026-09-21","counted":1,"countedBy":"gateway"}"#,
        #"{"kind":"usageCount","agentId":"shadow","environment":"production","day":"2026-09-22","counted":8,"countedBy":"gateway"}"#,
        #"{"kind":"usageCount","agentId":"shadow","environment":"production","day":"2026-09-22","counted":10,"countedBy":"invoice"}"#,
    ]
}
