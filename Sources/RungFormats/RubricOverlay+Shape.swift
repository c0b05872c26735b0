internal import RungCore
internal import RungText

extension RubricOverlay {
    /// What an overlay may look like.
    static let shape = ObjectShape(
        "RubricOverlay", "What an organization changes about a rubric, and nothing else; every assessment by it tells the changes.",
        [
            DocumentFile.versionField,
            .required("extends", .text, "built-in@VERSION, or the path of a rubric or overlay, relative to this file."),
            .optional("digest", .digest, "Digest of the rubric that is extended; needed with a path."),
            .required("id", .identifier, "The name of the rubric that comes of it, other than that of the one it extends."),
            .required("version", .text, "Semantic version; a published version never changes."),
            .required("title", .text, "What people call it."),
            .optional("changes", .array(.object(change), atLeast: 0), "Criteria of which thresholds, window or minimum are changed."),
            .optional("left-out", .array(.object(leftOut), atLeast: 0), "Criteria that are not asked."),
            .optional("dimensions", .map(.text), "Titles of more groups of criteria, by code."),
            .optional("criteria", .array(.object(RubricFile.criterion), atLeast: 0), "More questions; they follow those of the rubric."),
            .optional("symptoms", .array(.object(RubricFile.symptom), atLeast: 0), "More symptoms."),
            .optional(
                "frameworks", .map(.object(RubricFile.framework)), "Frameworks of one's own, and more ids of public ones, by key."),
        ])

    /// Members of a measure that an overlay may change.
    static let changeable = ["full", "partial", "zero", "window-days", "minimum-population"]

    private static let change = ObjectShape(
        "RubricOverlayChange", "A criterion with other thresholds, window or minimum. What is not named stays as it is.",
        [
            .required("id", .identifier, "The criterion, such as REG-302."),
            .required("reason", .text, "Why; every report of an assessment shows it."),
            .optional("full", .number(0...1_000_000_000), "The value where credit reaches 1."),
            .optional("partial", .number(0...1_000_000_000), "The value where credit reaches 0.5."),
            .optional("zero", .number(0...1_000_000_000), "Less is better: the value where credit reaches 0."),
            .optional("window-days", .integer(1...3_660), "How many days back from midnight UTC it looks."),
            .optional("minimum-population", .count, "With fewer units the evidence is insufficient."),
        ])

    private static let leftOut = ObjectShape(
        "RubricOverlayLeftOut", "A criterion that is not asked. Without a key criterion its stage cannot be earned.",
        [
            .required("id", .identifier, "The criterion, such as OBS-311."),
            .required("reason", .text, "Why; every report of an assessment shows it."),
        ])
}
