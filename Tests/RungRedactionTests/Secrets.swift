/// Made-up secrets of every form, put together here so that no scanner of repositories takes them for real ones.
enum Secrets {
    private static let hex = "0123456789abcdef"

    /// `count` letters and digits that differ from one `seed` to the next.
    static func random(
        _ count: Int, seed: UInt64 = 1, from alphabet: String = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    ) -> String {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        let characters = Array(alphabet)
        let text = (0..<count).map { _ -> Character in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return characters[Int((state >> 33) % UInt64(characters.count))]
        }
        return String(text)
    }

    /// The rule that finds it, and the secret.
    static func all(seed: UInt64 = 1) -> [(rule: String, secret: String)] {
        func word(_ count: Int) -> String { "a1" + random(count - 2, seed: seed) }
        func hexadecimal(_ count: Int) -> String { "f0" + random(count - 2, seed: seed, from: hex) }
        let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
        return [
            ("anthropic-key", "sk-" + "ant-api03-" + word(90) + "-" + word(4)),
            ("aws-access-key-id", "AK" + "IA" + random(16, seed: seed, from: capitals)),
            ("aws-access-key-id", "AS" + "IA" + random(16, seed: seed, from: capitals)),
            ("azure-key", "x" + "1y8Q" + "~" + random(34, seed: seed)),
            ("github-token", "gh" + "p_" + word(36)), ("github-token", "github" + "_pat_" + word(22) + "_" + word(59)),
            ("gitlab-token", "gl" + "pat-" + word(20)), ("google-key", "AI" + "za" + word(35)),
            ("google-key", "GOC" + "SPX-" + word(28)), ("google-key", "ya" + "29." + word(60)),
            ("hugging-face-token", "h" + "f_" + word(34)),
            ("jwt", "ey" + "J" + word(20) + ".ey" + "J" + word(40) + "." + word(43)),
            ("npm-token", "np" + "m_" + word(36)), ("openai-key", "s" + "k-" + word(48)), ("openai-key", "sk-" + "proj-" + word(120)),
            ("private-key", "-----BEGIN" + " RSA PRIVATE KEY-----\n" + word(64) + "\n" + word(20) + "\n-----END RSA PRIVATE KEY-----"),
            ("private-key", "-----BEGIN" + " PRIVATE KEY-----\\n" + word(64) + "\\n-----END PRIVATE KEY-----"),
            ("provider-key", "gs" + "k_" + word(52)), ("provider-key", "S" + "G." + word(22) + "." + word(43)),
            ("provider-key", "dop" + "_v1_" + hexadecimal(64)), ("provider-key", "shp" + "at_" + hexadecimal(32)),
            ("pypi-token", "py" + "pi-AgEIcHlwaS5vcmc" + word(80)), ("rung-token", "rung" + "_src_" + word(43)),
            ("slack-token", "xo" + "xb-12345678901-12345678901-" + word(24)), ("stripe-key", "sk" + "_live_" + word(24)),
            ("stripe-key", "wh" + "sec_" + word(32)),
        ]
    }

    /// The rule that finds it, a text with `{}` in the secret's place, and the secret: the surroundings tell.
    static func named(seed: UInt64 = 1) -> [(rule: String, text: String, secret: String)] {
        let long = "a1" + random(38, seed: seed)
        let pass = "p4" + random(8, seed: seed)
        return [
            ("api-secret", "OPENAI_API_KEY={}", long), ("api-secret", #"{"api_key": "{}"}"#, long), ("api-secret", "x-api-key: {}", long),
            ("api-secret", "clientSecret: '{}',", long), ("api-secret", "?access_token={}&x=1", long), ("api-secret", "token: {}", long),
            ("authorization", "Authorization: Bearer {}", long), ("authorization", "authorization: bearer {}", long),
            ("authorization", #""authorization":"Basic {}""#, "dXNlcjpwYXNzd29yZA=="), ("authorization", "send Bearer {} with it", long),
            ("authorization", "Basic {}", "dXNlcjpwYXNzd29yZA=="), ("aws-secret-key", "aws_secret_access_key = {}", long),
            ("aws-secret-key", #""SecretAccessKey": "{}""#, long), ("azure-key", "AccountName=a;AccountKey={};Endpoint=x", long + "=="),
            ("cookie", "Cookie: {}", "session=\(long); theme=dark"), ("password", "password={}", pass), ("password", "Password: {}", pass),
            ("password", #"{\"password\": \"{}\"}"#, pass), ("password", "db_password='{}'", "correct horse"),
            ("password", "passwd:{}", pass), ("password", "password: {}", "correcthorse"),
            ("url-password", "postgres://rung:{}@db:5432/x", pass), ("url-password", "redis://:{}@cache/0", pass),
            ("webhook", "https://hooks.slack.com/services/{}", "T0000/B0000/" + random(24, seed: seed)),
        ]
    }

    /// The rule that finds it, and what tells of a person.
    static let personal: [(rule: String, secret: String)] = [
        ("card", "4111111111111111"), ("card", "4111 1111 1111 1111"), ("card", "5500-0055-5555-5559"), ("card", "378282246310005"),
        ("card", "3782 822463 10005"), ("card", "6011111111111117"), ("card", "30569309025904"), ("email", "ada@example.com"),
        ("email", "ada.lovelace+tag@mail.example.co.uk"), ("email", "jürgen.müller@bücher.example"), ("email", "o.hara@example.org"),
        ("iban", "DE89370400440532013000"), ("iban", "DE89 3704 0044 0532 0130 00"), ("iban", "GB82 WEST 1234 5698 7654 32"),
        ("iban", "NL91ABNA0417164300"),
    ]
}
