#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import RungCore
import RungText

/// Time, randomness and identity, taken from the machine in this one place and handed on as values.
enum Surroundings {
    /// The clock: the machine's, or the fixed time of `RUNG_CLOCK` for reproducible samples.
    static func clock() throws -> @Sendable () -> Timestamp {
        guard let text = Terminal.environment("RUNG_CLOCK") else { return { Timestamp(seconds: Int64(time(nil))) } }
        guard let fixed = Timestamp(text) else {
            throw InvalidInput(
                "RUNG_CLOCK", nil, "must be a UTC time such as 2026-09-30T12:00:00Z, found \"\(text)\"",
                suggestion: "unset it to use the machine's clock")
        }
        return { fixed }
    }

    /// Why times are not the machine's; nil when they are. Evidence that is written under a fixed clock carries it.
    static var clockReason: String? { Terminal.environment("RUNG_CLOCK").map { "clock fixed at \($0) by RUNG_CLOCK" } }

    /// Random bytes from the operating system, in one call for every 256 of them.
    static func randomBytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let piece = min(256, count - filled)
                guard getentropy(base + filled, piece) == 0 else { preconditionFailure("the operating system gives no random bytes") }
                filled += piece
            }
        }
    }

    /// A new run id: time and 32 random bits, such as `r-20260930-120000-1f2e3d4c`.
    static func newRunID(at time: Timestamp) -> RunID { RunID(newID("r", at: time)) }

    /// A new id: what it is, time and 32 random bits, such as `idea-20260930-120000-1f2e3d4c`.
    static func newID(_ prefix: String, at time: Timestamp) -> String {
        let digits = time.description.filter(\.isNumber)
        let random = randomBytes(4).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        return "\(prefix)-\(digits.prefix(8))-\(digits.suffix(6))-\(random.joined())"
    }

    /// Who acts: the user of the machine, as evidence names them.
    static var actor: String { Terminal.environment("RUNG_ACTOR") ?? Terminal.environment("USER") ?? "unknown" }

    static var hostName: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
