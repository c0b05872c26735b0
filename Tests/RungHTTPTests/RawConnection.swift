import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A connection that sends any bytes; it waits on threads of its own, so that servers under test keep theirs.
struct RawConnection: Sendable {
    private let descriptor: Int32

    /// Why a connection could not be made.
    struct Failure: Error { var code: Int32 }

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var timeout = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failure(code: errno) }
    }

    func send(_ text: String) async { await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async {
        await elsewhere {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes { raw in
                    Glibc.send(descriptor, raw.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }
    }

    /// Everything until the server closes; a server that keeps it open for 30 seconds gets `[still open]` at the end.
    func readToEnd() async -> String { await read { _ in false } }

    /// What comes until it holds `text`, or until the server closes.
    func read(until text: String) async -> String { await read { $0.contains(text) } }

    private func read(_ isEnough: @escaping @Sendable (String) -> Bool) async -> String {
        await elsewhere {
            var received: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count < 0, errno == EAGAIN { return String(decoding: received, as: UTF8.self) + "[still open]" }
                guard count > 0 else { return String(decoding: received, as: UTF8.self) }
                received += buffer[..<count]
                let text = String(decoding: received, as: UTF8.self)
                if isEnough(text) { return text }
            }
        }
    }

    func close() { _ = Glibc.close(descriptor) }

    private func elsewhere<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: body()) }
        }
    }
}
