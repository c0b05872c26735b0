import Foundation
import Testing

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct SeededNumbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// At least 0 and less than `limit`.
    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(limit))
    }
}

/// Kills a command in the middle of its work: before one of the calls that change files where they can be counted, else after
/// a part of the time that the whole command takes.
struct Kills: Sendable {
    /// How many moments are tried for each kind of work, and from which seed; `scripts/faults.sh` tries many more.
    static let count = number("RUNG_KILLS") ?? 3
    static let seed = UInt64(number("RUNG_KILLS_SEED") ?? 1)
    /// Whether the kinds of work that other tests kill too are to be killed once more.
    static let isThorough = number("RUNG_KILLS") != nil

    private static func number(_ variable: String) -> Int? { ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } }

    /// Calls that change files.
    private static let calls = ["pwrite64", "fdatasync", "fsync", "ftruncate", "link", "rename", "unlink", "write"]

    private let work: Work

    /// What a whole command does: how often each call is made, or how long it takes.
    private enum Work {
        case calls([String: Int])
        case milliseconds(Int)
    }

    /// Runs a command to its end, to know how much there is to interrupt.
    init(measuring words: [String], in folder: Folder, environment: [String: String] = [:]) async throws {
        let log = folder.path + "/calls.log"
        let trace = ["/usr/bin/env", "strace", "-f", "-qq", "-o", log, "-e", "trace=" + Self.calls.joined(separator: ",")]
        let begin = ContinuousClock.now
        let output = try await Program.run(trace + [Rung.path] + words, in: folder.path, environment: environment)
        guard let text = try? folder.read("calls.log"), text.contains("pwrite64(") else {
            let alone = output.status == 0 ? output : try await Program.run([Rung.path] + words, in: folder.path, environment: environment)
            guard alone.status == 0 else { throw Program.Failure(description: alone.stderr) }
            work = .milliseconds(max(50, Int((ContinuousClock.now - begin).components.attoseconds / 1_000_000_000_000_000)))
            return
        }
        guard output.status == 0 else { throw Program.Failure(description: output.stderr) }
        try FileManager.default.removeItem(atPath: log)
        let lines = text.split(separator: "\n")
        work = .calls(Dictionary(uniqueKeysWithValues: Self.calls.map { call in (call, lines.count { $0.contains(" \(call)(") }) }))
    }

    /// Starts the command and kills it at a moment that `random` chooses; says whether it had ended before.
    @discardableResult
    func kill(
        _ words: [String], in folder: Folder, environment: [String: String] = [:], _ random: inout SeededNumbers
    ) async throws -> Output {
        switch work {
        case .calls(let counts):
            // Half of the moments lie before plain writes, the rest before the few calls that end something.
            let rare = Self.calls.dropFirst().filter { counts[$0, default: 0] > 0 }
            let call = random.next(below: 2) == 0 || rare.isEmpty ? Self.calls[0] : rare[rare.startIndex + random.next(below: rare.count)]
            let number = 1 + random.next(below: max(1, counts[call, default: 1]))
            let inject = ["-e", "trace=\(call)", "-e", "inject=\(call):signal=KILL:when=\(number)"]
            return try await Program.run(
                ["/usr/bin/env", "strace", "-f", "-qq", "-o", "/dev/null"] + inject + [Rung.path] + words, in: folder.path,
                environment: environment)
        case .milliseconds(let limit):
            let program = try Program.start([Rung.path] + words, in: folder.path, environment: environment, stdin: nil, deadline: 120)
            try await Task.sleep(for: .milliseconds(random.next(below: limit + limit / 10)))
            program.send(SIGKILL)
            return try await program.wait()
        }
    }
}

extension Folder {
    /// Copies an evidence file that nobody has open over another.
    func copy(_ from: String, to target: String) throws {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: "\(path)/\(target)\(suffix)") }
        try FileManager.default.copyItem(atPath: "\(path)/\(from)", toPath: "\(path)/\(target)")
    }

    /// Expects a file that SQLite and the ledger find whole.
    func expectSound(_ evidence: String, _ location: SourceLocation = #_sourceLocation) async throws {
        #expect(try await rows("PRAGMA integrity_check", in: evidence) == "ok", sourceLocation: location)
        let verified = try await Rung.run("ledger", "verify", "--evidence", evidence, in: self)
        #expect(verified.status == 0, "\(verified.stdout)\(verified.stderr)", sourceLocation: location)
    }

    /// The first column of the first row, as a number.
    func count(_ sql: String, in evidence: String) async throws -> Int {
        Int(try await rows(sql, in: evidence)) ?? -1
    }

    /// Writes a file with interactions, whose ids begin with `prefix`.
    func writeCalls(_ count: Int, prefix: String, to name: String) throws {
        let lines = (0..<count).map { number in
            #"{"kind":"interaction","id":"\#(prefix)-\#(number)","agentId":"router","at":"2026-09-0\#(1 + number % 9)T08:00:00Z","#
                + #""environment":"production","principalId":"\#(prefix).person","outcome":"accepted"}"#
        }
        try write(lines.joined(separator: "\n") + "\n", to: name)
    }
}
