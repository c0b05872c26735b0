import RungCore
import RungText
import Testing

@testable import RungFormats

@Suite struct RubricCrosswalkTests {
    private static let text = """
        format: 1
        frameworks:
          b:
            title: B 2
            source: The second edition
            complete: true
            ids: [B 1, B 2]
          a:
            title: A
            source: The paper
            complete: false
            ids: ['1.10']
        """

    private func problems(_ text: String) -> [String] {
        do throws(InvalidInput) {
            _ = try RubricCrosswalk.read(text: text, path: "c.yaml")
            return []
        } catch {
            return error.diagnostics.map(\.text)
        }
    }

    /// The problems of the small rubric after changes.
    private func problems(_ changes: [(String, String)]) -> [String] {
        do throws(InvalidInput) {
            _ = try RubricFixture.rubric(RubricFixture.edited(changes))
            return []
        } catch {
            return error.diagnostics.map(\.text)
        }
    }

    @Test func `frameworks are read in the order of the file`() throws {
        let frameworks = try RubricCrosswalk.read(text: Self.text, path: "c.yaml").frameworks
        #expect(
            frameworks == [
                RubricFramework(id: "b", title: "B 2", source: "The second edition", isComplete: true, entries: ["B 1", "B 2"]),
                RubricFramework(id: "a", title: "A", source: "The paper", isComplete: false, entries: ["1.10"]),
            ])
    }

    @Test func `an id without quotes that is a number, a repeated id and an unknown key are errors`() {
        #expect(
            problems(Self.text.replacing("'1.10'", with: "1.10")) == [
                "c.yaml:12:11: error: an entry of \"ids\" must be text that is not empty, found number 1.10\n  put it in quotes to make it text"
            ])
        #expect(problems(Self.text.replacing("B 2]", with: "B 1]")) == ["c.yaml:7:16: error: entry \"B 1\" of b stands twice"])
        #expect(
            problems(Self.text.replacing("complete: true", with: "completed: true")) == [
                "c.yaml:4:5: error: \"b\" has no \"complete\"\n  add complete: Whether every entry is listed; else a rubric may add more.",
                "c.yaml:6:5: error: unknown key \"completed\" in \"b\"\n  did you mean \"complete\"?",
            ])
    }

    @Test(arguments: [
        ("MAP 1.1", "MAP 1.12", "r.yaml:44:31: error: NIST AI RMF 1.0 has no \"MAP 1.12\" on its list\n  did you mean \"MAP 1.1\"?"),
        (
            "MAP 1.1", "STEER 9",
            "r.yaml:44:31: error: NIST AI RMF 1.0 has no \"STEER 9\" on its list\n  `rung rubric crosswalk --framework nist-ai-rmf` lists them"
        ),
        (
            "nist-ai-rmf: [MAP 1.1]", "eu-ai-act: ['9.2', article 10]",
            "r.yaml:44:36: error: EU AI Act has no \"article 10\" on its list\n"
                + "  `rung rubric crosswalk --framework eu-ai-act` lists them; the file may add more under frameworks: eu-ai-act"
        ),
        ("nist-ai-rmf", "iso-9000", "r.yaml:44:17: error: unknown framework \"iso-9000\"\n  known here: nist-ai-rmf, eu-ai-act"),
    ])
    func `a criterion that names what is on no list is refused`(old: String, new: String, expected: String) {
        #expect(problems([(old, new)]) == [expected])
    }

    @Test func `a rubric brings frameworks of its own and adds to lists that are not complete`() throws {
        let text = RubricFixture.edited([
            ("crosswalk: {nist-ai-rmf: [MAP 1.1]}", "crosswalk: {controls: [C-7], eu-ai-act: ['10.2', '9.2']}"),
            (
                "symptoms:",
                "frameworks:\n  controls: {title: Our controls, source: Intranet, complete: true, ids: [C-1, C-7]}\n"
                    + "  eu-ai-act: {ids: ['10.2', '9.2']}\nsymptoms:"
            ),
        ])
        let rubric = try RubricFixture.rubric(text)
        #expect(rubric.frameworks.map(\.id) == ["nist-ai-rmf", "eu-ai-act", "controls"])
        #expect(rubric.frameworks[1].entries == ["9.2", "10.2"])
        #expect(
            rubric.frameworks[2]
                == RubricFramework(id: "controls", title: "Our controls", source: "Intranet", isComplete: true, entries: ["C-1", "C-7"]))
        #expect(rubric.contributors(to: "C-7", of: rubric.frameworks[2]).map(\.id) == ["OBS-201"])
        #expect(rubric.contributors(to: "C-1", of: rubric.frameworks[2]).isEmpty)
        #expect(rubric.contributors(to: "10.2", of: rubric.frameworks[1]).map(\.id) == ["OBS-201"])
    }

    @Test(arguments: [
        ("controls: {ids: [C-1]}", "r.yaml:67:3: error: framework \"controls\" has no \"title\"\n  add title: what people call it"),
        ("controls: {title: Ours, ids: [C-1, C-1]}", "r.yaml:67:38: error: entry \"C-1\" stands twice"),
        (
            "nist-ai-rmf: {ids: [MAP 9.9]}",
            "r.yaml:67:3: error: every entry of NIST AI RMF 1.0 is known, so nothing can be added to \"nist-ai-rmf\"\n"
                + "  give a framework of your own another key"
        ),
        (
            "eu-ai-act: {title: Ours, ids: ['10']}",
            "r.yaml:67:22: error: \"eu-ai-act\" is EU AI Act; a rubric adds ids to it and nothing else\n  leave title out"
        ),
    ])
    func `frameworks that cannot be declared are errors`(declaration: String, expected: String) {
        #expect(problems([("symptoms:", "frameworks:\n  \(declaration)\nsymptoms:")]) == [expected])
    }

    @Test func `what was published is known by id and version, and a draft cannot be published`() throws {
        let digest = try RubricFixture.rubric().digest
        let text = "format: 1\npublished:\n  small: {1.0.0: \(digest)}\n"
        let published = try RubricPublications.read(text: text, path: "p.yaml")
        #expect(published.digest(of: "small", "1.0.0") == digest)
        #expect(published.digest(of: "small", "1.0.1") == nil)
        #expect(published.digest(of: "other", "1.0.0") == nil)
        #expect(throws: InvalidInput.self) {
            try RubricPublications.read(text: text.replacing("1.0.0", with: "1.0.0-draft"), path: "p.yaml")
        }
        #expect(throws: InvalidInput.self) { try RubricPublications.read(text: text.replacing("sha256:", with: ""), path: "p.yaml") }
    }

    @Test func `a file that calls itself a published version and is another one is refused`() throws {
        let digest = try RubricFixture.rubric().digest
        let published = try RubricPublications.read(text: "format: 1\npublished: {small: {1.0.0: \(digest)}}\n", path: "p.yaml")
        let library = RubricLibrary(builtIn: RubricFixture.text, crosswalk: RubricFixture.crosswalk, publications: published)
        #expect(try library.document(text: RubricFixture.text, path: "r.yaml").rubric.digest == digest)
        let edited = RubricFixture.edited([("full: 0.8", "full: 0.7")])
        let other = try RubricFixture.rubric(edited).digest
        do throws(InvalidInput) {
            _ = try library.document(text: edited, path: "r.yaml")
            Issue.record("nothing was thrown")
        } catch {
            #expect(
                error.diagnostics.map(\.text) == [
                    "r.yaml:3:10: error: small 1.0.0 was published with digest \(digest), this file has \(other); "
                        + "a published version never changes\n  give the rubric an id of its own, or write a newer version"
                ])
        }
        #expect(
            try library.document(text: edited.replacing("version: 1.0.0", with: "version: 1.1.0"), path: "r.yaml").rubric.digest != digest)
    }
}
