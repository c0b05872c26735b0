/// Writes well-formed XML 1.0 in UTF-8 as it comes, in constant memory, to a file or into memory.
///
/// Every call may throw `XMLWriteError`; after a failure each further call throws the same error again. Calls in an order
/// that could not give well-formed XML are bugs and trap. A class, because it stands for one open output.
public final class XMLDocumentWriter {
    /// What the output is to be.
    public enum Content: Sendable, Equatable {
        /// One root element after an XML declaration.
        case document
        /// Any number of elements, to be inserted into a document below `depth` ancestors; the depth sets the indentation.
        case fragment(depth: Int)
    }

    /// How elements are laid out; texts are never changed by it.
    public enum Layout: Sendable, Equatable {
        /// No white space between elements.
        case compact
        /// Each element on a line of its own, two spaces a level, except next to text.
        case indented
    }

    private struct OpenElement {
        let name: StaticString
        var hasChildren = false
        var hasText = false
    }

    private var output: XMLOutput
    private let content: Content
    private let layout: Layout
    private let path: String?
    private var open: [OpenElement] = []
    /// True between a start tag's name and its `>`, where attributes may follow.
    private var isTagOpen = false
    private var hasElements = false
    private var isFinished = false

    private init(_ sink: XMLOutput.Sink, path: String?, _ content: Content, _ layout: Layout) {
        output = XMLOutput(sink)
        self.path = path
        self.content = content
        self.layout = layout
        if content == .document { output.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") }
    }

    /// A writer into memory; see `bytes`.
    public convenience init(_ content: Content = .document, layout: Layout = .compact) {
        self.init(.memory, path: nil, content, layout)
    }

    /// A writer to a new file; an existing file is emptied first.
    public convenience init(
        file path: String, _ content: Content = .document, layout: Layout = .compact
    ) throws(XMLWriteError) {
        self.init(try .creating(path), path: path, content, layout)
    }

    /// A writer to an open descriptor, such as standard output, which stays open; `name` appears in errors.
    public convenience init(
        descriptor: Int32, name: String, _ content: Content = .document, layout: Layout = .compact
    ) {
        self.init(.descriptor(descriptor, name: name, closesAtEnd: false), path: nil, content, layout)
    }

    // MARK: - Elements

    /// Begins an element inside the current one.
    public func startElement(_ name: StaticString) throws(XMLWriteError) {
        precondition(!isFinished, "a finished document takes no more elements")
        precondition(content != .document || !open.isEmpty || !hasElements, "a document has one root element")
        assert(XMLName.isValid(name), "\(name) is not an XML name")
        beginChild()
        output.append(UInt8(ascii: "<"))
        output.append(name)
        open.append(OpenElement(name: name))
        isTagOpen = true
        try check()
    }

    /// Ends the current element; one without content is written as an empty-element tag.
    public func endElement() throws(XMLWriteError) {
        guard let element = open.popLast() else { preconditionFailure("every end needs a start") }
        if isTagOpen {
            output.append("/>")
            isTagOpen = false
        } else {
            if element.hasChildren, !element.hasText { indent() }
            output.append("</")
            output.append(element.name)
            output.append(UInt8(ascii: ">"))
        }
        try check()
    }

    /// Character data inside the current element; forbidden characters are replaced visibly, ANSI sequences left out.
    ///
    /// An ANSI sequence that is divided between two calls is not recognized.
    public func text(_ text: String) throws(XMLWriteError) {
        precondition(!open.isEmpty, "text stands inside an element")
        closeTag()
        open[open.count - 1].hasText = true
        output.append(escaping: text, in: .text)
        try check()
    }

    // MARK: - Attributes

    /// An attribute of the element just begun; names must differ. Line feeds and tabs survive reading.
    public func attribute(_ name: StaticString, _ value: String) throws(XMLWriteError) {
        beginAttribute(name)
        output.append(escaping: value, in: .attribute)
        output.append(UInt8(ascii: "\""))
        try check()
    }

    /// An attribute with an integer.
    public func attribute(_ name: StaticString, _ value: Int) throws(XMLWriteError) {
        beginAttribute(name)
        output.append(decimal: value)
        output.append(UInt8(ascii: "\""))
        try check()
    }

    /// An attribute with a decimal number such as `0.250`: never an exponent, rounded to 0…9 `decimals`.
    ///
    /// - Precondition: the value is finite and, without its decimal point, fits into 18 digits.
    public func attribute(_ name: StaticString, _ value: Double, decimals: Int) throws(XMLWriteError) {
        precondition((0...9).contains(decimals), "an attribute has 0 to 9 decimals")
        let unit = (0..<decimals).reduce(1) { unit, _ in unit * 10 }
        let scaled = (value * Double(unit)).rounded()
        precondition(scaled.magnitude < 1e18, "a decimal attribute is finite and has at most 18 digits")
        let whole = Int(scaled)
        beginAttribute(name)
        if whole < 0 { output.append(UInt8(ascii: "-")) }
        output.append(decimal: abs(whole) / unit)
        if decimals > 0 {
            output.append(UInt8(ascii: "."))
            output.append(decimal: abs(whole) % unit, minimumDigits: decimals)
        }
        output.append(UInt8(ascii: "\""))
        try check()
    }

    // MARK: - The whole

    /// Inserts a finished fragment into the current element; a spool file is copied in pieces and stays where it is.
    public func insert(_ fragment: XMLFragment) throws(XMLWriteError) {
        precondition(!isFinished, "a finished document takes no more elements")
        precondition(content != .document || !open.isEmpty, "a fragment stands inside an element")
        guard fragment.byteCount > 0 else { return }
        closeTag()
        if !open.isEmpty { open[open.count - 1].hasChildren = true }
        hasElements = true
        switch fragment.storage {
        case .memory(let bytes): bytes.withUnsafeBufferPointer { output.append($0) }
        case .file(let path): copy(path, expecting: fragment.byteCount)
        }
        try check()
    }

    /// Ends the output and closes its file; the only place where a full disk may show for small documents.
    public func finish() throws(XMLWriteError) {
        precondition(!isFinished, "a document is finished once")
        precondition(open.isEmpty, "every element is ended before the document")
        precondition(content != .document || hasElements, "a document has a root element")
        isFinished = true
        if content == .document { output.append(UInt8(ascii: "\n")) }
        output.close()
        try check()
    }

    /// Ends a fragment and gives it back for `insert(_:)`.
    ///
    /// - Precondition: the writer was made for a fragment in a file or in memory.
    public func finishFragment() throws(XMLWriteError) -> XMLFragment {
        precondition(content != .document, "a document cannot be inserted into another")
        try finish()
        let storage = path.map { XMLFragment.Storage.file(path: $0) } ?? .memory(output.memory)
        return XMLFragment(storage: storage, byteCount: output.totalCount)
    }

    /// What a finished writer into memory has written; empty for files.
    public var bytes: [UInt8] { output.memory }

    /// How many bytes have been written so far, those in the buffer included.
    public var byteCount: Int { output.totalCount }

    // MARK: - Pieces

    private func check() throws(XMLWriteError) {
        if let failure = output.failure { throw failure }
    }

    private func closeTag() {
        guard isTagOpen else { return }
        output.append(UInt8(ascii: ">"))
        isTagOpen = false
    }

    private func beginChild() {
        closeTag()
        if open.isEmpty {
            if case .fragment = content { indent() }
        } else {
            open[open.count - 1].hasChildren = true
            if !open[open.count - 1].hasText { indent() }
        }
        hasElements = true
    }

    private func indent() {
        guard layout == .indented else { return }
        output.append(UInt8(ascii: "\n"))
        var depth = open.count
        if case .fragment(let ancestors) = content { depth += ancestors }
        for _ in 0..<depth { output.append("  ") }
    }

    private func beginAttribute(_ name: StaticString) {
        precondition(isTagOpen, "attributes directly follow the start of their element")
        assert(XMLName.isValid(name), "\(name) is not an XML name")
        output.append(UInt8(ascii: " "))
        output.append(name)
        output.append("=\"")
    }

    private func copy(_ path: String, expecting byteCount: Int) {
        do {
            let file = try InputFile(path)
            var copied = 0
            while let bytes = try file.next() {
                output.append(bytes)
                copied += bytes.count
            }
            if copied != byteCount { output.fail(.changed(path)) }
        } catch {
            output.fail(XMLWriteError(.copy, path, code: error.code))
        }
    }
}
