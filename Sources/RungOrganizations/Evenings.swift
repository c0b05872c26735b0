import RungCore
import RungEvidence
import RungLedger
import RungText

/// Tells a store what happened on each day, in its evening; every month, and with stage 5 every week, the ledger is signed.
struct Evenings {
    private let plan: OrganizationPlan
    private let store: EvidenceStore
    private let clock: Clock
    private let page: String
    private var story: Story
    private var traffic: TrafficDays
    private var records = 0
    private var calls = 0
    private var evenings = 0

    init(_ plan: OrganizationPlan, store: EvidenceStore, clock: Clock, page: String) {
        self.plan = plan
        self.store = store
        self.clock = clock
        self.page = page
        story = Story(plan)
        traffic = TrafficDays(story)
    }

    mutating func tellAll() throws -> GoldenOrganization.Report {
        defer { TextFile.remove(page) }
        if plan.telling == .eachEvening { try register() }
        if plan.telling == .allAtOnce { try TextFile.write([], to: page) }
        for day in story.year.days {
            var pages = story.agenda.take(day)
            calls += traffic.tell(day, into: &pages)
            clock.set(day.at(23, 30))
            if !pages.isEmpty {
                evenings += 1
                try tell(pages)
            }
            guard plan.telling != .allAtOnce else { continue }
            try audit(day)
            try sign(day)
        }
        if plan.telling == .allAtOnce { try add(store.importEvidence(file: page, actor: Self.actor)) }
        return GoldenOrganization.Report(records: records, calls: calls, evenings: evenings, ledger: try store.head())
    }

    private static let actor = PrincipalID(Enterprise.collector)

    private func register() throws {
        for source in Teller.allCases.compactMap(\.source) { _ = try store.addSource(source, actor: Self.actor) }
    }

    // MARK: - Telling

    private mutating func tell(_ pages: DayPages) throws {
        for teller in Teller.allCases {
            guard let bytes = pages.pages[teller] else { continue }
            if plan.telling == .allAtOnce {
                try TextFile.append(bytes, to: page)
                continue
            }
            try TextFile.write(bytes, to: page)
            if let source = teller.source {
                try add(store.importEvidence(file: page, source: plan.telling == .eachEvening ? source.id : nil, actor: Self.actor))
            } else {
                try add(store.recordEvidence(file: page, actor: Self.actor))
            }
        }
    }

    private mutating func add(_ told: ImportReport) throws {
        records += told.records
        guard let finding = told.findings.first else { return }
        throw UntoldEvidence(description: "the store remarks: \(finding)")
    }

    // MARK: - Audits

    /// Draws twenty days into the last busy month, and answers two days later.
    private mutating func audit(_ day: Timestamp) throws {
        let quarter = story.year.quarters[3]
        for draw in draws where !plan.variation.silent.contains("auditDraw") {
            if day == quarter.busyDay(19, 0) {
                let line = EvidenceLine(
                    "auditDraw", on: day,
                    [
                        .init("id", .string(draw.id)), .init("type", .string(draw.type)), .init("count", .int(draw.count)),
                        .init("minimumAgeDays", .int(draw.age)),
                    ])
                try record([line])
            } else if day == quarter.busyDay(22, 0) {
                try record(try store.drawnRecords(draw.id).enumerated().map { result(of: draw.id, $0, $1, at: day.at(15)) })
            }
        }
    }

    private struct Draw {
        let id: String
        let type: String
        let count: Int
        var age = 0
    }

    private var draws: [Draw] {
        (plan.practises(3) ? [Draw(id: "old-records", type: "record", count: 52, age: 180)] : [])
            + (plan.practises(5)
                ? [Draw(id: "decisions", type: "decision", count: 34), Draw(id: "explanations", type: "explanation", count: 34)] : [])
    }

    private func result(of draw: String, _ position: Int, _ record: Int64, at: Timestamp) -> EvidenceLine {
        EvidenceLine(
            "auditResult", on: at,
            [
                .init("drawId", .string(draw)), .init("position", .int(position)), .init("drawnRecord", .int(Int(record))),
                .init("at", at.json), .init("leakFree", .bool(true)), .init("rebuilt", .bool(true)), .init("faithful", .bool(true)),
                .init("principalId", .string(story.enterprise.auditor)),
            ])
    }

    private mutating func record(_ lines: [EvidenceLine]) throws {
        var pages = DayPages()
        for line in lines.flatMap(plan.variation.lines) { pages.add(line) }
        if !pages.isEmpty { try tell(pages) }
    }

    // MARK: - Signatures

    /// On the last evening before an assessment, on two evenings in between, and every week with stage 5, with a witness.
    private func sign(_ day: Timestamp) throws {
        guard plan.practises(3), let end = story.year.quarters.first(where: { day < $0.end })?.end else { return }
        let left = Int((end.seconds - day.seconds) / 86_400)
        let isWeekly = plan.practises(5) && story.year.begin(of: 5) <= day
        guard [1, 31, 61].contains(left) || isWeekly && left % 7 == 1 else { return }
        let stored = try store.checkpoint(signedBy: OrganizationKeys.ledger)
        guard isWeekly else { return }
        let (signature, witness) = OrganizationKeys.cosignature(of: stored.note, at: clock.now)
        try store.addCosignatures([signature], of: witness)
    }
}
