import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungFormats

@Suite("Reading the privacy section")
struct PrivacySettingsTests {
    private func read(_ section: String) -> (settings: PrivacySettings?, problems: [String]) {
        let folder = FormatsFixture.workspace()
        folder.write("rung.yaml", "format: 1\norganization: Test\nprivacy:\n\(section)\n")
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: folder.path, into: &diagnostics)
        return (workspace?.privacy, diagnostics.all.map { $0.text.split(separator: folder.path + "/").joined() })
    }

    @Test("everything in it is read")
    func whole() throws {
        let (settings, problems) = read(
            """
              phones: true
              allow: ["*@example.com"]
              attributes: [shop.*, tenant]
              patterns:
                - {name: customer, pattern: 'C-\\d+'}
              retention: {high: 400d, low: 30d}
            """)
        #expect(problems.isEmpty)
        let found = try #require(settings)
        #expect(found.phones && found.allowed == ["*@example.com"])
        #expect(found.retention == [.high: 400, .low: 30])
        #expect(found.patterns.map(\.name) == ["customer"] && found.patterns.map(\.pattern) == ["C-\\d+"])
        #expect(found.patterns.first?.patternPosition.line == 8)
        #expect(found.attributes.allows("shop.basket") && found.attributes.allows("tenant") && !found.attributes.allows("tenants"))
    }

    @Test("without a section the standard rules hold and nothing is ever due")
    func none() throws {
        let folder = FormatsFixture.workspace()
        var diagnostics = Diagnostics()
        #expect(try #require(Workspace.read(root: folder.path, into: &diagnostics)).privacy == PrivacySettings())
    }

    @Test(
        "a wrong value gives its place and the way out",
        arguments: [
            (
                "  retention: {high: 2y}",
                "rung.yaml:4:21: error: \"high\" must be a number of days from 1d to 36500d, found \"2y\"\n  write the days with a d, such as 400d"
            ),
            ("  retention: {huge: 1d}", "rung.yaml:4:15: error: unknown key \"huge\" in \"retention\"\n  known here: high, medium, low"),
            (
                "  patterns: [{name: a, pattern: b}, {name: a, pattern: c}]",
                "rung.yaml:4:44: error: pattern \"a\" is defined twice\n  first defined at rung.yaml:4:21"
            ),
            (
                "  patterns: [{name: a}]",
                "rung.yaml:4:14: error: an entry of \"patterns\" has no \"pattern\"\n  add pattern: Regular expression (PCRE2)."
            ),
        ])
    func wrong(_ section: String, _ problem: String) {
        #expect(read(section).problems == [problem])
    }

    @Test(
        "attributes of messages are not on the built-in list",
        arguments: [
            "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.tool.call.arguments", "gen_ai.system_instructions", "db.statement",
            "",
        ])
    func contents(_ name: String) {
        #expect(!AttributeAllowList().allows(name))
    }

    @Test(
        "names, versions, counts and outcomes are", arguments: ["gen_ai.agent.name", "gen_ai.usage.input_tokens", "user.id", "error.type"])
    func facts(_ name: String) {
        #expect(AttributeAllowList().allows(name))
    }
}
