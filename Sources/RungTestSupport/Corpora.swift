#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Real third-party material with known answers, where a copy lies on the machine.
public enum Corpora {
    /// The environment variable that names the folder; tests that need it are skipped without it.
    public static let variable = "RUNG_CORPORA"

    /// The folder; nil when the variable is not set.
    public static var folder: String? { getenv(variable).map { String(cString: $0) } }

    /// A file or folder in it; nil when it is not there.
    public static func path(_ name: String) -> String? {
        guard let folder, access("\(folder)/\(name)", R_OK) == 0 else { return nil }
        return "\(folder)/\(name)"
    }
}
