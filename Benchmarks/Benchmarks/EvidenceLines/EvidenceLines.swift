/// Writes a year of evidence of a large organization to standard output, as JSON Lines for `rung import evidence`.
///
///     evidence-lines --interactions 1000000 [--agents 200] [--days 365] [--seed 20260930] [--ids random | ordered]
///
/// The same options give the same bytes. Memory does not grow with the number of interactions.
@main
enum EvidenceLines {
    static func main() {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            var year = YearOfEvidence(options)
            let output = LineOutput()
            try year.write(to: output)
            try output.flush()
        } catch {
            StandardError.say("evidence-lines: \(error)")
            StandardError.leave(with: 1)
        }
    }
}

/// What the command line asks for.
struct Options {
    var interactions = 1_000_000
    var agents = 200
    var days = 365
    var seed: UInt64 = 20_260_930
    var ids = Identifiers.random

    /// In which order identifiers come.
    enum Identifiers: String { case random, ordered }

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw Complaint("\(name) needs a value") }
            switch name {
            case "--interactions": interactions = try Self.count(value, name)
            case "--agents": agents = try Self.count(value, name)
            case "--days": days = try Self.count(value, name)
            case "--seed": seed = UInt64(try Self.count(value, name))
            case "--ids":
                guard let order = Identifiers(rawValue: value) else { throw Complaint("--ids takes random or ordered, found \(value)") }
                ids = order
            default: throw Complaint("unknown option \(name)")
            }
        }
    }

    private static func count(_ text: String, _ name: String) throws -> Int {
        guard let count = Int(text), count > 0 else { throw Complaint("\(name) must be a whole number above 0, found \(text)") }
        return count
    }
}

/// Why nothing can be written.
struct Complaint: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
