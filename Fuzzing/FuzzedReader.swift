import RungCore
import RungEvidence
import RungImport
import RungLedger
import RungOTLP
import RungText
import RungWire

#if canImport(Glibc)
    import Glibc
#endif

/// A reader of foreign bytes under test. Each may refuse its input; none may crash, hang or grow without bound.
enum FuzzedReader: String, CaseIterable {
    case json
    case junit
    case otlpJSON = "otlp-json"
    case otlpProtobuf = "otlp-protobuf"
    case proofs
    case records
    case vcr
    case wire

    /// The one that the environment variable FUZZ_READER names.
    static let chosen: FuzzedReader = {
        guard let name = getenv("FUZZ_READER").map({ String(cString: $0) }), let reader = FuzzedReader(rawValue: name) else {
            let names = allCases.map(\.rawValue).joined(separator: ", ")
            fatalError("set FUZZ_READER to one of \(names)")
        }
        return reader
    }()

    func read(_ bytes: [UInt8]) {
        switch self {
        case .json: Self.readJSON(bytes)
        case .junit: Self.readJUnit(bytes)
        case .otlpJSON: _ = try? OTLPReader.read(json: bytes)
        case .otlpProtobuf: Self.readProtobuf(bytes)
        case .proofs: Self.readProofs(bytes)
        case .records: Self.readRecords(bytes)
        case .vcr: Self.readRecording(bytes)
        case .wire: Self.readAnswer(bytes)
        }
    }

    // MARK: - Readers

    /// What can be read must come back the same from its canonical form and from its printed form.
    private static func readJSON(_ bytes: [UInt8]) {
        guard let node = try? JSONReader.read(bytes) else { return }
        let canonical = CanonicalJSON.bytes(of: node)
        guard let again = try? JSONReader.read(canonical) else { preconditionFailure("canonical JSON cannot be read") }
        precondition(CanonicalJSON.bytes(of: again) == canonical, "canonical JSON of canonical JSON differs")
        guard let printed = try? JSONReader.read(JSONText.pretty(node.json)) else { preconditionFailure("printed JSON cannot be read") }
        precondition(printed.json == node.json, "printed JSON reads as something else")
    }

    /// Cases are counted once each.
    private static func readJUnit(_ bytes: [UInt8]) {
        guard let report = try? JUnitReader.read(bytes, name: "input") else { return }
        let counts = report.counts
        precondition(counts.cases >= 0 && counts.trials == counts.passed + counts.failed + counts.errored, "the counts do not add up")
        _ = JSONText.compact(JUnitReport.json(of: [report]))
    }

    private static func readProtobuf(_ bytes: [UInt8]) {
        _ = try? OTLPReader.read(protobuf: bytes, .traces)
        _ = try? OTLPReader.read(protobuf: bytes, .logs)
    }

    /// What can be read must be written as it was.
    private static func readProofs(_ bytes: [UInt8]) {
        if let note = try? SignedNote(parsing: bytes) {
            precondition((try? SignedNote(parsing: Array(note.description.utf8))) == note, "a written note reads as something else")
        }
        if let proof = try? LogProof(parsing: bytes) {
            precondition((try? LogProof(parsing: Array(proof.description.utf8))) == proof, "a written proof reads as something else")
        }
        if let proof = try? GrowthProof(parsing: bytes) {
            precondition((try? GrowthProof(parsing: Array(proof.description.utf8))) == proof, "a written proof reads as something else")
        }
        _ = try? SignedEnvelope(parsing: bytes)
        _ = try? SignedCheckpoint(parsing: bytes)
        _ = try? LedgerReceipt(parsing: bytes)
        _ = try? VerifierKey(parsing: bytes)
        _ = try? SignerKey(parsing: bytes)
        _ = try? NoteSignature.lines(parsing: bytes)
    }

    /// Each line is a record for a store that forgets it again.
    private static func readRecords(_ bytes: [UInt8]) {
        guard let store else { preconditionFailure("the store in memory cannot be opened") }
        let head = try? store.head()
        _ = try? store.importRecords(from: "input", actor: "fuzz", dryRun: true) { sink in
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                guard let members = (try? JSONReader.read(Array(line)))?.json.members else { continue }
                let kind = members.first { $0.key == "kind" }?.value.stringValue ?? ""
                try sink.append(EvidenceDraft(kind, members.filter { $0.key != "kind" }))
            }
        }
        precondition((try? store.head()) == head, "a dry run has changed the store")
    }

    /// What can be read can be told.
    private static func readRecording(_ bytes: [UInt8]) {
        guard let recording = try? VCRReader.read(bytes, name: "input", limits: VCRLimits(bodyBytes: 1 << 20)) else { return }
        let report = VCRReport(recording)
        precondition(report.exchanges.count == recording.exchanges.count, "an exchange was lost")
        _ = JSONText.compact(report.json(isNamed: true))
    }

    /// The first byte chooses the protocol, the second the type of the body; where the rest is cut changes nothing.
    private static func readAnswer(_ bytes: [UInt8]) {
        guard bytes.count > 2 else { return }
        let paths = [
            "v1/chat/completions", "v1/responses", "v1/messages", "v1/models/m:streamGenerateContent", "model/m/converse-stream",
            "model/m/invoke-with-response-stream", "v2/chat", "api/chat", "v1/completions", "v1/embeddings",
        ]
        let types = ["text/event-stream", "application/json", "application/x-ndjson", "application/vnd.amazon.eventstream", ""]
        let request = WireRequest(
            method: "POST", url: "https://x/" + paths[Int(bytes[0]) % paths.count], headers: ["anthropic-version": "1"])
        let type = types[Int(bytes[1]) % types.count]
        let body = Array(bytes[2...])
        func answer(_ chunks: [[UInt8]]) -> ModelAnswer {
            var reader = AnswerReader(request, status: 200, headers: ["content-type": type], limit: 1 << 16)
            for chunk in chunks { reader.push(chunk) }
            return reader.finish()
        }
        let whole = answer([body])
        precondition(answer(body.map { [$0] }) == whole, "the answer depends on where it is cut")
        let framing = WireFraming(mediaType: type, head: body)
        precondition(framing.pieces(of: body).flatMap { $0 } == body, "the pieces are not the body")
    }

    private static let store = try? EvidenceStore(
        path: ":memory:",
        environment: EvidenceEnvironment(
            now: { Timestamp(seconds: 1_790_000_000) }, randomBytes: { [UInt8](repeating: 7, count: $0) }))
}
