internal import RungText

/// Why an answer is none, or only a part of one. Holds nothing that was asked or answered.
public struct ModelAnswerError: Error, Sendable, Equatable, CustomStringConvertible {
    public var reason: Reason
    /// The provider's words for it, such as `rate_limit_exceeded`: codes and types alone, since messages may quote the prompt.
    public var codes: [String]

    public init(_ reason: Reason, codes: [String] = []) {
        self.reason = reason
        self.codes = codes
    }

    /// What happened.
    public enum Reason: Sendable, Equatable {
        /// The status of HTTP was not one of success.
        case refused(status: Int)
        /// The status was one of success, the body was an error all the same, or an event of the stream was.
        case reported
        /// The stream ended without its end.
        case cutOff
        /// The bytes are not what the protocol has them be; the text says how, and where.
        case unreadable(String)
    }

    /// A lower-case fragment, such as `the provider answered with status 429 (rate_limit_exceeded)`.
    public var description: String {
        let text =
            switch reason {
            case .refused(let status): "the provider answered with status \(status)"
            case .reported: "the provider reported an error"
            case .cutOff: "the stream ended before the answer was complete"
            case .unreadable(let why): why
            }
        return codes.isEmpty ? text : "\(text) (\(codes.joined(separator: ", ")))"
    }

    // MARK: - Codes

    /// The codes that an error object of any provider holds.
    static func codes(in error: Node?) -> [String] {
        guard let error else { return [] }
        var codes: [String] = []
        for key in ["type", "code", "status", "__type"] {
            guard let value = error[key], let code = code(value.string ?? value.number?.text), !codes.contains(code) else { continue }
            codes.append(code)
        }
        return codes
    }

    /// A word that can be nothing but a code; nil for sentences.
    static func code(_ text: String?) -> String? {
        // Amazon puts an address behind its codes.
        guard let word = text?.prefix(while: { $0 != ":" }), (1...80).contains(word.utf8.count) else { return nil }
        let isCode = word.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 46 || byte == 95
        }
        return isCode ? String(word) : nil
    }
}
