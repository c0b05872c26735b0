import RungCore
import RungOTLP
import RungText
import Testing

@testable import RungImport

struct EventDraftsTests {
    private func read(_ name: String, _ attributes: [TelemetryAttribute]) throws -> EventDrafts.Reading {
        let log = TelemetryLog(
            eventName: name, nanoseconds: 1_790_762_400_000_000_000, traceID: "t", spanID: "s", attributes: attributes,
            resource: [TelemetryAttribute("service.name", .string("shop"))])
        let reader = try #require(EventDrafts.known[name])
        return reader(log)
    }

    private func line(_ reading: EventDrafts.Reading) -> String {
        switch reading {
        case .record(let draft): "\(draft.kind) \(JSONText.compact(.object(draft.members)))"
        case .ignored(let name): "ignored \(name)"
        case .wrong(let problem): "wrong \(problem)"
        }
    }

    private func text(_ key: String, _ value: String) -> TelemetryAttribute { TelemetryAttribute(key, .string(value)) }

    @Test func `an answer of a user names its interaction by trace and span`() throws {
        let reading = try read(
            "rung.feedback",
            [text("rung.feedback.scale", "nps"), TelemetryAttribute("rung.feedback.answer", .int(10)), text("user.id", "ana")])
        #expect(
            line(reading)
                == #"feedback {"agentId":"shop","answer":10,"at":"2026-09-30T10:00:00Z","id":"t:s:1790762400000000000","interactionId":"t:s","principalId":"ana","scale":"nps"}"#
        )
    }

    @Test func `an evaluation is an answer when a user gave it`() throws {
        let score = TelemetryAttribute("gen_ai.evaluation.score.value", .double(1))
        let answer = line(try read("gen_ai.evaluation.result", [text("gen_ai.evaluation.name", "user_feedback"), score]))
        #expect(answer.hasPrefix(#"feedback {"agentId":"shop","answer":1,"#) && answer.hasSuffix(#""scale":"thumbs"}"#))
        #expect(
            line(try read("gen_ai.evaluation.result", [text("gen_ai.evaluation.name", "relevance"), score]))
                == "ignored evaluation relevance")
        #expect(
            line(try read("gen_ai.evaluation.result", [text("gen_ai.evaluation.name", "user_feedback")]))
                == "wrong with an answer of a user needs the score 0 or 1")
    }

    @Test func `an outcome may name its interaction and itself`() throws {
        let reading = try read(
            "rung.outcome",
            [
                text("rung.outcome", "failed"), text("rung.outcome.reason", "timeout"), text("rung.interaction.id", "i7"),
                text("rung.event.id", "e1"),
            ])
        #expect(
            line(reading)
                == #"outcome {"at":"2026-09-30T10:00:00Z","failureReason":"timeout","id":"e1","interactionId":"i7","outcome":"failed"}"#)
    }

    @Test(arguments: [
        ("rung.feedback", [:], "wrong needs rung.feedback.scale: thumbs, stars or nps"),
        ("rung.feedback", ["rung.feedback.scale": "stars"], "wrong needs rung.feedback.answer from 1 to 5 for stars"),
        ("rung.outcome", ["rung.outcome": "great"], "wrong needs rung.outcome: accepted, corrected, rejected, failed, abandoned"),
    ])
    func `events that lack something say what`(_ name: String, _ attributes: [String: String], _ expected: String) throws {
        #expect(line(try read(name, attributes.map { text($0.key, $0.value) })) == expected)
    }
}
