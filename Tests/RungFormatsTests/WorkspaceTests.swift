import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungFormats

@Suite("Reading a workspace")
struct WorkspaceTests {
    @Test("a valid workspace has no problems and is read whole")
    func valid() throws {
        let folder = FormatsFixture.workspace()
        var diagnostics = Diagnostics()
        let workspace = try #require(Workspace.read(root: folder.path, into: &diagnostics))
        let registry = workspace.registry(into: &diagnostics)
        #expect(diagnostics.isEmpty)
        #expect(workspace.organization == "Test")
        #expect(workspace.evidencePath == folder.path + "/.rung/evidence.db")
        let agent = try #require(registry.agent("greeter"))
        #expect(agent.owner == "ada" && agent.deputy == "bob" && agent.state == .active)
        #expect(agent.transport == .command(CommandTransportSettings(command: ["python3", "greet.py"])))
        #expect(agent.prompts == [PromptReference(id: "greet", label: "v1")])
        let (one, two) = (registry.prompts[0], registry.prompts[1])
        #expect(one.text == "Greet {{ name }}.")
        #expect(one.version == PromptVersion.version(text: "Greet {{ name }}.", variables: ["name"]))
        #expect(two.parent == one.version)
        #expect(registry.principals.map(\.id) == ["ada", "bob"])
        #expect(registry.principals[1].leftAt == Timestamp("2026-01-01"))
    }

    @Test("the nearest folder above with a rung.yaml is the workspace")
    func nearest() {
        let folder = FormatsFixture.workspace()
        #expect(Workspace.root(above: folder.path + "/prompts/greet") == folder.path)
        #expect(Workspace.root(above: "/") == nil)
    }

    @Test(
        "a wrong file gives its place, what was found and the way out",
        arguments: [
            (
                "rung.yaml", "format: 1\norganisation: Test\n",
                [
                    "rung.yaml:2:1: error: unknown key \"organisation\" in the document\n  did you mean \"organization\"?",
                    "rung.yaml:1:1: error: the document has no \"organization\"\n  add organization: Name that reports carry.",
                ]
            ),
            (
                "rung.yaml", "format: 2\norganization: Test\n",
                ["rung.yaml:1:9: error: format 2 is newer than this version of rung reads\n  use a newer rung, or write format: 1"]
            ),
            ("rung.yaml", "format: 1\norganization: [a\n", ["rung.yaml:3:1: error: "]),
            (
                "principals.yaml",
                "format: 1\nprincipals:\n  - {id: ada, kind: human}\n  - {id: ada, kind: person}\n  - {id: bob, kind: person}\n",
                ["principals.yaml:3:21: error: \"kind\" is \"human\"\n  known here: person, service, agent"]
            ),
            (
                "principals.yaml",
                "format: 1\nprincipals:\n  - {id: ada, kind: person}\n  - {id: ada, kind: person}\n  - {id: bob, kind: person}\n",
                ["principals.yaml:4:10: error: principal \"ada\" is defined twice\n  first defined at principals.yaml:3:10"]
            ),
            (
                "agents/other.yaml",
                "format: 1\nid: greeter\nstate: active\nowner: aba\ntransport: {kind: comand, command: [x]}\n",
                ["agents/other.yaml:5:19: error: unknown kind \"comand\"\n  did you mean \"command\"?"]
            ),
            (
                "agents/other.yaml",
                "format: 1\nid: greeter\nstate: active\nowner: aba\ndeputy: aba\nprompts:\n  - {id: gret, version: v1}\n  - {id: greet, version: v9}\ntransport: {kind: transcript}\n",
                [
                    "agents/other.yaml:2:5: error: agent \"greeter\" is defined twice\n  first defined at agents/greeter.yaml:2:5",
                    "agents/other.yaml:5:9: error: the deputy is the owner\n  name a second person, or leave deputy out",
                    "agents/other.yaml:4:8: error: owner \"aba\" is not in principals.yaml\n  did you mean \"ada\"?",
                    "agents/other.yaml:5:9: error: deputy \"aba\" is not in principals.yaml\n  did you mean \"ada\"?",
                    "agents/other.yaml:7:10: error: unknown prompt \"gret\"\n  did you mean \"greet\"?",
                    "agents/other.yaml:8:26: error: prompt \"greet\" has no version \"v9\"\n  did you mean \"v1\"?",
                ]
            ),
            (
                "prompts/greet/v3.md", "---\nformat: 1\nvariables: [nme, other]\nparent: v0\n---\nHello {{ name }} and {{other}}\n",
                [
                    "prompts/greet/v3.md:6:7: error: variable \"name\" is not declared\n  did you mean \"nme\"?",
                    "prompts/greet/v3.md:3:13: error: variable \"nme\" is declared and not used\n  use it as {{ nme }} in the template, or remove it from variables",
                    "prompts/greet/v3.md:4:9: error: no version \"v0\" of prompt \"greet\" to be the parent\n  did you mean \"v1\"?",
                ]
            ),
            (
                "prompts/greet/v3.md", "Hello\n",
                [
                    "prompts/greet/v3.md:1:1: error: no front matter\n  start the file with a --- line, \"format: 1\", \"variables: []\" and another --- line"
                ]
            ),
        ])
    func wrongFile(_ name: String, _ text: String, _ expected: [String]) {
        let folder = FormatsFixture.workspace()
        folder.write(name, text)
        let problems = FormatsFixture.problems(folder)
        #expect(problems.count == expected.count, "\(problems)")
        for (problem, text) in zip(problems, expected) {
            #expect(text.hasSuffix("error: ") ? problem.hasPrefix(text) : problem == text)
        }
    }

    @Test("a file that is not UTF-8 is refused by name")
    func notUTF8() {
        let folder = FormatsFixture.workspace()
        folder.write("principals.yaml", "")
        #expect(FormatsFixture.problems(folder).first?.hasPrefix("principals.yaml:1:1: error: the document must be a mapping") == true)
    }
}
