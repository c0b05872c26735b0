import RungText

/// Who may send evidence under a name of their own, and who stands for what nobody can compute.
extension RecordKind {
    /// A registered source of evidence as it stands from now on.
    static let source = RecordKind(
        "source", "A sender of evidence is registered, gets a new token or key, or is revoked.",
        fields: [
            .own("at", .time, "When."),
            .own("event", .coded, "What happened: added, rotated, revoked."),
            .own("id", .text, "Identifies the source."),
            .own("principalId", .text, "Who did it."),
            .own("publicKey", .text, "Key that its files are signed with, as name+id+base64; left out for a token."),
            .own("tokenDigest", .digest, "Digest of its token with the salt in front; left out for a key."),
            .own("tokenSalt", .text, "Salt of that digest, in base64url."),
            .own("type", .coded, "What it is, and with that, what it can vouch for."),
        ])

    /// Two people stand for a record that no machine can vouch for.
    static let attestation = RecordKind(
        "attestation", "Two named people stand for a record that no machine can vouch for, and name the artifact behind it.",
        identity: ["id"],
        fields: [
            .required("artifactDigest", .text, .digest, "Digest of the artifact that was looked at, such as a signed report."),
            .required("at", .time, .timestamp, "When."),
            .required("id", .text, .text, "Identifies the attestation."),
            .required("principalId", .text, .text, "Who attests."),
            .required("secondId", .text, .text, "Who has reviewed it: another person."),
            .required("subjectId", .text, .text, "What tells the record apart; of several values the values with / between them."),
            .required("subjectKind", .coded, .text, "The kind of the record, such as capacity."),
        ],
        problems: { draft in
            var problems: [Problem] = []
            if draft["principalId"] == draft["secondId"] {
                problems.append(Problem(key: "secondId", message: "the second person must be another one", suggestion: nil))
            }
            let kinds = RecordCatalog.importable.map(\.name)
            if let kind = draft["subjectKind"].text, !kinds.contains(kind) {
                problems.append(
                    Problem(
                        key: "subjectKind", message: "unknown kind \"\(kind)\"",
                        suggestion: NearestWord.suggestion(for: kind, among: kinds)))
            }
            return problems
        })
}
