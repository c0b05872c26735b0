import RungCore
import RungCrypto

extension Cassette {
    /// A new recording in the place of this one: it keeps scenario, normalizers and tool calls, and exchanges whose request was
    /// recorded before keep their order, so that a difference in version control shows what has changed.
    public func refreshed(by recording: Cassette) -> Cassette {
        var refreshed = recording
        refreshed.provenance.scenario = provenance.scenario
        refreshed.provenance.promptVersion = recording.provenance.promptVersion ?? provenance.promptVersion
        refreshed.normalizers = normalizers
        refreshed.tools = tools
        let rules = MatchRules(normalizers)
        var ranks: [Digest: [Int]] = [:]
        for (rank, exchange) in exchanges.enumerated() { ranks[rules.key(of: exchange.request).digest, default: []].append(rank) }
        for digest in ranks.keys { ranks[digest]?.reverse() }
        // What is new goes behind everything that was there.
        let ordered = recording.exchanges.enumerated().map { offset, exchange in
            let rank = ranks[rules.key(of: exchange.request).digest]?.popLast()
            return (rank: rank ?? exchanges.count + offset, exchange: exchange)
        }
        refreshed.exchanges = ordered.sorted { $0.rank < $1.rank }.map(\.exchange)
        return refreshed
    }
}
