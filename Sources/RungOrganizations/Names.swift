/// Names for people who do not exist.
struct Names {
    private var free: [String]

    init(_ seed: UInt64) {
        var draws = SeededDraws(seed, "names")
        let all = Self.given.flatMap { given in Self.family.map { "\(given).\($0)" } }
        free = all
        for index in all.indices.dropLast() { free.swapAt(index, index + draws.next(below: all.count - index)) }
    }

    /// Somebody whose name nobody has had before; after some thousand people with a number.
    mutating func next() -> String {
        taken += 1
        return free.popLast() ?? "person.\(taken)"
    }

    private var taken = 0

    private static let given = [
        "ada", "aino", "amal", "bela", "chidi", "dara", "edda", "emre", "femi", "greta", "hana", "idris", "ines", "jonas", "kaja", "lale",
        "malik", "mira", "nils", "noor", "orla", "pavel", "rosa", "sami", "tove", "uma", "viktor", "wen", "yara", "zoltan",
    ]

    private static let family = [
        "aalto", "bergmann", "castro", "dvorak", "eriksen", "farkas", "garcia", "haddad", "ivanova", "jansen", "kimura", "lindqvist",
        "moreau", "novak", "okafor", "petrov", "quist", "rossi", "santos", "tanaka", "ueda", "vargas", "weiss", "yilmaz", "zeman",
    ]
}
