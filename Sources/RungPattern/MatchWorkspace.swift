internal import CPCRE2
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What one running search needs besides its pattern: limits, a stack for machine code, and a clock.
///
/// A class because its memory belongs to PCRE2. Unchecked, but safe to send: the pool lends each to one search at a time.
final class MatchWorkspace: @unchecked Sendable {
    /// PCRE2's match context, which holds the limits.
    let context: OpaquePointer
    private let stack: OpaquePointer?
    private let clock: UnsafeMutablePointer<SearchClock>

    /// Idle workspaces of all patterns; never more than `maximumIdle`.
    private static let pool = Mutex<[MatchWorkspace]>([])
    private static let maximumIdle = 16

    /// A workspace for one search; nil when there is no memory. Every borrowed workspace is given back.
    static func borrow() -> MatchWorkspace? { pool.withLock { $0.popLast() } ?? MatchWorkspace() }

    /// Ends the loan.
    func giveBack() {
        Self.pool.withLock { idle in
            if idle.count < Self.maximumIdle { idle.append(self) }
        }
    }

    private init?() {
        guard let context = pcre2_match_context_create_8(nil) else { return nil }
        self.context = context
        clock = .allocate(capacity: 1)
        clock.initialize(to: SearchClock())
        stack = pcre2_jit_stack_create_8(32_768, PatternLimits.stackBytes, nil)
        if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
        pcre2_set_callout_8(context, { _, clock in SearchClock.tick(clock) }, clock)
    }

    deinit {
        pcre2_match_context_free_8(context)
        if let stack { pcre2_jit_stack_free_8(stack) }
        clock.deallocate()
    }

    /// Sets the limits and winds the clock for the next search.
    func prepare(_ limits: PatternLimits) {
        pcre2_set_match_limit_8(context, limits.steps)
        pcre2_set_depth_limit_8(context, limits.depth)
        pcre2_set_heap_limit_8(context, limits.heapKiB)
        clock.pointee = SearchClock(milliseconds: limits.processorMilliseconds)
    }
}

/// Counts starting places, and looks at the processor time at every 64th.
private struct SearchClock {
    private var starts = 0
    private var deadline: Int?
    private var allowance: Int

    init(milliseconds: Int = 0) { allowance = milliseconds * 1_000_000 }

    /// Called by PCRE2; zero lets the search go on, a negative number ends it.
    static func tick(_ clock: UnsafeMutableRawPointer?) -> Int32 {
        guard let clock = clock?.assumingMemoryBound(to: SearchClock.self) else { return 0 }
        clock.pointee.starts += 1
        guard clock.pointee.starts % 64 == 0 else { return 0 }
        return clock.pointee.hasRunOut() ? PCRE2_ERROR_CALLOUT : 0
    }

    /// The first look starts the clock, so that short texts never read it twice.
    private mutating func hasRunOut() -> Bool {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        let now = Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
        guard let deadline else {
            self.deadline = now + allowance
            return false
        }
        return now >= deadline
    }
}
