import RungCore
import RungTestSupport
import RungText

@testable import RungFormats

/// A grader reading with one kind, `says`, so that formats are tested without the catalog of graders.
enum FormatsFixture {
    static let graders = GraderReading(
        shape: .tagged(
            by: "kind",
            [
                ObjectShape(
                    "says", "The answer is this text.",
                    [.required("text", .text, "The text."), .optional("name", .identifier, "Its name.")])
            ]),
        check: { (_, _, _) throws(InvalidInput) in },
        bindings: { (nodes, _, taken) throws(InvalidInput) in
            nodes.enumerated().map { offset, node in
                GraderBinding(
                    name: node["name"]?.string ?? "says-\(taken.count + offset)", kind: "says", version: "1", role: .verdict,
                    isNegated: false, grader: AnswerGrader(node["text"]?.string ?? ""))
            }
        })

    /// A valid workspace to break in one place.
    static func workspace() -> TemporaryFolder {
        let folder = TemporaryFolder()
        folder.write("rung.yaml", "format: 1\norganization: Test\n")
        folder.write(
            "principals.yaml",
            "format: 1\nprincipals:\n  - {id: ada, kind: person, team: t, can-build: true}\n  - {id: bob, kind: person, left-at: 2026-01-01}\n"
        )
        folder.write(
            "prompts/greet/v1.md",
            "---\nformat: 1\nvariables: [name]\nauthor: ada\nreason: first\n---\nGreet {{ name }}.\n")
        folder.write(
            "prompts/greet/v2.md",
            "---\nformat: 1\nvariables: [name]\nparent: v1\n---\nGreet {{name}} warmly.\n")
        folder.write(
            "agents/greeter.yaml",
            """
            format: 1
            id: greeter
            owner: ada
            deputy: bob
            state: active
            transport: {kind: command, command: [python3, greet.py]}
            prompts:
              - {id: greet, version: v1}
            intents: [hello]
            configuration: {model: rules}

            """)
        folder.write(
            "scenarios/greet.jsonl",
            """
            {"id":"one","input":"Ada","graders":[{"kind":"says","text":"hi"}]}

            {"id":"two","input":{"name":"Bob"},"intent":"hello","slices":{"tone":"warm"},"critical":true,"recorded":[{"output":"hi"}]}

            """)
        folder.write(
            "suites/greet.yaml",
            """
            format: 1
            id: greet
            agents: [greeter]
            scenarios: [../scenarios/greet.jsonl]
            graders:
              - {kind: says, text: hello}

            """)
        return folder
    }

    /// All problems of a workspace as text, with paths relative to it.
    static func problems(_ folder: TemporaryFolder) -> [String] {
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: folder.path, into: &diagnostics) ?? Workspace.bare(at: folder.path)
        let registry = workspace.registry(into: &diagnostics)
        let reader = SuiteFile(registry: registry, graders: graders)
        for path in workspace.suitePaths(into: &diagnostics) { _ = reader.read(path, into: &diagnostics) }
        return diagnostics.all.map { $0.text.replacing(folder.path + "/", with: "") }
    }
}
