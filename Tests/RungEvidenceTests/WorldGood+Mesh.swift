/// How agents of the good organization reach systems and each other, what they decide and foresee, and what shows for it.
extension GoodWorld {
    static let meshed: [World.Line] = reached + decisions + foreseen

    private static let reached: [World.Line] =
        [("sap", "erp"), ("sales", "crm"), ("plan", "fpa"), ("works", "ops")].flatMap { system, type in
            [told("2026-03-01", "system", #""id":"\#(system)","type":"\#(type)""#)]
                + ["read", "write"].map { effect in
                    told(
                        "2026-09-15T09:00:00Z", "toolCall",
                        #""id":"\#(system)-\#(effect)","agentId":"router","effect":"\#(effect)","systemId":"\#(system)","credential":"router""#
                    )
                }
        } + [
            told("2026-03-01", "contract", #""id":"order@1","members":{"order.id":"string"}"#),
            told("2026-03-01", "flow", #""id":"order-to-cash","agents":["router","faq"],"complex":true"#),
            told(
                "2026-09-15T09:10:00Z", "handoff",
                #""id":"h1","fromAgent":"router","toAgent":"faq","contractId":"order@1","message":{"order.id":"string"},"credential":"router","grant":"orders:read""#
            ),
        ]
        + [(1, "router"), (2, "faq"), (3, "router")].map { number, agent in
            told(
                "2026-09-15T09:2\(number):00Z", "flowStep",
                #""traceId":"t1","spanId":"\#(number)"\#(number > 1 ? #","parentId":"\#(number - 1)""# : ""),"agentId":"\#(agent)","flowId":"order-to-cash","input":"i","conclusion":"c","evidenceRef":"e""#
            )
        }

    // MARK: - Decisions

    private static let verbs = ["execute", "escalate", "explain", "simulate", "justify", "learn"]

    private static func decision(
        _ id: String, _ agent: String, _ prompt: String, scope: String, asked: String, verb: String
    ) -> [World.Line] {
        [
            told(
                "2026-09-15T10:00:00Z", "decision",
                #""id":"\#(id)","agentId":"\#(agent)","scope":"\#(scope)","startedBy":"conversation","askedFor":"\#(asked)","confidence":0.9,"promptVersionId":"\#(prompt)","configDigest":"\#(c)","evidenceRef":"e","inputs":{"amount":12.5},"inputsRef":"in/1","principalId":"ana","ruleId":"limit","ruleVersion":"1","verb":"\#(verb)""#
            ),
            told("2026-09-16", "decisionResponse", #""decisionId":"\#(id)","principalId":"gil","response":"accepted""#),
            told("2026-09-18", "outcome", #""id":"came-\#(id)","decisionId":"\#(id)","principalId":"gil","ref":"erp/1""#),
        ]
    }

    private static let decisions =
        [
            told(
                "2026-03-01", "businessRule",
                #""id":"limit","version":"1","conditions":[{"input":"amount","is":"atMost","value":100}]"#)
        ]
        + [("router", p2), ("faq", q2)].flatMap { agent, prompt in
            verbs.flatMap { decision("\($0)-\(agent)", agent, prompt, scope: "operational", asked: "decision", verb: $0) }
                + decision("plan-\(agent)", agent, prompt, scope: "planning", asked: "simulation", verb: "simulate")
                + decision("strategy-\(agent)", agent, prompt, scope: "strategic", asked: "recommendation", verb: "explain")
        }

    // MARK: - Predictions and what came of it

    private static let foreseen =
        ["simulation", "forecast", "confidence"].flatMap { type in
            [
                World.Line(
                    "2026-08-14",
                    #"{"kind":"prediction","id":"\#(type)","agentId":"router","dueAt":"2026-09-20","low":1,"high":2,"type":"\#(type)"}"#),
                World.Line(
                    "2026-08-14",
                    #"{"kind":"prediction","id":"later-\#(type)","agentId":"router","dueAt":"2026-12-01","low":1,"high":2,"type":"\#(type)"}"#
                ),
                told("2026-09-19", "outcome", #""id":"came-\#(type)","predictionId":"\#(type)","value":1.5"#),
            ]
        }
        + ["router", "faq"].flatMap { agent in
            ["outcome", "benefit"].map { basis in
                told(
                    "2026-09-30", "score",
                    #""id":"\#(basis)-\#(agent)","agentId":"\#(agent)","startedAt":"2026-08-20","basis":"\#(basis)""#)
            }
        }
        + ["sales", "service"].flatMap { department in
            [("2026-01-01", 100, "2026-03-01"), ("2026-07-01", 150, "2026-07-01")].map { start, outcomes, day in
                World.Line(
                    day,
                    #"{"kind":"capacity","department":"\#(department)","periodStart":"\#(start)","outcomes":\#(outcomes),"staff":10,"principalId":"gil"}"#
                )
            }
        }
        + [
            told(
                "2026-09-02", "attestation",
                #""id":"at","subjectKind":"capacity","subjectId":"sales/2026-07-01","artifactDigest":"\#(result)","principalId":"bo","secondId":"cy""#
            )
        ]
}
