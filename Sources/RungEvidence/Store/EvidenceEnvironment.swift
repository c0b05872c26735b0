public import RungRedaction
public import RungText

/// Time and randomness as the composition root hands them in.
public struct EvidenceEnvironment: Sendable {
    /// The present moment; every ledger time comes from it, and nothing later than it is imported.
    public var now: @Sendable () -> Timestamp
    /// That many unpredictable bytes, for salts.
    public var randomBytes: @Sendable (_ count: Int) -> [UInt8]
    /// Seconds to wait for another process before giving up.
    public var lockSeconds: Int
    /// Added to the reason of every entry, such as that the clock was fixed; nil for nothing.
    public var remark: String?
    /// Takes secrets and personal data out of everything that is stored.
    public var redactor: Redactor

    public init(
        now: @escaping @Sendable () -> Timestamp, randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8], lockSeconds: Int = 5,
        remark: String? = nil, redactor: Redactor = .standard
    ) {
        self.now = now
        self.randomBytes = randomBytes
        self.lockSeconds = lockSeconds
        self.remark = remark
        self.redactor = redactor
    }
}

/// Hands out salts from random bytes that are fetched in large pieces.
struct SaltSource {
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private var pool: [UInt8] = []
    private var offset = 0

    /// Bytes that are fetched at once.
    private static let poolSize = 65_536

    init(_ environment: EvidenceEnvironment) {
        randomBytes = environment.randomBytes
    }

    /// Lends the next sixteen bytes; no byte is handed out twice.
    mutating func next<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        if offset == pool.count {
            pool = randomBytes(Self.poolSize)
            offset = 0
            precondition(pool.count == Self.poolSize, "randomBytes must give as many bytes as it was asked for")
        }
        defer { offset += 16 }
        return try pool.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[offset..<offset + 16])) }
    }
}
