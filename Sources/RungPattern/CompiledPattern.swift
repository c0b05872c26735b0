internal import CPCRE2

/// The compiled form of a pattern; a class because the memory belongs to PCRE2 and is freed exactly once.
///
/// Unchecked, but safe to share: the compiled code is never written to after `init`.
final class CompiledPattern: @unchecked Sendable {
    private let code: OpaquePointer
    private let groupCount: Int

    /// Compiled in front of every pattern, it makes PCRE2 call back at each starting place, where the time is checked.
    ///
    /// It also keeps verbs from standing at the pattern's start, the only place where PCRE2 accepts `(*LIMIT_MATCH=…)`.
    private static let prefix = "(?C)"

    /// Longer patterns are refused; in bytes.
    private static let maximumLength = 65_536

    /// Compiles a pattern.
    ///
    /// - Throws: `PatternError.invalid`, or `failed` when there is no memory.
    init(_ source: String, options: Pattern.Options) throws(PatternError) {
        guard let context = pcre2_compile_context_create_8(nil) else {
            throw .failed(code: PCRE2_ERROR_NOMEMORY)
        }
        defer { pcre2_compile_context_free_8(context) }
        pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
        pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))
        pcre2_set_max_pattern_length_8(context, Self.maximumLength)
        let bytes = Array((Self.prefix + source).utf8)
        var error: Int32 = 0
        var offset = 0
        guard let code = pcre2_compile_8(bytes, bytes.count, Self.flags(for: options), &error, &offset, context) else {
            let before = source.utf8.prefix(max(0, offset - Self.prefix.utf8.count))
            let scalars = String(decoding: before, as: UTF8.self).unicodeScalars.count
            throw .invalid(message: Self.message(of: error), offset: scalars)
        }
        // Where machine code cannot be had, the interpreter takes over by itself, under the same limits.
        _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
        var groups: UInt32 = 0
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
        self.code = code
        groupCount = Int(groups)
    }

    deinit { pcre2_code_free_8(code) }

    /// The leftmost match, or nil; ends as `limitExceeded` when a limit is reached.
    func firstMatch(in text: String, limits: PatternLimits) throws(PatternError) -> Pattern.Match? {
        guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else {
            throw .failed(code: PCRE2_ERROR_NOMEMORY)
        }
        defer { pcre2_match_data_free_8(data) }
        guard let workspace = MatchWorkspace.borrow() else { throw .failed(code: PCRE2_ERROR_NOMEMORY) }
        defer { workspace.giveBack() }
        workspace.prepare(limits)
        var text = text
        let (status, match) = text.withUTF8 { bytes -> (Int32, Pattern.Match?) in
            // A string's bytes are always well-formed, so PCRE2 need not check them again.
            let status = pcre2_match_8(
                code, bytes.baseAddress, bytes.count, 0, PCRE2_NO_UTF_CHECK, data, workspace.context)
            return (status, status > 0 ? self.match(in: bytes, from: data, filled: Int(status)) : nil)
        }
        switch status {
        case 1...: return match
        case PCRE2_ERROR_NOMATCH: return nil
        case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_JIT_STACKLIMIT,
            PCRE2_ERROR_CALLOUT:
            throw .limitExceeded
        default: throw .failed(code: status)
        }
    }

    /// All matches from left to right that are not empty; the limits hold for all of them together.
    func ranges(in text: String, limits: PatternLimits, atMost: Int) throws(PatternError) -> [Range<Int>] {
        guard let data = pcre2_match_data_create_8(1, nil) else { throw .failed(code: PCRE2_ERROR_NOMEMORY) }
        defer { pcre2_match_data_free_8(data) }
        guard let workspace = MatchWorkspace.borrow() else { throw .failed(code: PCRE2_ERROR_NOMEMORY) }
        defer { workspace.giveBack() }
        workspace.prepare(limits)
        var text = text
        let (status, ranges) = text.withUTF8 { bytes -> (Int32, [Range<Int>]) in
            var ranges: [Range<Int>] = []
            var start = 0
            while start <= bytes.count {
                let status = pcre2_match_8(
                    code, bytes.baseAddress, bytes.count, start, PCRE2_NO_UTF_CHECK, data, workspace.context)
                guard status >= 0 else { return (status, ranges) }
                guard let range = range(from: data, count: bytes.count) else { return (PCRE2_ERROR_NOMATCH, ranges) }
                if range.isEmpty {
                    start = Self.next(range.upperBound, in: bytes)
                    continue
                }
                guard ranges.count + 1 < atMost else { return (PCRE2_ERROR_NOMATCH, ranges + [range.lowerBound..<bytes.count]) }
                ranges.append(range)
                start = range.upperBound
            }
            return (PCRE2_ERROR_NOMATCH, ranges)
        }
        switch status {
        case PCRE2_ERROR_NOMATCH: return ranges
        case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_JIT_STACKLIMIT,
            PCRE2_ERROR_CALLOUT:
            throw .limitExceeded
        default: throw .failed(code: status)
        }
    }

    /// The whole match that PCRE2 left behind; nil where `\K` put its start behind its end.
    private func range(from data: OpaquePointer, count: Int) -> Range<Int>? {
        guard let offsets = pcre2_get_ovector_pointer_8(data), offsets[0] <= offsets[1], offsets[1] <= count else { return nil }
        return Int(offsets[0])..<Int(offsets[1])
    }

    /// The start of the next character.
    private static func next(_ index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var index = index + 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
        return index
    }

    /// Reads the pairs of offsets that PCRE2 left behind: pairs beyond `filled` were not set, unused groups have -1.
    private func match(
        in bytes: UnsafeBufferPointer<UInt8>, from data: OpaquePointer, filled: Int
    ) -> Pattern.Match? {
        guard let offsets = pcre2_get_ovector_pointer_8(data) else { return nil }
        func part(_ pair: Int) -> Range<Int>? {
            guard pair < filled else { return nil }
            let (start, end) = (offsets[2 * pair], offsets[2 * pair + 1])
            guard start >= 0, start <= end, end <= bytes.count else { return nil }
            return start..<end
        }
        func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        guard let whole = part(0) else { return nil }
        let groups = (0..<groupCount).map { part($0 + 1).map(string) }
        return Pattern.Match(range: whole, text: string(whole), groups: groups)
    }

    private static func flags(for options: Pattern.Options) -> UInt32 {
        var flags = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C
        if options.contains(.caseInsensitive) { flags |= PCRE2_CASELESS }
        if options.contains(.multiline) { flags |= PCRE2_MULTILINE }
        if options.contains(.dotMatchesNewline) { flags |= PCRE2_DOTALL }
        return flags
    }

    /// PCRE2's English text for one of its error numbers.
    static func message(of code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(code, &buffer, buffer.count)
        return length > 0 ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "unknown error"
    }
}
