import RungCore
import RungText
import RungWire

/// Takes secrets out of bodies before they are recorded; of streams out of the message that the events make together.
struct BodyRedaction {
    let secrets: SecretTexts
    /// How often each rule took something out.
    var counts: [String: Int] = [:]

    init(_ secrets: SecretTexts) { self.secrets = secrets }

    /// A body that cannot be recorded, because what is secret in it cannot be taken out.
    struct Refusal: Error {
        /// A lower-case fragment without anything of the body.
        var reason: String
    }

    /// The body of a request.
    mutating func request(_ body: [UInt8]) throws -> [UInt8] {
        guard !body.isEmpty else { return [] }
        guard let text = String(validating: body, as: UTF8.self) else { return try binary(body) }
        return Array((redacted(text) ?? text).utf8)
    }

    /// The body of an answer, cut where it was cut.
    mutating func response(_ pieces: [Exchange.Piece], contentType: String?) throws -> [Exchange.Piece] {
        guard !pieces.isEmpty else { return [] }
        let body = pieces.flatMap(\.bytes)
        let isAWS = contentType?.contains("amazon.eventstream") == true
        guard isAWS || String(validating: body, as: UTF8.self) != nil else {
            let type = contentType?.lowercased() ?? ""
            // A secret may be cut over its events, which cannot be read then.
            if type.contains("event-stream") || type.contains("ndjson") || type.contains("jsonl") || type.contains("stream+json") {
                throw Refusal(reason: "its stream is not valid UTF-8")
            }
            _ = try binary(body)
            return pieces
        }
        let blocks = isAWS ? try Self.messages(of: body) : try blocks(of: body, contentType)
        guard blocks.allSatisfy({ secrets.isClean($0.rest) }) else {
            throw Refusal(reason: "the name of an event or a comment holds what looks like a secret")
        }
        let changed = redacted(blocks)
        return Self.cut(changed, blocks, like: pieces)
    }

    // MARK: - Whole texts

    private mutating func redacted(_ text: String) -> String? {
        JSONBody.isJSON(Array(text.utf8)) ? secrets.redactedJSON(text, &counts) : secrets.redacted(text, &counts)
    }

    /// Bytes that are no text are recorded when no secret shows in them.
    private func binary(_ body: [UInt8]) throws -> [UInt8] {
        guard secrets.isClean(String(decoding: body, as: UTF8.self)) else {
            throw Refusal(reason: "a body that is no text holds what looks like a secret")
        }
        return body
    }

    // MARK: - Streams

    /// Some bytes of an answer that are read as one.
    private struct Block {
        var bytes: [UInt8]
        /// The event's name in its framing.
        var name: String?
        /// Nil where nothing is said.
        var data: [UInt8]?
        /// The bytes with other data.
        var replacing: ([UInt8]) -> [UInt8]

        /// What stands beside the data: names, ids and comments of events.
        var rest: String { data == nil ? "" : String(decoding: replacing([]), as: UTF8.self) }
    }

    private func blocks(of body: [UInt8], _ contentType: String?) throws -> [Block] {
        let type = contentType?.prefix { $0 != ";" }.lowercased() ?? ""
        if type.contains("event-stream") {
            do throws(WireProblem) {
                return try ServerSentEventParser.blocks(of: body).map { block in
                    Block(
                        bytes: block.bytes, name: block.event?.name, data: block.event?.data,
                        replacing: { block.bytes(replacingDataWith: $0) })
                }
            } catch {
                throw Refusal(reason: "its stream cannot be read: \(error.message)")
            }
        }
        if ["application/x-ndjson", "application/jsonl", "application/ndjson", "application/stream+json"].contains(type) {
            let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            return lines.enumerated().map { offset, line in
                let end: [UInt8] = offset < lines.count - 1 ? [UInt8(ascii: "\n")] : []
                return Block(bytes: line + end, data: line.isEmpty ? nil : Array(line), replacing: { $0 + end })
            }
        }
        return [Block(bytes: body, data: body, replacing: { $0 })]
    }

    /// The messages of a stream of AWS events; what a message holds in base64 is read where it lies.
    private static func messages(of body: [UInt8]) throws -> [Block] {
        var parser = AWSEventStreamParser()
        do throws(WireProblem) {
            let messages = try parser.push(body)
            guard try parser.finish().isEmpty else { throw WireProblem("it is cut off", at: body.count) }
            return messages.map { message in
                guard let packed = PackedPayload(message.payload) else {
                    return Block(
                        bytes: message.bytes, name: message.name, data: message.payload,
                        replacing: { message.bytes(replacingPayloadWith: $0) })
                }
                return Block(
                    bytes: message.bytes, name: message.name, data: packed.content,
                    replacing: { message.bytes(replacingPayloadWith: packed.payload(with: $0)) })
            }
        } catch {
            throw Refusal(reason: "its stream cannot be read: \(error.message)")
        }
    }

    /// The bytes of all blocks after redaction.
    private mutating func redacted(_ blocks: [Block]) -> [[UInt8]] {
        let nodes = blocks.map { $0.data.flatMap { try? JSONReader.read($0) } }
        var texts = zip(nodes, blocks).map { node, block in node.map { TextChannels.leaves(of: $0, event: block.name) } ?? [] }
        // Also in one block: an array of answers is a stream to those who send it so.
        let joined = redactJoined(&texts)
        return blocks.enumerated().map { number, block in
            guard let data = block.data else {
                let text = String(decoding: block.bytes, as: UTF8.self)
                return secrets.redacted(text, &counts).map { Array($0.utf8) } ?? block.bytes
            }
            var value = String(decoding: data, as: UTF8.self)
            var isChanged = false
            if joined.contains(number), let node = nodes[number] {
                value = JSONText.compact(TextChannels.replacing(node, with: texts[number].map(\.text)))
                isChanged = true
            }
            if let redacted = redacted(value) {
                value = redacted
                isChanged = true
            }
            return isChanged ? block.replacing(Array(value.utf8)) : block.bytes
        }
    }

    /// Takes secrets out of texts that go on over several events; returns the numbers of the events that changed.
    private mutating func redactJoined(_ texts: inout [TextChannels.Leaves]) -> Set<Int> {
        var channels: [String: [(event: Int, leaf: Int)]] = [:]
        for event in texts.indices {
            for leaf in texts[event].indices { channels[texts[event][leaf].channel, default: []].append((event, leaf)) }
        }
        var changed: Set<Int> = []
        for (channel, places) in channels.sorted(by: { $0.key < $1.key }) {
            let parts = places.map { texts[$0.event][$0.leaf].text }
            guard TextChannels.goesOn(channel, parts), let redacted = redacted(parts.joined()) else { continue }
            for (place, part) in zip(places, Rechunking.parts(of: redacted, like: parts)) where texts[place.event][place.leaf].text != part
            {
                texts[place.event][place.leaf].text = part
                changed.insert(place.event)
            }
        }
        return changed
    }

    // MARK: - Pieces

    /// Cuts the blocks where the pieces were cut; in a block that changed as near as can be.
    private static func cut(_ changed: [[UInt8]], _ blocks: [Block], like pieces: [Exchange.Piece]) -> [Exchange.Piece] {
        if changed.elementsEqual(blocks.map(\.bytes)) { return pieces }
        let whole = changed.flatMap { $0 }
        var result: [Exchange.Piece] = []
        var (offset, start, waited) = (0, 0, 0.0)
        for piece in pieces {
            offset += piece.bytes.count
            let end = moved(offset, changed, blocks)
            guard end > start else {
                // Nothing is left of this piece; the next one waits for it.
                waited += piece.afterMs ?? 0
                continue
            }
            result.append(Exchange.Piece(Array(whole[start..<end]), afterMs: piece.afterMs.map { $0 + waited }))
            (start, waited) = (end, 0)
        }
        return result
    }

    private static func moved(_ offset: Int, _ changed: [[UInt8]], _ blocks: [Block]) -> Int {
        var (old, new) = (0, 0)
        for (bytes, block) in zip(changed, blocks) {
            if offset < old + block.bytes.count { return new + min(offset - old, bytes.count) }
            old += block.bytes.count
            new += bytes.count
        }
        return new
    }
}

/// A payload of Bedrock that carries the provider's own event in base64, under `bytes`.
private struct PackedPayload {
    /// The event.
    let content: [UInt8]
    private let members: [JSONValue.Member]

    init?(_ payload: [UInt8]) {
        guard let members = (try? JSONReader.read(payload))?.json.members,
            let text = members.first(where: { $0.key == "bytes" })?.value.stringValue, let content = Base64.bytes(of: Array(text.utf8))
        else { return nil }
        self.content = content
        self.members = members
    }

    /// The payload with another event.
    func payload(with content: [UInt8]) -> [UInt8] {
        let changed = members.map { $0.key == "bytes" ? JSONValue.Member($0.key, .string(Base64.text(of: content))) : $0 }
        return Array(JSONText.compact(.object(changed)).utf8)
    }
}
