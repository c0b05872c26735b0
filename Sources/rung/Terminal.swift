#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import RungRedaction

/// Standard output for data, standard error for talk.
enum Terminal {
    /// Writes data to stdout, with a line break at its end. Data that gets lost is an error, not a detail.
    static func print(_ text: String) {
        // "\r\n" is one Character and ends with a line break too.
        var text = text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n"
        text.withUTF8 { printBytes(UnsafeRawBufferPointer($0)) }
    }

    /// Writes data to stdout; ends the process with status 4 when it cannot be written.
    static func printBytes(_ bytes: UnsafeRawBufferPointer) {
        guard let code = write(bytes, to: STDOUT_FILENO) else { return }
        say("error: standard output cannot be written: \(String(cString: strerror(code)).lowercased())")
        exit(4)
    }

    /// Writes talk to stderr, with a line break. A wrong value that is quoted may be a secret in the wrong place.
    static func say(_ text: String) { write(Redactor.standard.redact(text, .names).text + "\n", to: STDERR_FILENO) }

    /// Writes everything; talk that nobody can read is dropped.
    static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { _ = write(UnsafeRawBufferPointer($0), to: descriptor) }
    }

    /// Writes everything; the code of the first error, or nil.
    @discardableResult
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
        var written = 0
        while written < bytes.count, let base = bytes.baseAddress {
            let count = Glibc.write(descriptor, base + written, bytes.count - written)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            written += count
        }
        return nil
    }

    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }
    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns of the terminal behind `descriptor`; 80 where nobody knows.
    static func width(of descriptor: Int32) -> Int {
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return environment("COLUMNS").flatMap { Int($0) } ?? 80
    }

    /// Colour only on a terminal, and not when NO_COLOR asks for none.
    static func wantsColour(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1 && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }

    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
