/* What the host lends: progress, cancelling, threads. Two threads extract with one plan. Run with the number of
 * milliseconds within which a cancelled call must end; 0 does not look at the clock. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "fixture.h"

static fixture f;
static double wanted[4096];

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

typedef struct listener {
    pthread_t caller;
    int anywhere;
    atomic_int inside;
    int calls;
    int stop_at;
    double last;
    double stopped;
    double heard; /* when it was asked last */
    double silence; /* the longest time between two questions */
} listener;

static int32_t progress(void *context, double done)
{
    listener *l = (listener *)context;
    CHECK(atomic_fetch_add(&l->inside, 1) == 0);
    CHECK(l->anywhere || pthread_equal(pthread_self(), l->caller));
    CHECK(done >= l->last - 1e-9 && done <= 1.0);
    l->last = done;
    const double time = now();
    if (l->heard > 0 && time - l->heard > l->silence)
        l->silence = time - l->heard;
    l->heard = time;
    const int stop = l->stop_at > 0 && ++l->calls >= l->stop_at;
    CHECK(!(stop && l->stopped > 0)); /* not asked again */
    if (stop)
        l->stopped = now();
    atomic_fetch_sub(&l->inside, 1);
    return stop;
}

/* A host's pool: three threads that take indices, some of them twice. */
typedef struct pool {
    radiomics_task task;
    void *context;
    size_t count;
    atomic_size_t next;
    int answer;
    int lazy;
} pool;

static void *work(void *argument)
{
    pool *p = (pool *)argument;
    for (;;) {
        const size_t i = atomic_fetch_add(&p->next, 1);
        if (i >= p->count + 2) /* more often than asked: does no harm */
            return NULL;
        p->task(p->context, i);
    }
}

static int32_t parallel_for(void *context, size_t count, radiomics_task task, void *task_context)
{
    pool *p = (pool *)context;
    if (p->answer)
        return p->answer;
    p->task = task;
    p->context = task_context;
    p->count = p->lazy ? 0 : count;
    atomic_store(&p->next, 0);
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        CHECK(pthread_create(&threads[i], NULL, work, p) == 0);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

static radiomics_status run(const radiomics_host *host, double *values)
{
    size_t bytes = 0;
    GIVES(RADIOMICS_OK, radiomics_workspace_bytes(f.plan, &f.grid, &f.region, 1, host, &bytes, NULL));
    void *memory = malloc(bytes);
    radiomics_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
    const radiomics_status status = radiomics_extract(f.plan, &f.image, &f.region, host, memory, bytes, values, NULL,
                                                      f.columns, NULL, &diagnostic);
    CHECK(status == diagnostic.status);
    free(memory);
    return status;
}

static void *extract(void *values)
{
    for (int i = 0; i < 20; i++)
        GIVES(RADIOMICS_OK, run(NULL, (double *)values));
    return NULL;
}

/* Stops at one question, after the other threads had the time to finish. */
typedef struct stopper {
    int calls;
    int stop_at;
} stopper;

static int32_t stop_late(void *context, double done)
{
    stopper *s = (stopper *)context;
    (void)done;
    if (++s->calls < s->stop_at)
        return 0;
    const struct timespec time = {.tv_nsec = 20000000};
    nanosleep(&time, NULL);
    return 1;
}

/* The last answers count like the others, also when the work is done before they are given. */
static void stop_at_the_end(void)
{
    for (uint32_t round = 0; round < 6; round++) {
        int questions = 0;
        for (int before_end = -1; before_end < 10; before_end++) {
            stopper s = {.stop_at = before_end < 0 ? 1 << 30 : questions - before_end};
            const radiomics_host host = {.struct_size = sizeof host,
                                         .progress = stop_late,
                                         .progress_context = &s,
                                         .run = RADIOMICS_RUN_THREADS,
                                         .threads = 2 + round % 3};
            const radiomics_status status = radiomics_extract(f.plan, &f.image, &f.region, &host, NULL, 0, f.values,
                                                              f.statuses, f.columns, NULL, NULL);
            CHECK(status == (s.calls < s.stop_at ? RADIOMICS_OK : RADIOMICS_ERROR_CANCELLED));
            CHECK((status == RADIOMICS_OK) == !all_nan(f.values, f.columns));
            if (before_end < 0)
                questions = s.calls;
        }
    }
}

int main(int argc, char **argv)
{
    const double limit = argc > 1 ? atof(argv[1]) : 0.0;
    fixture_open(&f);
    GIVES(RADIOMICS_OK, fixture_extract(&f));
    memcpy(wanted, f.values, f.columns * sizeof *wanted);

    /* the library's threads, and progress that is told on the calling thread alone */
    for (uint32_t threads = 0; threads < 6; threads++) {
        listener l = {.caller = pthread_self()};
        const radiomics_host host = {.struct_size = sizeof host,
                                     .progress = progress,
                                     .progress_context = &l,
                                     .run = RADIOMICS_RUN_THREADS,
                                     .threads = threads};
        GIVES(RADIOMICS_OK, run(&host, f.values));
        CHECK(same_bits(f.values, wanted, f.columns) && l.last > 0);
    }
    /* the host's threads */
    for (int lazy = 0; lazy < 2; lazy++) {
        pool p = {.lazy = lazy};
        listener l = {.caller = pthread_self(), .anywhere = 1};
        radiomics_host host = {.struct_size = sizeof host,
                               .progress = progress,
                               .progress_context = &l,
                               .run = RADIOMICS_RUN_HOST,
                               .threads = 3,
                               .parallel_for = parallel_for,
                               .parallel_context = &p};
        GIVES(RADIOMICS_OK, run(&host, f.values));
        CHECK(same_bits(f.values, wanted, f.columns));
        p.answer = 5;
        l.last = 0;
        GIVES(RADIOMICS_ERROR_HOST, run(&host, f.values));
        CHECK(all_nan(f.values, f.columns));
        host.threads = 0;
        size_t bytes;
        GIVES(RADIOMICS_ERROR_INVALID_ARGUMENT,
              radiomics_workspace_bytes(f.plan, &f.grid, &f.region, 1, &host, &bytes, NULL));
    }
    const radiomics_host unknown = {.struct_size = sizeof unknown, .run = 77};
    size_t bytes;
    GIVES(RADIOMICS_ERROR_INVALID_ARGUMENT,
          radiomics_workspace_bytes(f.plan, &f.grid, &f.region, 1, &unknown, &bytes, NULL));

    /* one plan, two threads at a time */
    static double first[4096], second[4096];
    pthread_t a, b;
    CHECK(pthread_create(&a, NULL, extract, first) == 0 && pthread_create(&b, NULL, extract, second) == 0);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    CHECK(same_bits(first, wanted, f.columns) && same_bits(second, wanted, f.columns));

    /* cancelled at the first word, later, and with threads; a large image ends in time */
    enum { SIDE = 160 };
    const size_t voxels = (size_t)SIDE * SIDE * SIDE;
    int16_t *large = (int16_t *)malloc(voxels * sizeof *large);
    uint8_t *mask = (uint8_t *)malloc(voxels);
    CHECK(large && mask);
    for (size_t i = 0; i < voxels; i++) {
        large[i] = (int16_t)((i * 2654435761u >> 7) % 2000);
        mask[i] = i % 11 != 0;
    }
    f.grid.shape[0] = f.grid.shape[1] = f.grid.shape[2] = 48;
    f.image.data = large;
    f.image.data_bytes = voxels * sizeof *large;
    f.region.data = mask;
    f.region.data_bytes = voxels;
    stop_at_the_end();
    f.grid.shape[0] = f.grid.shape[1] = f.grid.shape[2] = SIDE;
    for (uint32_t threads = 1; threads <= 2; threads++) {
        listener l = {.caller = pthread_self()};
        const radiomics_host host = {.struct_size = sizeof host,
                                     .progress = progress,
                                     .progress_context = &l,
                                     .run = RADIOMICS_RUN_THREADS,
                                     .threads = threads};
        GIVES(RADIOMICS_OK, radiomics_extract(f.plan, &f.image, &f.region, &host, NULL, 0, f.values, f.statuses, f.columns,
                                              NULL, NULL));
        printf("asked at least every %.1f ms\n", l.silence);
        CHECK(limit == 0.0 || l.silence <= limit);
    }
    double slowest = 0;
    for (int stop_at = 1; stop_at < 4000; stop_at = stop_at * 3 + 1)
        for (uint32_t threads = 1; threads <= 2; threads++) {
            listener l = {.caller = pthread_self(), .stop_at = stop_at};
            const radiomics_host host = {.struct_size = sizeof host,
                                         .progress = progress,
                                         .progress_context = &l,
                                         .run = RADIOMICS_RUN_THREADS,
                                         .threads = threads};
            const radiomics_status status = radiomics_extract(f.plan, &f.image, &f.region, &host, NULL, 0, f.values,
                                                              f.statuses, f.columns, NULL, NULL);
            /* how often it is asked depends on the machine; many times it is for sure */
            CHECK(status == (l.calls < stop_at ? RADIOMICS_OK : RADIOMICS_ERROR_CANCELLED));
            CHECK(status == RADIOMICS_ERROR_CANCELLED || stop_at > 100);
            if (status == RADIOMICS_OK)
                continue;
            const double took = now() - l.stopped;
            slowest = took > slowest ? took : slowest;
            CHECK(all_nan(f.values, f.columns) && f.statuses[0] == RADIOMICS_VALUE_CANCELLED);
        }
    printf("cancelled within %.1f ms\n", slowest);
    CHECK(limit == 0.0 || slowest <= limit);
    free(mask);
    free(large);
    fixture_close(&f);
    return EXIT_SUCCESS;
}
