internal import CYaml

/// Looks for keys that are not text before the document is composed.
///
/// The composer compares keys by their whole content. A key that is an alias of nested aliases has more content than anybody can
/// compare, so that it must be found before; the events of the parser are all there is to look at.
enum YAMLKeyCheck {
    /// A mapping or a sequence that is open.
    private struct Collection {
        let isMapping: Bool
        /// Whether the next node of a mapping is a key.
        var isAtKey = true
    }

    /// The place of the first key that is no text; nil where all are, where there are no aliases, and where the text is not YAML at all.
    static func firstOtherKey(in text: String) -> SourcePosition? {
        let text = Array(text.utf8)
        guard text.contains(UInt8(ascii: "&")), text.contains(UInt8(ascii: "*")) else { return nil }
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else { return nil }
        defer { yaml_parser_delete(&parser) }
        return text.withUnsafeBufferPointer { bytes in
            yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
            return scan(&parser)
        }
    }

    private static func scan(_ parser: inout yaml_parser_t) -> SourcePosition? {
        var open: [Collection] = []
        /// Whether the last node with this anchor is text.
        var anchors: [String: Bool] = [:]
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(&parser, &event) == 1 else { return nil }
            defer { yaml_event_delete(&event) }
            var isText = false
            switch event.type {
            case YAML_STREAM_END_EVENT: return nil
            case YAML_SCALAR_EVENT:
                isText = true
                if let name = name(event.data.scalar.anchor) { anchors[name] = true }
            case YAML_ALIAS_EVENT: isText = name(event.data.alias.anchor).flatMap { anchors[$0] } ?? true
            case YAML_SEQUENCE_START_EVENT: if let name = name(event.data.sequence_start.anchor) { anchors[name] = false }
            case YAML_MAPPING_START_EVENT: if let name = name(event.data.mapping_start.anchor) { anchors[name] = false }
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
                _ = open.popLast()
                continue
            default: continue
            }
            if let last = open.indices.last, open[last].isMapping {
                if open[last].isAtKey, !isText {
                    return SourcePosition(line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1)
                }
                open[last].isAtKey.toggle()
            }
            switch event.type {
            case YAML_SEQUENCE_START_EVENT: open.append(Collection(isMapping: false))
            case YAML_MAPPING_START_EVENT: open.append(Collection(isMapping: true))
            default: break
            }
        }
    }

    private static func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? { anchor.map { String(cString: $0) } }
}
