/// Names whose values are secrets, such as `password` and `api_key`; told by their end, without regard to case and `_-.`.
struct SecretName: Sendable {
    /// In lower case, letters alone.
    let ending: StaticString
    let rule: RedactionRule
    /// What the value must be like.
    let value: ValueForm
    /// A word must begin with the ending: `pass` is one, the end of `compass` is none.
    let isWholeWord: Bool

    /// How much a value must look like a secret to be taken for one.
    enum ValueForm: Sendable {
        /// Anything that is no placeholder.
        case anything
        /// Eight bytes or more that look random.
        case random
        /// Sixteen bytes or more with a digit; for names that are used for harmless things as well.
        case long
        /// The credentials of an `Authorization` header.
        case credentials
        /// `name=value` pairs up to the line's end.
        case pairs
    }

    private init(_ ending: StaticString, _ rule: RedactionRule, _ value: ValueForm, wholeWord: Bool = false) {
        self.ending = ending
        self.rule = rule
        self.value = value
        isWholeWord = wholeWord
    }

    /// The longer ending first where one is the end of another.
    static let all: [SecretName] = [
        SecretName("password", .password, .anything), SecretName("passwd", .password, .anything),
        SecretName("passphrase", .password, .anything), SecretName("passwort", .password, .anything),
        SecretName("pwd", .password, .anything, wholeWord: true), SecretName("pass", .password, .anything, wholeWord: true),
        SecretName("secretaccesskey", .awsSecretKey, .random), SecretName("sharedaccesskey", .azureKey, .random),
        SecretName("accountkey", .azureKey, .random), SecretName("sig", .azureKey, .long, wholeWord: true),
        SecretName("apikey", .apiSecret, .random), SecretName("accesskey", .apiSecret, .random),
        SecretName("secretkey", .apiSecret, .random), SecretName("privatekey", .apiSecret, .random),
        SecretName("signingkey", .apiSecret, .random), SecretName("encryptionkey", .apiSecret, .random),
        SecretName("subscriptionkey", .apiSecret, .random), SecretName("masterkey", .apiSecret, .random),
        SecretName("secret", .apiSecret, .random), SecretName("credential", .apiSecret, .random),
        SecretName("credentials", .apiSecret, .random), SecretName("accesstoken", .apiSecret, .random),
        SecretName("refreshtoken", .apiSecret, .random), SecretName("authtoken", .apiSecret, .random),
        SecretName("apitoken", .apiSecret, .random), SecretName("bearertoken", .apiSecret, .random),
        SecretName("sessiontoken", .apiSecret, .random), SecretName("securitytoken", .apiSecret, .random),
        SecretName("idtoken", .apiSecret, .random), SecretName("token", .apiSecret, .long, wholeWord: true),
        SecretName("authorization", .authorization, .credentials), SecretName("cookie", .cookie, .pairs, wholeWord: true),
    ]

    /// The endings by their last letter.
    static let byLastLetter: [[SecretName]] = {
        var table = [[SecretName]](repeating: [], count: 256)
        for name in all {
            let last = name.ending.withUTF8Buffer { $0[$0.count - 1] }
            table[Int(last)].append(name)
        }
        return table
    }()
}

extension Scan {
    /// The name of a secret that ends in front of an index, or nil.
    func secretName(endingAt end: Int) -> SecretName? {
        guard end > 0 else { return nil }
        for name in SecretName.byLastLetter[Int(bytes[end - 1].lowercased)] where matches(name, endingAt: end) { return name }
        return nil
    }

    private func matches(_ name: SecretName, endingAt end: Int) -> Bool {
        name.ending.withUTF8Buffer { ending in
            var index = end
            var rest = ending.count
            while rest > 0 {
                guard index > 0 else { return false }
                let byte = bytes[index - 1]
                if byte.lowercased == ending[rest - 1] {
                    rest -= 1
                } else if rest == ending.count || ![0x5F, 0x2D, 0x2E].contains(byte) {
                    return false
                }
                index -= 1
            }
            guard name.isWholeWord, index > 0 else { return true }
            // `maxTokens` holds no word `token`, `authToken` does.
            return !bytes[index - 1].isLetter || bytes[index].isUpper && !bytes[index - 1].isUpper
        }
    }
}
