internal import CRungXML

/// One problem in an XML file.
public struct XMLProblem: Sendable, Equatable, CustomStringConvertible {
    /// Counted from 1; 0 when unknown.
    public var line: Int
    /// Counted from 1; nil when only the line is known, as for everything that a schema finds.
    public var column: Int?
    /// What is wrong, in libxml2's words or ours.
    public var message: String

    /// A problem at a place.
    public init(line: Int, column: Int?, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    /// A copy of what libxml2 reported.
    init(_ problem: rung_xml_problem) {
        let column = problem.column > 0 ? Int(problem.column) : nil
        self.init(line: Int(problem.line), column: column, message: String(cString: problem.message))
    }

    /// `line:column: message`, without what is unknown.
    public var description: String {
        let place = [line > 0 ? line : nil, column].compactMap { $0.map { "\($0):" } }.joined()
        return place.isEmpty ? message : "\(place) \(message)"
    }

    /// `file:line:column: message`, as editors and compilers write it.
    public func text(in file: String) -> String { line > 0 ? "\(file):\(self)" : "\(file): \(self)" }
}

/// Why an XML file cannot be read; nothing that came before the error should be kept.
public enum XMLReadError: Error, Sendable, Equatable {
    /// The system could not open or read the file.
    case unreadable(source: String, reason: String)
    /// The text is not well-formed XML.
    case malformed(source: String, XMLProblem)
    /// The text exceeds a limit, or declares a document type.
    case refused(source: String, XMLProblem)
    /// The file is not a usable XML Schema; there is at least one problem.
    case invalidSchema(source: String, [XMLProblem])
}

extension XMLReadError: CustomStringConvertible {
    /// `file:line:column: message`, one line for each problem.
    public var description: String {
        switch self {
        case .unreadable(let source, let reason): "\(source): \(reason)"
        case .malformed(let source, let problem), .refused(let source, let problem): problem.text(in: source)
        case .invalidSchema(let source, let problems): problems.map { $0.text(in: source) }.joined(separator: "\n")
        }
    }
}
