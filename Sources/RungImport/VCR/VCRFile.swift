public import RungCore
public import RungText

/// A recording of HTTP that another tool made, as exchanges.
public struct VCRFile: Sendable {
    /// The path as the user typed it.
    public var path: String
    /// In the order of the file.
    public var exchanges: [VCRExchange]

    /// The file's name without folder and endings, as an identifier: `test_chat-gpt` for `tests/test_chat[gpt].yaml`.
    public var name: String { Self.name(of: path) }

    /// The name that the recording at a path has.
    public static func name(of path: String) -> String {
        FileIdentifier.of(path.split(separator: "/").last.map(String.init) ?? path)
    }
}

/// One recorded exchange and where it stands in its file.
public struct VCRExchange: Sendable {
    public var exchange: Exchange
    /// Where the interaction begins.
    public var position: SourcePosition
    /// What the recording is written in.
    public var dialect: VCRDialect
}

/// The ways in which recordings are written.
public enum VCRDialect: String, Sendable, CaseIterable {
    /// go-vcr, versions 2 to 4: `request.url`, `response.code`.
    case goVCR = "go-vcr"
    /// vcrpy with the serializer of pydantic-ai: a `parsed_body` in place of `body`.
    case parsedBody = "vcrpy-parsed-body"
    /// vcrpy: `request.uri`, `response.status.code`.
    case vcrpy
}

/// How much of a recording is taken in.
public struct VCRLimits: Sendable {
    /// Largest file in bytes.
    public var fileBytes: Int
    /// Most bytes that the bodies of a file may have together, once they are unpacked and their aliases written out.
    public var bodyBytes: Int

    public init(fileBytes: Int = 256 << 20, bodyBytes: Int = 512 << 20) {
        self.fileBytes = fileBytes
        self.bodyBytes = bodyBytes
    }
}
