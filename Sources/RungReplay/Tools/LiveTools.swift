import RungCore
import RungText

/// Lets calls of tools over MCP pass to the real server while models are replayed, and keeps them for comparison; nothing is written.
struct LiveTools {
    private let recorder: Recorder
    private let address: ReplayAddress
    private let server: ReplayServer
    private let path: String

    /// Name under which the real server stands in paths.
    private static let upstream = "mcp"

    /// - Parameters:
    ///   - url: where the real server answers.
    ///   - shelf: says how what crosses the wire is redacted.
    /// - Returns: nil for an address that is none.
    init?(url: String, _ server: ReplayServer, _ shelf: CassetteShelf) {
        guard let parts = RequestURL(url) else { return nil }
        recorder = Recorder(
            Recorder.Settings(
                scenario: "", recorder: "", upstreams: [Self.upstream: "\(parts.scheme)://\(parts.authority)"], redactor: shelf.redactor,
                now: { Timestamp(seconds: 0) }))
        self.server = server
        address = server.open(recorder)
        path = parts.path + (parts.query.map { "?\($0)" } ?? "")
    }

    /// Where the agent reaches the real server.
    var url: String { address.url(of: Self.upstream) + path }

    /// Ends it; gives the calls that passed in their order, and why others could not be kept.
    func finish() async -> (calls: [ToolExchange], problems: [String]) {
        await recorder.settle(within: .seconds(5))
        let report = server.close(address)
        await recorder.stop()
        return (recorder.cassette.tools, report.findings.map(\.message))
    }
}
