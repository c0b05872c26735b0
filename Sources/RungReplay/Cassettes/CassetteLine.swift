import RungCore
public import RungText

/// The lines of a cassette file: one header, then one line for each exchange and each call of a tool.
public enum CassetteLine {
    /// What a line may look like; the JSON Schema of the format is made from it.
    public static let shape = Shape.tagged(by: "kind", [headerShape, exchangeShape, toolShape, toolsetShape])

    private static let kind = ObjectShape.Field.required("kind", .text, "What the line holds.")

    static let headerShape = ObjectShape(
        "cassette", "The first line: what the recording is and how requests are compared with it.",
        [
            kind,
            .required("format", .integer(1...Int(Int32.max)), "Version of the file format; 1."),
            .required("scenario", .text, "The scenario that the recording belongs to."),
            .optional("providers", .texts, "Who answered, such as openai or a host name."),
            .optional("models", .texts, "The models as the requests name them."),
            .optional("promptVersion", .digest, "The prompt version under which it was recorded."),
            .optional("recordedAt", .timestamp, "When recording ended, in UTC."),
            .required("recorder", .text, "Program and version that recorded."),
            .required("normalizers", .array(Normalizer.shape, atLeast: 0), "What of a request does not count when it is compared."),
            .optional("redactions", .map(.count), "How often each rule of redaction took something out."),
        ])

    static let exchangeShape = ObjectShape(
        "exchange", "One request over HTTP with its response.",
        [
            kind,
            .required("name", .text, "Unique in the file: twelve digits of the request's digest and its turn among equal requests."),
            .optional("at", .timestamp, "When the request was sent, in UTC."),
            .required(
                "request",
                .object(
                    ObjectShape(
                        "CassetteRequest", "What was asked.",
                        [
                            .required("method", .text, "Upper case, such as POST."),
                            .required("url", .text, "Absolute, with scheme and host."),
                            .optional("headers", .texts, "Each as name: value; only harmless ones are recorded."),
                            .optional("body", .object(bodyShape), "Left out when it is empty."),
                        ])), "What was asked."),
            .required(
                "response",
                .object(
                    ObjectShape(
                        "CassetteResponse", "What was answered.",
                        [
                            .required("status", .integer(100...599), "The status of HTTP."),
                            .optional("headers", .texts, "Each as name: value; only harmless ones are recorded."),
                            .optional(
                                "body", .array(.object(pieceShape), atLeast: 0),
                                "One piece for a plain answer, one for each chunk that arrived of a stream."),
                        ])), "What was answered."),
        ])

    static let toolsetShape = ObjectShape(
        "toolset", "A tool that was on offer.",
        [
            kind,
            .required("name", .text, "The tool's name."),
            .optional("description", .freeText, "What it does, in its own words."),
            .required("inputSchema", .map(.any), "JSON Schema of its arguments."),
        ])

    static let toolShape = ObjectShape(
        "tool", "One call of a tool with its answer.",
        [
            kind,
            .required("name", .text, "The tool's name."),
            .required("arguments", .any, "What it was called with."),
            .required("result", .any, "What it answered."),
            .optional("isError", .bool, "Whether the answer is an error; default false."),
        ])

    private static let bodyFields: [ObjectShape.Field] = [
        .optional("json", .either([.map(.any), .array(.any, atLeast: 0)]), "A body that is JSON; sent without white space."),
        .optional("text", .freeText, "A body that is text."),
        .optional("base64", .freeText, "A body that is neither."),
        .optional("file", .digest, "Digest and so the name of a file in the folder of bodies; for large ones."),
    ]

    static let bodyShape = ObjectShape("CassetteBody", "A body in exactly one of these forms.", bodyFields)

    static let pieceShape = ObjectShape(
        "CassettePiece", "A part of an answer that arrived at once, in exactly one of these forms.",
        bodyFields + [
            .optional(
                "after", .number(0...Double(Int32.max)),
                "Milliseconds since the piece before it, of the first piece since the request; left out where nobody measured it.")
        ])
}
