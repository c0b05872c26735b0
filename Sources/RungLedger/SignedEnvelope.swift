public import RungText
import RungCrypto

/// A payload of a named type with signatures over both: a DSSE envelope (secure-systems-lab/dsse, version 1).
public struct SignedEnvelope: Sendable, Equatable {
    public var payloadType: String
    public var payload: [UInt8]
    public var signatures: [Signature]

    /// The payload type of in-toto statements.
    public static let inToto = "application/vnd.in-toto+json"
    /// Longest envelope that is read, in bytes.
    public static let byteLimit = 64 << 20

    /// One signature and a hint at the key: `name+id` of the key that this program signs with.
    public struct Signature: Sendable, Equatable {
        public var keyID: String
        public var bytes: [UInt8]

        public init(keyID: String, bytes: [UInt8]) {
            self.keyID = keyID
            self.bytes = bytes
        }
    }

    public init(payloadType: String, payload: [UInt8], signatures: [Signature]) {
        self.payloadType = payloadType
        self.payload = payload
        self.signatures = signatures
    }

    /// Signs a payload.
    public init(payloadType: String, payload: [UInt8], signedBy key: SignerKey) {
        let message = Self.message(payloadType: payloadType, payload: payload)
        self.init(
            payloadType: payloadType, payload: payload,
            signatures: [Signature(keyID: key.verifierKey.label, bytes: key.signature(for: message))])
    }

    /// What is signed (PAE): `DSSEv1`, then type and payload, each after its length in bytes.
    static func message(payloadType: String, payload: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
    }

    /// Who of these has signed. A hint that names another key is ignored; a signature that hints at a known key must be right.
    public func trust(in keys: [VerifierKey]) -> NoteTrust {
        let message = Self.message(payloadType: payloadType, payload: payload)
        var signers: [VerifierKey] = []
        for signature in signatures {
            guard let key = keys.first(where: { $0.label == signature.keyID && $0.algorithm == .ed25519 }) else { continue }
            guard key.key.isValid(signature.bytes, for: message) else { return .forged(key) }
            if !signers.contains(key) { signers.append(key) }
        }
        return signers.isEmpty ? .unknown : .signed(signers)
    }

    /// One line of JSON, without a newline.
    public var text: String {
        let signatures = signatures.map { signature -> JSONValue in
            ["keyid": .string(signature.keyID), "sig": .string(Base64.text(of: signature.bytes))]
        }
        return JSONText.compact(
            [
                "payloadType": .string(payloadType), "payload": .string(Base64.text(of: payload)), "signatures": .array(signatures),
            ])
    }

    /// Reads an envelope; members that DSSE does not know are ignored, as it demands.
    ///
    /// - Parameter line: the number of the text's first line, for envelopes that are lines of a larger file.
    /// - Throws: `LedgerSyntaxError` with the first problem, for whatever bytes.
    public init(parsing bytes: [UInt8], line: Int = 1) throws(LedgerSyntaxError) {
        let start = SourcePosition(line: line, column: 1)
        guard bytes.count <= Self.byteLimit else { throw LedgerSyntaxError(start, "longer than \(Self.byteLimit) bytes") }
        let node: Node
        do {
            node = try JSONReader.read(bytes, line: line)
        } catch {
            throw LedgerSyntaxError(error.position, error.message)
        }
        guard let type = node["payloadType"]?.string, let payload = node["payload"], let items = node["signatures"]?.array else {
            throw LedgerSyntaxError(node.position, "this is not a DSSE envelope: it has payloadType, payload and signatures")
        }
        guard let content = Self.decoded(payload) else { throw LedgerSyntaxError(payload.position, "the payload must be in base64") }
        guard !items.isEmpty, items.count <= SignedNote.signatureLimit else {
            throw LedgerSyntaxError(node.position, "an envelope has 1 to \(SignedNote.signatureLimit) signatures")
        }
        var signatures: [Signature] = []
        for item in items {
            guard let signature = item["sig"].flatMap(Self.decoded) else {
                throw LedgerSyntaxError(item.position, "a signature must have a sig in base64")
            }
            signatures.append(Signature(keyID: item["keyid"]?.string ?? "", bytes: signature))
        }
        self.init(payloadType: type, payload: content, signatures: signatures)
    }

    private static func decoded(_ node: Node) -> [UInt8]? { node.string.flatMap { Base64.bytes(of: Array($0.utf8)) } }
}

/// A claim about things that are known by their digests: an in-toto Statement, version 1.
public struct InTotoStatement: Sendable {
    public var subjects: [Subject]
    public var predicateType: String
    public var predicate: JSONValue

    /// The value of `_type`.
    public static let type = "https://in-toto.io/Statement/v1"

    /// A thing that the statement is about.
    public struct Subject: Sendable, Hashable {
        public var name: String
        /// 64 hexadecimal digits.
        public var sha256: String

        public init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }

        /// A resource descriptor of in-toto.
        public var json: JSONValue { ["name": .string(name), "digest": ["sha256": .string(sha256)]] }
    }

    /// - Precondition: there is at least one subject.
    public init(subjects: [Subject], predicateType: String, predicate: JSONValue) {
        precondition(!subjects.isEmpty, "a statement is about something")
        self.subjects = subjects
        self.predicateType = predicateType
        self.predicate = predicate
    }

    /// Canonical JSON.
    public var bytes: [UInt8] {
        CanonicalJSON.bytes(
            of: [
                "_type": .string(Self.type), "subject": .array(subjects.map(\.json)), "predicateType": .string(predicateType),
                "predicate": predicate,
            ])
    }

    /// The statement in an envelope.
    public func signed(by key: SignerKey) -> SignedEnvelope {
        SignedEnvelope(payloadType: SignedEnvelope.inToto, payload: bytes, signedBy: key)
    }
}
