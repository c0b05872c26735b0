public import RungText

/// The JSON Schemas of the files in a workspace, for editors and for other tools.
public enum SchemaCatalog {
    /// File name below `docs/schemas/` and schema, sorted by name.
    public static func workspaceSchemas(graders: Shape) -> [(name: String, schema: JSONValue)] {
        let shapes: [(String, ObjectShape)] = [
            ("agent", AgentFile.shape),
            ("crosswalk", RubricCrosswalk.shape),
            ("prices", PriceFile.shape),
            ("principals", PrincipalsFile.shape),
            ("prompt", PromptFile.shape),
            ("published-rubrics", RubricPublications.shape),
            ("scenario", ScenarioReading.shape(graders: graders)),
            ("scenario-file", ScenarioReading.fileShape(graders: graders)),
            ("suite", SuiteFile.shape(graders: graders)),
            ("workspace", Workspace.shape),
        ]
        let rubric = RubricFile.anyShape.jsonSchema(
            identifier: "https://rung.dev/schemas/rubric.schema.json", title: "RubricFile",
            summary: "A rubric that stands alone, or an overlay that begins with `extends`.")
        return (shapes.map { name, shape in (name, schema(name, shape)) } + [("rubric", rubric)]).sorted { $0.0 < $1.0 }
    }

    /// The schema of one file kind.
    public static func schema(_ name: String, _ shape: ObjectShape) -> JSONValue {
        shape.jsonSchema(identifier: "https://rung.dev/schemas/\(name).schema.json")
    }
}
