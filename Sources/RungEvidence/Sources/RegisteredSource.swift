public import RungCore
public import RungCrypto
public import RungLedger
public import RungText

/// A source as the ledger knows it.
public struct RegisteredSource: Sendable, Equatable {
    public var source: EvidenceSource
    public var proof: Proof
    /// When it was registered.
    public var addedAt: Timestamp
    /// When its token or key was made.
    public var renewedAt: Timestamp
    /// From when on nothing is taken from it; nil while it is active.
    public var revokedAt: Timestamp?
    /// Who did the last of these.
    public var changedBy: PrincipalID

    /// How it proves who it is.
    public enum Proof: Sendable, Equatable {
        /// It shows a token.
        case token
        /// It signs files with the private half of this key.
        case key(VerifierKey)
    }

    /// Whether evidence is taken from it.
    public var isActive: Bool { revokedAt == nil }

    init(
        source: EvidenceSource, proof: Proof, addedAt: Timestamp, renewedAt: Timestamp, revokedAt: Timestamp?, changedBy: PrincipalID
    ) {
        self.source = source
        self.proof = proof
        self.addedAt = addedAt
        self.renewedAt = renewedAt
        self.revokedAt = revokedAt
        self.changedBy = changedBy
    }
}

/// A source that has just got a token or key.
public struct IssuedSource: Sendable {
    public var source: RegisteredSource
    /// The token, to be shown once; it is stored nowhere. Nil for a source with a key.
    public var token: String?
}

/// How a source is to prove who it is.
public enum SourceCredential: Sendable {
    /// A token is made for it.
    case newToken
    /// It signs its files with the private half of this key.
    case publicKey(VerifierKey)
}

/// What a sender shows to prove who it is.
public enum SourceProof: Sendable {
    /// The token that it was given.
    case token(String)
    /// A signature over the file that it sends.
    case signature(FileSeal)
}

/// A sender that has proved who it is.
public struct ProvenSender: Sendable, Equatable {
    public var source: EvidenceSource
    /// Digest of the one file that it has signed; nil for a sender with a token, which may send anything.
    public var fileDigest: Digest?

    /// For senders that were authenticated elsewhere, such as by a server.
    public init(source: EvidenceSource, fileDigest: Digest? = nil) {
        self.source = source
        self.fileDigest = fileDigest
    }
}

/// All records about one source, oldest first.
struct SourceHistory {
    private(set) var events: [StoredRecord]

    /// - Precondition: at least one event, the first one `added`.
    init(_ events: [StoredRecord]) {
        precondition(!events.isEmpty, "a source has at least one record")
        self.events = events
    }

    /// What stands now; nil when the records make no sense.
    var state: RegisteredSource? {
        guard let first = events.first, let last = events.last, let id = first["id"].text,
            let type = first["type"].text.flatMap(EvidenceSource.SourceType.init(rawValue:)), let addedAt = first["at"].time,
            let credential, let renewedAt = credential["at"].time
        else { return nil }
        let key = credential["publicKey"].text.map { try? VerifierKey(parsing: Array($0.utf8)) }
        if let key, key == nil { return nil }
        return RegisteredSource(
            source: EvidenceSource(id: SourceID(id), type: type), proof: key?.map { .key($0) } ?? .token, addedAt: addedAt,
            renewedAt: renewedAt,
            revokedAt: events.first { $0["event"].text == Event.revoked.rawValue }?["at"].time,
            changedBy: PrincipalID(last["principalId"].text ?? ""))
    }

    /// Whether this is the token of the source; false for a source with a key.
    func accepts(token: String) -> Bool {
        guard let credential, case .digest(let stored) = credential["tokenDigest"], let salt = credential["tokenSalt"].text else {
            return false
        }
        return SourceToken.digest(of: token, salt: salt).isEqualInConstantTime(to: stored)
    }

    /// The last record that set a token or key.
    private var credential: StoredRecord? { events.last { $0["event"].text != Event.revoked.rawValue } }

    /// What happens to sources.
    enum Event: String { case added, rotated, revoked }

    /// Every source by its id, from the records before `cut`.
    static func all(before cut: Int64 = .max, _ connection: OpaquePointer, _ codes: CodeBook) throws -> [String: SourceHistory] {
        let reader = try RecordReader(.source, where: "record < \(cut)", connection, codes)
        var events: [String: [StoredRecord]] = [:]
        while let record = try reader.next() {
            guard let id = record["id"].text else { continue }
            events[id, default: []].append(record)
        }
        return events.mapValues(SourceHistory.init)
    }
}
