#include "internal.h"

#include <stdlib.h>

struct rung_xml_schema {
    xmlSchemaPtr compiled;
    problem_list problems;
};

static void collect(void *context, xmlErrorPtr error) {
    rung_xml_schema *schema = context;
    if (error->level < XML_ERR_ERROR) return;
    // Only the parser leaves a column in this place.
    int column = error->domain == XML_FROM_PARSER ? error->int2 : 0;
    problem_list_append(&schema->problems, error->line, column, error->message);
}

// Compiles the schema. What its files are parsed with reports to the thread's handler, which would print to stderr.
static void compile(rung_xml_schema *schema, xmlSchemaParserCtxtPtr parser) {
    xmlStructuredErrorFunc former = xmlStructuredError;
    void *former_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(schema, collect);
    xmlSchemaSetParserStructuredErrors(parser, collect, schema);
    schema->compiled = xmlSchemaParse(parser);
    xmlSetStructuredErrorFunc(former_context, former);
}

rung_xml_schema *rung_xml_schema_create(const char *path) {
    set_up_library();
    rung_xml_schema *schema = calloc(1, sizeof *schema);
    if (schema == NULL) return NULL;
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(path);
    if (parser == NULL) {
        free(schema);
        return NULL;
    }
    compile(schema, parser);
    xmlSchemaFreeParserCtxt(parser);
    if (schema->compiled == NULL && schema->problems.count == 0) {
        problem_list_append(&schema->problems, 0, 0, "not readable as an XML Schema");
    }
    return schema;
}

void rung_xml_schema_free(rung_xml_schema *schema) {
    if (schema->compiled != NULL) xmlSchemaFree(schema->compiled);
    problem_list_free(&schema->problems);
    free(schema);
}

size_t rung_xml_schema_problem_count(const rung_xml_schema *schema) { return schema->problems.count; }

rung_xml_problem rung_xml_schema_problem(const rung_xml_schema *schema, size_t index) {
    return schema->problems.all[index];
}

xmlSchemaPtr schema_pointer(rung_xml_schema *schema) { return schema->compiled; }
