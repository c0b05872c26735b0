#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

// An event whose texts are offsets into the arena, because the arena moves when it grows.
typedef struct {
    rung_xml_event_kind kind;
    int line;
    int depth;
    size_t offset;
    size_t count;
    size_t first_attribute;
    size_t attribute_count;
} queued_event;

typedef struct {
    size_t name_offset, name_count;
    size_t value_offset, value_count;
} queued_attribute;

struct rung_xml_reader {
    xmlParserCtxtPtr parser;
    int depth;
    int maximum_depth;

    // The queue: events, their attributes and their texts; emptied together when the last event is taken.
    buffer events;
    buffer attributes;
    buffer arena;
    size_t taken;
    // The attributes of the event taken last, with pointers in place of offsets.
    buffer resolved;

    // Bytes fed so far, and whether they are all.
    size_t consumed;
    bool ending;

    bool failed;
    bool refused;
    problem_list failure;

    xmlSchemaValidCtxtPtr validation;
    xmlSchemaSAXPlugPtr plug;
    problem_list problems;
};

static void fail(rung_xml_reader *reader, bool refused, int line, int column, const char *message) {
    if (!reader->failed) {
        reader->failed = true;
        reader->refused = refused;
        problem_list_append(&reader->failure, line, column, message);
    }
    xmlStopParser(reader->parser);
}

static int current_line(const rung_xml_reader *reader) {
    return reader->parser->input != NULL ? reader->parser->input->line : 0;
}

// A limit was reached: libxml2 is stopped where it stands.
static void refuse(rung_xml_reader *reader, const char *message) {
    int column = reader->parser->input != NULL ? reader->parser->input->col : 0;
    fail(reader, true, current_line(reader), column, message);
}

// MARK: - The queue

static size_t event_count(const rung_xml_reader *reader) { return reader->events.count / sizeof(queued_event); }

static queued_event *event_at(const rung_xml_reader *reader, size_t index) {
    return (queued_event *)(void *)reader->events.bytes + index;
}

static size_t keep(rung_xml_reader *reader, const void *bytes, size_t count) {
    size_t offset = buffer_append(&reader->arena, bytes, count);
    if (offset == SIZE_MAX) refuse(reader, "out of memory");
    return offset;
}

static void enqueue(rung_xml_reader *reader, queued_event event) {
    if (buffer_append(&reader->events, &event, sizeof event) == SIZE_MAX) refuse(reader, "out of memory");
}

// MARK: - What libxml2 reports

static void on_start(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted_count, const xmlChar **attributes) {
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted_count;
    rung_xml_reader *reader = context;
    if (reader->depth == reader->maximum_depth) {
        char message[64];
        snprintf(message, sizeof message, "nested deeper than %d levels", reader->maximum_depth);
        refuse(reader, message);
        return;
    }
    int depth = reader->depth++;
    if (reader->plug != NULL) return;
    queued_event event = {
        .kind = RUNG_XML_START,
        .line = current_line(reader),
        .depth = depth,
        .count = strlen((const char *)name),
        .first_attribute = reader->attributes.count / sizeof(queued_attribute),
        .attribute_count = (size_t)attribute_count,
    };
    event.offset = keep(reader, name, event.count);
    // Each attribute is five pointers: local name, prefix, namespace, start and end of the value.
    for (int index = 0; index < attribute_count; index++) {
        const xmlChar **parts = attributes + 5 * index;
        queued_attribute attribute = {
            .name_count = strlen((const char *)parts[0]),
            .value_count = (size_t)(parts[4] - parts[3]),
        };
        attribute.name_offset = keep(reader, parts[0], attribute.name_count);
        attribute.value_offset = keep(reader, parts[3], attribute.value_count);
        if (buffer_append(&reader->attributes, &attribute, sizeof attribute) == SIZE_MAX) {
            refuse(reader, "out of memory");
        }
    }
    if (!reader->failed) enqueue(reader, event);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)prefix, (void)uri;
    rung_xml_reader *reader = context;
    reader->depth--;
    if (reader->plug != NULL) return;
    queued_event event = {
        .kind = RUNG_XML_END,
        .line = current_line(reader),
        .depth = reader->depth,
        .count = strlen((const char *)name),
    };
    event.offset = keep(reader, name, event.count);
    if (!reader->failed) enqueue(reader, event);
}

// Character data, CDATA sections and white space; libxml2 reports them in small pieces, which are joined here.
static void on_text(void *context, const xmlChar *text, int count) {
    rung_xml_reader *reader = context;
    if (reader->plug != NULL || count <= 0) return;
    size_t offset = keep(reader, text, (size_t)count);
    if (reader->failed) return;
    size_t events = event_count(reader);
    if (events > reader->taken) {
        queued_event *last = event_at(reader, events - 1);
        if (last->kind == RUNG_XML_TEXT && last->offset + last->count == offset) {
            last->count += (size_t)count;
            return;
        }
    }
    enqueue(reader, (queued_event){
        .kind = RUNG_XML_TEXT,
        .line = current_line(reader),
        .depth = reader->depth,
        .offset = offset,
        .count = (size_t)count,
    });
}

// Entities can only be declared in a document type declaration: without one there is nothing to expand.
static void on_document_type(
    void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    (void)name, (void)external, (void)system;
    refuse(context, "document type declarations are not accepted");
}

// libxml2's push parser says "extra content" where a document breaks off, and "empty" where text comes before the root.
static const char *message_of(const rung_xml_reader *reader, const xmlError *error) {
    if (reader->ending && error->code == XML_ERR_DOCUMENT_END) {
        return reader->consumed == 0 ? "the document is empty" : "the document ends too early";
    }
    if (reader->consumed > 0 && error->code == XML_ERR_DOCUMENT_EMPTY) return "start tag expected, '<' not found";
    return error->message;
}

// The reader is found through the parser, because the schema plug takes the place of the callbacks' context.
static void on_error(void *context, xmlErrorPtr error) {
    (void)context;
    xmlParserCtxtPtr parser = error->ctxt;
    // Unknown namespace prefixes are mere errors, and are let through; only broken syntax is fatal.
    if (parser == NULL || error->level != XML_ERR_FATAL) return;
    rung_xml_reader *reader = parser->_private;
    if (reader == NULL || reader->failed) return;
    bool is_huge = error->message != NULL && strstr(error->message, "Huge input lookup") != NULL;
    const char *message = is_huge ? "a single tag or comment is larger than 10 MB" : message_of(reader, error);
    fail(reader, is_huge, error->line, error->int2, message);
}

static void on_schema_error(void *context, xmlErrorPtr error) {
    rung_xml_reader *reader = context;
    if (error->level < XML_ERR_ERROR) return;
    problem_list_append(&reader->problems, error->line > 0 ? error->line : current_line(reader), 0, error->message);
}

static int locate(void *context, const char **file, unsigned long *line) {
    if (file != NULL) *file = NULL;
    if (line != NULL) *line = (unsigned long)current_line(context);
    return 0;
}

// MARK: - The interface

static bool attach(rung_xml_reader *reader, rung_xml_schema *schema) {
    reader->validation = xmlSchemaNewValidCtxt(schema_pointer(schema));
    if (reader->validation == NULL) return false;
    xmlSchemaSetValidStructuredErrors(reader->validation, on_schema_error, reader);
    xmlSchemaValidateSetLocator(reader->validation, locate, reader);
    reader->plug = xmlSchemaSAXPlug(reader->validation, &reader->parser->sax, &reader->parser->userData);
    if (reader->plug == NULL) return false;
    reader->parser->sax->serror = on_error;
    return true;
}

rung_xml_reader *rung_xml_reader_create(int maximum_depth, rung_xml_schema *schema) {
    set_up_library();
    rung_xml_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) return NULL;
    reader->maximum_depth = maximum_depth;
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = on_document_type,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .cdataBlock = on_text,
        .ignorableWhitespace = on_text,
        .serror = on_error,
    };
    reader->parser = xmlCreatePushParserCtxt(&handler, reader, NULL, 0, NULL);
    if (reader->parser == NULL) {
        free(reader);
        return NULL;
    }
    reader->parser->_private = reader;
    // NOENT only turns `&amp;` in attributes into `&`; entities of the document's own cannot be declared.
    xmlCtxtUseOptions(reader->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
    if (schema != NULL && !attach(reader, schema)) {
        rung_xml_reader_free(reader);
        return NULL;
    }
    return reader;
}

void rung_xml_reader_free(rung_xml_reader *reader) {
    if (reader->plug != NULL) xmlSchemaSAXUnplug(reader->plug);
    if (reader->validation != NULL) xmlSchemaFreeValidCtxt(reader->validation);
    xmlFreeParserCtxt(reader->parser);
    free(reader->events.bytes);
    free(reader->attributes.bytes);
    free(reader->arena.bytes);
    free(reader->resolved.bytes);
    problem_list_free(&reader->failure);
    problem_list_free(&reader->problems);
    free(reader);
}

// In a CDATA section libxml2's push parser takes at most 300 bytes a call, however many there are, and looks for the
// section's end in all of them each time. Small pieces keep that linear, and keep the rest from piling up.
enum { usual_piece = 16384, section_piece = 512 };

static bool is_in_section(const rung_xml_reader *reader) {
    return reader->parser->instate == XML_PARSER_CDATA_SECTION;
}

static size_t pending(const rung_xml_reader *reader) {
    const xmlParserInput *input = reader->parser->input;
    return input != NULL ? (size_t)(input->end - input->cur) : 0;
}

// Lets libxml2 go on with what it has already.
static void drain_section(rung_xml_reader *reader) {
    size_t before = SIZE_MAX;
    while (!reader->failed && is_in_section(reader) && pending(reader) > section_piece && pending(reader) < before) {
        before = pending(reader);
        xmlParseChunk(reader->parser, "", 0, 0);
    }
}

bool rung_xml_reader_feed(rung_xml_reader *reader, const char *bytes, size_t count, bool last) {
    reader->consumed += count;
    while (!reader->failed && count > 0) {
        size_t limit = is_in_section(reader) ? section_piece : usual_piece;
        size_t piece = count < limit ? count : limit;
        xmlParseChunk(reader->parser, bytes, (int)piece, 0);
        drain_section(reader);
        bytes += piece;
        count -= piece;
    }
    if (!reader->failed && last) {
        reader->ending = true;
        xmlParseChunk(reader->parser, NULL, 0, 1);
    }
    if (!reader->failed && !reader->parser->wellFormed) {
        fail(reader, false, current_line(reader), 0, "not well-formed");
    }
    return !reader->failed;
}

bool rung_xml_reader_has_failed(const rung_xml_reader *reader) { return reader->failed; }

rung_xml_problem rung_xml_reader_failure(const rung_xml_reader *reader, bool *refused) {
    *refused = reader->refused;
    if (reader->failure.count == 0) return (rung_xml_problem){.message = "out of memory"};
    return reader->failure.all[0];
}

static const char *arena_at(const rung_xml_reader *reader, size_t offset) { return reader->arena.bytes + offset; }

// Turns offsets into pointers, now that the arena stays where it is until the next call.
static bool resolve_attributes(rung_xml_reader *reader, const queued_event *queued) {
    reader->resolved.count = 0;
    for (size_t index = 0; index < queued->attribute_count; index++) {
        queued_attribute *source =
            (queued_attribute *)(void *)reader->attributes.bytes + queued->first_attribute + index;
        rung_xml_attribute attribute = {
            .name = {arena_at(reader, source->name_offset), source->name_count},
            .value = {arena_at(reader, source->value_offset), source->value_count},
        };
        if (buffer_append(&reader->resolved, &attribute, sizeof attribute) == SIZE_MAX) return false;
    }
    return true;
}

// Moves a text that waits for its continuation to the front, so that the queue never grows beyond it.
static void compact(rung_xml_reader *reader) {
    queued_event waiting = *event_at(reader, reader->taken);
    memmove(reader->arena.bytes, arena_at(reader, waiting.offset), waiting.count);
    reader->arena.count = waiting.count;
    waiting.offset = 0;
    *event_at(reader, 0) = waiting;
    reader->events.count = sizeof waiting;
    reader->attributes.count = 0;
    reader->taken = 0;
}

bool rung_xml_reader_next(rung_xml_reader *reader, size_t text_bytes, rung_xml_event *event) {
    size_t events = event_count(reader);
    if (reader->taken == events) {
        reader->taken = 0;
        reader->events.count = reader->attributes.count = reader->arena.count = 0;
        return false;
    }
    queued_event *queued = event_at(reader, reader->taken);
    bool is_last = reader->taken + 1 == events;
    if (queued->kind == RUNG_XML_TEXT && is_last && queued->count < text_bytes) {
        compact(reader);
        return false;
    }
    if (!resolve_attributes(reader, queued)) {
        refuse(reader, "out of memory");
        return false;
    }
    reader->taken++;
    *event = (rung_xml_event){
        .kind = queued->kind,
        .line = queued->line,
        .depth = queued->depth,
        .text = {arena_at(reader, queued->offset), queued->count},
        .attributes = (const rung_xml_attribute *)(const void *)reader->resolved.bytes,
        .attribute_count = queued->attribute_count,
    };
    return true;
}

size_t rung_xml_reader_problem_count(const rung_xml_reader *reader) { return reader->problems.count; }

rung_xml_problem rung_xml_reader_problem(const rung_xml_reader *reader, size_t index) {
    return reader->problems.all[index];
}
