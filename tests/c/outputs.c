/* What is written is never what is read or written elsewhere, and holds nothing of an earlier call once a call fails. */
#include "fixture.h"

#define APART(call) GIVES(RADIOMICS_ERROR_OVERLAP, call)

static fixture f;

/* An extraction with one output in the place of something else. */
static radiomics_status extract(const radiomics_plan *plan, const radiomics_image *image, const radiomics_region *region,
                                void *workspace, double *values, uint8_t *statuses, radiomics_summary *summary,
                                radiomics_diagnostic *diagnostic)
{
    return radiomics_extract(plan, image, region, NULL, workspace, workspace ? f.bytes : 0, values, statuses,
                             radiomics_plan_columns(plan), summary, diagnostic);
}

static void extractions(void)
{
    /* one column, so that it replaces one field of a struct */
    const char *selector = "stat_mean";
    radiomics_plan *plan;
    GIVES(RADIOMICS_OK, radiomics_plan_create(f.settings, &selector, 1, NULL, 0, &plan, NULL));
    CHECK(radiomics_plan_columns(plan) == 1);
    radiomics_image image = f.image;
    radiomics_region region = f.region;
    radiomics_grid grid = f.grid;
    radiomics_diagnostic *d = &f.diagnostic;
    APART(extract(plan, &image, &f.region, NULL, (double *)(void *)&image.data, NULL, NULL, d));
    CHECK(d->status == RADIOMICS_ERROR_OVERLAP && strcmp(d->message, "values overlaps image") == 0);
    APART(extract(plan, &f.image, &region, NULL, (double *)(void *)&region.data, NULL, NULL, d));
    image = f.image;
    image.grid = &grid;
    APART(extract(plan, &image, &f.region, NULL, (double *)(void *)&grid.shape[0], NULL, NULL, d));
    GIVES(RADIOMICS_OK, radiomics_plan_destroy(plan));

    /* outputs within one another */
    APART(extract(f.plan, &f.image, &f.region, NULL, f.values, (uint8_t *)f.values, NULL, d));
    const size_t room = f.bytes + f.columns * sizeof(double);
    unsigned char *memory = (unsigned char *)calloc(1, room);
    CHECK(memory != NULL);
    APART(extract(f.plan, &f.image, &f.region, memory, (double *)(void *)memory, f.statuses, NULL, d));
    CHECK(all_nan((double *)(void *)memory, f.columns));
    APART(extract(f.plan, &f.image, &f.region, memory, f.values, memory, NULL, d));
    void *middle = memory + f.bytes / 2 / 8 * 8;
    memset(memory, 0, room);
    radiomics_diagnostic *within = (radiomics_diagnostic *)middle;
    within->struct_size = sizeof *within;
    APART(extract(f.plan, &f.image, &f.region, memory, f.values, f.statuses, NULL, within));
    CHECK(within->status == RADIOMICS_ERROR_OVERLAP);
    radiomics_summary *summary = (radiomics_summary *)middle;
    memset(memory, 0, room);
    summary->struct_size = sizeof *summary;
    APART(extract(f.plan, &f.image, &f.region, memory, f.values, f.statuses, summary, d));
    CHECK(summary->status == RADIOMICS_ERROR_OVERLAP && all_nan(f.values, f.columns));

    /* the plan's own memory */
    const size_t bytes = radiomics_plan_bytes();
    unsigned char *storage = (unsigned char *)malloc(bytes > f.bytes ? bytes : f.bytes);
    CHECK(storage != NULL);
    GIVES(RADIOMICS_OK, radiomics_plan_create(f.settings, NULL, 0, storage, bytes, &plan, d));
    APART(extract(plan, &f.image, &f.region, storage, f.values, f.statuses, NULL, d));
    GIVES(RADIOMICS_OK, extract(plan, &f.image, &f.region, NULL, f.values, f.statuses, NULL, d));
    GIVES(RADIOMICS_OK, radiomics_plan_destroy(plan));
    free(storage);
    free(memory);

    /* the data of a later region: the first one's work does not destroy it */
    static uint8_t mask[VOXELS];
    memcpy(mask, f.mask, sizeof mask);
    memcpy(f.workspace, mask, sizeof mask);
    radiomics_region regions[2] = {f.region, f.region};
    regions[1].data = f.workspace;
    double *values = (double *)malloc(2 * f.columns * sizeof *values);
    CHECK(values != NULL && f.bytes > sizeof mask);
    APART(radiomics_extract_regions(f.plan, &f.image, regions, 2, NULL, f.workspace, f.bytes, values, NULL, 2 * f.columns,
                                    NULL, d));
    CHECK(all_nan(values, 2 * f.columns) && memcmp(mask, f.workspace, sizeof mask) == 0);
    free(values);
}

static void others(void)
{
    radiomics_region region = f.region;
    size_t bytes = 1;
    APART(radiomics_workspace_bytes(f.plan, &f.grid, &region, 1, NULL, (size_t *)(void *)&region.data, NULL));
    GIVES(RADIOMICS_OK, radiomics_workspace_bytes(f.plan, &f.grid, &f.region, 1, NULL, &bytes, NULL));
    radiomics_box box = {.struct_size = sizeof box, .shape = {NX, NY, NZ}};
    APART(radiomics_workspace_bytes_for_box(f.plan, &f.grid, &box, NULL, (size_t *)(void *)&box.shape[0], NULL));
    CHECK(box.shape[0] == 0);

    static radiomics_box space[4];
    memset(space, 0, sizeof space);
    memcpy(space, &f.region, sizeof f.region);
    APART(radiomics_region_box(&f.grid, (const radiomics_region *)(const void *)space, space, NULL));

    /* a mask drawn over the positions of the slices, or over the struct that counts its voxels */
    static double positions[VOXELS / 8 + NZ];
    for (int z = 0; z < NZ; z++)
        positions[z] = 2.0 * z;
    radiomics_grid grid = f.grid;
    grid.slice_positions = positions;
    grid.slice_count = NZ;
    static union {
        uint8_t mask[VOXELS];
        radiomics_drawing drawing;
    } both;
    APART(radiomics_region_mask(&grid, &f.region, NULL, NULL, NULL, 0, (uint8_t *)positions, VOXELS, NULL, NULL));
    both.drawing.struct_size = sizeof both.drawing;
    APART(radiomics_region_mask(&f.grid, &f.region, NULL, NULL, NULL, 0, both.mask, VOXELS, &both.drawing, NULL));

    /* slices that are counted and not there */
    grid.slice_positions = NULL;
    GIVES(RADIOMICS_ERROR_NULL_POINTER, radiomics_region_mask(&grid, &f.region, NULL, NULL, NULL, 0, both.mask, VOXELS,
                                                              NULL, &f.diagnostic));
    CHECK(strcmp(f.diagnostic.field, "grid.slice_positions") == 0);
}

/* After a failure nothing is left of what stood in any output. */
static void nothing_left(void)
{
    radiomics_summary summary;
    memset(&summary, 0, sizeof summary);
    summary.struct_size = sizeof summary;
    GIVES(RADIOMICS_OK, extract(f.plan, &f.image, &f.region, NULL, f.values, f.statuses, &summary, NULL));
    CHECK(f.statuses[0] == RADIOMICS_VALUE_OK && summary.status == RADIOMICS_OK);
    GIVES(RADIOMICS_ERROR_NULL_POINTER, extract(f.plan, &f.image, &f.region, NULL, NULL, f.statuses, &summary, NULL));
    CHECK(f.statuses[0] == RADIOMICS_VALUE_NOT_COMPUTED && summary.status == RADIOMICS_ERROR_NULL_POINTER);

    static uint8_t mask[VOXELS];
    memset(mask, 1, sizeof mask);
    radiomics_drawing drawing = {.struct_size = 3};
    GIVES(RADIOMICS_ERROR_STRUCT_SIZE,
          radiomics_region_mask(&f.grid, &f.region, NULL, NULL, NULL, 0, mask, sizeof mask, &drawing, NULL));
    for (int i = 0; i < VOXELS; i++)
        CHECK(mask[i] == 0);

    char text[64];
    size_t needed;
    for (int which = 0; which < 3; which++) {
        memset(text, 'a', sizeof text);
        needed = 77;
        const radiomics_status status =
            which == 0   ? radiomics_settings_get(f.settings, "no.such", text, sizeof text, &needed, NULL)
            : which == 1 ? radiomics_plan_setting(f.plan, "no.such", text, sizeof text, &needed, NULL)
                         : radiomics_value_status_name(99, text, sizeof text, &needed);
        CHECK(status != RADIOMICS_OK && text[0] == 0 && text[63] == 0 && needed == 0);
    }
    radiomics_column column = {.struct_size = sizeof column, .name = "earlier"};
    GIVES(RADIOMICS_ERROR_INDEX, radiomics_plan_column(f.plan, f.columns, &column, NULL));
    CHECK(column.name[0] == 0 && column.struct_size == sizeof column);
    radiomics_feature feature = {.struct_size = sizeof feature, .name = "earlier"};
    GIVES(RADIOMICS_ERROR_INDEX, radiomics_feature_at(radiomics_feature_count(), &feature));
    CHECK(feature.name[0] == 0 && feature.struct_size == sizeof feature);
}

/* A box's announcement covers contours around the voxels in it. */
static void contours_in_a_box(void)
{
    /* around x 3..7, y 2..6 on two slices of a grid of 1 x 1.25 x 2 mm */
    double points[2][4][3];
    for (int slice = 0; slice < 2; slice++)
        for (int corner = 0; corner < 4; corner++) {
            points[slice][corner][0] = corner == 1 || corner == 2 ? 7.4 : 2.6;
            points[slice][corner][1] = 1.25 * (corner >= 2 ? 6.4 : 1.6);
            points[slice][corner][2] = 2.0 * (3 + slice);
        }
    const uint32_t sizes[2] = {4, 4};
    radiomics_region region = {.struct_size = sizeof region,
                               .kind = RADIOMICS_REGION_CONTOURS,
                               .dtype = RADIOMICS_F64,
                               .data = points,
                               .data_bytes = sizeof points,
                               .contour_sizes = sizes,
                               .contour_count = 2};
    const radiomics_box box = {.struct_size = sizeof box, .start = {3, 2, 3}, .shape = {5, 5, 2}};
    size_t bytes;
    GIVES(RADIOMICS_OK, radiomics_workspace_bytes_for_box(f.plan, &f.grid, &box, NULL, &bytes, NULL));
    void *memory = malloc(bytes);
    radiomics_summary summary = {.struct_size = sizeof summary};
    GIVES(RADIOMICS_OK, radiomics_extract(f.plan, &f.image, &region, NULL, memory, bytes, f.values, f.statuses, f.columns,
                                          &summary, NULL));
    CHECK(summary.region_voxels == 50);
    free(memory);
}

int main(void)
{
    fixture_open(&f);
    extractions();
    others();
    nothing_left();
    contours_in_a_box();
    GIVES(RADIOMICS_OK, fixture_extract(&f));
    fixture_close(&f);
    puts("outputs");
    return EXIT_SUCCESS;
}
