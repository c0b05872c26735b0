import Foundation

/// Python, which checks what Rung writes with tools that know nothing of Rung.
enum Python {
    /// Whether these modules can be imported.
    static func has(_ modules: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import " + modules.joined(separator: ", ")]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    static let isThere = has("json")
    static let hasSchemas = has("jsonschema", "yaml")

    /// Runs a script; the arguments are in `sys.argv` from 1 on.
    static func run(
        _ script: String, _ arguments: String..., in folder: Folder, environment: [String: String] = [:], deadline: Double = 120
    ) async throws -> Output {
        try await Program.run(
            ["/usr/bin/env", "python3", "-c", script] + arguments, in: folder.path, environment: environment, deadline: deadline)
    }
}

extension Folder {
    /// How many rows the evidence holds, over all of its tables; nil without a database.
    func storedRows(_ name: String = ".rung/evidence.db") async throws -> Int? {
        guard has(name) else { return nil }
        let output = try await Python.run(
            """
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1])
            tables = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            print(sum(base.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0] for table in tables))
            """, name, in: self)
        guard output.status == 0, let count = Int(output.stdout.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Program.Failure(description: "cannot read \(name): \(output.stderr)")
        }
        return count
    }

    /// What a statement gives, or does, in an SQLite file: columns joined by `|`, rows by line breaks.
    func rows(_ sql: String, in name: String) async throws -> String {
        let output = try await Python.run(
            """
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1], timeout=30)
            rows = base.execute(sys.argv[2]).fetchall()
            base.commit()
            print("\\n".join("|".join(str(value) for value in row) for row in rows))
            """, name, sql, in: self)
        guard output.status == 0 else { throw Program.Failure(description: "cannot read \(name): \(output.stderr)") }
        return output.stdout.trimmingCharacters(in: .newlines)
    }
}
