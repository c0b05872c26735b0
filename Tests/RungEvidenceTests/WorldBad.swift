/// An organization in which nothing is as it should be, as of 1 October 2026; its names are not those of the good one, so
/// that the two can be told together.
enum BadWorld {
    static let world = World(lines: registry + prompts + traffic + workflow + meshed, signed: ["2026-08-14"])

    static let c = "\(digest("another configuration"))"
    static let p = "\(version("loose"))"

    /// An agent without deputy, card and drills, and nobody to approve anything.
    private static let registry: [World.Line] =
        [
            told("2026-03-01", "principal", #""id":"zoe","type":"person","team":"lab","canBuild":true"#),
            told("2026-03-01", "principal", #""id":"bot","type":"service","team":"lab""#),
            told("2026-03-01", "agent", #""id":"stray","state":"active","ownerId":"gone","team":"lab","department":"lab""#),
            toldAct("odd", "agent", "stray", "review", "nobody", "2026-09-04"),
            World.Line("2026-09-04", #"{"kind":"waiver","id":"forever","requestedBy":"zoe","grantedAt":"2026-09-04"}"#),
            World.Line(
                "2026-08-01", #"{"kind":"idea","id":"lost","proposerId":"zoe","problem":"p","expectedBenefit":"b","openedAt":"2026-08-01"}"#
            ),
            World.Line("2026-08-14", #"{"kind":"prediction","id":"guess","dueAt":"2026-09-20","low":1,"high":2,"type":"forecast"}"#),
        ]
        + [("2026-01-01", 100, "2026-03-01"), ("2026-07-01", 50, "2026-07-01")].map { start, outcomes, day in
            World.Line(
                day, #"{"kind":"capacity","department":"lab","periodStart":"\#(start)","outcomes":\#(outcomes),"staff":10}"#)
        }

    // MARK: - What runs

    private static let prompts: [World.Line] = [
        told("2026-08-19", "promptVersion", #""promptId":"loose","text":"loose""#),
        World.Line(
            "2026-08-20",
            #"{"kind":"release","id":"z1","agentId":"stray","promptVersionId":"\#(p)","configDigest":"\#(c)","releasedAt":"2026-08-20","changeId":"slow"}"#
        ),
        World.Line("2026-07-20", #"{"kind":"change","id":"slow","agentId":"stray","openedAt":"2026-07-20"}"#),
        told("2026-03-01", "suite", #""id":"bare","agentId":"stray""#),
        World.Line(
            "2026-09-08",
            #"{"kind":"run","id":"red","type":"regression","suiteId":"bare","agentId":"stray","finishedAt":"2026-09-08","passed":false,"trials":4}"#
        ),
        World.Line(
            "2026-09-08",
            #"{"kind":"run","id":"alone","type":"policy_probe","agentId":"stray","finishedAt":"2026-09-08","passed":false,"trials":4}"#),
        told("2026-03-01", "threshold", #""id":"loud","agentId":"stray","value":0.5"#),
        told("2026-09-12", "thresholdChange", #""id":"jump","thresholdId":"loud","principalId":"bot","afterValue":0.9"#),
    ]

    private static let traffic: [World.Line] =
        ["stray", "shadow"].flatMap { agent in
            [
                told("2026-09-05T09:00:00Z", "interaction", #""id":"\#(agent)-1","agentId":"\#(agent)","environment":"production""#),
                told(
                    "2026-09-05T10:00:00Z", "interaction",
                    #""id":"\#(agent)-2","agentId":"\#(agent)","environment":"production","outcome":"corrected","explanationRef":"e""#),
                World.Line(
                    "2026-09-05",
                    #"{"kind":"usageCount","agentId":"\#(agent)","environment":"production","day":"2026-09-05","counted":9,"countedBy":"gateway","attempts":9}"#
                ),
                told("2026-09-05T11:00:00Z", "feedback", #""id":"no-\#(agent)","agentId":"\#(agent)","scale":"thumbs","answer":0"#),
            ]
        }

    // MARK: - What is left lying

    private static let workflow: [World.Line] = [
        "override_cluster", "feedback_cluster", "prompt_failure", "unmet_intent", "deviation", "escalation", "conflict", "overlap",
        "dependency_change", "incident",
    ].map { type in
        let change = type == "override_cluster" ? #","changeId":"slow""# : ""
        return told("2026-07-15", "case", #""id":"open-\#(type)","type":"\#(type)","agentId":"stray","openedAt":"2026-07-15"\#(change)"#)
    }

    private static let meshed: [World.Line] =
        [
            told("2026-03-01", "system", #""id":"till","type":"erp""#),
            told("2026-09-09", "toolCall", #""id":"blind","agentId":"stray","effect":"write","systemId":"till""#),
            told("2026-09-09", "handoff", #""id":"thrown","fromAgent":"stray","toAgent":"shadow""#),
        ]
        + [("1", "stray", ""), ("2", "shadow", #","parentId":"1""#), ("3", "stray", #","parentId":"9""#)].map { span, agent, parent in
            told("2026-09-09", "flowStep", #""traceId":"loop","spanId":"\#(span)"\#(parent),"agentId":"\#(agent)""#)
        }
        + ["4", "5"].map { told("2026-09-09", "flowStep", #""traceId":"loop","spanId":"\#($0)","parentId":"1","agentId":"stray""#) }
        + [("operational", "stray"), ("planning", "stray"), ("strategic", "stray")].map { scope, agent in
            told("2026-09-04", "decision", #""id":"\#(scope)","agentId":"\#(agent)","scope":"\#(scope)","startedBy":"event""#)
        }
        + [("dusty", "record", 180), ("unread", "decision", 0), ("unheard", "explanation", 0)].map { id, type, age in
            World.Line("2026-09-13", #"{"kind":"auditDraw","id":"\#(id)","type":"\#(type)","count":2,"minimumAgeDays":\#(age)}"#)
        }
}
