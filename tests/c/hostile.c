/* Hostile input: random bytes as texts, sizes that overflow, steps that leave the buffer, random structs. Every call ends
 * with a code, and no failed call leaves a value. Run with the number of rounds. */
#include "fixture.h"

static uint64_t state = 0x9e3779b97f4a7c15u;

static uint64_t draw(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static uint64_t below(uint64_t n) { return draw() % n; }

/* A number that hurts: small, huge, negative, or any. */
static int64_t number(void)
{
    static const int64_t sharp[] = {0,         1,          -1,        2,         7,          INT32_MAX, INT32_MIN,
                                    INT64_MAX, INT64_MIN,  536870911, 536870912, 4294967295, 65535,     65536,
                                    NX,        NX * NY,    VOXELS,    -NX,       -VOXELS,    VOXELS - 1};
    switch (below(3)) {
    case 0: return sharp[below(sizeof sharp / sizeof *sharp)];
    case 1: return (int64_t)below(40) - 8;
    default: return (int64_t)draw();
    }
}

static double real(void)
{
    static const double sharp[] = {0.0, -0.0, 1.0, -1.0, 1e-310, 1e308, 1e-6, 1e6, 0.5, 3.0, NAN, INFINITY, -INFINITY};
    union {
        uint64_t bits;
        double real;
    } any;
    if (below(2))
        return sharp[below(sizeof sharp / sizeof *sharp)];
    any.bits = draw();
    return any.real;
}

/* A host may always end what takes too long. */
static int32_t impatient(void *context, double done)
{
    int *calls = (int *)context;
    CHECK(done >= 0.0 && done <= 1.0);
    return ++*calls > 2000;
}

static int known(radiomics_status status) { return strcmp(radiomics_status_name(status), "unknown") != 0; }

static void texts(fixture *f)
{
    char key[80], value[80];
    const size_t options = radiomics_option_count();
    for (size_t i = 0; i < sizeof key; i++) {
        key[i] = (char)draw();
        value[i] = (char)draw();
    }
    static const char letters[] = "0123456789.,-+einfan tru";
    if (below(2))
        for (size_t i = 0; i < sizeof value; i++)
            value[i] = letters[below(sizeof letters - 1)];
    key[below(sizeof key)] = value[below(sizeof value)] = 0;
    key[sizeof key - 1] = value[sizeof value - 1] = 0;
    radiomics_option option;
    memset(&option, 0, sizeof option);
    option.struct_size = sizeof option;
    GIVES(RADIOMICS_OK, radiomics_option_at((size_t)below(options), &option));
    const char *name = below(2) ? option.key : key;
    char before[600], after[600];
    const radiomics_status had = radiomics_settings_get(f->settings, name, before, sizeof before, NULL, &f->diagnostic);
    radiomics_status status = radiomics_settings_set(f->settings, name, value, &f->diagnostic);
    CHECK(known(status) && status == f->diagnostic.status);
    if (status != RADIOMICS_OK && had == RADIOMICS_OK) {
        GIVES(RADIOMICS_OK, radiomics_settings_get(f->settings, name, after, sizeof after, NULL, NULL));
        CHECK(strcmp(before, after) == 0 && f->diagnostic.message[0] != 0);
    }
    /* whatever was taken, what it gives can be given back */
    if (status == RADIOMICS_OK) {
        GIVES(RADIOMICS_OK, radiomics_settings_get(f->settings, name, after, sizeof after, NULL, NULL));
        GIVES(RADIOMICS_OK, radiomics_settings_set(f->settings, name, after, NULL));
    }
    radiomics_plan *plan = NULL;
    const char *selectors[] = {key};
    status = radiomics_plan_create(f->settings, selectors, below(2), NULL, 0, &plan, &f->diagnostic);
    CHECK(known(status) && (status == RADIOMICS_OK) == (plan != NULL));
    radiomics_plan_destroy(plan);
    radiomics_settings *settings = NULL;
    status = radiomics_settings_create(key, NULL, 0, &settings, &f->diagnostic);
    CHECK(known(status) && (status == RADIOMICS_OK) == (settings != NULL));
    radiomics_settings_destroy(settings);
    radiomics_settings_destroy(f->settings);
    GIVES(RADIOMICS_OK, radiomics_settings_create(NULL, NULL, 0, &f->settings, NULL));
}

/* Overwrites bytes between two places of a struct. */
static void scramble(void *whole, size_t from, size_t to)
{
    unsigned char *bytes = (unsigned char *)whole;
    for (size_t n = below(4); n > 0; n--)
        bytes[from + below(to - from)] = (unsigned char)draw();
}

static void structs(fixture *f)
{
    radiomics_grid grid = f->grid;
    radiomics_image image = f->image;
    radiomics_region region = f->region;
    image.grid = &grid;
    int calls = 0;
    radiomics_host host;
    memset(&host, 0, sizeof host);
    host.struct_size = sizeof host;
    host.progress = impatient;
    host.progress_context = &calls;
    if (below(4) == 0)
        host.run = (uint32_t)below(4);
    if (host.run == RADIOMICS_RUN_THREADS)
        host.threads = (uint32_t)(below(2) ? 1 + below(3) : 4097 + below(1u << 30));

    static uint32_t sizes[8];
    static double points[48];
    for (int i = 0; i < 48; i++)
        points[i] = below(300) ? (double)(int64_t)below(24) * 0.5 : real();
    for (int i = 0; i < 48; i++)
        if (i % 3 == 2 && below(200))
            points[i] = 4.0;
    for (int i = 0; i < 8; i++)
        sizes[i] = (uint32_t)(below(40) ? 4 : draw());

    switch (below(6)) {
    case 0:
        for (int axis = 0; axis < 3; axis++)
            if (below(2))
                grid.shape[axis] = number();
        break;
    case 1:
        for (int axis = 0; axis < 3; axis++) {
            static const int64_t dense[3] = {1, NX, NX * NY};
            image.strides[axis] = below(4) ? dense[below(3)] : number();
            region.strides[axis] = below(4) ? dense[below(3)] : number();
        }
        grid.shape[below(3)] = 1 + (int64_t)below(10);
        image.start = below(2) ? 0 : number();
        region.start = below(2) ? 0 : number();
        break;
    case 2:
        for (int i = 0; i < 9; i++)
            if (below(12) == 0)
                grid.direction[i] = real();
        for (int axis = 0; axis < 3; axis++) {
            if (below(4) == 0)
                grid.spacing[axis] = real();
            if (below(4) == 0)
                grid.origin[axis] = real();
        }
        image.slope = below(2) ? 1.0 : real();
        image.intercept = below(2) ? 0.0 : real();
        break;
    case 3:
        scramble(&grid, 0, offsetof(radiomics_grid, slice_positions));
        scramble(&image, offsetof(radiomics_image, dtype), sizeof image);
        break;
    case 4:
        region.kind = (uint32_t)below(10);
        region.dtype = below(2) ? region.dtype : (uint32_t)below(12);
        region.label = below(2) ? 1.0 : real();
        region.threshold = below(2) ? 0.0 : real();
        region.index_base = (uint32_t)below(3);
        region.order = (uint32_t)below(7);
        region.bit_order = (uint32_t)below(3);
        region.occupancy = below(2) ? f->mask : NULL;
        region.occupancy_bytes = below(2) ? VOXELS : below(VOXELS);
        region.occupancy_dtype = (uint32_t)below(10);
        break;
    default:
        region.kind = RADIOMICS_REGION_CONTOURS;
        region.dtype = RADIOMICS_F64;
        region.data = points;
        region.data_bytes = below(4) ? sizeof points : below(sizeof points);
        region.contour_sizes = sizes;
        region.contour_count = below(4) ? 4 : below(9);
        region.inside_rule = (uint32_t)(below(8) ? below(3) : below(4));
        region.slice_rule = (uint32_t)(below(8) ? 0 : below(5));
        region.slice_tolerance = real();
        break;
    }
    /* buffers are never said to be longer than they are: that no library can see */
    image.data_bytes = below(16) ? sizeof f->voxels : below(sizeof f->voxels);
    if (region.data == f->mask)
        region.data_bytes = below(16) ? sizeof f->mask : below(sizeof f->mask);
    if (image.dtype == 0 || image.dtype > 10)
        image.dtype = (uint32_t)below(12);

    /* a grid of giants takes a giant's time to search: the host has its progress */
    size_t bytes = 0;
    const radiomics_status announced =
        radiomics_workspace_bytes(f->plan, &grid, &region, 1, &host, &bytes, &f->diagnostic);
    CHECK(known(announced));
    const size_t lent = below(2) ? f->bytes : below(f->bytes);
    memset(f->values, 0, f->columns * sizeof *f->values);
    radiomics_summary summary;
    memset(&summary, 0, sizeof summary);
    summary.struct_size = sizeof summary;
    calls = 0;
    const radiomics_status status = radiomics_extract(f->plan, &image, &region, &host, f->workspace, lent, f->values,
                                                      f->statuses, f->columns, &summary, &f->diagnostic);
    CHECK(known(status) && status != RADIOMICS_ERROR_INTERNAL && summary.status == status);
    for (size_t i = 0; i < f->columns; i++)
        CHECK(status == RADIOMICS_OK ? (f->statuses[i] >= 10) == !!isnan(f->values[i]) : !!isnan(f->values[i]));
    if (status == RADIOMICS_ERROR_WORKSPACE_TOO_SMALL)
        CHECK(f->diagnostic.needed > lent);
    else if (announced == RADIOMICS_OK && bytes <= lent)
        CHECK(status != RADIOMICS_ERROR_WORKSPACE_TOO_SMALL);

    static uint8_t mask[VOXELS];
    radiomics_box box;
    memset(&box, 0, sizeof box);
    box.struct_size = sizeof box;
    for (int axis = 0; axis < 3; axis++) {
        box.start[axis] = below(4) ? 0 : number();
        box.shape[axis] = below(2) ? f->grid.shape[axis] : number();
    }
    calls = 0;
    CHECK(known(radiomics_region_mask(&grid, &region, below(2) ? &box : NULL, &host, NULL, 0, mask,
                                      below(4) ? sizeof mask : below(sizeof mask), NULL, &f->diagnostic)));
    CHECK(known(radiomics_workspace_bytes_for_box(f->plan, &grid, &box, &host, &bytes, &f->diagnostic)));
}

int main(int argc, char **argv)
{
    const long rounds = argc > 1 ? atol(argv[1]) : 1000;
    static fixture f;
    fixture_open(&f);
    for (long i = 0; i < rounds; i++) {
        texts(&f);
        structs(&f);
    }
    /* memory that is written may not be memory that is read, nor lie askew */
    GIVES(RADIOMICS_ERROR_OVERLAP, radiomics_extract(f.plan, &f.image, &f.region, NULL, f.voxels, sizeof f.voxels, f.values,
                                                     f.statuses, f.columns, NULL, &f.diagnostic));
    GIVES(RADIOMICS_ERROR_OVERLAP, radiomics_extract(f.plan, &f.image, &f.region, NULL, f.mask, sizeof f.mask, f.values,
                                                     f.statuses, f.columns, NULL, &f.diagnostic));
    GIVES(RADIOMICS_ERROR_MISALIGNED,
          radiomics_extract(f.plan, &f.image, &f.region, NULL, NULL, 0, (double *)(void *)(f.workspace + 1), f.statuses,
                            f.columns, NULL, &f.diagnostic));
    f.image.data = (const char *)f.voxels + 1;
    GIVES(RADIOMICS_ERROR_MISALIGNED, fixture_extract(&f));
    f.image.data = f.voxels;
    GIVES(RADIOMICS_ERROR_OUTPUT_LENGTH, radiomics_extract(f.plan, &f.image, &f.region, NULL, NULL, 0, f.values, f.statuses,
                                                           f.columns - 1, NULL, &f.diagnostic));
    CHECK(f.diagnostic.needed == f.columns);
    GIVES(RADIOMICS_OK, fixture_extract(&f));
    fixture_close(&f);
    printf("%ld rounds\n", rounds);
    return EXIT_SUCCESS;
}
