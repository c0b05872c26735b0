// What the C files of this target share: growing arrays, problem lists, and libxml2's one-time setup.
#ifndef CRUNGXML_INTERNAL_H
#define CRUNGXML_INTERNAL_H

#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

#include "CRungXML.h"

// A growing array of bytes.
typedef struct {
    char *bytes;
    size_t count;
    size_t capacity;
} buffer;

// Appends `count` bytes and gives their offset; SIZE_MAX when there is no memory.
size_t buffer_append(buffer *target, const void *bytes, size_t count);

// A bounded list of problems.
typedef struct {
    rung_xml_problem *all;
    size_t count;
} problem_list;

#define MAXIMUM_PROBLEMS 1000

// Copies the message without its final line feed; drops the problem once the list is full.
void problem_list_append(problem_list *list, int line, int column, const char *message);
void problem_list_free(problem_list *list);

// Initializes libxml2 once for all threads, and forbids it to open network connections.
void set_up_library(void);

// The compiled schema.
xmlSchemaPtr schema_pointer(rung_xml_schema *schema);

#endif
