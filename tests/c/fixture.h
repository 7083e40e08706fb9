/* What the C tests share: a small image with a region, and checks that name their line. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "radiomics.h"

#define CHECK(condition)                                                            \
    do {                                                                            \
        if (!(condition)) {                                                         \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);         \
            exit(EXIT_FAILURE);                                                     \
        }                                                                           \
    } while (0)

#define GIVES(wanted, call)                                                         \
    do {                                                                            \
        const radiomics_status got_ = (call);                                       \
        if (got_ != (radiomics_status)(wanted)) {                                   \
            fprintf(stderr, "%s:%d: %s gives %s\n", __FILE__, __LINE__, #call,      \
                    radiomics_status_name(got_));                                   \
            exit(EXIT_FAILURE);                                                     \
        }                                                                           \
    } while (0)

enum { NX = 12, NY = 11, NZ = 10, VOXELS = NX * NY * NZ };

typedef struct fixture {
    int16_t voxels[VOXELS];
    uint8_t mask[VOXELS];
    radiomics_grid grid;
    radiomics_image image;
    radiomics_region region;
    radiomics_diagnostic diagnostic;
    radiomics_settings *settings;
    radiomics_plan *plan;
    size_t columns;
    double *values;
    uint8_t *statuses;
    unsigned char *workspace;
    size_t bytes;
} fixture;

static inline int inside(int x, int y, int z)
{
    const double a = (x - 5.5) / 5.2, b = (y - 5.0) / 4.6, c = (z - 4.5) / 4.1;
    return a * a + b * b + c * c <= 1.0;
}

static inline void fixture_open(fixture *f)
{
    memset(f, 0, sizeof *f);
    for (int i = 0; i < VOXELS; i++) {
        const int x = i % NX, y = i / NX % NY, z = i / NX / NY;
        f->voxels[i] = (int16_t)((x * 7 + y * y * 3 + z * x * 5) % 61 - 20);
        f->mask[i] = (uint8_t)inside(x, y, z);
    }
    f->grid.struct_size = sizeof f->grid;
    f->grid.shape[0] = NX;
    f->grid.shape[1] = NY;
    f->grid.shape[2] = NZ;
    f->grid.spacing[0] = 1.0;
    f->grid.spacing[1] = 1.25;
    f->grid.spacing[2] = 2.0;
    f->image.struct_size = sizeof f->image;
    f->image.grid = &f->grid;
    f->image.data = f->voxels;
    f->image.data_bytes = sizeof f->voxels;
    f->image.dtype = RADIOMICS_I16;
    f->region.struct_size = sizeof f->region;
    f->region.kind = RADIOMICS_REGION_MASK;
    f->region.dtype = RADIOMICS_U8;
    f->region.data = f->mask;
    f->region.data_bytes = sizeof f->mask;
    f->diagnostic.struct_size = sizeof f->diagnostic;
    GIVES(RADIOMICS_OK, radiomics_settings_create(NULL, NULL, 0, &f->settings, &f->diagnostic));
    GIVES(RADIOMICS_OK, radiomics_settings_set(f->settings, "texture.aggregation", "all", &f->diagnostic));
    GIVES(RADIOMICS_OK, radiomics_settings_set(f->settings, "diagnostics", "true", &f->diagnostic));
    GIVES(RADIOMICS_OK, radiomics_plan_create(f->settings, NULL, 0, NULL, 0, &f->plan, &f->diagnostic));
    f->columns = radiomics_plan_columns(f->plan);
    CHECK(f->columns > 500);
    f->values = (double *)malloc(f->columns * sizeof(double));
    f->statuses = (uint8_t *)malloc(f->columns);
    GIVES(RADIOMICS_OK, radiomics_workspace_bytes(f->plan, &f->grid, &f->region, 1, NULL, &f->bytes, &f->diagnostic));
    f->workspace = (unsigned char *)malloc(f->bytes);
    CHECK(f->values && f->statuses && f->workspace);
}

static inline radiomics_status fixture_extract(fixture *f)
{
    return radiomics_extract(f->plan, &f->image, &f->region, NULL, f->workspace, f->bytes, f->values, f->statuses,
                             f->columns, NULL, &f->diagnostic);
}

static inline void fixture_close(fixture *f)
{
    GIVES(RADIOMICS_OK, radiomics_plan_destroy(f->plan));
    GIVES(RADIOMICS_OK, radiomics_settings_destroy(f->settings));
    free(f->workspace);
    free(f->statuses);
    free(f->values);
}

static inline int all_nan(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i]))
            return 0;
    return 1;
}

/* Equal bits, NaN included. */
static inline int same_bits(const double *a, const double *b, size_t count)
{
    return memcmp(a, b, count * sizeof *a) == 0;
}

#endif
