import RungCore
import RungCrypto
import Testing

@testable import RungReplay

@Suite struct CassetteShelfTests {
    @Test(arguments: [
        ("plain-1.2_x", "plain-1.2_x"), ("a/b", "a%2Fb"), ("../up", "%2E.%2Fup"), (".hidden", "%2Ehidden"), ("c:d", "c%3Ad"),
    ])
    func `an id never leads out of the folder`(_ id: String, _ name: String) {
        #expect(CassetteShelf(folder: "/f").file(agent: "bot", case: CaseID(id)).path == "/f/bot/\(name).jsonl")
        #expect(CassetteShelf(folder: "/f").file(agent: AgentID(id), case: "c").path == "/f/\(name)/c.jsonl")
    }

    @Test func `a suite has its own folder, unless it names one`() {
        var suite = Suite(
            id: "checks/one", kind: .regression, agents: [], digest: SHA256Hasher.digest(of: ""),
            location: SourceLocation(file: "s.yaml", line: 1))
        #expect(CassetteShelf.folder(of: suite, workspace: "/w") == "/w/cassettes/checks%2Fone")
        suite.cassettes = "/elsewhere"
        #expect(CassetteShelf.folder(of: suite, workspace: "/w") == "/elsewhere")
    }
}
