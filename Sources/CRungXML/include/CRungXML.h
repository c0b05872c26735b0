// libxml2 behind an opaque interface: its headers bring ICU types that clash with Foundation in Swift, so only
// the C files of this target include them.
#ifndef CRUNGXML_H
#define CRUNGXML_H

#include <stdbool.h>
#include <stddef.h>

// UTF-8 text that belongs to the reader; not terminated by a zero.
typedef struct {
    const char *_Nullable bytes;
    size_t count;
} rung_xml_text;

typedef struct {
    rung_xml_text name;
    rung_xml_text value;
} rung_xml_attribute;

typedef enum {
    RUNG_XML_START,
    RUNG_XML_TEXT,
    RUNG_XML_END,
} rung_xml_event_kind;

// One event. All pointers are valid until the next call with the same reader.
typedef struct {
    rung_xml_event_kind kind;
    int line;
    // Elements around the event; 0 for the root's start and end.
    int depth;
    // The element's local name, or the text.
    rung_xml_text text;
    const rung_xml_attribute *_Nullable attributes;
    size_t attribute_count;
} rung_xml_event;

// One problem that libxml2 or a limit found. The message is valid as long as its owner.
typedef struct {
    int line;
    // 0 when unknown.
    int column;
    const char *_Nonnull message;
} rung_xml_problem;

typedef struct rung_xml_reader rung_xml_reader;
typedef struct rung_xml_schema rung_xml_schema;

// A push reader: bytes are fed in pieces, events come out. NULL when there is no memory.
// With a schema there are no events; the schema's problems are collected instead, and the schema must outlive the reader.
rung_xml_reader *_Nullable rung_xml_reader_create(int maximum_depth, rung_xml_schema *_Nullable schema);
void rung_xml_reader_free(rung_xml_reader *_Nonnull reader);

// Reads one more piece; `last` ends the document. False once the document is malformed or refused.
bool rung_xml_reader_feed(
    rung_xml_reader *_Nonnull reader, const char *_Nullable bytes, size_t count, bool last);

bool rung_xml_reader_has_failed(const rung_xml_reader *_Nonnull reader);

// The problem that made `rung_xml_reader_feed` false; `refused` tells whether it is a limit rather than a mistake.
rung_xml_problem rung_xml_reader_failure(const rung_xml_reader *_Nonnull reader, bool *_Nonnull refused);

// Takes the next event; false when more bytes are needed. A text at the end of the queue stays there while it has
// fewer than `text_bytes` bytes, because the next piece may continue it; 0 takes it in any case.
bool rung_xml_reader_next(rung_xml_reader *_Nonnull reader, size_t text_bytes, rung_xml_event *_Nonnull event);

// What the schema found wrong with the document, in order; at most 1,000 problems are kept.
size_t rung_xml_reader_problem_count(const rung_xml_reader *_Nonnull reader);
rung_xml_problem rung_xml_reader_problem(const rung_xml_reader *_Nonnull reader, size_t index);

// Reads an XML Schema; nothing is fetched from a network. NULL only when there is no memory.
rung_xml_schema *_Nullable rung_xml_schema_create(const char *_Nonnull path);
void rung_xml_schema_free(rung_xml_schema *_Nonnull schema);
// A schema with problems cannot be used for reading.
size_t rung_xml_schema_problem_count(const rung_xml_schema *_Nonnull schema);
rung_xml_problem rung_xml_schema_problem(const rung_xml_schema *_Nonnull schema, size_t index);

#endif
