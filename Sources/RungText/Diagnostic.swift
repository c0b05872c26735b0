/// One problem in a file: where it is, what was found, what was expected, and the way out.
public struct Diagnostic: Sendable, Equatable {
    /// The path as the user would type it.
    public var file: String
    public var position: SourcePosition?
    /// A lower-case fragment, such as `unknown key "max-token"`.
    public var message: String
    /// The way out on a line of its own, such as `did you mean "max-tokens"?`.
    public var suggestion: String?

    public init(_ file: String, _ position: SourcePosition?, _ message: String, suggestion: String? = nil) {
        self.file = file
        self.position = position
        self.message = message
        self.suggestion = suggestion
    }

    /// `file:line:column: error: message`, then the suggestion indented on its own line.
    public var text: String {
        var line = file
        if let position { line += ":\(position)" }
        line += ": error: \(message)"
        if let suggestion { line += "\n  \(suggestion)" }
        return line
    }
}

/// All problems found so far, in the order they were found.
public struct Diagnostics: Sendable {
    public private(set) var all: [Diagnostic] = []

    public init() {}

    public var isEmpty: Bool { all.isEmpty }

    public mutating func append(_ diagnostic: Diagnostic) { all.append(diagnostic) }

    public mutating func append(contentsOf other: Diagnostics) { all.append(contentsOf: other.all) }

    /// Throws `InvalidInput` when there is any problem; problems are sorted by file and position.
    public func throwIfAny() throws {
        guard !all.isEmpty else { return }
        throw InvalidInput(all)
    }
}

/// The error for input that cannot be used; nothing has been stored when it is thrown.
public struct InvalidInput: Error, Sendable, CustomStringConvertible {
    public let diagnostics: [Diagnostic]

    /// Sorts by file in order of first mention, then by position.
    public init(_ diagnostics: [Diagnostic]) {
        var order: [String: Int] = [:]
        for diagnostic in diagnostics where order[diagnostic.file] == nil { order[diagnostic.file] = order.count }
        self.diagnostics = diagnostics.enumerated().sorted { a, b in
            let (x, y) = (order[a.element.file] ?? 0, order[b.element.file] ?? 0)
            if x != y { return x < y }
            let (p, q) = (a.element.position ?? .start, b.element.position ?? .start)
            return p != q ? p < q : a.offset < b.offset
        }.map(\.element)
    }

    public init(_ file: String, _ position: SourcePosition?, _ message: String, suggestion: String? = nil) {
        self.init([Diagnostic(file, position, message, suggestion: suggestion)])
    }

    /// One line for each problem, then their count.
    public var description: String {
        let lines = diagnostics.map(\.text)
        let count = diagnostics.count == 1 ? "1 problem" : "\(diagnostics.count) problems"
        return (lines + [count]).joined(separator: "\n")
    }
}
