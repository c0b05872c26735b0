/// Why a pattern cannot be used, or why a search with it ended without an answer.
public enum PatternError: Error, Sendable, Equatable {
    /// The pattern is not a regular expression; `offset` counts Unicode scalars from the pattern's start.
    case invalid(message: String, offset: Int)
    /// The search took more steps, memory or time than `PatternLimits` allows; the text neither matched nor failed to.
    case limitExceeded
    /// PCRE2 gave up for another reason; the code is its own negative error number.
    case failed(code: Int32)
}

extension PatternError: CustomStringConvertible {
    /// A lower-case fragment such as `missing closing parenthesis at character 3 of the pattern`.
    public var description: String {
        switch self {
        case .invalid(let message, let offset): "\(message) at character \(offset) of the pattern"
        case .limitExceeded: "pattern exceeded its match limit"
        case .failed(let code): "pattern matching failed: \(CompiledPattern.message(of: code)) (PCRE2 error \(code))"
        }
    }
}
