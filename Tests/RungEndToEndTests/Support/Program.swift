import Foundation

/// What a program left behind.
struct Output: Sendable {
    /// Exit status; 128 and the signal's number when a signal ended it.
    var status: Int32
    /// Everything it wrote to standard output.
    var stdout: String
    /// Everything it wrote to standard error.
    var stderr: String
}

/// Lets a few programs run at once, so that tests in parallel do not slow each other down into their time limits.
actor Turns {
    static let shared = Turns()
    private var free = 4
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Waits for a turn; first come, first served.
    func take() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    /// Hands the turn to the next.
    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

/// A program in a process group of its own, with its output in files, so that nothing can fill up and hang.
struct Program: Sendable {
    /// Process and process group.
    let pid: pid_t
    private let outputs: String
    private let endsAt: ContinuousClock.Instant

    /// Why a program could not be started.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Runs a program to its end.
    static func run(
        _ words: [String], in folder: String, environment: [String: String] = [:], stdin: String? = nil,
        deadline: Double = 120
    ) async throws -> Output {
        await Turns.shared.take()
        do {
            let program = try start(words, in: folder, environment: environment, stdin: stdin, deadline: deadline)
            let output = try await program.wait()
            await Turns.shared.giveBack()
            return output
        } catch {
            await Turns.shared.giveBack()
            throw error
        }
    }

    /// Starts a program with a small environment: what it needs to run, and `environment`.
    static func start(
        _ words: [String], in folder: String, environment: [String: String], stdin: String?, deadline: Double
    ) throws -> Program {
        let outputs = Folder.temporaryName()
        try FileManager.default.createDirectory(atPath: outputs, withIntermediateDirectories: true)
        try Data((stdin ?? "").utf8).write(to: URL(fileURLWithPath: outputs + "/in"))
        var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": outputs, "LANG": "C.UTF-8", "USER": "tester"]
        for name in ["PATH", "TMPDIR", "LD_LIBRARY_PATH"] {
            if let value = ProcessInfo.processInfo.environment[name] { variables[name] = value }
        }
        variables.merge(environment) { $1 }
        // The shell changes the folder and becomes the program: same process, same group.
        let command = ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder] + words
        let pid = try spawn(command, variables: variables, outputs: outputs)
        return Program(pid: pid, outputs: outputs, endsAt: .now + .seconds(deadline))
    }

    /// Sends a signal to the process alone.
    func send(_ signal: Int32) { _ = kill(pid, signal) }

    /// What has come on standard output so far.
    var stdoutSoFar: String { Self.text(outputs + "/out") }

    /// What has come on standard error so far.
    var stderrSoFar: String { Self.text(outputs + "/err") }

    /// Waits for the end; at the deadline the whole group is killed.
    func wait() async throws -> Output {
        var status: Int32 = 0
        var wasKilled = false
        while true {
            let ended = waitpid(pid, &status, WNOHANG)
            if ended == pid { break }
            if ended < 0, errno != EINTR { throw Failure(description: "lost process \(pid)") }
            if !wasKilled, ContinuousClock.now > endsAt {
                wasKilled = true
                _ = kill(-pid, SIGKILL)
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        let signal = status & 0x7F
        let output = Output(
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, stdout: Self.text(outputs + "/out"),
            stderr: Self.text(outputs + "/err"))
        try? FileManager.default.removeItem(atPath: outputs)
        return output
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static func spawn(_ words: [String], variables: [String: String], outputs: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, outputs + "/in", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputs + "/out", O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, outputs + "/err", O_WRONLY | O_CREAT, 0o600)
        var all = sigset_t()
        var none = sigset_t()
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let arguments = words.map { strdup($0) } + [nil]
        let environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in arguments + environment { free(pointer) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, words[0], &actions, &attributes, arguments, environment)
        guard code == 0 else { throw Failure(description: "cannot start \(words[0]): \(String(cString: strerror(code)))") }
        return pid
    }
}
