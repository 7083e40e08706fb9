/* A planning system: a CT in MATLAB order, structures as contours in patient mm, a workspace of its own that is taken
 * before the structures are known, progress, and a run that its user cancels.
 *
 *     cargo build --release -p radiomics-ffi
 *     cc examples/c/planning.c -Iinclude -Ltarget/release -Wl,-rpath,$PWD/target/release -lradiomics -o planning
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "radiomics.h"

/* rows run along y and are the fastest, as in MATLAB: ct(row, column, slice) */
enum { ROWS = 56, COLUMNS = 64, SLICES = 14, VOXELS = ROWS * COLUMNS * SLICES };
enum { STRUCTURES = 3, CORNERS = 8, CONTOURS = 2 * SLICES };

static const double spacing[3] = {0.9765625, 0.9765625, 3.0};
static const double origin[3] = {-31.25, -27.5, 110.0};

/* The contours of one structure, as a planning system holds them. */
typedef struct structure {
    const char *name;
    double points[CONTOURS * CORNERS * 3];
    uint32_t sizes[CONTOURS];
    size_t contours;
} structure;

static int16_t ct[VOXELS];
static structure structures[STRUCTURES];

/* Prints what went wrong and ends the program. */
static void check(radiomics_status status, const radiomics_diagnostic *diagnostic)
{
    if (status != RADIOMICS_OK) {
        fprintf(stderr, "%s: %s\n", radiomics_status_name(status), diagnostic->message);
        exit(EXIT_FAILURE);
    }
}

/* An octagon around (x, y) on a slice. */
static void add_contour(structure *s, double x, double y, int slice, double radius)
{
    static const double corners[CORNERS][2] = {{1.0, 0.4},   {0.4, 1.0},   {-0.4, 1.0},  {-1.0, 0.4},
                                               {-1.0, -0.4}, {-0.4, -1.0}, {0.4, -1.0}, {1.0, -0.4}};
    double *point = s->points + s->contours * CORNERS * 3;
    for (int i = 0; i < CORNERS; i++) {
        *point++ = x + radius * corners[i][0];
        *point++ = y + radius * corners[i][1];
        *point++ = origin[2] + slice * spacing[2];
    }
    s->sizes[s->contours++] = CORNERS;
}

static void draw(void)
{
    for (int z = 0; z < SLICES; z++)
        for (int x = 0; x < COLUMNS; x++)
            for (int y = 0; y < ROWS; y++)
                /* stored as Hounsfield units above -1024 */
                ct[y + ROWS * (x + COLUMNS * z)] = (int16_t)(1024 + (x * 11 + y * y + z * 17 + x * y % 7) % 150 - 40);
    structures[0].name = "target";
    structures[1].name = "wall";
    structures[2].name = "couch";
    for (int z = 3; z < 12; z++)
        add_contour(&structures[0], 2.7, -3.1, z, 11.3);
    for (int z = 2; z < 9; z++) {
        /* a contour within a contour is a hole */
        add_contour(&structures[1], -1.9, 1.3, z, 17.7);
        add_contour(&structures[1], -1.9, 1.3, z, 8.9);
    }
    /* drawn beside the image */
    add_contour(&structures[2], 500.0, 1.3, 4, 10.1);
}

/* What the progress callback is told: where to write, and when the user stops. */
typedef struct listener {
    double stop_at;
    int shown;
} listener;

static int32_t progress(void *context, double done)
{
    listener *l = context;
    const int tens = (int)(done * 10.0);
    if (tens > l->shown) {
        l->shown = tens;
        fprintf(stderr, "%d %%\n", 10 * tens);
    }
    return done >= l->stop_at;
}

int main(void)
{
    radiomics_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
    radiomics_settings *settings = NULL;
    radiomics_plan *plan = NULL;
    check(radiomics_settings_create("ibsi-c", NULL, 0, &settings, &diagnostic), &diagnostic);
    check(radiomics_settings_set(settings, "resegment.range", "-30,100", &diagnostic), &diagnostic);
    check(radiomics_plan_create(settings, NULL, 0, NULL, 0, &plan, &diagnostic), &diagnostic);
    check(radiomics_settings_destroy(settings), &diagnostic);

    radiomics_grid grid = {.struct_size = sizeof grid, .shape = {COLUMNS, ROWS, SLICES}};
    for (int axis = 0; axis < 3; axis++) {
        grid.spacing[axis] = spacing[axis];
        grid.origin[axis] = origin[axis];
    }
    const radiomics_image image = {.struct_size = sizeof image,
                                   .grid = &grid,
                                   .data = ct,
                                   .data_bytes = sizeof ct,
                                   .dtype = RADIOMICS_I16,
                                   .strides = {ROWS, 1, ROWS * COLUMNS},
                                   .slope = 1.0,
                                   .intercept = -1024.0};

    /* Memory for any structure on this grid: taken once, used for every call. */
    const radiomics_box whole = {.struct_size = sizeof whole, .shape = {COLUMNS, ROWS, SLICES}};
    listener listening = {.stop_at = 2.0, .shown = 0};
    const radiomics_host host = {.struct_size = sizeof host, .progress = progress, .progress_context = &listening};
    size_t bytes = 0;
    check(radiomics_workspace_bytes_for_box(plan, &grid, &whole, &host, &bytes, &diagnostic), &diagnostic);
    void *workspace = malloc(bytes);

    const size_t columns = radiomics_plan_columns(plan), length = STRUCTURES * columns;
    double *values = malloc(length * sizeof *values);
    uint8_t *statuses = malloc(length);
    if (workspace == NULL || values == NULL || statuses == NULL)
        return EXIT_FAILURE;

    draw();
    radiomics_region regions[STRUCTURES];
    radiomics_summary summaries[STRUCTURES];
    for (int i = 0; i < STRUCTURES; i++) {
        const structure *s = &structures[i];
        regions[i] = (radiomics_region){.struct_size = sizeof *regions,
                                        .kind = RADIOMICS_REGION_CONTOURS,
                                        .dtype = RADIOMICS_F64,
                                        .data = s->points,
                                        .data_bytes = s->contours * CORNERS * 3 * sizeof *s->points,
                                        .contour_sizes = s->sizes,
                                        .contour_count = s->contours};
        summaries[i] = (radiomics_summary){.struct_size = sizeof *summaries};
    }
    radiomics_status status = radiomics_extract_regions(plan, &image, regions, STRUCTURES, &host, workspace, bytes,
                                                        values, statuses, length, summaries, &diagnostic);
    /* a structure that is wrong has its reason in its summary; the others have their values */
    if (status != RADIOMICS_ERROR_SOME_REGIONS)
        check(status, &diagnostic);
    for (int i = 0; i < STRUCTURES; i++) {
        printf("# %s: %s, %llu voxels, %llu after resampling\n", structures[i].name,
               radiomics_status_name(summaries[i].status), (unsigned long long)summaries[i].region_voxels,
               (unsigned long long)summaries[i].morphological_voxels);
        for (size_t c = 0; c < columns; c++) {
            radiomics_column column = {.struct_size = sizeof column};
            char word[RADIOMICS_WORD_BYTES];
            check(radiomics_plan_column(plan, c, &column, &diagnostic), &diagnostic);
            radiomics_value_status_name(statuses[(size_t)i * columns + c], word, sizeof word, NULL);
            printf("%s,%s,%.17g,%s\n", structures[i].name, column.tag, values[(size_t)i * columns + c], word);
        }
    }

    /* The user stops the second run half way: nothing of it can be taken for a result. */
    listening.stop_at = 0.5;
    listening.shown = 0;
    status = radiomics_extract_regions(plan, &image, regions, STRUCTURES, &host, workspace, bytes, values, statuses,
                                       length, summaries, &diagnostic);
    size_t unknown = 0;
    for (size_t i = 0; i < length; i++)
        unknown += isnan(values[i]) != 0;
    printf("# second run: %s, %zu of %zu values are NaN\n", radiomics_status_name(status), unknown, length);

    free(statuses);
    free(values);
    free(workspace);
    check(radiomics_plan_destroy(plan), &diagnostic);
    return status == RADIOMICS_ERROR_CANCELLED && unknown == length ? EXIT_SUCCESS : EXIT_FAILURE;
}
