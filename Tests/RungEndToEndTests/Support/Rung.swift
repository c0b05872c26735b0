import Foundation

/// The built binary, and where it is found.
enum Rung {
    /// `RUNG_BINARY`, or `rung` beside the test bundle, or `.build/debug/rung` of the folder that these sources lie in.
    static let path: String = {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["RUNG_BINARY"], !named.isEmpty { return absolute(named) }
        var candidates: [String] = []
        for place in [Bundle.main.bundlePath, CommandLine.arguments.first ?? ""] where !place.isEmpty {
            var folder = absolute(place)
            while folder != "/" {
                candidates.append(folder + "/rung")
                folder = (folder as NSString).deletingLastPathComponent
            }
        }
        candidates.append(Repository.root + "/.build/debug/rung")
        return candidates.first { isProgram($0) } ?? Repository.root + "/.build/debug/rung"
    }()

    /// Runs the binary to its end; after `deadline` seconds it is killed and the status is 137.
    @discardableResult
    static func run(
        _ arguments: String..., in folder: Folder, environment: [String: String] = [:], stdin: String? = nil,
        deadline: Double = 120
    ) async throws -> Output {
        try await Program.run(
            [path] + arguments, in: folder.path, environment: environment, stdin: stdin, deadline: deadline)
    }

    /// Starts the binary and returns at once.
    static func start(
        _ arguments: String..., in folder: Folder, environment: [String: String] = [:], deadline: Double = 120
    ) throws -> Program {
        try Program.start([path] + arguments, in: folder.path, environment: environment, stdin: nil, deadline: deadline)
    }

    private static func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }

    private static func isProgram(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}

/// The project that these tests belong to.
enum Repository {
    /// The folder with `Package.swift`.
    static let root: String = {
        var folder = (#filePath as NSString).deletingLastPathComponent
        while folder != "/", !FileManager.default.fileExists(atPath: folder + "/Package.swift") {
            folder = (folder as NSString).deletingLastPathComponent
        }
        return folder
    }()

    /// Whether the project has a file or folder of this name.
    static func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(name)") }
}
