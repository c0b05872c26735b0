import RungCore
import RungEvidence
import RungHTTP
import RungOTLP
import RungText

/// Answers the requests of senders: telemetry over OTLP/HTTP, and records of evidence.
///
/// What is answered with 200 is on disk.
struct Receiver: Sendable {
    let senders: SenderCheck
    let writer: EvidenceWriter

    /// Every route, one line each.
    var routes: HTTPRouteTable {
        HTTPRouteTable([
            .init("GET", "/healthz") { _ in health() },
            .init("POST", "/v1/evidence") { await evidence($0) },
            .init("POST", "/v1/logs") { await telemetry($0, .logs) },
            .init("POST", "/v1/traces") { await telemetry($0, .traces) },
        ])
    }

    /// Records in one request to `/v1/evidence`.
    static let recordLimit = 100_000

    // MARK: - Routes

    private func health() -> HTTPResponse {
        let counts = writer.counts
        return Self.json(counts.lastFailure == nil ? 200 : 503, counts.json)
    }

    private func telemetry(_ request: HTTPRequest, _ signal: OTLPReader.Signal) async -> HTTPResponse {
        guard let encoding = OTLPEncoding(contentType: request.contentType ?? "") else {
            return .text(415, "send application/x-protobuf or application/json")
        }
        func refusal(_ status: Int, _ code: Int, _ message: String, _ headers: [HTTPHeader] = []) -> HTTPResponse {
            HTTPResponse(
                status: status, headers: [HTTPHeader("content-type", encoding.contentType)] + headers,
                body: OTLPAnswer.refused(encoding, code: code, message: message))
        }
        let source: SourceID?
        switch sender(of: request) {
        case .success(.anybody): source = nil
        case .success(.source(let known)):
            guard [.receiver, .gateway].contains(known.type) else {
                return refusal(403, 7, "a source of type \(known.type.rawValue) does not send telemetry; register one of type receiver")
            }
            source = known.id
        case .success(.nobody(let reason)): return refusal(401, 16, reason, [Self.challenge])
        case .failure: return refusal(503, 14, "the store does not answer; try again", [Self.retry])
        }
        let batch: TelemetryBatch
        do throws(OTLPError) {
            batch = try encoding == .json ? OTLPReader.read(json: request.body) : OTLPReader.read(protobuf: request.body, signal)
        } catch {
            return refusal(400, 3, error.description)
        }
        let outcome = await writer.store(.init(content: .telemetry(batch), source: source, bytes: request.body.count))
        switch outcome {
        case .stored(let refused, let reason):
            return HTTPResponse(
                status: 200, headers: [HTTPHeader("content-type", encoding.contentType)],
                body: OTLPAnswer.accepted(encoding, signal, refused: refused, reason: reason))
        case .busy: return refusal(429, 8, "the queue is full; try again", [Self.retry])
        case .forbidden: return refusal(403, 7, "this source was revoked")
        case .failed: return refusal(503, 14, "nothing was stored; try again", [Self.retry])
        case .recorded, .wrong: return refusal(500, 13, "the request was mistaken for another")
        }
    }

    private func evidence(_ request: HTTPRequest) async -> HTTPResponse {
        let source: SourceID
        switch sender(of: request) {
        case .success(.source(let known)): source = known.id
        case .success(.anybody): return .text(401, "records need the token of a registered source", headers: [Self.challenge])
        case .success(.nobody(let reason)): return .text(401, reason, headers: [Self.challenge])
        case .failure: return .text(503, "the store does not answer; try again", headers: [Self.retry])
        }
        guard ["application/x-ndjson", "application/jsonl", "application/json"].contains(request.contentType ?? "") else {
            return .text(415, "send JSON Lines as application/x-ndjson")
        }
        let drafts: [EvidenceDraft]
        do { drafts = try EvidenceLines.drafts(request.body, limit: Self.recordLimit) } catch { return Self.wrong(error.diagnostics) }
        switch await writer.store(.init(content: .evidence(drafts), source: source, bytes: request.body.count)) {
        case .recorded(let report): return Self.json(200, report)
        case .wrong(let diagnostics): return Self.wrong(diagnostics)
        case .busy: return .text(429, "the queue is full; try again", headers: [Self.retry])
        case .forbidden: return .text(403, "this source was revoked")
        case .failed, .stored: return .text(503, "nothing was stored; try again", headers: [Self.retry])
        }
    }

    // MARK: - Parts

    private func sender(of request: HTTPRequest) -> Result<SenderCheck.Sender, any Error> {
        Result { try senders.sender(of: request) }
    }

    private static let retry = HTTPHeader("retry-after", "1")
    private static let challenge = HTTPHeader("www-authenticate", "Bearer")

    private static func json(_ status: Int, _ value: JSONValue) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [HTTPHeader("content-type", "application/json")], body: Array((JSONText.compact(value) + "\n").utf8))
    }

    private static func wrong(_ diagnostics: [Diagnostic]) -> HTTPResponse {
        let problems = diagnostics.map { diagnostic -> JSONValue in
            [
                "line": diagnostic.position.map { .int(Int($0.line)) } ?? .null, "message": .string(diagnostic.message),
                "suggestion": diagnostic.suggestion.map { .string($0) } ?? .null,
            ]
        }
        return json(400, ["problems": .array(problems)])
    }
}
