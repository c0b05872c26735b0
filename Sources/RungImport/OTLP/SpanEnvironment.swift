/// Where a span ran: production, unless its deployment environment says that it is none.
enum SpanEnvironment {
    /// Words that mean something before production; also as a part of a name such as `eu-staging`.
    static let pilotWords: Set<String> = [
        "alpha", "beta", "canary", "ci", "dev", "development", "local", "pilot", "pre", "preprod", "preview", "qa", "sandbox", "stage",
        "staging", "test", "testing", "uat",
    ]

    /// `production` or `pilot`; an unknown name counts as production, so that nobody hides traffic behind a name.
    static func word(for name: String?) -> String {
        let parts = (name ?? "").lowercased().split { !$0.isLetter }.map(String.init)
        return parts.contains { pilotWords.contains($0) } ? "pilot" : "production"
    }
}
