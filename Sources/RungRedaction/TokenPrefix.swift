/// Secrets that are told by how they begin: a prefix that ends with `-`, `_` or `.`, then a body of one alphabet.
struct TokenPrefix: Sendable {
    let rule: RedactionRule
    let prefix: StaticString
    let body: ByteSet
    /// Bytes of the body.
    let length: ClosedRange<Int>

    init(_ rule: RedactionRule, _ prefix: StaticString, _ body: ByteSet, atLeast minimum: Int, atMost maximum: Int = 16_384) {
        self.rule = rule
        self.prefix = prefix
        self.body = body
        length = minimum...maximum
    }

    static let all: [TokenPrefix] =
        openAI + gitHub + gitLab + slack + stripe + others + [
            TokenPrefix(.anthropicKey, "sk-ant-", .base64URL, atLeast: 20),
            TokenPrefix(.googleKey, "GOCSPX-", .base64URL, atLeast: 20),
            TokenPrefix(.googleKey, "ya29.", .base64URL, atLeast: 20),
            TokenPrefix(.huggingFaceToken, "hf_", .alphanumeric, atLeast: 30),
            TokenPrefix(.huggingFaceToken, "api_org_", .alphanumeric, atLeast: 30),
            TokenPrefix(.npmToken, "npm_", .alphanumeric, atLeast: 36),
            TokenPrefix(.privateKey, "AGE-SECRET-KEY-", .upperAndDigits, atLeast: 50),
            TokenPrefix(.pypiToken, "pypi-", .base64URL, atLeast: 50),
            TokenPrefix(.rungToken, "rung_src_", .base64URL, atLeast: 20),
        ]

    private static let openAI: [TokenPrefix] = [
        TokenPrefix(.openAIKey, "sk-", .alphanumeric, atLeast: 32),
        TokenPrefix(.openAIKey, "sk-admin-", .base64URL, atLeast: 20),
        TokenPrefix(.openAIKey, "sk-proj-", .base64URL, atLeast: 20),
        TokenPrefix(.openAIKey, "sk-svcacct-", .base64URL, atLeast: 20),
    ]

    private static let gitHub: [TokenPrefix] =
        ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map { TokenPrefix(.githubToken, $0, .alphanumeric, atLeast: 36) } + [
            TokenPrefix(.githubToken, "github_pat_", .word, atLeast: 22)
        ]

    private static let gitLab: [TokenPrefix] = [
        "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "glagent-", "glsoat-", "glffct-",
    ].map { TokenPrefix(.gitlabToken, $0, .base64URL, atLeast: 20) }

    private static let slack: [TokenPrefix] = [
        "xoxa-", "xoxb-", "xoxc-", "xoxd-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-", "xwfp-",
    ].map { TokenPrefix(.slackToken, $0, .alphanumericDash, atLeast: 20) }

    private static let stripe: [TokenPrefix] =
        ["sk_live_", "sk_test_", "rk_live_", "rk_test_"].map { TokenPrefix(.stripeKey, $0, .alphanumeric, atLeast: 16) } + [
            TokenPrefix(.stripeKey, "whsec_", .base64, atLeast: 24)
        ]

    private static let others: [TokenPrefix] = [
        TokenPrefix(.providerKey, "NRAK-", .upperAndDigits, atLeast: 27),
        TokenPrefix(.providerKey, "PMAK-", .alphanumericDash, atLeast: 40),
        TokenPrefix(.providerKey, "dckr_oat_", .base64URL, atLeast: 20),
        TokenPrefix(.providerKey, "dckr_pat_", .base64URL, atLeast: 20),
        TokenPrefix(.providerKey, "doo_v1_", .lowerHex, atLeast: 40),
        TokenPrefix(.providerKey, "dop_v1_", .lowerHex, atLeast: 40),
        TokenPrefix(.providerKey, "dor_v1_", .lowerHex, atLeast: 40),
        TokenPrefix(.providerKey, "glc_", .base64, atLeast: 32),
        TokenPrefix(.providerKey, "glsa_", .word, atLeast: 32),
        TokenPrefix(.providerKey, "gsk_", .alphanumeric, atLeast: 40),
        TokenPrefix(.providerKey, "hvb.", .base64URL, atLeast: 24),
        TokenPrefix(.providerKey, "hvs.", .base64URL, atLeast: 24),
        TokenPrefix(.providerKey, "key-", .lowerHex, atLeast: 32, atMost: 32),
        TokenPrefix(.providerKey, "lin_api_", .alphanumeric, atLeast: 32),
        TokenPrefix(.providerKey, "lsv2_pt_", .word, atLeast: 32),
        TokenPrefix(.providerKey, "lsv2_sk_", .word, atLeast: 32),
        TokenPrefix(.providerKey, "ntn_", .alphanumeric, atLeast: 40),
        TokenPrefix(.providerKey, "pplx-", .alphanumeric, atLeast: 40),
        TokenPrefix(.providerKey, "r8_", .alphanumeric, atLeast: 30),
        TokenPrefix(.providerKey, "sb_secret_", .base64URL, atLeast: 20),
        TokenPrefix(.providerKey, "sbp_", .lowerHex, atLeast: 40),
        TokenPrefix(.providerKey, "secret_", .alphanumeric, atLeast: 40),
        TokenPrefix(.providerKey, "shpat_", .lowerHex, atLeast: 32),
        TokenPrefix(.providerKey, "shpca_", .lowerHex, atLeast: 32),
        TokenPrefix(.providerKey, "shppa_", .lowerHex, atLeast: 32),
        TokenPrefix(.providerKey, "shpss_", .lowerHex, atLeast: 32),
        TokenPrefix(.providerKey, "sk-lf-", .alphanumericDash, atLeast: 32),
        TokenPrefix(.providerKey, "sk-or-", .alphanumericDash, atLeast: 32),
        TokenPrefix(.providerKey, "sntryu_", .lowerHex, atLeast: 40),
        TokenPrefix(.providerKey, "sntrys_", .base64URL, atLeast: 40),
        TokenPrefix(.providerKey, "tvly-", .alphanumericDash, atLeast: 20),
        TokenPrefix(.providerKey, "xai-", .alphanumeric, atLeast: 60),
    ]

    /// The prefixes by the byte before their last one, so that few are compared.
    static let byPreceding: [[TokenPrefix]] = {
        var table = [[TokenPrefix]](repeating: [], count: 256)
        for token in all {
            let preceding = token.prefix.withUTF8Buffer { $0[$0.count - 2] }
            table[Int(preceding)].append(token)
        }
        return table
    }()
}
