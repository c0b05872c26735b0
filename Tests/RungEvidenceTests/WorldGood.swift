import RungText

/// An organization in which everything is as it should be, with two agents, as of 1 October 2026.
enum GoodWorld {
    static let world = World(
        lines: people + registry + promises + prompts + reactions + traffic + workflow + meshed + proven, draws: draws,
        signed: Set(World.evenings.filter { $0 > "2026-08-30" }))

    static let c = "\(digest("configuration"))"
    static let p1 = "\(version("one"))"
    static let p2 = "\(version("two"))"
    static let q1 = "\(version("ask"))"
    static let q2 = "\(version("ask again"))"
    static let result = "\(digest("result of the assessment"))"
    /// Draws of audits.
    static let draws = ["old", "decided", "explained"]

    // MARK: - Who is there

    static let people =
        [
            ("ana", "person", "fin", true), ("bo", "person", "fin", true), ("cy", "person", "ops", true), ("di", "person", "ops", true),
            ("eve", "person", "audit", false), ("gil", "person", "sales", false), ("ruler", "service", "ops", false),
            ("leo", "person", "fin", true),
        ].map { id, type, team, canBuild in
            told("2026-03-01", "principal", #""id":"\#(id)","type":"\#(type)","team":"\#(team)","canBuild":\#(canBuild)"#)
        } + [
            told("2026-09-10", "principal", #""id":"mia","type":"person","team":"fin","canBuild":true"#),
            told("2026-09-11", "principal", #""id":"leo","type":"person","team":"fin","leftAt":"2026-09-10T18:00:00Z""#),
        ]

    static let registry =
        [
            told(
                "2026-03-01", "agent",
                #""id":"router","state":"active","ownerId":"ana","deputyId":"bo","team":"fin","department":"sales","purpose":"p","audience":"a","limits":"l","successMetric":"s","baseline":0.5,"riskTier":"medium","autonomy":"act","oversightRate":0.05,"userFacing":true,"intents":["refund","status"]"#
            ),
            told(
                "2026-03-01", "agent",
                #""id":"faq","state":"active","ownerId":"cy","deputyId":"di","team":"ops","department":"service","purpose":"p","audience":"a","limits":"l","successMetric":"s","baseline":0.5,"riskTier":"low","autonomy":"advise","oversightRate":0.05,"userFacing":true,"intents":["hours"]"#
            ),
            toldAct("card-router", "card", "router", "approval", "cy", "2026-05-09"),
            toldAct("card-faq", "card", "faq", "approval", "ana", "2026-05-09"),
            toldAct("intake-router", "agent", "router", "intake", "ana", "2026-03-01T09:00:00Z"),
            toldAct("design-router", "agent", "router", "design", "bo", "2026-05-02"),
            toldAct("review-router", "agent", "router", "review", "cy", "2026-05-08"),
            toldAct("intake-faq", "agent", "faq", "intake", "cy", "2026-03-01T09:00:00Z"),
            toldAct("design-faq", "agent", "faq", "design", "di", "2026-05-02"),
            toldAct("review-faq", "agent", "faq", "review", "bo", "2026-05-08"),
            toldAct("confirm-router", "agent", "router", "confirm", "ana", "2026-09-10", "keep"),
            toldAct("confirm-faq", "agent", "faq", "confirm", "cy", "2026-09-10", "keep"),
            toldAct("decide-router", "agent", "router", "decision", "cy", "2026-09-22", "keep"),
            toldAct("decide-faq", "agent", "faq", "decision", "ana", "2026-09-22", "keep"),
            toldAct(
                "open-router", "dashboard", "router", "open", "ana", "2026-09-16T09:00:00Z", nil, more: #","dataAt":"2026-09-16T08:30:00Z""#
            ),
            toldAct("open-faq", "dashboard", "faq", "open", "cy", "2026-09-16T09:00:00Z", nil, more: #","dataAt":"2026-09-16T08:30:00Z""#),
        ]
        + ["router", "faq"].flatMap { agent in
            [
                told("2026-03-01", "dashboard", #""agentId":"\#(agent)","authorId":"di","freshMinutes":60"#),
                told("2026-03-01", "objective", #""id":"slo-\#(agent)","agentId":"\#(agent)","indicator":"latency","alertRoute":"pager""#),
                told(
                    "2026-03-01", "spendingLimit",
                    #""id":"limit-\#(agent)","agentId":"\#(agent)","amount":100,"period":"day","hard":true"#),
                told("2026-05-31", "trafficIntent", #""agentId":"\#(agent)","intent":"\#(agent == "router" ? "refund" : "hours")""#),
            ]
        }

    // MARK: - What the organization promises itself

    static let promises =
        [
            ("registry", "ana", "bo"), ("prompt_review", "bo", "ana"), ("release", "cy", "bo"), ("observability", "ana", "di"),
            ("incident", "di", "cy"), ("assessment", "bo", "cy"),
        ].map { duty, primary, deputy in
            told("2026-03-01", "duty", #""duty":"\#(duty)","primaryId":"\#(primary)","deputyId":"\#(deputy)""#)
        } + [
            told(
                "2026-03-01", "policy",
                #""id":"p","authorId":"ana","caseDays":10,"changeDays":20,"ideaDays":21,"marginLimit":0.05,"outcomeDays":60,"scenarioDays":14,"spanLimit":2.5,"triageDays":5,"text":"Be careful.""#
            ),
            toldAct("policy", "policy", "p", "approval", "bo", "2026-03-01T10:00:00Z", more: #","secondId":"cy""#),
            World.Line(
                "2026-09-01",
                #"{"kind":"waiver","id":"w1","requestedBy":"ana","approverId":"bo","reason":"r","scope":"TST-301","grantedAt":"2026-09-01","expiresAt":"2026-12-01"}"#
            ),
            World.Line(
                "2026-08-01",
                #"{"kind":"waiver","id":"w2","requestedBy":"ana","approverId":"bo","reason":"r","scope":"TST-302","grantedAt":"2026-08-01","expiresAt":"2026-12-01"}"#
            ),
            told("2026-09-05", "waiverEnd", #""waiverId":"w2","principalId":"ana""#),
            told("2026-09-20", "assessment", #""id":"as","authorId":"ana","digest":"\#(result)","stage":3"#),
            toldAct("approve-as", "assessment", "as", "approval", "bo", "2026-09-22", more: #","secondId":"cy","digest":"\#(result)""#),
            toldAct("recompute-as", "assessment", "as", "recompute", "eve", "2026-09-25", nil, more: #","digest":"\#(result)""#),
        ]
}
