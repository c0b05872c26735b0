import RungCore
import RungCrypto
import RungText

/// Finds recordings of requests that differ from what came in nothing but what tools answered.
///
/// With live tools the requests behind the first carry live answers; the model that is replayed must be found all the same.
struct DriftIndex: Sendable {
    private let rules: MatchRules
    /// How what tools answered is compared.
    private let toolRules: MatchRules
    /// The exchanges whose requests are the same once tools all answer alike, in the order of recording.
    private let queues: [Digest: [Int]]

    init(_ index: CassetteIndex, _ toolRules: MatchRules) {
        self.toolRules = toolRules
        rules = index.rules.leavingOutToolResults
        var queues: [Digest: [Int]] = [:]
        for (number, exchange) in index.cassette.exchanges.enumerated() {
            queues[rules.key(of: exchange.request).digest, default: []].append(number)
        }
        self.queues = queues
    }

    /// The exchanges that may answer a request, in order.
    ///
    /// - Parameter body: as it would be recorded.
    func candidates(method: String, target: RequestTarget, contentType: String?, body: [UInt8]) -> [Int] {
        queues[rules.key(method: method, target: target, contentType: contentType, body: body).digest] ?? []
    }

    /// What tools answered otherwise in a request than in its recording; both have the same places.
    func differences(recorded: [UInt8], received: [UInt8]) -> [ToolDrift.Finding] {
        guard let recorded = try? JSONReader.read(recorded), let received = try? JSONReader.read(received) else { return [] }
        return zip(ToolResultPlaces.results(in: recorded), ToolResultPlaces.results(in: received)).compactMap { old, new in
            guard let difference = ToolDriftCheck.difference(recorded: old.content, received: new.content, toolRules) else { return nil }
            let tool = MissText.shortened(rules.redacted(text: old.tool ?? "a tool"), limit: 200)
            return ToolDrift.Finding(tool: tool, difference)
        }
    }
}
