import RungCrypto
import RungText

/// A body as it stands in a cassette file: readable where it can be, by digest where it is large.
enum CassetteBody: Equatable {
    case json(JSONValue)
    case text(String)
    case base64([UInt8])
    /// In the folder of bodies, under the hexadecimal digits of its digest.
    case file(Digest)

    /// Bodies of more bytes lie in files of their own.
    static let inlineLimit = 32 << 10

    /// How the bytes of a body are written; `files` gets those that need a file.
    ///
    /// - Parameter isWhole: false for a part of a stream, whose line breaks count.
    static func form(of bytes: [UInt8], isWhole: Bool, files: inout [Digest: [UInt8]]) -> CassetteBody {
        if bytes.count > inlineLimit {
            // The same content has the same bytes, however it was laid out.
            let content = isWhole ? value(bytes).map { Array(JSONText.compact($0).utf8) } ?? bytes : bytes
            let digest = SHA256Hasher.digest(of: content)
            files[digest] = content
            return .file(digest)
        }
        if isWhole, let value = value(bytes) { return .json(value) }
        if let text = String(validating: bytes, as: UTF8.self) { return .text(text) }
        return .base64(bytes)
    }

    /// The object or array that the bytes are; nil for anything else.
    private static func value(_ bytes: [UInt8]) -> JSONValue? {
        guard let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        return try? JSONReader.read(bytes).json
    }

    /// Writes the one member that tells the form.
    func write(into line: inout JSONText) {
        switch self {
        case .json(let value):
            line.key("json")
            line.value(value)
        case .text(let text):
            line.key("text")
            line.string(text)
        case .base64(let bytes):
            line.key("base64")
            line.string(Base64.text(of: bytes))
        case .file(let digest):
            line.key("file")
            line.string(digest.description)
        }
    }

    /// Reads a body that fits its shape; nil after a problem was added.
    static func read(_ node: Node, file: String, into diagnostics: inout Diagnostics) -> CassetteBody? {
        let forms = (node.members ?? []).filter { $0.key != "after" && !$0.value.isNull }
        guard let form = forms.first, forms.count == 1 else {
            diagnostics.append(
                Diagnostic(
                    file, node.position, "a body has exactly one form, found \(forms.count)",
                    suggestion: "keep one of json, text, base64, file"))
            return nil
        }
        switch form.key {
        case "json": return .json(form.value.json)
        case "text": return form.value.string.map { .text($0) }
        case "file": return form.value.string.flatMap { Digest($0) }.map { .file($0) }
        default:
            if let bytes = form.value.string.flatMap({ Base64.bytes(of: Array($0.utf8)) }) { return .base64(bytes) }
            diagnostics.append(Diagnostic(file, form.value.position, "not base64 after RFC 4648, with padding"))
            return nil
        }
    }
}
