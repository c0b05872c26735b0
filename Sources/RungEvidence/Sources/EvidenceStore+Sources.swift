public import RungCore
import RungLedger
import RungText

extension EvidenceStore {
    /// Every source that was ever registered, by id.
    public func sources() throws(EvidenceError) -> [RegisteredSource] {
        try histories().values.compactMap(\.state).sorted { $0.source.id < $1.source.id }
    }

    /// The active source whose token this is; nil for anything else.
    ///
    /// Takes a few microseconds for each source, and as long for a token that is nearly right as for any other.
    public func authenticate(token: String) throws(EvidenceError) -> EvidenceSource? {
        var found: EvidenceSource?
        for history in try histories().values {
            let isIts = history.accepts(token: token)
            if isIts, let state = history.state, state.isActive { found = state.source }
        }
        return found
    }

    /// The source `id`, when it is active and has proved to be the sender.
    ///
    /// - Throws: `EvidenceError` (unauthenticated) with what is wrong; it never holds the token.
    public func authenticate(_ proof: SourceProof, as id: SourceID) throws(EvidenceError) -> ProvenSender {
        let (history, state) = try activeHistory(id)
        switch (proof, state.proof) {
        case (.token(let token), .token):
            guard history.accepts(token: token) else {
                throw EvidenceError(
                    .unauthenticated, "the token is not that of the source \"\(id)\"",
                    suggestion: "give the token that was printed when the source was added or last rotated")
            }
            return ProvenSender(source: state.source, fileDigest: nil)
        case (.signature(let seal), .key(let key)):
            return ProvenSender(source: state.source, fileDigest: try seal.digest(signedBy: key, source: id))
        case (.token, .key):
            throw EvidenceError(
                .unauthenticated, "the source \"\(id)\" has a key and no token", suggestion: "sign the file and give --signature FILE.sig")
        case (.signature, .token):
            throw EvidenceError(
                .unauthenticated, "the source \"\(id)\" has a token and no key",
                suggestion: "give the token, or a key to the source with: rung source rotate \(id) --key FILE")
        }
    }

    // MARK: - Changes

    /// Registers a source; an id is used once, also after it was revoked.
    ///
    /// - Parameter credential: asked for once the id is known to be free, so that a key is not made for nothing.
    /// - Returns: the source, and its token when it has one: this is the only time that it is seen.
    public func addSource(
        _ source: EvidenceSource, _ credential: @autoclosure () throws -> SourceCredential = .newToken, actor: PrincipalID
    ) throws -> IssuedSource {
        guard StringRule.isSourceName(source.id.rawValue) else {
            throw InvalidInput(
                source.id.rawValue, nil, "not a name for a source",
                suggestion: "use letters, digits, \".\", \"_\" and \"-\", at most 64 of them, a letter or digit first")
        }
        return try change(source.id, actor, reason: "source added") { history in
            if let state = history?.state {
                throw EvidenceError(
                    .unauthenticated, "there is a source \"\(source.id)\" already\(state.isActive ? "" : ", revoked")",
                    suggestion: state.isActive ? "give it a new token with: rung source rotate \(source.id)" : "give the new one another id"
                )
            }
            return (.added, source.type, try credential())
        }
    }

    /// Gives a source a new token or key; the old one is not accepted from then on.
    public func rotateSource(
        _ id: SourceID, _ credential: @autoclosure () throws -> SourceCredential = .newToken, actor: PrincipalID
    ) throws -> IssuedSource {
        try change(id, actor, reason: "source rotated") { history in
            (.rotated, try Self.active(id, history).source.type, try credential())
        }
    }

    /// Takes nothing from the source any more; what it sent before stays as it is.
    @discardableResult
    public func revokeSource(_ id: SourceID, actor: PrincipalID) throws -> RegisteredSource {
        try change(id, actor, reason: "source revoked") { history in
            (.revoked, try Self.active(id, history).source.type, nil)
        }.source
    }

    /// Appends one record about a source, after `next` has looked at what there is.
    private func change(
        _ id: SourceID, _ actor: PrincipalID, reason: String,
        _ next: (SourceHistory?) throws -> (SourceHistory.Event, EvidenceSource.SourceType, SourceCredential?)
    ) throws -> IssuedSource {
        try append(actor: actor.rawValue, reason: reason) { appender in
            let (connection, codes) = (appender.writer.connection, appender.writer.codes)
            let (event, type, credential) = try next(SourceHistory.all(connection, codes)[id.rawValue])
            var draft = RecordDraft(.source)
            draft["at"] = .time(appender.at)
            draft["event"] = .text(event.rawValue)
            draft["id"] = .text(id.rawValue)
            draft["principalId"] = .text(actor.rawValue)
            draft["type"] = .text(type.rawValue)
            let token = try fill(&draft, credential)
            try appender.append(draft, .recorded)
            guard let state = try SourceHistory.all(connection, codes)[id.rawValue]?.state else {
                throw EvidenceError(.damaged, "the records of the source \"\(id)\" make no sense")
            }
            return IssuedSource(source: state, token: token?.text)
        }
    }

    private func fill(_ draft: inout RecordDraft, _ credential: SourceCredential?) throws -> SourceToken? {
        switch credential {
        case nil: return nil
        case .publicKey(let key):
            draft["publicKey"] = .text(key.description)
            return nil
        case .newToken:
            let token = SourceToken(secret: environment.randomBytes(SourceToken.secretLength))
            let salt = Base64URL.text(of: environment.randomBytes(SourceToken.saltLength))
            draft["tokenSalt"] = .text(salt)
            draft["tokenDigest"] = .digest(SourceToken.digest(of: token.text, salt: salt))
            return token
        }
    }

    // MARK: - Looking up

    /// A source that evidence is taken from.
    ///
    /// - Throws: `EvidenceError` (unauthenticated) when it is not registered, or was revoked.
    public func activeSource(_ id: SourceID) throws(EvidenceError) -> RegisteredSource { try activeHistory(id).1 }

    private func activeHistory(_ id: SourceID) throws(EvidenceError) -> (SourceHistory, RegisteredSource) {
        let histories = try histories()
        let history = histories[id.rawValue]
        let state = try Self.active(id, history, known: histories.keys.sorted())
        guard let history else { preconditionFailure("an active source has a history") }
        return (history, state)
    }

    private func histories() throws(EvidenceError) -> [String: SourceHistory] {
        try database.perform { try SourceHistory.all($0, CodeBook($0, .readOnly)) }
    }

    /// What stands of a source that must be active.
    static func active(_ id: SourceID, _ history: SourceHistory?, known: [String] = []) throws(EvidenceError) -> RegisteredSource {
        guard let state = history?.state else {
            throw EvidenceError(
                .unauthenticated, "there is no source \"\(id)\"",
                suggestion: NearestWord.suggestion(for: id.rawValue, among: known) ?? "register it with: rung source add \(id) --type TYPE")
        }
        if let revokedAt = state.revokedAt {
            throw EvidenceError(
                .unauthenticated, "the source \"\(id)\" was revoked at \(revokedAt)", suggestion: "register a new one with: rung source add"
            )
        }
        return state
    }
}

extension StringRule {
    /// Letters, digits, `.`, `_` and `-`; a letter or digit first; at most 64.
    static func isSourceName(_ text: String) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        guard let first = text.utf8.first, text.utf8.count <= 64, isAlphanumeric(first) else { return false }
        return text.utf8.allSatisfy { isAlphanumeric($0) || ".-_".utf8.contains($0) }
    }
}
