/// What the command line asks for.
struct Options {
    /// A group of measurements.
    enum Group: String, CaseIterable { case version, recorded, multiplexed, junit, ingest, receive }

    /// The binary to measure.
    var binary = ".build/release/rung"
    /// Folder of the baselines and the agent.
    var programs = "Benchmarks/Programs"
    /// The interpreter of the baselines; a real one, not a wrapper script that takes longer than it.
    var python = "/usr/bin/python3"
    /// The C compiler for the agent; nil when there is none, then the agent is the Python one.
    var compiler: String?
    /// Measured runs of each side after the warm-up; the short `--version` takes ten times as many.
    var runs = 5
    /// The program that writes evidence.
    var generator = "Benchmarks/.build/release/evidence-lines"
    /// Interactions of the year of evidence.
    var interactions = 1_000_000
    /// Cases of the large recorded suite.
    var cases = 100_000
    /// Empty for all groups.
    var groups: Set<Group> = []
    /// Folder for suites, stores and reports; a fresh one below the temporary folder when nil.
    var scratch: String?

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw Complaint("\(name) needs a value") }
            switch name {
            case "--binary": binary = value
            case "--programs": programs = value
            case "--python": python = value
            case "--compiler": compiler = value.isEmpty ? nil : value
            case "--runs": runs = try Self.count(value, name)
            case "--generator": generator = value
            case "--interactions": interactions = try Self.count(value, name)
            case "--cases": cases = try Self.count(value, name)
            case "--only": groups = try Self.groups(value)
            case "--scratch": scratch = value
            default: throw Complaint("unknown option \(name)")
            }
        }
    }

    /// Whether this group is to be measured.
    func wants(_ group: Group) -> Bool { groups.isEmpty || groups.contains(group) }

    private static func count(_ text: String, _ name: String) throws -> Int {
        guard let count = Int(text), count > 0 else { throw Complaint("\(name) must be a whole number above 0, found \(text)") }
        return count
    }

    private static func groups(_ text: String) throws -> Set<Group> {
        var groups: Set<Group> = []
        for name in text.split(separator: ",") {
            guard let group = Group(rawValue: String(name)) else {
                throw Complaint("--only takes \(Group.allCases.map(\.rawValue).joined(separator: ", ")), found \(name)")
            }
            groups.insert(group)
        }
        return groups
    }
}

/// Why the measurement cannot be made.
struct Complaint: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
