import RungCore
import RungCrypto
import RungEvidence
import RungHTTP
import RungText
import Synchronization

/// Finds out who sends a request, from its bearer token.
///
/// A token that was good is believed for a few seconds without asking the store; a source that was revoked meanwhile is
/// found out when its request is stored. A final class because connections share what it remembers.
final class SenderCheck: Sendable {
    private let store: EvidenceStore
    private let policy: Policy
    private let now: @Sendable () -> Timestamp
    private let remembered = Mutex<[Digest: Remembered]>([:])

    /// Who may send.
    struct Policy: Sendable {
        /// Whether requests without a token are taken, as if anybody had sent them.
        var allowsUnsigned: Bool
        /// Digests of the only tokens that are taken; nil for those of all registered sources.
        var tokens: Set<Digest>?
    }

    private struct Remembered {
        var source: EvidenceSource
        var until: Timestamp
    }

    /// Seconds for which a good token is not looked up again.
    static let memory: Int64 = 5

    /// Who a request is from.
    enum Sender: Sendable {
        case source(EvidenceSource)
        case anybody
        /// A token is missing or not good; says what to do.
        case nobody(String)
    }

    init(store: EvidenceStore, policy: Policy, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.policy = policy
        self.now = now
    }

    func sender(of request: HTTPRequest) throws -> Sender {
        guard let header = request.header("authorization") else {
            return policy.allowsUnsigned ? .anybody : .nobody("send the token of a registered source: Authorization: Bearer TOKEN")
        }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return .nobody("send the token as: Authorization: Bearer TOKEN") }
        let digest = SHA256Hasher.digest(of: Array(parts[1].utf8))
        if let tokens = policy.tokens, !tokens.contains(digest) { return .nobody("this token is not taken here") }
        let time = now()
        if let known = remembered.withLock({ $0[digest] }), time < known.until { return .source(known.source) }
        guard let source = try store.authenticate(token: String(parts[1])) else {
            return .nobody("this is not the token of a registered source")
        }
        remembered.withLock { remembered in
            remembered = remembered.filter { time < $0.value.until }
            remembered[digest] = Remembered(source: source, until: time.adding(seconds: Self.memory))
        }
        return .source(source)
    }
}
