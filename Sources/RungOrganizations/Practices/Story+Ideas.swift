import RungText

/// Stage 2: teams try things and write their ideas down.
extension Story {
    mutating func tellIdeas() {
        for quarter in year.quarters {
            tellBacklog(quarter)
            for department in Enterprise.departments { tellExperiment(department, quarter) }
        }
    }

    /// Six ideas a quarter, each answered after nine days.
    private mutating func tellBacklog(_ quarter: OrganizationYear.Quarter) {
        for number in 0..<6 {
            let id = "idea-\(quarter.number + 1)-\(number + 1)"
            let opened = quarter.day(7 + 14 * number, 11)
            let proposer = enterprise.users[(quarter.number * 6 + number) % enterprise.users.count]
            tell(
                "idea", opened, time: "openedAt",
                [
                    "id": id, "proposerId": proposer, "problem": "Something takes too long by hand, number \(number + 1).",
                    "expectedBenefit": "A day less for each case.",
                ])
            tell(
                "ideaDecision", opened.adding(days: 9),
                ["ideaId": id, "decidedBy": enterprise.team.registrar, "decision": number % 3 == 2 ? "not now" : "try"])
        }
    }

    /// A pilot of two weeks; its calls are traffic.
    private mutating func tellExperiment(_ department: String, _ quarter: OrganizationYear.Quarter) {
        guard let lead = enterprise.people.first(where: { $0.team == department && $0.canBuild }) else { return }
        let id = Self.experiment(of: department, quarter)
        let started = quarter.busy.adding(days: -9).at(9)
        func state(_ at: Timestamp, concluded: Timestamp?) {
            tell(
                "experiment", at,
                [
                    "id": id, "team": department, "hypothesis": "Shorter answers are accepted more often.", "startedAt": started,
                    "principalId": lead.id, "concludedAt": concluded, "conclusion": concluded.map { _ in "extend" },
                ])
        }
        state(started, concluded: nil)
        let end = quarter.busyDay(5, 16)
        state(end, concluded: end)
    }

    /// What pilot calls of a department cite.
    static func experiment(of department: String, _ quarter: OrganizationYear.Quarter) -> String {
        "experiment-\(department)-\(quarter.number + 1)"
    }
}
