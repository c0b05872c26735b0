#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What one process cost, from its start to its end, with the children that it waited for.
struct Cost {
    /// Milliseconds.
    var wallMs: Double
    /// Milliseconds in user and system mode, over all threads.
    var cpuMs: Double
    /// MiB of resident memory at the highest point. The kernel counts from before `exec`, when the child still shows
    /// the memory of the process that started it; this program therefore stays small and says how small.
    var peakMiB: Double
}

/// Starts programs and measures them with what the kernel counted.
enum ChildProcess {
    /// Runs a program to its end, with standard streams on `/dev/null`.
    ///
    /// - Parameter output: a file that gets the standard output instead.
    /// - Throws: `Complaint` when it cannot be started or does not end with status 0.
    @discardableResult
    static func run(_ command: [String], output: String = "/dev/null") throws -> Cost {
        guard let program = command.first else { throw Complaint("no program to run") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }

        var process = pid_t()
        var status: Int32 = 0
        var usage = rusage()
        let start = now()
        let code = posix_spawn(&process, program, &actions, nil, arguments, environ)
        guard code == 0 else { throw Complaint("\(program) cannot be started: \(String(cString: strerror(code)))") }
        while wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw Complaint("\(program) cannot be waited for") }
        }
        let wall = now() - start
        guard status == 0 else {
            throw Complaint("ended with wait status \(status); run it by hand to see why:\n  \(command.joined(separator: " "))")
        }
        return Cost(
            wallMs: wall, cpuMs: milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
            peakMiB: Double(usage.ru_maxrss) / 1_024)
    }

    /// MiB of resident memory of this program at its highest point so far.
    static var ownPeakMiB: Double {
        var usage = rusage()
        // RUSAGE_SELF; its Swift type differs between C libraries.
        getrusage(0, &usage)
        return Double(usage.ru_maxrss) / 1_024
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }

    private static func milliseconds(_ time: timeval) -> Double { Double(time.tv_sec) * 1e3 + Double(time.tv_usec) / 1e3 }
}
