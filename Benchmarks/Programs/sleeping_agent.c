/* A persistent agent that answers every trial after DELAY milliseconds, WIDTH of them at once.
 *
 * Usage: sleeping-agent DELAY WIDTH
 *
 * One thread and poll(2). All trials wait equally long, so they end in the order in which they came: a ring is
 * all the timer that is needed. Answers that are due together leave with one write. */

#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PLACES = 16384, ID_LIMIT = 200, INPUT_LIMIT = 1 << 20, OUTPUT_LIMIT = 1 << 16 };

struct trial {
    long long due;
    char id[ID_LIMIT];
};

static struct trial ring[PLACES];
static unsigned first, count;
static char input[INPUT_LIMIT];
static size_t filled;

static long long nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void fail(const char *reason) {
    fprintf(stderr, "sleeping-agent: %s\n", reason);
    exit(1);
}

static void write_all(const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(1, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) exit(0);
        bytes += written;
        length -= (size_t)written;
    }
}

/* Notes one request. Only trial lines have the key "trial"; ids of the benchmark need no unescaping. */
static void take(char *line, long long delay) {
    static const char key[] = "\"trial\":\"";
    if (strstr(line, "\"type\":\"trial\"") == NULL) return;
    char *id = strstr(line, key);
    if (id == NULL) fail("a trial without an id");
    id += sizeof key - 1;
    size_t length = strcspn(id, "\"");
    if (length >= ID_LIMIT || count == PLACES) fail("more than it was made for");
    struct trial *place = &ring[(first + count++) % PLACES];
    memcpy(place->id, id, length);
    place->id[length] = 0;
    place->due = nanoseconds() + delay;
}

/* Answers every trial whose time has come. */
static void answer(void) {
    static char output[OUTPUT_LIMIT];
    size_t length = 0;
    long long now = nanoseconds();
    while (count > 0 && ring[first].due <= now) {
        if (length + ID_LIMIT + 64 > sizeof output) {
            write_all(output, length);
            length = 0;
        }
        length += (size_t)sprintf(
            output + length, "{\"type\":\"result\",\"trial\":\"%s\",\"output\":\"done\"}\n", ring[first].id);
        first = (first + 1) % PLACES;
        count--;
    }
    write_all(output, length);
}

/* Reads what has come and takes its lines; returns 0 at the end of the input. */
static int receive(long long delay) {
    ssize_t got = read(0, input + filled, sizeof input - filled - 1);
    if (got < 0 && errno == EINTR) return 1;
    if (got <= 0) return 0;
    filled += (size_t)got;
    char *line = input, *end;
    while ((end = memchr(line, '\n', filled - (size_t)(line - input))) != NULL) {
        *end = 0;
        take(line, delay);
        line = end + 1;
    }
    filled -= (size_t)(line - input);
    memmove(input, line, filled);
    if (filled == sizeof input - 1) fail("a line that is too long");
    return 1;
}

int main(int arguments, char **values) {
    if (arguments != 3) fail("usage: sleeping-agent DELAY WIDTH");
    long long delay = atoll(values[1]) * 1000000LL;
    char hello[100];
    sprintf(hello, "{\"type\":\"hello\",\"protocol\":1,\"concurrency\":%d}\n", atoi(values[2]));
    write_all(hello, strlen(hello));
    int open = 1;
    while (open || count > 0) {
        struct pollfd source = {.fd = open ? 0 : -1, .events = POLLIN};
        struct timespec wait, *limit = NULL;
        if (count > 0) {
            long long left = ring[first].due - nanoseconds();
            if (left < 0) left = 0;
            wait.tv_sec = left / 1000000000LL;
            wait.tv_nsec = left % 1000000000LL;
            limit = &wait;
        }
        int ready = ppoll(&source, 1, limit, NULL);
        if (ready < 0 && errno != EINTR) fail("poll");
        if (ready > 0) open = receive(delay);
        answer();
    }
    return 0;
}
