/// What shows that the good organization can be believed: comparisons, monitors, audits and checks of its judge.
extension GoodWorld {
    static let proven: [World.Line] = comparisons + checks + draws.map(draw) + judged

    private static let comparisons: [World.Line] = [("router", p1, p2), ("faq", q1, q2)].flatMap { agent, old, new in
        [("before", "2026-08-11", "2026-08-14"), ("after", "2026-08-25", "2026-09-10")].flatMap { phase, start, end in
            [
                World.Line(
                    "2026-07-31",
                    #"{"kind":"preregistration","comparisonId":"\#(phase)-\#(agent)","margin":0.05,"size":6,"principalId":"ana"}"#),
                World.Line(
                    end,
                    #"{"kind":"comparison","id":"\#(phase)-\#(agent)","agentId":"\#(agent)","phase":"\#(phase)","promptVersionId":"\#(new)","configDigest":"\#(c)","baselineVersionId":"\#(old)","baselineConfigDigest":"\#(c)","differences":[0.1,0.2,0.15,0.12,0.18,0.14],"startedAt":"\#(start)","finishedAt":"\#(end)"}"#
                ),
            ]
        }
    }

    // MARK: - Monitors

    private static func check(_ id: String, _ agent: String, _ prompt: String?, _ at: String, _ statistic: String) -> World.Line {
        let version = prompt.map { #","promptVersionId":"\#($0)""# } ?? ""
        return told(
            at, "driftCheck",
            #""id":"\#(id)","agentId":"\#(agent)","type":"\#(prompt == nil ? "data" : "efficacy")"\#(version),"n":40,"statistic":\#(statistic),"upperLimit":1"#
        )
    }

    private static let checks: [World.Line] =
        [("router", p2), ("faq", q2)].flatMap { agent, prompt in
            ["2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28"].flatMap { day in
                [
                    check("data-\(agent)-\(day)", agent, nil, "\(day)T06:00:00Z", "0.2"),
                    check("efficacy-\(agent)-\(day)", agent, prompt, "\(day)T06:00:00Z", "0.2"),
                ]
            }
        } + [
            check("breach", "router", p2, "2026-09-02T06:00:00Z", "1.5"),
            told("2026-09-03", "driftTriage", #""checkId":"breach","principalId":"di","finding":"f""#),
        ]

    // MARK: - Audits and judges

    private static func draw(_ id: String) -> World.Line {
        let (type, age) = ["old": ("record", 180), "decided": ("decision", 0)][id] ?? ("explanation", 0)
        return World.Line("2026-09-27", #"{"kind":"auditDraw","id":"\#(id)","type":"\#(type)","count":4,"minimumAgeDays":\#(age)}"#)
    }

    private static let judged: [World.Line] = (0..<26).flatMap { number in
        let verdict = #""runId":"reg-3-faq","suiteId":"answers","agentId":"faq","caseId":"c\#(number)","passed":\#(number % 3 > 0)"#
        return [told("2026-09-15", "judgeVerdict", verdict)]
            + ["ana", "bo"].map { told("2026-09-16", "judgeLabel", verdict + #","principalId":"\#($0)","sawVerdict":false"#) }
    }
}
