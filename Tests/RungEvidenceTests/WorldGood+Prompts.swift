import RungText

/// What the good organization runs: prompts, releases and their tests, and the traffic that they get.
extension GoodWorld {
    static func run(
        _ id: String, _ type: String, _ agent: String, _ prompt: String, _ at: String, suite: String? = nil, more: String = ""
    ) -> World.Line {
        let suite = suite.map { #""suiteId":"\#($0)","repeated":2,"intents":["refund","status","hours"],"# } ?? ""
        return World.Line(
            String(at.prefix(10)),
            #"{"kind":"run","id":"\#(id)","type":"\#(type)",\#(suite)"agentId":"\#(agent)","promptVersionId":"\#(prompt)","configDigest":"\#(c)","finishedAt":"\#(at)","passed":true,"trials":4\#(more)}"#
        )
    }

    static func release(_ id: String, _ agent: String, _ prompt: String, _ at: String, by: String, more: String = "") -> World.Line {
        World.Line(
            String(at.prefix(10)),
            #"{"kind":"release","id":"\#(id)","agentId":"\#(agent)","promptVersionId":"\#(prompt)","configDigest":"\#(c)","releasedAt":"\#(at)","requestedBy":"\#(by)"\#(more)}"#
        )
    }

    static let prompts: [World.Line] =
        [
            told("2026-05-02", "template", #""id":"base","authorId":"bo","text":"Be {tone}.""#),
            toldAct("template", "template", "base", "approval", "ana", "2026-05-03"),
            told("2026-05-04", "promptVersion", #""promptId":"greet","text":"one","authorId":"ana","reason":"first","templateId":"base""#),
            told("2026-05-04", "promptVersion", #""promptId":"ask","text":"ask","authorId":"di","reason":"first","templateId":"base""#),
            told(
                "2026-08-09", "promptVersion",
                #""promptId":"greet","text":"two","authorId":"ana","reason":"tone","parentId":"\#(p1)","templateId":"base""#),
            told(
                "2026-08-09", "promptVersion",
                #""promptId":"ask","text":"ask again","authorId":"di","reason":"tone","parentId":"\#(q1)","templateId":"base""#),
            toldAct("see-p1", "prompt_version", p1, "review", "bo", "2026-05-06"),
            toldAct("see-q1", "prompt_version", q1, "review", "bo", "2026-05-06"),
            toldAct("see-p2", "prompt_version", p2, "review", "bo", "2026-08-18"),
            toldAct("see-q2", "prompt_version", q2, "review", "bo", "2026-08-18"),
            release("r1", "router", p1, "2026-05-20T08:00:00Z", by: "ana"), release("f1", "faq", q1, "2026-05-20T08:00:00Z", by: "di"),
            release("r2", "router", p2, "2026-08-20T08:00:00Z", by: "ana", more: #","changeId":"ch-1""#),
            release("f2", "faq", q2, "2026-08-20T08:00:00Z", by: "di", more: #","changeId":"ch-2""#),
            told("2026-03-01", "contextVersion", #""id":"x1","authorId":"ana","contentDigest":"\#(digest("context"))""#),
            toldAct("context", "context", "x1", "approval", "di", "2026-05-05"),
            told("2026-03-01", "suite", #""id":"orders","agentId":"router""#),
            told("2026-03-01", "suite", #""id":"answers","agentId":"faq","judged":true"#),
            told("2026-03-01", "suite", #""id":"o2c","flowId":"order-to-cash""#),
        ]
        + ["r1", "f1"].map { toldAct("allow-\($0)", "release", $0, "approval", "cy", "2026-05-20T07:00:00Z") }
        + ["r2", "f2"].map { toldAct("allow-\($0)", "release", $0, "approval", "cy", "2026-08-20T07:00:00Z") }
        + [("router", p1, p2, "orders"), ("faq", q1, q2, "answers")].flatMap { agent, old, new, suite in
            [
                run("lint-1-\(agent)", "lint", agent, old, "2026-05-07"),
                run("reg-1-\(agent)", "regression", agent, old, "2026-05-07", suite: suite),
                run("lint-2-\(agent)", "lint", agent, new, "2026-08-12"),
                run("reg-2-\(agent)", "regression", agent, new, "2026-08-12", suite: suite),
                run("reg-3-\(agent)", "regression", agent, new, "2026-09-15", suite: suite),
                run("probe", "policy_probe", agent, new, "2026-09-08"),
                run("stop-\(agent)", "stop_drill", agent, new, "2026-09-08", more: #","seconds":30"#),
            ]
                + ["adversarial", "disclosure", "alert_drill", "rollback_drill", "halt_drill", "canary", "efficacy"].map {
                    run("\($0)-\(agent)", $0, agent, new, "2026-09-08")
                }
        }
        + ["flow", "fault"].map { type in
            World.Line(
                "2026-09-08",
                #"{"kind":"run","id":"\#(type)","type":"\#(type)","suiteId":"o2c","finishedAt":"2026-09-08","passed":true,"trials":4,"repeated":2}"#
            )
        }
        + [("orders", "router"), ("answers", "faq"), ("o2c", "router")].map { suite, agent in
            World.Line(
                "2026-09-11",
                #"{"kind":"scenario","id":"late-\#(suite)","suiteId":"\#(suite)","agentId":"\#(agent)","interactionId":"\#(agent)-2026-09-05-0","recordedAt":"2026-09-11","text":"Where is order \#(suite)?"}"#
            )
        }

    // MARK: - Traffic

    /// Days with traffic: each fourth at first, each day from the middle of August on.
    static let days: [String] = {
        guard let first = World.day("2026-05-21"), let last = World.day("2026-09-30"), let dense = World.day("2026-08-15") else {
            return []
        }
        return (first...last).filter { $0 >= dense || $0 % 4 == 0 }.map(World.text)
    }()

    /// Interactions of an agent on a day.
    static func load(_ agent: String, _ day: String) -> Int { agent == "router" && day >= "2026-08-15" ? 3 : 1 }

    static let traffic: [World.Line] =
        ["router", "faq"].flatMap { agent in
            days.flatMap { day -> [World.Line] in
                let count = load(agent, day)
                let prompt = (agent == "router" ? [p1, p2] : [q1, q2])[day > "2026-08-20" ? 1 : 0]
                let calls = (0..<count).map { number in
                    World.Line(
                        day,
                        #"{"kind":"interaction","id":"\#(agent)-\#(day)-\#(number)","agentId":"\#(agent)","at":"\#(day)T0\#(number):10:00Z","environment":"production","principalId":"gil","promptVersionId":"\#(prompt)","configDigest":"\#(c)","modelId":"m","outcome":"accepted","cost":0.1,"latencyMs":5,"traceId":"t","contextVersionId":"x1","memoryRef":"m","explanationRef":"e","feedbackOffered":true}"#
                    )
                }
                return calls + [counted(agent, "production", day, count)]
            }
        } + [
            World.Line(
                "2026-08-05",
                #"{"kind":"interaction","id":"pilot-1","agentId":"router","at":"2026-08-05T09:00:00Z","environment":"pilot","principalId":"gil","promptVersionId":"\#(p1)","configDigest":"\#(c)","modelId":"m","outcome":"accepted","cost":0.1,"latencyMs":5,"traceId":"t","experimentId":"try-fin"}"#
            ),
            counted("router", "pilot", "2026-08-05", 1),
            run("try-1", "efficacy", "faq", q1, "2026-08-06", more: #","experimentId":"try-ops""#),
        ]

    private static func counted(_ agent: String, _ environment: String, _ day: String, _ calls: Int) -> World.Line {
        World.Line(
            day,
            #"{"kind":"usageCount","agentId":"\#(agent)","environment":"\#(environment)","day":"\#(day)","counted":\#(calls),"countedBy":"gateway","attempts":\#(calls),"admissionChecked":\#(calls)}"#
        )
    }

    // MARK: - What people say to it

    /// Interactions that somebody corrected.
    static let corrected = [
        ("router", "2026-08-18"), ("router", "2026-08-30"), ("router", "2026-09-05"), ("router", "2026-09-19"), ("faq", "2026-09-08"),
    ]

    static let reactions: [World.Line] =
        corrected.flatMap { agent, day in
            [
                told(
                    "\(day)T10:00:00Z", "outcome",
                    #""id":"fixed-\#(agent)-\#(day)","interactionId":"\#(agent)-\#(day)-0","outcome":"corrected""#),
                told(
                    "\(day)T11:00:00Z", "override",
                    #""id":"fix-\#(agent)-\#(day)","agentId":"\#(agent)","interactionId":"\#(agent)-\#(day)-0","principalId":"gil","reasonCode":"wrong","beforeRef":"x","afterRef":"y""#
                ),
            ]
        }
        + ["router", "faq"].flatMap { agent in
            days.filter { $0 > "2026-08-20" && $0 < "2026-09-29" }.enumerated().flatMap { index, day in
                [
                    told(
                        "\(day)T12:00:00Z", "outcome",
                        #""id":"worth-\#(agent)-\#(day)","interactionId":"\#(agent)-\#(day)-0","outcome":"\#(isCorrected(agent, day) ? "corrected" : "accepted")","value":0.\#(6 + index % 3)"#
                    ),
                    told(
                        "\(day)T13:00:00Z", "review",
                        #""id":"seen-\#(agent)-\#(day)","agentId":"\#(agent)","interactionId":"\#(agent)-\#(day)-0","principalId":"eve""#),
                ]
            }
        }
        + [("router", p2, "2026-09-04", 1), ("router", p2, "2026-09-10", 5), ("faq", q2, "2026-09-05", 2), ("faq", q2, "2026-09-12", 4)]
        .flatMap { agent, prompt, day, stars in
            [
                told(
                    "\(day)T14:00:00Z", "feedback",
                    #""id":"said-\#(agent)-\#(day)","agentId":"\#(agent)","interactionId":"\#(agent)-\#(day)-0","promptVersionId":"\#(prompt)","principalId":"gil","scale":"stars","answer":\#(stars)"#
                ),
                told(
                    "\(day)T16:00:00Z", "triage",
                    #""id":"heard-\#(agent)-\#(day)","feedbackId":"said-\#(agent)-\#(day)","principalId":"di""#),
            ]
        }

    private static func isCorrected(_ agent: String, _ day: String) -> Bool { corrected.contains { $0 == (agent, day) } }
}

extension World {
    /// The number of a day since 1970; nil for a text that is no day.
    static func day(_ text: String) -> Int64? { Timestamp(text).map { $0.seconds / 86_400 } }

    /// The text of the day with this number.
    static func text(_ day: Int64) -> String { Timestamp(seconds: day * 86_400).date }
}
