import RungCore
import RungReplay
import RungText

/// Exchanges and cassettes for tests.
enum CassetteSamples {
    static let chat = "https://api.openai.com/v1/chat/completions"

    static func exchange(
        _ method: String = "POST", _ url: String = chat, body: String, status: Int = 200, answer: String = #"{"ok":true}"#,
        contentType: String = "application/json"
    ) -> Exchange {
        Exchange(
            request: .init(
                method: method, url: url, headers: body.isEmpty ? [] : [.init("content-type", "application/json")], body: Array(body.utf8)),
            response: .init(
                status: status, headers: [.init("content-type", contentType)], body: answer.isEmpty ? [] : [.init(Array(answer.utf8))]),
            recordedAt: Timestamp("2026-09-30T12:00:00Z"))
    }

    static func stream(_ pieces: [(String, Double?)], body: String) -> Exchange {
        Exchange(
            request: .init(
                method: "POST", url: chat, headers: [.init("content-type", "application/json")], body: Array(body.utf8)),
            response: .init(
                status: 200, headers: [.init("content-type", "text/event-stream")],
                body: pieces.map { .init(Array($0.0.utf8), afterMs: $0.1) }))
    }

    static func cassette(_ exchanges: [Exchange], _ normalizers: [Normalizer] = Normalizer.standard) -> Cassette {
        Cassette(
            provenance: .init(
                scenario: "refund", providers: ["openai"], models: ["gpt-4o"], recordedAt: Timestamp("2026-09-30T12:00:00Z"),
                recorder: "rung 0.1.0"),
            normalizers: normalizers, exchanges: exchanges)
    }

    static func index(_ exchanges: [Exchange], _ normalizers: [Normalizer] = Normalizer.standard) -> CassetteIndex {
        CassetteIndex(cassette(exchanges, normalizers), file: "refund.jsonl")
    }
}
