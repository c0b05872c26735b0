import RungCrypto

/// Records of the same identity and other content, collected so that a user sees all of them at once.
struct MergeConflicts {
    private var lines: [String] = []
    private var count = 0

    /// Conflicts that are named; the others are counted.
    private static let limit = 20

    /// Notes a conflict.
    mutating func add(_ title: String, _ here: Digest, _ there: Digest) {
        count += 1
        if lines.count < Self.limit { lines.append("\(title): \(here) here, \(there) in the bundle") }
    }

    /// - Throws: `EvidenceError` (refused) when there is any.
    func throwIfAny(_ path: String) throws {
        guard count > 0 else { return }
        let rest = count > lines.count ? ["and \(count - lines.count) more"] : []
        throw EvidenceError(
            .refused,
            "\(path) contradicts what is here, nothing was merged:\n    " + (lines + rest).joined(separator: "\n    "),
            suggestion: "find out which of the two is right; a correction is a record of its own")
    }
}

/// Digests of the fields alone. A class because the buffer owns its memory.
final class ContentDigest {
    private var buffer = PayloadBuffer()

    /// SHA-256 of the canonical JSON of the fields.
    func of(_ kind: RecordKind, _ values: [FieldValue]) -> Digest {
        buffer.content(kind, values)
        return SHA256Hasher.digest(of: buffer.bytes)
    }
}
