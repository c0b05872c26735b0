internal import RungCore
internal import RungText

extension RubricFile {
    /// What a rubric that stands alone may look like.
    static let shape = ObjectShape(
        "Rubric", "The maturity model: stages, dimensions, criteria with their measures, and symptoms.",
        [
            DocumentFile.versionField,
            .required("id", .identifier, "The name of the rubric."),
            .required("version", .text, "Semantic version; a published version never changes."),
            .required("title", .text, "What people call it."),
            .required("stages", .array(.object(stage), atLeast: 1), "The rungs of the ladder, from 1 up."),
            .optional("statements", .map(.text), "What the model says as a whole, by id."),
            .optional("background", .map(.text), "What the model says as a whole that nothing can be measured by, by id."),
            .required("dimensions", .map(.text), "Titles of the groups of criteria, by code such as REG."),
            .required("criteria", .array(.object(criterion), atLeast: 1), "The questions, in the order of reports."),
            .optional("symptoms", .array(.object(symptom), atLeast: 0), "Deficits reported beside the stage, never scored."),
            .optional("frameworks", .map(.object(framework)), "Frameworks of one's own, and more ids of public ones, by key."),
        ])

    /// Frameworks that a rubric brings along.
    static let framework = ObjectShape(
        "RubricFramework", "Ids that criteria may name under `crosswalk`, besides those that Rung knows.",
        [
            .optional("title", .text, "What people call it; a public framework that Rung knows has one."),
            .optional("source", .text, "The publication and edition that the ids were taken from."),
            .optional("complete", .bool, "Whether these are all of its entries, so that gaps can be told; default no."),
            .required("ids", .array(.text, atLeast: 1), "The entries, in the order of the framework."),
        ])

    private static let stage = ObjectShape(
        "RubricStage", "One rung of the ladder. Statements of the model stand under ids such as S3.1, unique in the file.",
        [
            .required("number", .integer(1...5), "1 for the floor, up to 5."),
            .required("name", .text, "The name of the stage."),
            .required("complete", .bool, "Whether every criterion of the stage is in this file; else it is never earned."),
            .required("summary", .text, "What the stage is, in one or two sentences."),
            .optional("key-risk", .object(line), "What goes wrong at this stage."),
            .optional("key-shift", .object(line), "The change of mind that this stage stands for."),
            .optional("deficits", .map(.text), "What is missing at this stage, by id."),
            .optional("capabilities", .map(.text), "What is there at this stage, by id."),
            .optional("statements", .map(.text), "Everything else the model says of the stage, by id."),
            .optional("background", .map(.text), "What the model says of the stage that nothing can be measured by, by id."),
            .optional("level-up", .map(.text), "Actions that lead to the next stage, by id such as L12.1."),
        ])

    private static let line = ObjectShape(
        "RubricLine", "One statement of the model.",
        [
            .required("id", .identifier, "The name by which criteria refer to it."),
            .required("text", .text, "What it says."),
        ])

    static let criterion = ObjectShape(
        "RubricCriterion", "One question of the rubric.",
        [
            .required("id", .identifier, "The name of the criterion, such as REG-201."),
            .required("stage", .integer(2...5), "The stage it belongs to; stage 1 asks for nothing."),
            .required("dimension", .text, "The code of its group."),
            .required("key", .bool, "Whether the stage cannot be had without it."),
            .optional("attested", .bool, "Whether a statement of two people with the digest of an artifact proves it; default no."),
            .required("title", .text, "A few words."),
            .required("question", .text, "One plain yes/no question."),
            .optional("meaning", .text, "What it means to meet it."),
            .required("why", .text, "What goes wrong without it."),
            .required("measure", .object(measure), "How it is measured."),
            .required("remediation", .object(remediation), "What to do when it is not met."),
            .optional("prerequisites", .texts, "Criteria that must be at least partial for this one to be full; none by default."),
            .required("lines", .array(.text, atLeast: 1), "Ids of the statements of the model that it answers."),
            .optional("crosswalk", .map(.texts), "Entries that it contributes to, never satisfies, by key of the framework."),
        ])

    private static let measure = ObjectShape(
        "RubricMeasure", "One query over the evidence views, and how its result is read.",
        [
            .required("text", .text, "What is counted, in words."),
            .required("unit", .text, "What one unit of the population is called, in the plural: agents, calls."),
            .required("sql", .text, "Returns (entity, satisfied, total), or (entity, value) for a median or maximum."),
            .required("window-days", .integer(1...3_660), "How many days back from midnight UTC it looks."),
            .required("partial", .number(0...1_000_000_000), "The value where credit reaches 0.5."),
            .required("full", .number(0...1_000_000_000), "The value where credit reaches 1."),
            .required("better", .oneOf(Criterion.Direction.allCases.map(\.rawValue)), "Whether more (up) or less (down) is better."),
            .optional("zero", .number(0...1_000_000_000), "Less is better: the value where credit reaches 0."),
            .required("aggregate", .oneOf(Criterion.Aggregate.allCases.map(\.rawValue)), "How the entities become one value."),
            .required(
                "population", .oneOf(Criterion.Population.allCases.map(\.rawValue)),
                "Whether the units are all there are (census), or a sample whose error is taken into account."),
            .required("minimum-population", .count, "With fewer units the evidence is insufficient."),
            .optional(
                "independent-denominator", .bool,
                "Whether somebody else than those who are measured counts the population; default no."),
            .optional("detector", .text, "For events that may rightly be rare: one row `ran`, 1 if they would have been seen."),
            .optional(
                "applicability", .text, "One row `applicable`: 0 where there is nothing that the criterion could ask for."),
        ])

    private static let remediation = ObjectShape(
        "RubricRemediation", "What to do when a criterion is not met.",
        [
            .required("text", .text, "What to do, in one to three sentences."),
            .required("effort", .oneOf(Criterion.Effort.allCases.map(\.rawValue)), "S, M or L: 1, 3 or 8 points."),
            .optional("level-up", .text, "Id of the model's action that heads the step."),
            .optional("command", .text, "The command that does it; none when it is done by hand."),
        ])

    static let symptom = ObjectShape(
        "RubricSymptom", "A deficit that is reported beside the stage.",
        [
            .required("id", .identifier, "The name of the symptom, such as ZOO-1."),
            .required("title", .text, "A few words."),
            .required("text", .text, "What is counted, in words."),
            .required("sql", .text, "Returns (entity, satisfied, total); satisfied counts the units that show it."),
            .required("window-days", .integer(1...3_660), "How many days back from midnight UTC it looks."),
            .required("lines", .array(.text, atLeast: 1), "Ids of the statements of the model that it shows."),
        ])
}
