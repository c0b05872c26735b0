/// Finds the known word that an unknown one was probably meant to be.
public enum NearestWord {
    /// The candidate with the least edit distance, when that is small for the word's length; ties go to the first.
    public static func of(_ word: String, among candidates: [String]) -> String? {
        let letters = Array(word.lowercased().unicodeScalars)
        guard letters.count <= 64 else { return nil }
        var best: (word: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(letters, Array(candidate.lowercased().unicodeScalars))
            if distance < (best?.distance ?? .max) { best = (candidate, distance) }
        }
        guard let best, best.distance <= max(1, letters.count / 3) else { return nil }
        return best.word
    }

    /// A ready suggestion: the nearest word, or the list of known ones.
    public static func suggestion(for word: String, among candidates: [String]) -> String? {
        if let nearest = of(word, among: candidates) { return "did you mean \"\(nearest)\"?" }
        guard !candidates.isEmpty else { return nil }
        return "known here: \(candidates.joined(separator: ", "))"
    }

    /// Optimal string alignment distance (insert, delete, replace, swap of neighbours).
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var older = [Int](repeating: 0, count: b.count + 1)
        var previous = Array(0...b.count)
        for i in 1...a.count {
            var current = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    current[j] = min(current[j], older[j - 2] + 1)
                }
            }
            older = previous
            previous = current
        }
        return previous[b.count]
    }
}
