/// Secrets that give themselves away by their form.
extension Scan {
    /// A token whose prefix ends at this hyphen, underscore or dot.
    func token(at index: Int) -> Finding? {
        for candidate in TokenPrefix.byPreceding[Int(byte(index - 1))] {
            let start = index + 1 - candidate.prefix.utf8CodeUnitCount
            guard has(candidate.prefix, at: start), isStart(start) else { continue }
            let end = end(of: candidate.body, from: index + 1)
            if candidate.length.contains(end - index - 1), looksRandom(index + 1..<end) {
                return Finding(range: start..<end, rule: candidate.rule)
            }
        }
        return nil
    }

    /// `AIza` and 35 characters, at their `I`.
    func googleKey(at index: Int) -> Finding? {
        guard has("AIza", at: index - 1), isStart(index - 1) else { return nil }
        let end = end(of: .base64URL, from: index + 3)
        return (35...45).contains(end - index - 3) ? Finding(range: index - 1..<end, rule: .googleKey) : nil
    }

    /// `AKIA` or `ASIA` and 16 characters, at their `I`.
    func awsKey(at index: Int) -> Finding? {
        guard has("AKIA", at: index - 2) || has("ASIA", at: index - 2) || has("ABIA", at: index - 2), isStart(index - 2) else { return nil }
        let end = end(of: .alphanumeric, from: index + 2)
        guard end - index - 2 == 16, self.end(of: .upperAndDigits, from: index + 2) == end else { return nil }
        return Finding(range: index - 2..<end, rule: .awsAccessKeyID)
    }

    /// `eyJ…`, two to four times a dot and more, at its `J`.
    func webToken(at index: Int) -> Finding? {
        guard has("eyJ", at: index - 2), isStart(index - 2) else { return nil }
        var end = end(of: .base64URL, from: index + 1)
        guard end - index >= 10, byte(end) == UInt8(ascii: ".") else { return nil }
        let second = self.end(of: .base64URL, from: end + 1)
        guard second - end > 4 else { return nil }
        end = second
        for _ in 0..<3 where byte(end) == UInt8(ascii: ".") && byte(end + 1).isIn(.base64URL) {
            end = self.end(of: .base64URL, from: end + 1)
        }
        return Finding(range: index - 2..<end, rule: .jwt)
    }

    /// `SG.`, 22 characters, a dot and 43 characters, at its first dot.
    func sendGridKey(at index: Int) -> Finding? {
        guard has("SG", at: index - 2), isStart(index - 2) else { return nil }
        let first = end(of: .base64URL, from: index + 1)
        guard (16...32).contains(first - index - 1), byte(first) == UInt8(ascii: ".") else { return nil }
        let end = end(of: .base64URL, from: first + 1)
        return (32...64).contains(end - first - 1) ? Finding(range: index - 2..<end, rule: .providerKey) : nil
    }

    /// Three characters, a digit, `Q~` and 31 to 34 characters, at the `~`.
    func azureSecret(at index: Int) -> Finding? {
        guard byte(index - 1) == UInt8(ascii: "Q"), byte(index - 2).isDigit, index >= 5 else { return nil }
        for offset in 3...5 where !bytes[index - offset].isIn(.azure) { return nil }
        let end = end(of: .azure, from: index + 1)
        guard (31...34).contains(end - index - 1), isStart(index - 5) else { return nil }
        return Finding(range: index - 5..<end, rule: .azureKey)
    }

    /// A block from `-----BEGIN … PRIVATE KEY-----` to its end line, or to the text's end, at its first hyphen.
    func privateKey(at index: Int) -> Finding? {
        guard byte(index + 1) == UInt8(ascii: "-"), has("-----BEGIN ", at: index) else { return nil }
        var title = index + 11
        while title < min(bytes.count, index + 60), bytes[title] != UInt8(ascii: "-") { title += 1 }
        guard has("PRIVATE KEY", at: title - 11) || has("PRIVATE KEY BLOCK", at: title - 17) else { return nil }
        var place = title
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "-"), has("-----END ", at: place) {
                var end = place + 9
                while end < min(bytes.count, place + 60), bytes[end] != UInt8(ascii: "-") { end += 1 }
                while end < bytes.count, bytes[end] == UInt8(ascii: "-") { end += 1 }
                return Finding(range: index..<end, rule: .privateKey)
            }
            place += 1
        }
        return Finding(range: index..<bytes.count, rule: .privateKey)
    }

    /// The secret part of a webhook's address, at the colon behind `https`.
    func webhook(at index: Int) -> Finding? {
        guard byte(index + 1) == UInt8(ascii: "/") else { return nil }
        let prefixes: [StaticString] = [
            "://hooks.slack.com/services/", "://hooks.slack.com/workflows/", "://discord.com/api/webhooks/",
            "://discordapp.com/api/webhooks/",
        ]
        for prefix in prefixes where has(prefix, at: index) {
            let start = index + prefix.utf8CodeUnitCount
            let end = end(of: .path, from: start)
            if end - start >= 20 { return Finding(range: start..<end, rule: .webhook) }
        }
        return nil
    }
}
