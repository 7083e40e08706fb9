/* The smallest program: a cube with a ball in it, the settings of IBSI configuration C, every feature printed.
 *
 *     cargo build --release -p radiomics-ffi
 *     cc examples/c/minimal.c -Iinclude -Ltarget/release -Wl,-rpath,$PWD/target/release -lradiomics -o minimal
 */
#include <stdio.h>
#include <stdlib.h>

#include "radiomics.h"

enum { SIDE = 24, VOXELS = SIDE * SIDE * SIDE };

/* Prints what went wrong and ends the program. */
static void check(radiomics_status status, const radiomics_diagnostic *diagnostic)
{
    if (status != RADIOMICS_OK) {
        fprintf(stderr, "%s: %s\n", radiomics_status_name(status), diagnostic->message);
        exit(EXIT_FAILURE);
    }
}

int main(void)
{
    static int16_t voxels[VOXELS];
    static uint8_t mask[VOXELS];
    for (int i = 0; i < VOXELS; i++) {
        const int x = i % SIDE - SIDE / 2, y = i / SIDE % SIDE - SIDE / 2, z = i / SIDE / SIDE - SIDE / 2;
        voxels[i] = (int16_t)(40 + (x * x + 3 * y * z) % 90);
        mask[i] = x * x + y * y + z * z < 100;
    }

    radiomics_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
    radiomics_settings *settings = NULL;
    radiomics_plan *plan = NULL;
    check(radiomics_settings_create("ibsi-c", NULL, 0, &settings, &diagnostic), &diagnostic);
    check(radiomics_plan_create(settings, NULL, 0, NULL, 0, &plan, &diagnostic), &diagnostic);
    radiomics_settings_destroy(settings);

    /* The library reads the program's own arrays: it is told where and how. */
    const radiomics_grid grid = {
        .struct_size = sizeof grid, .shape = {SIDE, SIDE, SIDE}, .spacing = {1.0, 1.0, 3.0}};
    const radiomics_image image = {.struct_size = sizeof image,
                                   .grid = &grid,
                                   .data = voxels,
                                   .data_bytes = sizeof voxels,
                                   .dtype = RADIOMICS_I16};
    const radiomics_region region = {.struct_size = sizeof region,
                                     .kind = RADIOMICS_REGION_MASK,
                                     .dtype = RADIOMICS_U8,
                                     .data = mask,
                                     .data_bytes = sizeof mask};

    const size_t columns = radiomics_plan_columns(plan);
    double *values = malloc(columns * sizeof *values);
    uint8_t *statuses = malloc(columns);
    if (values == NULL || statuses == NULL)
        return EXIT_FAILURE;
    check(radiomics_extract(plan, &image, &region, NULL, NULL, 0, values, statuses, columns, NULL, &diagnostic),
          &diagnostic);

    for (size_t i = 0; i < columns; i++) {
        radiomics_column column = {.struct_size = sizeof column};
        char word[RADIOMICS_WORD_BYTES];
        check(radiomics_plan_column(plan, i, &column, &diagnostic), &diagnostic);
        radiomics_value_status_name(statuses[i], word, sizeof word, NULL);
        printf("%-28s %-4s %24.17g %s\n", column.tag, column.ibsi_code, values[i], word);
    }
    free(statuses);
    free(values);
    radiomics_plan_destroy(plan);
    return EXIT_SUCCESS;
}
