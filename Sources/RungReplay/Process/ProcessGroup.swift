#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A process and everything it started that did not leave its group.
///
/// Valid until the process is reaped: until then its number cannot belong to anybody else.
struct ProcessGroup: Sendable {
    let leader: pid_t

    /// Asks every process of the group to end.
    func terminate() { _ = kill(-leader, SIGTERM) }

    /// Ends every process of the group; the kernel does it, nobody can refuse.
    func destroy() { _ = kill(-leader, SIGKILL) }

    /// Whether the process itself has ended; does not reap it.
    var leaderHasExited: Bool {
        var info = siginfo_t()
        let result = waitid(P_PID, id_t(leader), &info, WEXITED | WNOHANG | WNOWAIT)
        return result != 0 || info.si_signo != 0
    }

    /// Writing to a pipe that nobody reads must be an error, not the end of Rung; set once for the whole process.
    static let ignoreBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()
}
