import RungCore
import RungReplay
import RungText
import Testing

@Suite struct TransportCatalogTests {
    private func agent(_ transport: Agent.Transport) -> Agent {
        Agent(id: "a", transport: transport, location: SourceLocation(file: "a.yaml", line: 1))
    }

    private let surroundings = TransportSurroundings(workspace: "/", randomBytes: { [UInt8](repeating: 7, count: $0) }, log: { _ in })

    private func transports() throws -> [Agent.Transport] {
        let service = ServiceSettings(url: "http://127.0.0.1:1/")
        return [
            .a2a(A2ATransportSettings(service: service)), .command(CommandTransportSettings(command: ["true"])),
            .http(HTTPTransportSettings(service: service, body: nil)),
            .mcp(MCPTransportSettings(server: MCPServerSettings(.service(service)), tool: "t", arguments: try JSONTemplate([:]))),
            .transcript,
        ] + ModelTransportSettings.Dialect.allCases.map { .model(ModelTransportSettings(dialect: $0)) }
    }

    @Test func `entries stand in alphabetical order and say what they do`() {
        let kinds = TransportCatalog.all.map(\.kind)
        #expect(kinds == kinds.sorted())
        #expect(Set(kinds).count == kinds.count)
        for descriptor in TransportCatalog.all { #expect(descriptor.summary.hasSuffix(".")) }
    }

    @Test func `exactly one entry serves each kind of agent`() async throws {
        let transports = try transports()
        #expect(transports.count == TransportCatalog.all.count)
        for transport in transports {
            let made = TransportCatalog.all.compactMap { $0.make(agent(transport), surroundings) }
            #expect(made.count == 1)
            for transport in made { await transport.close() }
        }
    }

    @Test func `the live boundary uses what the agent declares`() async throws {
        let made = TransportCatalog.make(
            agent: agent(.command(CommandTransportSettings(command: ["true"]))), boundary: .live, surroundings: surroundings)
        #expect(made is CommandTransport)
        #expect(TransportCatalog.make(agent: agent(.transcript), boundary: .live, surroundings: surroundings) is TranscriptTransport)
    }

    @Test func `the transcript boundary runs nothing`() throws {
        for transport in try transports() {
            let made = TransportCatalog.make(agent: agent(transport), boundary: .transcript, surroundings: surroundings)
            #expect(made is TranscriptTransport)
        }
    }
}
