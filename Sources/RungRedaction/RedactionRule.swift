/// What is looked for; the raw value stands in `[redacted:RULE]` and in reports.
public enum RedactionRule: String, Sendable, CaseIterable {
    case anthropicKey = "anthropic-key"
    case apiSecret = "api-secret"
    case authorization
    case awsAccessKeyID = "aws-access-key-id"
    case awsSecretKey = "aws-secret-key"
    case azureKey = "azure-key"
    case card
    case cookie
    case email
    case githubToken = "github-token"
    case gitlabToken = "gitlab-token"
    case googleKey = "google-key"
    case huggingFaceToken = "hugging-face-token"
    case iban
    case jwt
    case npmToken = "npm-token"
    case openAIKey = "openai-key"
    case password
    case phone
    case privateKey = "private-key"
    case providerKey = "provider-key"
    case pypiToken = "pypi-token"
    case rungToken = "rung-token"
    case slackToken = "slack-token"
    case stripeKey = "stripe-key"
    case urlPassword = "url-password"
    case webhook

    /// One sentence for reference pages: what it finds.
    public var summary: String {
        switch self {
        case .anthropicKey: "API keys of Anthropic (`sk-ant-…`)."
        case .apiSecret: "Values of names such as `api_key`, `client_secret` and `access_token`."
        case .authorization: "Credentials of `Authorization` headers, and after `Bearer` and `Basic`."
        case .awsAccessKeyID: "Access key ids of AWS (`AKIA…`, `ASIA…`)."
        case .awsSecretKey: "Values of `aws_secret_access_key` and the like."
        case .azureKey: "Client secrets of Azure, and values of `AccountKey`, `SharedAccessKey` and `sig`."
        case .card: "Payment card numbers with a known prefix and a right check digit."
        case .cookie: "Values of `Cookie` and `Set-Cookie` headers."
        case .email: "E-mail addresses."
        case .githubToken: "Tokens of GitHub (`ghp_…`, `github_pat_…` and the like)."
        case .gitlabToken: "Tokens of GitLab (`glpat-…` and the like)."
        case .googleKey: "API keys, OAuth secrets and tokens of Google (`AIza…`, `GOCSPX-…`, `ya29.…`)."
        case .huggingFaceToken: "Tokens of Hugging Face (`hf_…`)."
        case .iban: "International bank account numbers with a right checksum."
        case .jwt: "JSON Web Tokens."
        case .npmToken: "Tokens of npm (`npm_…`)."
        case .openAIKey: "API keys of OpenAI and of services that write theirs alike (`sk-…`)."
        case .password: "Values of names such as `password` and `passwd`."
        case .phone: "Telephone numbers; only on request."
        case .privateKey: "Private key blocks (`-----BEGIN … PRIVATE KEY-----`) and age keys."
        case .providerKey: "Keys of other providers that can be told by their prefix."
        case .pypiToken: "Tokens of PyPI (`pypi-…`)."
        case .rungToken: "Tokens of evidence sources (`rung_src_…`)."
        case .slackToken: "Tokens of Slack (`xoxb-…` and the like)."
        case .stripeKey: "Secret keys of Stripe (`sk_live_…`, `rk_live_…`, `whsec_…`)."
        case .urlPassword: "Passwords in addresses (`https://user:password@host`)."
        case .webhook: "Webhook addresses of Slack and Discord, which are secrets as a whole."
        }
    }

    /// Tells of a person rather than opens a door.
    public var isPersonal: Bool { [.card, .email, .iban, .phone].contains(self) }
}
