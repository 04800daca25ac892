/*
 * Puts a carevaultd under load over its socket and measures what its clients see.
 *
 * One thread, epoll, N connections with one request outstanding each. Speaks Varlink by itself and
 * shares no code with the daemon, so what it measures is what any client gets. Every reply is
 * checked: one that reports an error or lacks the record asked for counts as an error.
 */
#define _GNU_SOURCE
#include "histogram.h"
#include "wire.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

enum mode { no_mode, populate, read_records, write_records };

/* A subject and a record of theirs, made by populating. */
struct file {
    char subject[identifier_length + 1];
    char record[identifier_length + 1];
};

static struct {
    const char *socket, *token_file, *key_file, *name, *list;
    enum mode mode;
    size_t connections, count;
    double seconds, warm_up;
    long daemon;
} options = {.connections = 16, .warm_up = 1, .name = NULL};

static struct file *files;
static size_t file_count;
static char token[512];

static struct {
    struct histogram latencies;
    bool measuring, ending;
    uint64_t errors;
    char first_error[128];
    size_t next, done;
} run;

/* About 1 KB of a record of kind counselling.session, with text that is not ASCII. */
static const char session_text[] =
    "The client describes weeks of broken sleep after the reorganisation of the workshop, worry "
    "about the instalments on the flat and quarrels at home in the evening. 来访者自述近期睡眠不佳，"
    "担心房贷，与家人常有争执。 We looked at what has helped before: walking to work, the choir, "
    "a talk with the brother. Agreed: a fixed hour for going to bed, no accounts after supper, a "
    "note of three good things each day; the hardship office will look at the instalments. The "
    "client asks that nobody calls at home before six. No thoughts of self-harm, asked directly; "
    "the safety plan of the second session stands and the card with the crisis line is in the "
    "wallet. 下次见面前先完成睡眠日记，必要时可随时来电。 Next session in two weeks, in person, at "
    "the office by the canal.";

/* ---- Requests ---- */

static void ask_add_subject(struct connection *connection, size_t number) {
    static const char *const family[] = {
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林"};
    static const char *const given[] = {
        "伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "超", "霞"};
    char request[identifier_length + 1];
    make_identifier(request);
    connection_request(
        connection,
        "{\"method\":\"io.carevault.Subjects.Add\",\"parameters\":{\"fields\":{"
        "\"names\":[{\"full\":\"%s%s%s\",\"kind\":\"legal\"}],\"employee_number\":\"B%07zu\","
        "\"birth_date\":\"19%02zu-%02zu-%02zu\",\"unit\":\"Workshop %zu\",\"status\":\"active\"},"
        "\"idempotency\":\"%s\"}}",
        family[number % 16], given[number / 16 % 16], given[number / 256 % 16], number,
        60 + number % 40, 1 + number % 12, 1 + number % 28, number % 37, request);
}

static void ask_create(struct connection *connection, const char *subject) {
    char request[identifier_length + 1];
    make_identifier(request);
    connection_request(
        connection,
        "{\"method\":\"io.carevault.Records.Create\",\"parameters\":{\"subject\":\"%s\","
        "\"kind\":\"counselling.session\",\"body\":{\"held_on\":\"2026-03-02\","
        "\"duration_minutes\":50,\"channel\":\"in_person\",\"risk\":\"low\","
        "\"topics\":[\"sleep\",\"finances\"],\"summary\":\"%s\"},\"idempotency\":\"%s\"}}",
        subject, session_text, request);
}

static void ask_get(struct connection *connection) {
    connection->number = random_number() % file_count;
    const struct file *file = &files[connection->number];
    connection_request(
        connection,
        "{\"method\":\"io.carevault.Records.Get\",\"parameters\":{\"subject\":\"%s\","
        "\"record\":\"%s\"}}",
        file->subject, file->record);
}

/* Asks the next thing on a connection. Returns false when there is nothing left. */
static bool ask(struct connection *connection) {
    if (run.ending) return false;
    switch (options.mode) {
    case read_records: ask_get(connection); return true;
    case write_records:
        ask_create(connection, files[random_number() % file_count].subject);
        return true;
    default:
        if (run.next == options.count) return false;
        connection->step = 0;
        connection->number = run.next++;
        ask_add_subject(connection, connection->number);
        return true;
    }
}

/* ---- Replies ---- */

static void note_error(const char *name) {
    run.errors++;
    if (!run.first_error[0]) snprintf(run.first_error, sizeof run.first_error, "%s", name);
    if (options.mode == populate) fail("the daemon refused to add: %s", name);
}

/* Takes a reply. Returns false when the connection has nothing more to do. */
static bool take(struct connection *connection, const char *reply) {
    char name[128];
    if (run.measuring) histogram_add(&run.latencies, now() - connection->started);
    if (reply_error(reply, name, sizeof name)) {
        note_error(name);
        return ask(connection);
    }
    struct file *file = &files[connection->number];
    if (options.mode == read_records) {
        if (!strstr(reply, file->record) || !strstr(reply, "\"summary\"")) note_error("wrong reply");
        return ask(connection);
    }
    if (options.mode == populate && connection->step == 0) {
        if (!reply_text(reply, "subject", file->subject, sizeof file->subject))
            fail("the reply of Subjects.Add names no subject");
        connection->step = 1;
        ask_create(connection, file->subject);
        return true;
    }
    char record[identifier_length + 1];
    if (!reply_text(reply, "record", record, sizeof record)) {
        note_error("wrong reply");
    } else if (options.mode == populate) {
        memcpy(file->record, record, sizeof record);
        run.done++;
    }
    return ask(connection);
}

/* ---- Login and connections ---- */

static void read_line(const char *path, bool skip_first, char *line, size_t size) {
    FILE *file = fopen(path, "re");
    if (!file) fail("%s: %s", path, strerror(errno));
    if (!fgets(line, (int)size, file) || (skip_first && !fgets(line, (int)size, file)))
        fail("%s: empty", path);
    fclose(file);
    line[strcspn(line, "\n")] = 0;
    if (strpbrk(line, "\"\\")) fail("%s: holds what cannot be sent", path);
}

static void obtain_token(void) {
    if (options.token_file) {
        read_line(options.token_file, false, token, sizeof token);
        return;
    }
    char secret[256], error[128];
    read_line(options.key_file, true, secret, sizeof secret);
    struct connection connection;
    connection_open(&connection, options.socket, true);
    connection_request(
        &connection,
        "{\"method\":\"io.carevault.Session.Login\",\"parameters\":{%s%s%s"
        "\"secret\":\"%s\",\"form\":\"keyfile\",\"purpose\":\"TREAT\"}}",
        options.name ? "\"name\":\"" : "", options.name ? options.name : "",
        options.name ? "\"," : "", secret);
    explicit_bzero(secret, sizeof secret);
    const char *reply = connection_call(&connection);
    if (reply_error(reply, error, sizeof error)) fail("login refused: %s", error);
    if (!reply_text(reply, "token", token, sizeof token)) fail("the login has no token");
    connection_close(&connection);
}

static void join(struct connection *connection) {
    char error[128];
    connection_open(connection, options.socket, false);
    connection_request(
        connection,
        "{\"method\":\"io.carevault.Session.Resume\",\"parameters\":{\"token\":\"%s\"}}", token);
    const char *reply = NULL;
    while (!(reply = connection_receive(connection))) usleep(200);
    if (reply_error(reply, error, sizeof error)) fail("the login was not resumed: %s", error);
}

/* ---- The list of files ---- */

static void load_list(void) {
    FILE *list = fopen(options.list, "re");
    if (!list) fail("%s: %s", options.list, strerror(errno));
    size_t room = 1024;
    files = calloc(room, sizeof *files);
    while (files) {
        struct file *file = &files[file_count];
        if (fscanf(list, "%27s %27s", file->subject, file->record) != 2) break;
        if (!is_identifier(file->subject) || !is_identifier(file->record))
            fail("%s: line %zu is no list of this program", options.list, file_count + 1);
        if (++file_count == room) files = reallocarray(files, room *= 2, sizeof *files);
    }
    if (!files) fail("out of memory");
    fclose(list);
    if (file_count == 0) fail("%s: empty; populate first", options.list);
}

static void save_list(void) {
    FILE *list = fopen(options.list, "we");
    if (!list) fail("%s: %s", options.list, strerror(errno));
    for (size_t index = 0; index < options.count; index++)
        fprintf(list, "%s %s\n", files[index].subject, files[index].record);
    if (fclose(list) != 0) fail("%s: %s", options.list, strerror(errno));
}

/* ---- Measuring ---- */

/* User and system time of the daemon in microseconds (proc(5), fields 14 and 15 of stat). */
static double daemon_cpu(void) {
    if (!options.daemon) return 0;
    char path[64], text[1024];
    unsigned long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%ld/stat", options.daemon);
    FILE *file = fopen(path, "re");
    if (!file || !fgets(text, sizeof text, file)) fail("%s: %s", path, strerror(errno));
    fclose(file);
    const char *after = strrchr(text, ')'); /* the name before may hold anything */
    if (!after
        || sscanf(
               after + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system)
            != 2)
        fail("%s: cannot be read", path);
    return (double)(user + system) * 1e6 / (double)sysconf(_SC_CLK_TCK);
}

static double own_cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/* Answers replies until no request is outstanding or `until` (nanoseconds, 0 for never) has come. */
static void serve(int queue, size_t *outstanding, uint64_t until) {
    struct epoll_event events[256];
    while (*outstanding > 0) {
        int wait = -1;
        if (until) {
            uint64_t time = now();
            if (time >= until) return;
            wait = (int)((until - time) / 1000000) + 1;
        }
        int count = epoll_wait(queue, events, 256, wait);
        if (count < 0 && errno != EINTR) fail("epoll: %s", strerror(errno));
        for (int index = 0; index < count; index++) {
            struct connection *connection = events[index].data.ptr;
            char *reply = connection_receive(connection);
            if (reply && !take(connection, reply)) --*outstanding;
        }
    }
}

static void report(double seconds, double server, double own) {
    static const char *const names[] = {"", "populate", "reads", "writes"};
    uint64_t total = options.mode == populate ? run.done * 2 : run.latencies.total;
    double each = total ? (double)total : 1;
    printf(
        "mode=%s connections=%zu seconds=%.2f operations=%llu per_second=%.0f p50_us=%.0f "
        "p99_us=%.0f max_us=%.0f errors=%llu server_cpu_us=%.1f generator_cpu_us=%.1f\n",
        names[options.mode], options.connections, seconds, (unsigned long long)total,
        (double)total / seconds, (double)histogram_quantile(&run.latencies, 0.5) / 1e3,
        (double)histogram_quantile(&run.latencies, 0.99) / 1e3,
        (double)run.latencies.largest / 1e3, (unsigned long long)run.errors, server / each,
        own / each);
    if (run.errors)
        fprintf(
            stderr, "error: %llu replies were not what was asked for; the first: %s\n",
            (unsigned long long)run.errors, run.first_error);
}

static void drive(void) {
    struct connection *connections = calloc(options.connections, sizeof *connections);
    int queue = epoll_create1(EPOLL_CLOEXEC);
    if (!connections || queue < 0) fail("out of memory or descriptors");
    for (size_t index = 0; index < options.connections; index++) join(&connections[index]);
    size_t outstanding = 0;
    run.measuring = options.mode == populate;
    uint64_t begin = now();
    double server = daemon_cpu(), own = own_cpu();
    for (size_t index = 0; index < options.connections; index++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &connections[index]};
        if (!ask(&connections[index])) continue;
        outstanding++;
        if (epoll_ctl(queue, EPOLL_CTL_ADD, connections[index].fd, &event) != 0)
            fail("epoll: %s", strerror(errno));
    }
    if (options.mode != populate) {
        serve(queue, &outstanding, begin + (uint64_t)(options.warm_up * 1e9));
        memset(&run.latencies, 0, sizeof run.latencies);
        run.measuring = true;
        begin = now();
        server = daemon_cpu();
        own = own_cpu();
        serve(queue, &outstanding, begin + (uint64_t)(options.seconds * 1e9));
    } else {
        serve(queue, &outstanding, 0);
    }
    double seconds = (double)(now() - begin) / 1e9;
    server = daemon_cpu() - server;
    own = own_cpu() - own;
    run.measuring = false;
    run.ending = true;
    report(seconds, server, own);
    serve(queue, &outstanding, 0);
    for (size_t index = 0; index < options.connections; index++)
        connection_close(&connections[index]);
    free(connections);
    close(queue);
}

static _Noreturn void usage(int status) {
    fputs(
        "usage: loadgen --socket PATH (--token-file FILE | --key-file FILE [--name NAME])\n"
        "               --list FILE (--populate N | --reads SECONDS | --writes SECONDS)\n"
        "               [--connections N] [--warm-up SECONDS] [--daemon-pid PID]\n",
        status ? stderr : stdout);
    exit(status);
}

static double number(const char *text, double least, double most) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(value >= least && value <= most))
        fail("%s: must be a number from %g to %g", text, least, most);
    return value;
}

static void parse(int count, char **arguments) {
    static const struct option names[] = {
        {"socket", 1, 0, 's'}, {"token-file", 1, 0, 't'}, {"key-file", 1, 0, 'k'},
        {"name", 1, 0, 'n'}, {"list", 1, 0, 'l'}, {"populate", 1, 0, 'p'}, {"reads", 1, 0, 'r'},
        {"writes", 1, 0, 'w'}, {"connections", 1, 0, 'c'}, {"warm-up", 1, 0, 'u'},
        {"daemon-pid", 1, 0, 'd'}, {"help", 0, 0, 'h'}, {0}};
    for (int option; (option = getopt_long(count, arguments, "", names, NULL)) != -1;)
        switch (option) {
        case 's': options.socket = optarg; break;
        case 't': options.token_file = optarg; break;
        case 'k': options.key_file = optarg; break;
        case 'n': options.name = optarg; break;
        case 'l': options.list = optarg; break;
        case 'p': options.mode = populate; options.count = (size_t)number(optarg, 1, 1e7); break;
        case 'r': options.mode = read_records; options.seconds = number(optarg, 0.1, 3600); break;
        case 'w': options.mode = write_records; options.seconds = number(optarg, 0.1, 3600); break;
        case 'c': options.connections = (size_t)number(optarg, 1, 256); break;
        case 'u': options.warm_up = number(optarg, 0, 60); break;
        case 'd': options.daemon = (long)number(optarg, 1, 1e9); break;
        case 'h': usage(0);
        default: usage(2);
        }
    if (optind != count || !options.socket || !options.list || options.mode == no_mode
        || !options.token_file == !options.key_file)
        usage(2);
}

int main(int count, char **arguments) {
    parse(count, arguments);
    if (options.mode == populate) {
        files = calloc(options.count, sizeof *files);
        if (!files) fail("out of memory");
    } else {
        load_list();
    }
    obtain_token();
    drive();
    explicit_bzero(token, sizeof token);
    if (options.mode == populate) save_list();
    free(files);
    return run.errors ? 1 : 0;
}
