import RungCore
import RungCrypto
import Testing

@Suite struct RubricVersionTests {
    @Test(arguments: ["0.3.0", "1.4.0", "10.20.30-draft.1", "1.0.0-rc-2"])
    func `three numbers are a version, with or without a draft`(text: String) {
        #expect(RubricVersion(text)?.description == text)
    }

    @Test(arguments: ["", "1", "1.0", "1.0.0.0", "1.0.x", "v1.0.0", "1.0.0-", "1.0.0-a+b", "1..0", " 1.0.0", "1.0.99999999999999999999"])
    func `anything else is none`(text: String) {
        #expect(RubricVersion(text) == nil)
    }

    @Test func `the step is the first number that differs, in both directions`() throws {
        let version = try #require(RubricVersion("1.2.3"))
        for (other, step) in [("2.0.0", RubricVersion.Step.major), ("1.3.0", .minor), ("1.2.4", .patch), ("1.2.3", .none)] {
            let other = try #require(RubricVersion(other))
            #expect(version.step(from: other) == step)
            #expect(other.step(from: version) == step)
        }
    }

    @Test func `before 1.0.0 everything moves one number later`() throws {
        let early = try #require(RubricVersion("0.3.0"))
        #expect([.none, .patch, .minor, .major].map { early.needed(for: $0) } == [.none, .patch, .patch, .minor])
        let late = try #require(RubricVersion("1.3.0"))
        #expect([.none, .patch, .minor, .major].map { late.needed(for: $0) } == [.none, .patch, .minor, .major])
    }

    /// A comparison of two versions with different digests, by one change.
    private func verdict(_ old: String, _ new: String, _ change: RubricChange, newID: String = "r") -> RubricDiff.VersionVerdict {
        RubricDiff(
            old: RubricIdentity(id: "r", version: old, digest: SHA256Hasher.digest(of: "old")),
            new: RubricIdentity(id: newID, version: new, digest: SHA256Hasher.digest(of: "new")), changes: [change]
        ).versions
    }

    private static let threshold = RubricChange(.criterion("A-1"), .full, from: "0.9", to: "0.8", effect: .easier)
    private static let symptom = RubricChange(.symptom("ZOO-1"), .query, from: "a", to: "b")
    private static let wording = RubricChange(.criterion("A-1"), .title, from: "a", to: "b")

    @Test func `what may change stage or scores asks for a major step, what is told beside them for a minor, words for a patch`() {
        #expect(Self.threshold.step == .major)
        #expect(RubricChange(.criterion("A-1"), .added, effect: .either).step == .major)
        #expect(RubricChange(.criterion("A-1"), .removed, effect: .easier).step == .major)
        #expect(RubricChange(.stage(3), .complete, from: "true", to: "false", effect: .harder).step == .major)
        #expect(Self.symptom.step == .minor)
        for what in [RubricChange.What.lines, .crosswalk, .levelUp] { #expect(RubricChange(.criterion("A-1"), what).step == .minor) }
        #expect(RubricChange(.framework("f"), .entries).step == .minor)
        #expect(Self.wording.step == .patch)
        for what in [RubricChange.What.effort, .command] { #expect(RubricChange(.criterion("A-1"), what).step == .patch) }
        #expect(RubricChange(.rubric, .order).step == .patch)
        #expect(RubricChange(.statement("S1.1"), .statement).step == .patch)
    }

    @Test func `versions agree when the step is large enough`() {
        #expect(verdict("1.0.0", "2.0.0", Self.threshold) == .agree(needed: .major, found: .major))
        #expect(verdict("1.0.0", "1.1.0", Self.threshold) == .tooSmall(needed: .major, found: .minor))
        #expect(verdict("0.3.0", "0.4.0", Self.threshold) == .agree(needed: .minor, found: .minor))
        #expect(verdict("0.3.0", "0.3.1", Self.threshold) == .tooSmall(needed: .minor, found: .patch))
        #expect(verdict("1.0.0", "1.1.0", Self.symptom) == .agree(needed: .minor, found: .minor))
        #expect(verdict("1.0.0", "2.0.0", Self.wording) == .agree(needed: .patch, found: .major))
        #expect(verdict("2.0.0", "1.0.0", Self.threshold) == .agree(needed: .major, found: .major))
    }

    @Test func `a published version stands for one content, a draft may change, other names say nothing`() {
        #expect(verdict("1.0.0", "1.0.0", Self.wording) == .reused)
        #expect(!verdict("1.0.0", "1.0.0", Self.wording).isRight)
        #expect(verdict("1.0.0-draft", "1.0.0-draft", Self.threshold) == .draft)
        #expect(verdict("1.0.0-draft", "1.0.0", Self.threshold) == .draft)
        #expect(verdict("1.0.0", "1.0.0", Self.threshold, newID: "acme") == .otherRubric)
    }
}
