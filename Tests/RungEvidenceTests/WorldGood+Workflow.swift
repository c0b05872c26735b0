/// How the good organization learns: scans, ideas, experiments, cases, changes and thresholds.
extension GoodWorld {
    static let workflow: [World.Line] = scans + ideas + cases + changes

    static let scanned = [
        "overlap", "unmet_intent", "override_cluster", "feedback_cluster", "prompt_failure", "deviation", "conflict",
        "dependency_change", "recalibration",
    ]

    private static let scans = scanned.flatMap { type in
        ["2026-08-03", "2026-09-07"].map { day in
            told("\(day)T08:00:00Z", "scan", #""id":"\#(type)-\#(day)","type":"\#(type)","records":40"#)
        }
    }

    private static let ideas =
        [
            World.Line(
                "2026-09-02",
                #"{"kind":"idea","id":"i1","proposerId":"gil","problem":"p","expectedBenefit":"b","openedAt":"2026-09-02"}"#),
            told("2026-09-09", "ideaDecision", #""ideaId":"i1","decidedBy":"ana","decision":"try""#),
            World.Line(
                "2026-09-25",
                #"{"kind":"idea","id":"i2","proposerId":"gil","problem":"p","expectedBenefit":"b","openedAt":"2026-09-25"}"#),
            World.Line(
                "2026-08-04",
                #"{"kind":"idea","id":"mined","proposerId":"ruler","problem":"p","expectedBenefit":"b","openedAt":"2026-08-04","scanId":"unmet_intent-2026-08-03"}"#
            ),
            told("2026-08-12", "ideaDecision", #""ideaId":"mined","decidedBy":"bo","decision":"try""#),
        ]
        + [("fin", "ana"), ("ops", "cy")].flatMap { team, who in
            let start = #""id":"try-\#(team)","team":"\#(team)","hypothesis":"h","startedAt":"2026-08-01","principalId":"\#(who)""#
            return [
                told("2026-08-01", "experiment", start),
                told("2026-08-10", "experiment", start + #","concludedAt":"2026-08-10","conclusion":"adopt""#),
            ]
        }

    // MARK: - Cases

    /// A case as it was opened, and as it was once it was answered.
    private static func answered(_ type: String, agent: String = "router", opened: String, by day: String, _ more: String) -> [World.Line] {
        let scan = scanned.contains(type) ? #","scanId":"\#(type)-2026-08-03""# : ""
        let start = #""id":"\#(type)","type":"\#(type)","agentId":"\#(agent)","openedAt":"\#(opened)","ownerId":"di""# + scan
        return [told(opened, "case", start), told(day, "case", start + more)]
    }

    private static let decided = #","decidedAt":"2026-08-08","decidedBy":"bo","reason":"r""#

    private static let cases: [World.Line] = {
        let opening = "2026-08-03T09:00:00Z"
        func answer(_ type: String, agent: String = "router", _ more: String = "") -> [World.Line] {
            answered(type, agent: agent, opened: opening, by: "2026-08-08", decided + more)
        }
        return answer("overlap") + answer("unmet_intent", #","ideaId":"mined""#) + answer("override_cluster", #","changeId":"ch-1""#)
            + answer("feedback_cluster") + answer("prompt_failure", agent: "faq", #","changeId":"ch-2""#)
            + answer("deviation", #","causeAt":"2026-08-05","planAt":"2026-08-07""#) + answer("escalation") + answer("conflict")
            + answer("dependency_change")
            + answered(
                "incident", opened: "2026-08-20T09:00:00Z", by: "2026-08-25",
                #","severity":"high","causeAt":"2026-08-22","decidedAt":"2026-08-25","decidedBy":"di","reason":"r""#)
            + [("override_cluster", "router", "2026-08-10"), ("prompt_failure", "faq", "2026-08-10"), ("incident", "router", "2026-08-28")]
            .map { type, agent, day in
                World.Line(
                    day,
                    #"{"kind":"scenario","id":"after-\#(type)","suiteId":"\#(agent == "router" ? "orders" : "answers")","agentId":"\#(agent)","caseId":"\#(type)","recordedAt":"\#(day)","text":"What if \#(type) came back?"}"#
                )
            }
    }()

    // MARK: - Changes

    private static func change(_ id: String, _ agent: String, _ owner: String, _ at: String, more: String = "") -> World.Line {
        World.Line(
            String(at.prefix(10)),
            #"{"kind":"change","id":"\#(id)","agentId":"\#(agent)","ownerId":"\#(owner)","openedAt":"\#(at)"\#(more)}"#)
    }

    private static let changes = [
        change("ch-1", "router", "ana", "2026-08-08T10:00:00Z"), change("ch-2", "faq", "cy", "2026-08-08T10:00:00Z"),
        change("ch-3", "router", "ana", "2026-09-03T10:00:00Z", more: #","checkId":"breach""#),
        told("2026-09-08", "changeEnd", #""changeId":"ch-3","result":"refused","principalId":"bo","reason":"r""#),
        told("2026-03-01", "threshold", #""id":"th","agentId":"router","value":0.5,"targetMetric":"corrected_share""#),
        told("2026-03-01", "envelope", #""id":"env","thresholdId":"th","low":0.25,"high":0.75,"authorId":"ana","approverId":"bo""#),
        told(
            "2026-09-12", "thresholdChange", #""id":"move","thresholdId":"th","principalId":"ruler","afterValue":0.6,"reversalRef":"ops/1""#
        ),
    ]
}
