#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread beside the caller's, for work that would otherwise make it wait.
enum SideThread {
    /// Stack of a thread in bytes; some systems give far less unless asked.
    private static let stack = 1 << 20

    /// Runs `body` on a new thread, which ends with it; nobody waits for it.
    static func start(_ body: @escaping @Sendable () -> Void) throws(EvidenceError) {
        let work = Unmanaged.passRetained(Work(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stack)
        #if canImport(Darwin)
            var thread: pthread_t?
            let code = pthread_create(&thread, &attributes, { Work.run($0) }, work.toOpaque())
        #else
            var thread = pthread_t()
            let code = pthread_create(&thread, &attributes, { $0.map { Work.run($0) } ?? nil }, work.toOpaque())
        #endif
        guard code == 0 else {
            work.release()
            throw EvidenceError(.other, "no thread can be started: \(String(cString: strerror(code)))", suggestion: "end other programs")
        }
    }

    private final class Work {
        private let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        static func run(_ work: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
            Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
            return nil
        }
    }
}

/// Hands values from one thread to another, in their order.
///
/// Whoever closes it ends the waiting of both. A class because both threads share it; every access holds the lock.
final class Handover<Element: Sendable>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var elements: [Element] = []
    private var isClosed = false

    init() {
        lock.initialize(to: pthread_mutex_t())
        changed.initialize(to: pthread_cond_t())
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        lock.deallocate()
        changed.deallocate()
    }

    /// Gives a value away; one that nobody takes any more vanishes.
    func put(_ element: Element) {
        pthread_mutex_lock(lock)
        if !isClosed { elements.append(element) }
        pthread_cond_signal(changed)
        pthread_mutex_unlock(lock)
    }

    /// The next value, waiting for it; nil once it is closed and everything has been taken.
    func take() -> Element? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while elements.isEmpty, !isClosed { pthread_cond_wait(changed, lock) }
        return elements.isEmpty ? nil : elements.removeFirst()
    }

    /// Says that nothing more will be given.
    func close() {
        pthread_mutex_lock(lock)
        isClosed = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(lock)
    }
}
