#include "internal.h"

#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t buffer_append(buffer *target, const void *bytes, size_t count) {
    if (target->capacity - target->count < count) {
        size_t capacity = target->capacity < 4096 ? 4096 : target->capacity;
        while (capacity - target->count < count) {
            if (capacity > SIZE_MAX / 2) return SIZE_MAX;
            capacity *= 2;
        }
        char *moved = realloc(target->bytes, capacity);
        if (moved == NULL) return SIZE_MAX;
        target->bytes = moved;
        target->capacity = capacity;
    }
    size_t offset = target->count;
    if (count > 0) memcpy(target->bytes + offset, bytes, count);
    target->count += count;
    return offset;
}

void problem_list_append(problem_list *list, int line, int column, const char *message) {
    if (list->count == MAXIMUM_PROBLEMS) return;
    if (list->all == NULL) {
        list->all = calloc(MAXIMUM_PROBLEMS, sizeof *list->all);
        if (list->all == NULL) return;
    }
    if (message == NULL) message = "unknown problem";
    size_t length = strlen(message);
    while (length > 0 && (message[length - 1] == '\n' || message[length - 1] == ' ')) length--;
    char *copy = malloc(length + 1);
    if (copy == NULL) return;
    memcpy(copy, message, length);
    copy[length] = 0;
    list->all[list->count++] = (rung_xml_problem){.line = line, .column = column, .message = copy};
}

void problem_list_free(problem_list *list) {
    for (size_t index = 0; index < list->count; index++) free((void *)list->all[index].message);
    free(list->all);
    *list = (problem_list){0};
}

static void set_up(void) {
    xmlInitParser();
    // Schemas are loaded without parser options, so XML_PARSE_NONET alone would not keep their imports off the network.
    xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
}

void set_up_library(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_up);
}
