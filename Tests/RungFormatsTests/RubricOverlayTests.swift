import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungFormats

@Suite struct RubricOverlayTests {
    private static let text = """
        format: 1
        extends: built-in@1.0.0
        id: acme
        version: 2.0.0
        title: The ladder of Acme
        changes:
          - {id: OBS-201, reason: A small fleet., full: 0.7, window-days: 60}
        left-out:
          - {id: REG-201, reason: Nobody asks.}
        dimensions: {SEC: Security}
        criteria:
          - id: SEC-201
            stage: 2
            dimension: SEC
            key: true
            title: Secrets rotate
            question: Do they?
            why: Because.
            measure:
              text: share of secrets
              unit: secrets
              sql: SELECT secret AS entity, a AS satisfied, b AS total FROM t
              window-days: 30
              partial: 0.5
              full: 0.8
              better: up
              aggregate: share
              population: census
              minimum-population: 1
            remediation: {text: Rotate., effort: M}
            lines: [S2.1]
            crosswalk: {controls: [C-7]}
        symptoms:
          - {id: ACME-1, title: Keys, text: old keys, sql: 'SELECT entity, satisfied, total FROM t', window-days: 7, lines: [S1.R]}
        frameworks: {controls: {title: Our controls, ids: [C-7]}}
        """

    private func rubric(_ edits: [(String, String)] = []) throws(InvalidInput) -> Rubric {
        try RubricFixture.rubric(RubricFixture.edited(edits, of: Self.text), path: "o.yaml")
    }

    private func problems(_ edits: [(String, String)]) -> [String] {
        do throws(InvalidInput) {
            _ = try rubric(edits)
            return []
        } catch {
            return error.diagnostics.map(\.text)
        }
    }

    @Test func `an overlay says what differs, and all else is as in the rubric it extends`() throws {
        let (base, rubric) = (try RubricFixture.rubric(), try rubric())
        #expect(rubric.identity.text == "acme 2.0.0")
        #expect(rubric.title == "The ladder of Acme")
        #expect(rubric.base == base.identity)
        #expect(rubric.criteria.map(\.id) == ["OBS-201", "SEC-201"])
        let (old, new) = (base.criteria[0], rubric.criteria[0])
        #expect((new.measure.full, new.measure.partial, new.measure.windowDays) == (0.7, 0.5, 60))
        #expect(new.measure.minimumPopulation == old.measure.minimumPopulation)
        #expect(new.measure.sql == old.measure.sql)
        #expect(new.title == old.title)
        #expect(new.prerequisites.isEmpty)
        #expect(rubric.dimensions.map(\.code) == ["OBS", "REG", "SEC"])
        #expect(rubric.symptoms.map(\.id) == ["ZOO-1", "ACME-1"])
        #expect(rubric.frameworks.map(\.id) == ["nist-ai-rmf", "eu-ai-act", "controls"])
        #expect(rubric.lines == base.lines)
        #expect(rubric.stages.map(\.isComplete) == [true, true])
    }

    @Test func `every change is listed with its reason, those that follow from others too`() throws {
        let lines = try rubric().changes.map { RubricComparisonTests.line($0) + ($0.reason.map { "; \($0)" } ?? "") }
        #expect(
            lines == [
                "dimension SEC: added nothing → Security, none, minor",
                "criterion OBS-201: full 0.8 → 0.7, easier, major; A small fleet.",
                "criterion OBS-201: window-days 30 → 60, either, major; A small fleet.",
                "criterion OBS-201: prerequisites REG-201 → nothing, easier, major; what it needed is left out",
                "criterion REG-201: removed nothing → nothing, easier, major; Nobody asks.",
                "criterion SEC-201: added nothing → nothing, harder, major",
                "symptom ACME-1: added nothing → nothing, none, minor",
            ])
    }

    @Test func `a stage of which a key criterion is left out is not complete, whatever is added to it`() throws {
        let rubric = try rubric([
            ("  - {id: OBS-201, reason: A small fleet., full: 0.7, window-days: 60}", "  - {id: REG-201, reason: Slower., full: 20}"),
            ("{id: REG-201, reason: Nobody asks.}", "{id: OBS-201, reason: No logs here.}"),
        ])
        #expect(rubric.criteria.map(\.id) == ["REG-201", "SEC-201"])
        #expect(rubric.stages.map(\.isComplete) == [true, false])
        let change = try #require(rubric.changes.first { $0.what == .complete })
        #expect(change.subject == .stage(2))
        #expect(change.effect == .harder)
        #expect(change.reason == "key criterion left out: OBS-201; the stage cannot be earned")
    }

    @Test func `the digest is that of base and overlay together`() throws {
        let digest = try rubric().digest
        #expect(try rubric().digest == digest)
        #expect(try RubricFixture.rubric("# A note.\n" + Self.text, path: "o.yaml").digest == digest)
        #expect(try rubric([("A small fleet.", "A tiny fleet.")]).digest != digest)
        let below = RubricFixture.edited([("title: Prompts are logged", "title: Logs")])
        let other = RubricLibrary(builtIn: below, crosswalk: RubricFixture.crosswalk, publications: RubricPublications())
        #expect(try other.document(text: Self.text, path: "o.yaml").rubric.digest != digest)
    }

    @Test func `a comparison with what it extends shows the same changes`() throws {
        let old = try RubricFixture.library.builtInDocument()
        let new = try RubricFixture.library.document(text: Self.text, path: "o.yaml")
        let changes = old.diff(to: new).changes
        #expect(changes.filter { $0.subject != .rubric && $0.subject != .framework("controls") } == new.rubric.changes)
        #expect(old.diff(to: new).versions == .otherRubric)
    }

    @Test(arguments: [
        (
            "built-in@1.0.0", "built-in@0.9.0",
            "o.yaml:2:10: error: this rung carries version 1.0.0 of the built-in rubric, not 0.9.0\n"
                + "  read what changed, then write extends: built-in@1.0.0; or extend a file of the other version, with its digest"
        ),
        ("built-in@1.0.0", "built-in", "o.yaml:2:10: error: \"extends\" does not say which version\n  write extends: built-in@1.0.0"),
        (
            "built-in@1.0.0", "builtin@1.0.0",
            "o.yaml:2:10: error: no file builtin@1.0.0 to extend\n"
                + "  write built-in@1.0.0, or a path relative to this file, with its digest"
        ),
        (
            "id: acme", "id: small",
            "o.yaml:3:5: error: \"small\" is the rubric that is extended; what comes of it is another one\n  give it an id of its own"
        ),
        (
            "version: 2.0.0", "version: '2.0'",
            "o.yaml:4:10: error: \"version\" is \"2.0\", expected three numbers such as 1.4.0, or 1.4.0-draft"
        ),
        ("left-out:", "leftout:", "o.yaml:8:1: error: unknown key \"leftout\" in the overlay\n  did you mean \"left-out\"?"),
        ("full: 0.7", "fulll: 0.7", "o.yaml:7:43: error: unknown key \"fulll\" in an entry of \"changes\"\n  did you mean \"full\"?"),
        (
            "reason: A small fleet., ", "",
            "o.yaml:7:5: error: an entry of \"changes\" has no \"reason\"\n  add reason: Why; every report of an assessment shows it."
        ),
        (
            ", reason: Nobody asks.", "",
            "o.yaml:9:5: error: an entry of \"left-out\" has no \"reason\"\n  add reason: Why; every report of an assessment shows it."
        ),
        ("id: OBS-201", "id: OBS-210", "o.yaml:7:10: error: no criterion \"OBS-210\" in small 1.0.0\n  did you mean \"OBS-201\"?"),
        ("id: REG-201", "id: ABC", "o.yaml:9:10: error: no criterion \"ABC\" in small 1.0.0\n  `rung rubric explain` lists them"),
        ("full: 0.7", "full: 0.80", "o.yaml:7:49: error: \"full\" of OBS-201 is 0.80 in small 1.0.0 already\n  leave it out"),
        ("full: 0.7", "full: 0.4", "o.yaml:7:49: error: more is better, so 0 < partial < full is needed, found partial 0.5 and full 0.4"),
        (
            "full: 0.7", "partial: 0.8",
            "o.yaml:7:10: error: more is better, so 0 < partial < full is needed, found partial 0.8 and full 0.8"
        ),
        (
            ", full: 0.7, window-days: 60", "",
            "o.yaml:7:10: error: the change of OBS-201 changes nothing\n  name one of: full, partial, zero, window-days, minimum-population"
        ),
        (
            "id: REG-201", "id: OBS-201",
            "o.yaml:9:10: error: criterion \"OBS-201\" is changed and left out\n  it can only be one of both"
        ),
        (
            "id: SEC-201", "id: REG-201",
            "o.yaml:12:9: error: small 1.0.0 has a criterion \"REG-201\"\n  change it under changes, or give yours an id of its own"
        ),
        ("id: ACME-1", "id: ZOO-1", "o.yaml:34:10: error: small 1.0.0 has a symptom \"ZOO-1\"\n  give yours an id of its own"),
        (
            "{SEC: Security}", "{SEC: Security, REG: Ours}",
            "o.yaml:10:29: error: small 1.0.0 has a dimension \"REG\"\n  criteria may name it as it is"
        ),
        ("[C-7]}\n", "[C-8]}\n", "o.yaml:32:28: error: Our controls has no \"C-8\" on its list\n  did you mean \"C-7\"?"),
    ])
    func `what does not fit the rubric it extends is named with its place`(old: String, new: String, expected: String) {
        let found = problems([(old, new)])
        #expect(found.first == expected)
        // Unknown keys and ids may make other members missing; nothing else follows.
        #expect(found.count == 1 || new == "leftout:")
    }

    @Test func `all problems are reported at once, in order of position`() {
        let found = problems([
            ("id: OBS-201", "id: OBS-210"), ("[S2.1]", "[S2.7]"), ("dimension: SEC", "dimension: SAC"), ("full: 0.8", "full: 0.2"),
        ])
        #expect(
            found.map { String($0.prefix(20)) } == [
                "o.yaml:7:10: error: ", "o.yaml:14:16: error:", "o.yaml:25:13: error:", "o.yaml:31:13: error:",
            ])
    }

    @Test func `a file that goes by the name of the built-in rubric tells what it changed about it`() throws {
        let edits = [("version: 1.0.0", "version: 1.0.1"), ("full: 0.8", "full: 0.6"), ("title: Prompts are logged", "title: Logs")]
        let rubric = try RubricFixture.rubric(RubricFixture.edited(edits))
        #expect(rubric.base?.text == "small 1.0.0")
        #expect(rubric.changes.map(RubricComparisonTests.line) == ["criterion OBS-201: full 0.8 → 0.6, easier, major"])
        let other = try RubricFixture.rubric(RubricFixture.edited(edits + [("id: small", "id: other")]))
        #expect(other.base == nil)
        #expect(other.changes.isEmpty)
        #expect(try RubricFixture.rubric().base == nil)
    }

    @Test func `an overlay extends another one, by path and digest`() throws {
        let folder = TemporaryFolder()
        folder.write("group/acme.yaml", Self.text)
        let group = try rubric()
        func child(_ digest: String) -> String {
            "format: 1\nextends: ../group/acme.yaml\n\(digest)id: team\nversion: 1.0.0\ntitle: Team\n"
                + "changes: [{id: OBS-201, reason: Even fewer., full: 0.6}]\n"
        }
        folder.write("team/team.yaml", child("digest: \(group.digest)\n"))
        let rubric = try RubricFixture.library.document(at: folder.path + "/team/team.yaml").rubric
        #expect(rubric.base == group.base)
        #expect(rubric.criteria[0].measure.full == 0.6)
        #expect(rubric.criteria.map(\.id) == group.criteria.map(\.id))
        #expect(rubric.changes.dropLast() == group.changes[...])
        #expect(rubric.changes.last.map(RubricComparisonTests.line) == "criterion OBS-201: full 0.7 → 0.6, easier, major")

        func problem() -> String {
            do throws(InvalidInput) {
                _ = try RubricFixture.library.document(at: folder.path + "/team/team.yaml")
                return "none"
            } catch {
                return error.diagnostics.map(\.text).joined(separator: "\n").replacing(folder.path + "/", with: "")
            }
        }
        folder.write("team/team.yaml", child(""))
        #expect(
            problem() == "team/team.yaml:2:10: error: a path under \"extends\" needs \"digest\", or the file could change unseen\n"
                + "  write digest: \(group.digest)")
        let wrong = try RubricFixture.rubric().digest
        folder.write("team/team.yaml", child("digest: \(wrong)\n"))
        #expect(
            problem() == "team/team.yaml:3:9: error: group/acme.yaml has another digest: \(group.digest)\n"
                + "  read what changed, then write that digest")
        folder.write("group/acme.yaml", Self.text.replacing("built-in@1.0.0", with: "../team/team.yaml"))
        #expect(
            problem() == "group/acme.yaml:2:10: error: overlays extend each other in a circle: "
                + "team/team.yaml → group/acme.yaml → team/team.yaml")
        folder.write("group/acme.yaml", Self.text.replacing("key: true", with: "kay: true"))
        #expect(problem().contains("group/acme.yaml:15:5: error: unknown key \"kay\""))
    }
}
