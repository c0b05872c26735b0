public import RungCore
public import RungText

/// `prices.yaml`: what models cost where the built-in table does not say, or says otherwise.
public enum PriceFile {
    public static let shape = ObjectShape(
        "Prices", "What models cost, in US dollars for a million tokens.",
        [
            DocumentFile.versionField,
            .required("prices", .array(.object(entry), atLeast: 0), "One entry for each model."),
        ])

    private static let dollars = Shape.number(0...1_000_000)

    private static let entry = ObjectShape(
        "Price", "What one model costs.",
        [
            .required("model", .text, "As requests name it, without the date of a snapshot."),
            .required("input", dollars, "A million tokens that the model reads."),
            .required("output", dollars, "A million tokens that the model writes, with its reasoning."),
            .optional("cache-read", dollars, "A million tokens read from a cache; default as input."),
            .optional("cache-write", dollars, "A million tokens written to a cache; default as input."),
            .required("seen", .timestamp, "The day on which the price was seen."),
            .required("source", .text, "Where it was seen."),
        ])

    /// Reads a text that is known to be well formed.
    public static func read(text: String, path: String) throws(InvalidInput) -> PriceTable {
        var diagnostics = Diagnostics()
        guard let node = DocumentFile.read(text: text, shown: path, isJSON: false, shape: shape, into: &diagnostics) else {
            throw InvalidInput(diagnostics.all)
        }
        let table = table(node, shown: path, into: &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidInput(diagnostics.all) }
        return table
    }

    /// Reads a file; problems go to `diagnostics`. No file means no prices.
    static func read(_ path: String, into diagnostics: inout Diagnostics) -> PriceTable {
        guard FileBytes.exists(path), let node = DocumentFile.read(path, shape: shape, into: &diagnostics) else { return PriceTable() }
        return table(node, shown: FilePath.shown(path), into: &diagnostics)
    }

    private static func table(_ node: Node, shown: String, into diagnostics: inout Diagnostics) -> PriceTable {
        var seen = FirstUses(what: "price of model")
        return PriceTable(
            (node["prices"]?.array ?? []).compactMap { entry in
                guard let model = entry["model"]?.string, let input = entry["input"]?.double, let output = entry["output"]?.double else {
                    return nil
                }
                seen.note(model, file: shown, at: entry["model"]?.position ?? entry.position, into: &diagnostics)
                return PriceTable.Entry(
                    model: model, input: input, output: output, cacheRead: entry["cache-read"]?.double,
                    cacheWrite: entry["cache-write"]?.double, seen: String((entry["seen"]?.string ?? "").prefix(10)),
                    source: entry["source"]?.string ?? "")
            })
    }
}
