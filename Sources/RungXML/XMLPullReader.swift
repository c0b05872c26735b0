internal import CRungXML

/// Reads XML event by event in constant memory: strict about syntax, indifferent to what the elements mean.
///
/// Document types are refused, nothing is fetched, nothing is expanded. A class, because it stands for one open input.
public final class XMLPullReader {
    /// The line of the latest event, counted from 1; for a start tag, the line on which the tag ends.
    public private(set) var line = 0
    /// How many elements surround the latest event; 0 for the root's start and end.
    public private(set) var depth = 0
    private let parser: XMLPushParser

    /// A text up to this size arrives as one event; a longer one in several, each of at least this many bytes but the last.
    public static let textBytes = 1 << 20

    /// A reader for a file.
    ///
    /// - Throws: `XMLReadError.unreadable` when the file cannot be opened.
    public init(file path: String, limits: XMLReadLimits = XMLReadLimits()) throws(XMLReadError) {
        parser = try XMLPushParser(XMLPushParser.open(path), source: path, limits: limits)
    }

    /// A reader for bytes in memory; `name` stands for the file in errors.
    public init(
        bytes: [UInt8], name: String = "input", limits: XMLReadLimits = XMLReadLimits()
    ) throws(XMLReadError) {
        parser = try XMLPushParser(.memory(bytes), source: name, limits: limits)
    }

    /// The next event, or nil after the root's end.
    ///
    /// - Throws: `XMLReadError` at the first problem; events given before it belong to a document that is not XML.
    public func next() throws(XMLReadError) -> XMLEvent? {
        var event = rung_xml_event()
        while !rung_xml_reader_next(parser.handle, parser.isAtEnd ? 0 : Self.textBytes, &event) {
            guard !parser.isAtEnd else {
                try parser.throwIfFailed()
                return nil
            }
            try parser.advance()
        }
        line = Int(event.line)
        depth = Int(event.depth)
        switch event.kind {
        case RUNG_XML_START: return .start(name: String(event.text), attributes: attributes(of: event))
        case RUNG_XML_TEXT: return .text(String(event.text))
        default: return .end(name: String(event.text))
        }
    }

    private func attributes(of event: rung_xml_event) -> [XMLAttribute] {
        UnsafeBufferPointer(start: event.attributes, count: event.attribute_count)
            .map { XMLAttribute(String($0.name), String($0.value)) }
    }
}

extension String {
    fileprivate init(_ text: rung_xml_text) {
        let bytes = UnsafeBufferPointer(start: text.bytes, count: text.count)
        self = bytes.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
    }
}
