/* With a workspace and with storage nothing is allocated: every way to the heap is counted. Without a workspace, memory
 * that is not to be had is a code. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>

#include "fixture.h"

static size_t count;
static size_t refuse_from = (size_t)-1;

/* Ours stand before the C library's: the library under test is bound to them. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

void *malloc(size_t bytes)
{
    count++;
    return bytes >= refuse_from ? NULL : __libc_malloc(bytes);
}
void *calloc(size_t n, size_t bytes)
{
    count++;
    return n * bytes >= refuse_from ? NULL : __libc_calloc(n, bytes);
}
void *realloc(void *old, size_t bytes)
{
    count++;
    return bytes >= refuse_from ? NULL : __libc_realloc(old, bytes);
}
void *aligned_alloc(size_t alignment, size_t bytes)
{
    count++;
    return __libc_memalign(alignment, bytes);
}
int posix_memalign(void **out, size_t alignment, size_t bytes)
{
    count++;
    *out = __libc_memalign(alignment, bytes);
    return *out ? 0 : ENOMEM;
}

static int32_t go_on(void *context, double done)
{
    (void)context;
    return done > 2.0;
}

static int32_t one_after_the_other(void *context, size_t n, radiomics_task task, void *task_context)
{
    (void)context;
    for (size_t i = 0; i < n; i++)
        task(task_context, i);
    return 0;
}

int main(void)
{
    static fixture f;
    fixture_open(&f);
    CHECK(count > 0); /* the counters are in place: the plan was allocated */
    size_t before = count;
    radiomics_plan *allocated = NULL;
    GIVES(RADIOMICS_OK, radiomics_plan_create(f.settings, NULL, 0, NULL, 0, &allocated, NULL));
    CHECK(count == before + 1);
    radiomics_plan_destroy(allocated);

    static unsigned char settings_storage[1 << 14], plan_storage[1 << 17];
    CHECK(radiomics_settings_bytes() <= sizeof settings_storage && radiomics_plan_bytes() <= sizeof plan_storage);
    before = count;
    radiomics_settings *settings = NULL;
    radiomics_plan *plan = NULL;
    GIVES(RADIOMICS_ERROR_BUFFER_TOO_SMALL,
          radiomics_settings_create("ibsi-c", settings_storage, 10, &settings, &f.diagnostic));
    CHECK(f.diagnostic.needed == radiomics_settings_bytes() && settings == NULL);
    GIVES(RADIOMICS_OK, radiomics_settings_create("ibsi-c", settings_storage + 1, radiomics_settings_bytes(), &settings,
                                                  &f.diagnostic));
    GIVES(RADIOMICS_OK, radiomics_settings_set(settings, "texture.aggregation", "all", &f.diagnostic));
    GIVES(RADIOMICS_OK, radiomics_plan_create(settings, NULL, 0, plan_storage + 3, radiomics_plan_bytes(), &plan,
                                              &f.diagnostic));
    GIVES(RADIOMICS_OK, radiomics_settings_destroy(settings));
    const size_t columns = radiomics_plan_columns(plan);
    static double values[2 * 4096];
    static uint8_t statuses[2 * 4096];
    static unsigned char workspace[1 << 22];
    radiomics_region regions[2] = {f.region, f.region};
    /* the second is drawn from indices */
    static uint32_t indices[VOXELS];
    size_t inside_count = 0;
    for (uint32_t i = 0; i < VOXELS; i++)
        if (f.mask[i])
            indices[inside_count++] = i;
    regions[1].kind = RADIOMICS_REGION_INDICES;
    regions[1].dtype = RADIOMICS_U32;
    regions[1].data = indices;
    regions[1].data_bytes = inside_count * sizeof *indices;
    for (int run = 0; run < 2; run++) {
        radiomics_host host;
        memset(&host, 0, sizeof host);
        host.struct_size = sizeof host;
        host.progress = go_on;
        host.run = run ? RADIOMICS_RUN_HOST : RADIOMICS_RUN_SERIAL;
        host.threads = 3;
        host.parallel_for = one_after_the_other;
        size_t bytes = 0;
        GIVES(RADIOMICS_OK, radiomics_workspace_bytes(plan, &f.grid, regions, 2, &host, &bytes, &f.diagnostic));
        CHECK(bytes <= sizeof workspace);
        GIVES(RADIOMICS_OK, radiomics_extract_regions(plan, &f.image, regions, 2, &host, workspace, bytes, values, statuses,
                                                      2 * columns, NULL, &f.diagnostic));
        CHECK(same_bits(values, values + columns, columns));
        CHECK(memcmp(statuses, statuses + columns, columns) == 0);
        /* errors allocate nothing either */
        GIVES(RADIOMICS_ERROR_WORKSPACE_TOO_SMALL,
              radiomics_extract(plan, &f.image, &regions[1], &host, workspace, 100, values, NULL, columns, NULL,
                                &f.diagnostic));
    }
    static uint8_t mask[VOXELS];
    GIVES(RADIOMICS_OK, radiomics_region_mask(&f.grid, &regions[1], NULL, NULL, workspace, sizeof workspace, mask,
                                              sizeof mask, NULL, &f.diagnostic));
    GIVES(RADIOMICS_OK, radiomics_plan_destroy(plan));
    CHECK(count == before);

    /* memory that is not to be had */
    refuse_from = 20000;
    GIVES(RADIOMICS_ERROR_OUT_OF_MEMORY, radiomics_extract(f.plan, &f.image, &f.region, NULL, NULL, 0, f.values, f.statuses,
                                                           f.columns, NULL, &f.diagnostic));
    CHECK(all_nan(f.values, f.columns));
    refuse_from = 1;
    GIVES(RADIOMICS_ERROR_OUT_OF_MEMORY, radiomics_plan_create(f.settings, NULL, 0, NULL, 0, &plan, &f.diagnostic));
    GIVES(RADIOMICS_ERROR_OUT_OF_MEMORY, radiomics_settings_create(NULL, NULL, 0, &settings, &f.diagnostic));
    CHECK(plan == NULL && settings == NULL);
    refuse_from = (size_t)-1;
    fixture_close(&f);
    puts("no allocation");
    return EXIT_SUCCESS;
}
