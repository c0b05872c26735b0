public import RungCore
import RungCrypto
public import RungText

/// What one rubric says otherwise than another, for tools: the stable contract, byte-equal for equal input, one change a line.
public enum RubricDiffJSON {
    /// The version that is written.
    public static let formatVersion = 1

    /// The whole document; ends with a line break.
    public static func render(_ diff: RubricDiff) -> String {
        let changes = diff.changes.map { JSONText.compact(value($0)) }
        let list = changes.isEmpty ? "[]" : "[\n\(changes.joined(separator: ",\n"))\n]"
        return """
            {"formatVersion":\(formatVersion),
            "old":\(JSONText.compact(value(diff.old))),
            "new":\(JSONText.compact(value(diff.new))),
            "step":"\(diff.step.word)",
            "versions":\(JSONText.compact(value(diff.versions, diff))),
            "changes":\(list)}

            """
    }

    static func value(_ rubric: RubricIdentity) -> JSONValue {
        ["id": .string(rubric.id), "version": .string(rubric.version), "digest": .string(rubric.digest.description)]
    }

    /// One change, for comparisons and assessments.
    static func value(_ change: RubricChange) -> JSONValue {
        func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return [
            "subject": .string(change.subject.kind), "id": .string(change.subject.id), "title": .string(change.title),
            "what": .string(change.what.rawValue), "from": optional(change.from), "to": optional(change.to),
            "effect": .string(change.effect.rawValue), "step": .string(change.step.word), "reason": optional(change.reason),
        ]
    }

    private static func value(_ versions: RubricDiff.VersionVerdict, _ diff: RubricDiff) -> JSONValue {
        let word =
            switch versions {
            case .same: "same"
            case .otherRubric: "other-rubric"
            case .draft: "draft"
            case .agree: "agree"
            case .tooSmall: "too-small"
            case .reused: "reused"
            }
        let sentences = RubricDiffText.verdict(diff).map { JSONValue.string($0) }
        return ["verdict": .string(word), "right": .bool(versions.isRight), "reasons": .array(sentences)]
    }
}

extension RubricDiffJSON {
    /// The whole document, for the schema and for tests.
    public static let shape = ObjectShape(
        "RubricDiff", "What one rubric says otherwise than another, and whether their versions say so.",
        [
            .required("formatVersion", .integer(formatVersion...formatVersion), "Version of this format."),
            .required("old", .object(identity), "The rubric that is compared with."),
            .required("new", .object(identity), "The rubric that is compared."),
            .required("step", step, "The largest step that any change asks for, from 1.0.0 on; one less before."),
            .required("versions", .object(versions), "What the versions say of the change."),
            .required("changes", .array(.object(change), atLeast: 0), "Every difference."),
        ])

    static let identity = ObjectShape(
        "RubricName", "Which rubric, exactly.",
        [
            .required("id", .text, "Its id."), .required("version", .text, "Semantic version."),
            .required("digest", .digest, "Digest of the file; of an overlay, of what it extends and the file together."),
        ])

    private static let step = Shape.oneOf(["none", "patch", "minor", "major"])

    private static let versions = ObjectShape(
        "RubricVersions", "Whether versions and changes go together.",
        [
            .required("verdict", .oneOf(["same", "other-rubric", "draft", "agree", "too-small", "reused"]), "What they say."),
            .required("right", .bool, "Whether nothing is wrong; else the exit status is 1."),
            .required("reasons", .texts, "Sentences."),
        ])

    /// One change, for comparisons and assessments.
    static let change = ObjectShape(
        "RubricChange", "One thing that a rubric says otherwise.",
        [
            .required(
                "subject", .oneOf(["criterion", "symptom", "stage", "dimension", "framework", "statement", "rubric"]), "Whom it is about."),
            .required("id", .freeText, "Its id; empty for the rubric itself."), .required("title", .freeText, "Its title."),
            .required("what", .oneOf(RubricChange.What.allCases.map(\.rawValue)), "What differs."),
            .optional("from", .freeText, "As it was, in the words of the file; null for nothing."),
            .optional("to", .freeText, "As it is now; null for nothing."),
            .required("effect", .oneOf(RubricChange.Effect.allCases.map(\.rawValue)), "Which way it pushes stage and scores."),
            .required("step", step, "The step of the version that it asks for, from 1.0.0 on."),
            .optional("reason", .freeText, "Why, in the words of those who changed it."),
        ])
}
