internal import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The process groups of the agents that run at this moment, for the one case in which nobody waits for them: when the
/// user wants Rung to end at once.
public enum RunningAgents {
    private static let leaders = Mutex<Set<pid_t>>([])

    /// Kills every agent with everything that it has started.
    public static func destroyAll() {
        leaders.withLock { leaders in
            for leader in leaders { ProcessGroup(leader: leader).destroy() }
        }
    }

    static func add(_ group: ProcessGroup) { leaders.withLock { _ = $0.insert(group.leader) } }

    /// Called before the leader is reaped: afterwards its number may be anybody's.
    static func remove(_ group: ProcessGroup) { leaders.withLock { _ = $0.remove(group.leader) } }
}
