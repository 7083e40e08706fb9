/* A program without a heap: everything lies in static memory. What needs a heap or threads says so. */
#include <stdio.h>

#include "radiomics.h"

enum { SIDE = 9, VOXELS = SIDE * SIDE * SIDE, COLUMNS = 4096 };

static unsigned char settings_storage[1 << 14], plan_storage[1 << 17], workspace[1 << 20];
static int16_t voxels[VOXELS];
static uint8_t mask[VOXELS], statuses[COLUMNS];
static double values[COLUMNS];

int main(void)
{
    radiomics_diagnostic d = {.struct_size = sizeof d};
    radiomics_settings *settings = NULL;
    radiomics_plan *plan = NULL;
    for (int i = 0; i < VOXELS; i++) {
        voxels[i] = (int16_t)(i * 7919 % 97);
        mask[i] = i % 5 != 0;
    }
    if (radiomics_settings_create(NULL, NULL, 0, &settings, &d) != RADIOMICS_ERROR_UNSUPPORTED)
        return 1;
    if (radiomics_settings_create(NULL, settings_storage, sizeof settings_storage, &settings, &d) != RADIOMICS_OK)
        return 2;
    if (radiomics_settings_set(settings, "texture.aggregation", "all", &d) != RADIOMICS_OK)
        return 3;
    if (radiomics_settings_set(settings, "resample.spacing_mm", "1.5,1.5,1.5", &d) != RADIOMICS_OK)
        return 4;
    if (radiomics_plan_create(settings, NULL, 0, plan_storage, sizeof plan_storage, &plan, &d) != RADIOMICS_OK)
        return 5;
    const radiomics_grid grid = {.struct_size = sizeof grid, .shape = {SIDE, SIDE, SIDE}, .spacing = {1, 1, 1}};
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
    const radiomics_host threads = {.struct_size = sizeof threads, .run = RADIOMICS_RUN_THREADS};
    const size_t columns = radiomics_plan_columns(plan);
    size_t bytes = 0;
    if (columns > COLUMNS || radiomics_workspace_bytes(plan, &grid, &region, 1, NULL, &bytes, &d) != RADIOMICS_OK)
        return 6;
    if (bytes > sizeof workspace)
        return 7;
    if (radiomics_extract(plan, &image, &region, NULL, NULL, 0, values, statuses, columns, NULL, &d) !=
        RADIOMICS_ERROR_UNSUPPORTED)
        return 8;
    if (radiomics_extract(plan, &image, &region, &threads, workspace, bytes, values, statuses, columns, NULL, &d) !=
        RADIOMICS_ERROR_UNSUPPORTED)
        return 9;
    if (radiomics_extract(plan, &image, &region, NULL, workspace, bytes, values, statuses, columns, NULL, &d) !=
        RADIOMICS_OK)
        return 10;
    int found = 0;
    for (size_t i = 0; i < columns; i++)
        found += statuses[i] < 10;
    printf("%d\n", found);
    return 0;
}
