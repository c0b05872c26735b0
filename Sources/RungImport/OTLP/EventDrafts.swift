import RungCore
import RungOTLP
import RungText

/// Events that make a record of their own: what users and other systems said about an interaction.
enum EventDrafts {
    /// By the name of the event.
    static let known: [String: @Sendable (TelemetryLog) -> Reading] = [
        "gen_ai.evaluation.result": evaluation,
        "rung.feedback": feedback,
        "rung.outcome": outcome,
    ]

    /// What an event turned out to be.
    enum Reading {
        case record(EvidenceDraft)
        /// Right, and of no use here; a name for the report.
        case ignored(String)
        /// A fragment that goes on after the name of the event.
        case wrong(String)
    }

    /// A user's answer that came as an evaluation: `gen_ai.evaluation.name` is `user_feedback`, the score 0 or 1.
    @Sendable private static func evaluation(_ log: TelemetryLog) -> Reading {
        let name = log.attributes["gen_ai.evaluation.name"]?.string ?? ""
        guard name == "user_feedback" else { return .ignored("evaluation \(name.isEmpty ? "without a name" : name)") }
        guard let score = log.attributes["gen_ai.evaluation.score.value"]?.number, score == 0 || score == 1 else {
            return .wrong("with an answer of a user needs the score 0 or 1")
        }
        return feedback(log, scale: "thumbs", answer: Int(score))
    }

    /// `rung.feedback.scale` and `rung.feedback.answer`.
    @Sendable private static func feedback(_ log: TelemetryLog) -> Reading {
        guard let scale = log.attributes["rung.feedback.scale"]?.string, let range = scales[scale] else {
            return .wrong("needs rung.feedback.scale: thumbs, stars or nps")
        }
        guard let answer = log.attributes["rung.feedback.answer"]?.number, let whole = Int(exactly: answer), range.contains(whole) else {
            return .wrong("needs rung.feedback.answer from \(range.lowerBound) to \(range.upperBound) for \(scale)")
        }
        return feedback(log, scale: scale, answer: whole)
    }

    private static let scales = ["thumbs": 0...1, "stars": 1...5, "nps": 0...10]

    private static func feedback(_ log: TelemetryLog, scale: String, answer: Int) -> Reading {
        let facts = Facts(log)
        var members = MemberList()
        members.add("agentId", facts.agent)
        members.add("answer", .int(answer))
        members.add("at", SpanTime.text(log.nanoseconds))
        members.add("id", facts.id ?? "\(facts.interaction ?? facts.agent):\(log.nanoseconds)")
        members.add("interactionId", facts.interaction)
        members.add("principalId", facts.text(.principal))
        members.add("promptVersionId", facts.text(.promptVersion).flatMap { SlotValues.isDigest($0) ? $0 : nil })
        members.add("scale", scale)
        members.add("sessionId", log.attributes["session.id"]?.string.flatMap(SlotValues.usable))
        return .record(EvidenceDraft("feedback", members.all))
    }

    /// What came of an interaction: `rung.outcome`, and `rung.outcome.reason` for failed and abandoned ones.
    @Sendable private static func outcome(_ log: TelemetryLog) -> Reading {
        let words = ["accepted", "corrected", "rejected", "failed", "abandoned"]
        guard let outcome = log.attributes["rung.outcome"]?.string, words.contains(outcome) else {
            return .wrong("needs rung.outcome: \(words.joined(separator: ", "))")
        }
        let facts = Facts(log)
        guard let interaction = facts.interaction else {
            return .wrong("needs rung.interaction.id, or the trace and span of the interaction")
        }
        var members = MemberList()
        members.add("at", SpanTime.text(log.nanoseconds))
        members.add("failureReason", log.attributes["rung.outcome.reason"]?.string.flatMap(SlotValues.usable))
        members.add("id", facts.id ?? "\(interaction):\(log.nanoseconds)")
        members.add("interactionId", interaction)
        members.add("outcome", outcome)
        members.add("principalId", facts.text(.principal))
        return .record(EvidenceDraft("outcome", members.all))
    }

    /// What all events say in the same way.
    private struct Facts {
        let id: String?
        let interaction: String?
        let agent: String
        private let values: SlotValues

        init(_ log: TelemetryLog) {
            var values = SlotValues()
            values.add(log.attributes)
            self.values = values
            agent = values.text(.agent) ?? SpanFacts.service(log.resource)
            id = log.attributes["rung.event.id"]?.string.flatMap(SlotValues.usable)
            let named = log.attributes["rung.interaction.id"]?.string.flatMap(SlotValues.usable)
            let place = log.traceID.flatMap { trace in log.spanID.map { "\(trace):\($0)" } }
            interaction = named ?? place
        }

        func text(_ slot: SpanSlot) -> String? { values.text(slot) }
    }
}
