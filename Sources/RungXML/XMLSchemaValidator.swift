internal import CRungXML

/// Checks XML files against one W3C XML Schema, in constant memory; a class because it owns the compiled schema.
public final class XMLSchemaValidator {
    private let schema: OpaquePointer

    /// Compiles a schema; imports and includes are read from files only, never from a network.
    ///
    /// - Throws: `XMLReadError.invalidSchema` with all problems, or `unreadable` when the file cannot be opened.
    public init(schemaFile path: String) throws(XMLReadError) {
        // libxml2 would not say why it cannot open a file.
        _ = try XMLPushParser.open(path)
        guard let schema = rung_xml_schema_create(path) else {
            throw .unreadable(source: path, reason: "out of memory")
        }
        let problems = (0..<rung_xml_schema_problem_count(schema)).map {
            XMLProblem(rung_xml_schema_problem(schema, $0))
        }
        guard problems.isEmpty else {
            rung_xml_schema_free(schema)
            throw .invalidSchema(source: path, problems)
        }
        self.schema = schema
    }

    deinit { rung_xml_schema_free(schema) }

    /// What the schema finds wrong with a file, in document order; empty for a valid file, never more than 1,000 problems.
    ///
    /// - Throws: `XMLReadError` when the file cannot be read, is not well-formed or exceeds a limit.
    public func validate(
        file path: String, limits: XMLReadLimits = XMLReadLimits()
    ) throws(XMLReadError) -> [XMLProblem] {
        try validate(XMLPushParser.open(path), source: path, limits)
    }

    /// What the schema finds wrong with a document in memory; `name` stands for the file in errors.
    ///
    /// - Throws: `XMLReadError` when the document is not well-formed or exceeds a limit.
    public func validate(
        bytes: [UInt8], name: String = "input", limits: XMLReadLimits = XMLReadLimits()
    ) throws(XMLReadError) -> [XMLProblem] {
        try validate(.memory(bytes), source: name, limits)
    }

    private func validate(
        _ input: XMLPushParser.Input, source: String, _ limits: XMLReadLimits
    ) throws(XMLReadError) -> [XMLProblem] {
        let parser = try XMLPushParser(input, source: source, limits: limits, schema: schema)
        while !parser.isAtEnd { try parser.advance() }
        return (0..<rung_xml_reader_problem_count(parser.handle)).map {
            XMLProblem(rung_xml_reader_problem(parser.handle, $0))
        }
    }
}
