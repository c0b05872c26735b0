import RungCore
import RungRedaction
import RungReplay
import RungText
import Testing

struct CassetteImportTests {
    private static let key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789abcdef"

    private static func exchange(
        url: String = "https://api.openai.com/v1/responses?api-version=1", headers: [Exchange.Header] = [], body: String = "{}",
        answer: [UInt8] = Array("ok".utf8), type: String = "text/plain", at time: String? = nil
    ) -> Exchange {
        Exchange(
            request: .init(method: "POST", url: url, headers: headers, body: Array(body.utf8)),
            response: .init(status: 200, headers: [.init("Content-Type", type), .init("Set-Cookie", "a=b")], body: [.init(answer)]),
            recordedAt: time.flatMap { Timestamp($0) })
    }

    private static func empty() -> CassetteImport {
        CassetteImport(scenario: "talk", recorder: "vcrpy, imported by rung 0", redactor: .standard)
    }

    @Test func `what is taken in tells where it comes from`() {
        var imports = Self.empty()
        #expect(imports.add(Self.exchange(at: "2026-01-02"), provider: "openai", model: "m-2") == nil)
        #expect(imports.add(Self.exchange(at: "2025-01-02"), provider: "azure", model: "m-1") == nil)
        #expect(imports.add(Self.exchange(), provider: "openai", model: nil) == nil)
        let cassette = imports.cassette
        #expect(cassette.exchanges.count == 3)
        #expect(cassette.provenance.scenario == "talk" && cassette.provenance.recorder == "vcrpy, imported by rung 0")
        #expect(cassette.provenance.providers == ["azure", "openai"] && cassette.provenance.models == ["m-1", "m-2"])
        #expect(cassette.provenance.recordedAt == Timestamp("2026-01-02"))
        #expect(Self.empty().cassette.provenance.recordedAt == nil)
    }

    @Test func `secrets stay behind wherever they stand, and headers that nobody listed`() throws {
        var imports = Self.empty()
        let exchange = Self.exchange(
            url: "https://x.example/v1/responses?key=\(Self.key)",
            headers: [.init("Authorization", "Bearer hunter2-hunter2"), .init("X-Trace", "1"), .init("Content-Type", "application/json")],
            body: #"{"input":"write to bob@corp.example"}"#, answer: Array("your word is hunter2-hunter2".utf8))
        #expect(imports.add(exchange, provider: "openai", model: nil) == nil)
        let taken = try #require(imports.cassette.exchanges.first)
        #expect(!taken.request.url.contains("abcdefgh"))
        #expect(taken.request.headers.map(\.name) == ["content-type"])
        #expect(String(decoding: taken.request.body, as: UTF8.self) == #"{"input":"write to [redacted:email]"}"#)
        #expect(taken.response.headers.map(\.name) == ["content-type"])
        #expect(String(decoding: taken.response.bytes, as: UTF8.self) == "your word is [redacted:credential]")
        #expect(imports.cassette.redactions["email"] == 1)
    }

    @Test func `what cannot be recorded is left out, and why is told`() {
        var imports = Self.empty()
        #expect(imports.add(Self.exchange(url: "grpc://x/y"), provider: "other", model: nil) == "its address is not one of HTTP")
        let binary = Self.exchange(answer: [0xFF] + Array(" \(Self.key) ".utf8), type: "application/octet-stream")
        #expect(imports.add(binary, provider: "other", model: nil) == "a body that is no text holds what looks like a secret")
        #expect(imports.cassette.exchanges.isEmpty && imports.cassette.provenance.providers.isEmpty)
    }
}
