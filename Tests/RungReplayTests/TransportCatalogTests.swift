import RungCore
import RungText
import RungReplay
import Testing

@Suite struct TransportCatalogTests {
    private func agent(_ transport: Agent.Transport) -> Agent {
        Agent(id: "a", transport: transport, location: SourceLocation(file: "a.yaml", line: 1))
    }

    private let transports: [Agent.Transport] = [.command(CommandTransportSettings(command: ["true"])), .transcript]

    @Test func `entries stand in alphabetical order and say what they do`() {
        let kinds = TransportCatalog.all.map(\.kind)
        #expect(kinds == kinds.sorted())
        #expect(Set(kinds).count == kinds.count)
        for descriptor in TransportCatalog.all { #expect(descriptor.summary.hasSuffix(".")) }
    }

    @Test func `exactly one entry serves each kind of agent`() {
        for transport in transports {
            let made = TransportCatalog.all.filter { $0.make(agent(transport), "/", { _ in }) != nil }
            #expect(made.count == 1)
        }
    }

    @Test func `the live boundary uses what the agent declares`() {
        let made = transports.map { TransportCatalog.make(agent: agent($0), boundary: .live, workspace: "/", stderr: { _ in }) }
        #expect(made[0] is CommandTransport)
        #expect(made[1] is TranscriptTransport)
    }

    @Test func `the transcript boundary runs nothing`() {
        for transport in transports {
            let made = TransportCatalog.make(agent: agent(transport), boundary: .transcript, workspace: "/", stderr: { _ in })
            #expect(made is TranscriptTransport)
        }
    }
}
