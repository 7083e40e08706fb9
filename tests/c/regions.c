/* One region in every form a host may hold it: the same mask, and the same bits in every value. */
#include "fixture.h"

static fixture f;
static double wanted[4096];

/* The region gives the mask, alone and in an extraction with exactly the announced workspace at an odd address. */
static void same(const char *name, const radiomics_region *region)
{
    static uint8_t mask[VOXELS];
    radiomics_drawing drawing;
    memset(&drawing, 0, sizeof drawing);
    drawing.struct_size = sizeof drawing;
    memset(mask, 9, sizeof mask);
    radiomics_status status =
        radiomics_region_mask(&f.grid, region, NULL, NULL, NULL, 0, mask, sizeof mask, &drawing, &f.diagnostic);
    if (status != RADIOMICS_OK || memcmp(mask, f.mask, sizeof mask) != 0) {
        fprintf(stderr, "%s: %s\n", name, f.diagnostic.message);
        exit(EXIT_FAILURE);
    }
    uint64_t voxels = 0;
    for (int i = 0; i < VOXELS; i++)
        voxels += f.mask[i];
    CHECK(drawing.voxels == voxels);

    size_t bytes = 0;
    GIVES(RADIOMICS_OK, radiomics_workspace_bytes(f.plan, &f.grid, region, 1, NULL, &bytes, &f.diagnostic));
    unsigned char *memory = (unsigned char *)malloc(bytes + 3);
    CHECK(memory != NULL);
    radiomics_summary summary;
    memset(&summary, 0, sizeof summary);
    summary.struct_size = sizeof summary;
    GIVES(RADIOMICS_OK, radiomics_extract(f.plan, &f.image, region, NULL, memory + 3, bytes, f.values, f.statuses,
                                          f.columns, &summary, &f.diagnostic));
    CHECK(same_bits(f.values, wanted, f.columns));
    CHECK(summary.region_voxels == voxels && summary.workspace_bytes <= bytes);
    /* one word less is refused, with what is needed */
    GIVES(RADIOMICS_ERROR_WORKSPACE_TOO_SMALL,
          radiomics_extract(f.plan, &f.image, region, NULL, memory, bytes - 15, f.values, f.statuses, f.columns,
                            &summary, &f.diagnostic));
    CHECK(f.diagnostic.needed == bytes && all_nan(f.values, f.columns));
    free(memory);
    /* the box around it */
    radiomics_box box;
    memset(&box, 0, sizeof box);
    box.struct_size = sizeof box;
    GIVES(RADIOMICS_OK, radiomics_region_box(&f.grid, region, &box, &f.diagnostic));
    CHECK(box.shape[0] >= 10 && box.shape[1] >= 9 && box.shape[2] >= 8);
    printf("%s\n", name);
}

static radiomics_region form(uint32_t kind, uint32_t dtype, const void *data, size_t bytes)
{
    radiomics_region region;
    memset(&region, 0, sizeof region);
    region.struct_size = sizeof region;
    region.kind = kind;
    region.dtype = dtype;
    region.data = data;
    region.data_bytes = bytes;
    return region;
}

int main(void)
{
    fixture_open(&f);
    GIVES(RADIOMICS_OK, fixture_extract(&f));
    memcpy(wanted, f.values, f.columns * sizeof *wanted);
    same("mask", &f.region);

    /* a label image in MATLAB's order of rows, columns, slices: y fastest */
    static double labels[VOXELS];
    for (int i = 0; i < VOXELS; i++) {
        const int x = i % NX, y = i / NX % NY, z = i / NX / NY;
        labels[(z * NX + x) * NY + y] = f.mask[i] ? 7.0 : (double)(i % 3);
    }
    radiomics_region region = form(RADIOMICS_REGION_LABEL, RADIOMICS_F64, labels, sizeof labels);
    region.label = 7.0;
    region.strides[0] = NY;
    region.strides[1] = 1;
    region.strides[2] = NX * NY;
    same("labels of doubles, y fastest", &region);

    /* a label image walked backwards along every axis */
    static int32_t backwards[VOXELS];
    for (int i = 0; i < VOXELS; i++)
        backwards[VOXELS - 1 - i] = f.mask[i] ? -3 : 0;
    region = form(RADIOMICS_REGION_LABEL, RADIOMICS_I32, backwards, sizeof backwards);
    region.label = -3.0;
    region.strides[0] = -1;
    region.strides[1] = -NX;
    region.strides[2] = -NX * NY;
    region.start = VOXELS - 1;
    same("labels walked backwards", &region);

    static uint8_t bytes[VOXELS];
    static float fractions[VOXELS];
    for (int i = 0; i < VOXELS; i++) {
        bytes[i] = f.mask[i] ? (uint8_t)(128 + i % 128) : (uint8_t)(i % 128);
        fractions[i] = f.mask[i] ? 0.75f : (i % 2 ? NAN : 0.7499f);
    }
    region = form(RADIOMICS_REGION_FRACTION, RADIOMICS_U8, bytes, sizeof bytes);
    same("fractions of bytes at one half", &region);
    region = form(RADIOMICS_REGION_FRACTION, RADIOMICS_F32, fractions, sizeof fractions);
    region.threshold = 0.75;
    same("fractions at three quarters", &region);

    static uint8_t bits[VOXELS / 8 + 1];
    for (int high = 0; high < 2; high++) {
        memset(bits, 0, sizeof bits);
        for (int i = 0; i < VOXELS; i++)
            if (f.mask[i])
                bits[i / 8] = (uint8_t)(bits[i / 8] | (high ? 128 >> i % 8 : 1 << i % 8));
        region = form(RADIOMICS_REGION_BITS, RADIOMICS_U8, bits, sizeof bits);
        region.bit_order = high ? RADIOMICS_BITS_HIGH_FIRST : RADIOMICS_BITS_LOW_FIRST;
        same(high ? "bits, high first" : "bits, low first", &region);
    }

    /* indices: C from 0 with z fastest, MATLAB from 1 with rows along y */
    static uint32_t from_zero[VOXELS];
    static double from_one[VOXELS];
    static uint8_t occupancy[VOXELS];
    size_t count = 0, all = 0;
    for (int i = 0; i < VOXELS; i++) {
        const int x = i % NX, y = i / NX % NY, z = i / NX / NY;
        if (f.mask[i])
            from_zero[count++] = (uint32_t)((x * NY + y) * NZ + z);
        if (f.mask[i] || i % 5 == 0) {
            from_one[all] = (z * NX + x) * NY + y + 1;
            occupancy[all++] = f.mask[i] ? 200 : 100;
        }
    }
    region = form(RADIOMICS_REGION_INDICES, RADIOMICS_U32, from_zero, count * sizeof *from_zero);
    region.order = RADIOMICS_ORDER_ZYX;
    same("indices from 0, z fastest", &region);
    region = form(RADIOMICS_REGION_INDICES, RADIOMICS_F64, from_one, all * sizeof *from_one);
    region.order = RADIOMICS_ORDER_YXZ;
    region.index_base = 1;
    region.occupancy = occupancy;
    region.occupancy_bytes = all;
    region.occupancy_dtype = RADIOMICS_U8;
    same("indices from 1 with occupancy", &region);
    from_one[3] = 0.5;
    GIVES(RADIOMICS_ERROR_INVALID_DATA, radiomics_extract(f.plan, &f.image, &region, NULL, NULL, 0, f.values, NULL,
                                                          f.columns, NULL, &f.diagnostic));
    CHECK(all_nan(f.values, f.columns) && strstr(f.diagnostic.message, "[3] is 0.5") != NULL);

    /* runs */
    static int64_t runs[2 * VOXELS], rows[4 * VOXELS];
    size_t run = 0;
    for (int i = 0; i < VOXELS; i++) {
        const int first = f.mask[i] && (i % NX == 0 || !f.mask[i - 1]);
        if (first) {
            runs[2 * run] = i;
            rows[4 * run] = i % NX;
            rows[4 * run + 1] = i / NX % NY;
            rows[4 * run + 2] = i / NX / NY;
            run++;
        }
        if (f.mask[i]) {
            runs[2 * run - 1]++;
            rows[4 * run - 1]++;
        }
    }
    region = form(RADIOMICS_REGION_RUNS, RADIOMICS_I64, runs, 2 * run * sizeof *runs);
    same("runs", &region);
    region = form(RADIOMICS_REGION_ROWS, RADIOMICS_I64, rows, 4 * run * sizeof *rows);
    same("rows", &region);

    /* contours around the pixels of each row: rectangles that share no cell, on a grid turned in the patient */
    f.grid.origin[0] = -31.5;
    f.grid.origin[1] = 12.25;
    f.grid.origin[2] = 100.0;
    const double turned[9] = {0, 0, 1, 1, 0, 0, 0, 1, 0};
    memcpy(f.grid.direction, turned, sizeof turned);
    static double points[12 * VOXELS];
    static uint32_t sizes[VOXELS];
    for (size_t r = 0; r < run; r++) {
        const double x0 = (double)rows[4 * r] - 0.5, x1 = x0 + (double)rows[4 * r + 3];
        const double y0 = (double)rows[4 * r + 1] - 0.5, z = (double)rows[4 * r + 2];
        const double corners[4][2] = {{x0, y0}, {x1, y0}, {x1, y0 + 1.0}, {x0, y0 + 1.0}};
        for (int c = 0; c < 4; c++) {
            const double voxel[3] = {corners[c][0] * 1.0, corners[c][1] * 1.25, z * 2.0};
            for (int axis = 0; axis < 3; axis++) {
                double at = f.grid.origin[axis];
                for (int k = 0; k < 3; k++)
                    at += turned[3 * axis + k] * voxel[k];
                points[12 * r + 3 * (size_t)c + (size_t)axis] = at;
            }
        }
        sizes[r] = 4;
    }
    region = form(RADIOMICS_REGION_CONTOURS, RADIOMICS_F64, points, 12 * run * sizeof *points);
    region.contour_sizes = sizes;
    region.contour_count = run;
    for (uint32_t rule = RADIOMICS_INSIDE_EVEN_ODD; rule <= RADIOMICS_INSIDE_WINDING; rule++) {
        region.inside_rule = rule;
        same("contours", &region);
    }
    region.slice_rule = RADIOMICS_SLICE_REFUSE_BEYOND;
    region.slice_tolerance = 0.01;
    same("contours on their very slices", &region);

    /* irregular slices: drawn, but not extracted */
    double positions[NZ];
    for (int z = 0; z < NZ; z++)
        positions[z] = 2.0 * z;
    f.grid.slice_positions = positions;
    f.grid.slice_count = NZ;
    static uint8_t mask[VOXELS];
    GIVES(RADIOMICS_OK, radiomics_region_mask(&f.grid, &region, NULL, NULL, NULL, 0, mask, sizeof mask, NULL, NULL));
    CHECK(memcmp(mask, f.mask, sizeof mask) == 0);
    GIVES(RADIOMICS_ERROR_IRREGULAR_GRID, fixture_extract(&f));
    CHECK(strstr(f.diagnostic.message, "evenly spaced") != NULL && all_nan(f.values, f.columns));
    f.grid.slice_positions = NULL;
    f.grid.slice_count = 0;

    /* several regions in one call: one is wrong, the others have their values */
    radiomics_region several[3] = {f.region, region, f.region};
    several[1].dtype = RADIOMICS_U8;
    static double values[3 * 4096];
    radiomics_summary summaries[3];
    memset(summaries, 0, sizeof summaries);
    for (int i = 0; i < 3; i++)
        summaries[i].struct_size = sizeof *summaries;
    GIVES(RADIOMICS_ERROR_SOME_REGIONS, radiomics_extract_regions(f.plan, &f.image, several, 3, NULL, NULL, 0, values, NULL,
                                                                  3 * f.columns, summaries, &f.diagnostic));
    CHECK(f.diagnostic.region == 1 && strcmp(f.diagnostic.field, "region.dtype") == 0);
    CHECK(summaries[0].status == RADIOMICS_OK && summaries[1].status == RADIOMICS_ERROR_INVALID_DATA);
    CHECK(same_bits(values, wanted, f.columns) && same_bits(values + 2 * f.columns, wanted, f.columns));
    CHECK(all_nan(values + f.columns, f.columns));
    GIVES(RADIOMICS_ERROR_INVALID_DATA, radiomics_extract_regions(f.plan, &f.image, several, 3, NULL, NULL, 0, values, NULL,
                                                                  3 * f.columns, NULL, &f.diagnostic));
    CHECK(all_nan(values, 3 * f.columns) && f.diagnostic.region == 1);
    several[1] = region;
    GIVES(RADIOMICS_OK, radiomics_extract_regions(f.plan, &f.image, several, 3, NULL, NULL, 0, values, NULL,
                                                  3 * f.columns, summaries, &f.diagnostic));
    for (size_t i = 0; i < 3; i++)
        CHECK(same_bits(values + i * f.columns, wanted, f.columns));

    /* an empty region is no failure: each value has its reason */
    memset(f.mask, 0, sizeof f.mask);
    GIVES(RADIOMICS_OK, fixture_extract(&f));
    for (size_t i = 0; i < f.columns; i++)
        CHECK((f.statuses[i] >= 10) == !!isnan(f.values[i]));
    fixture_close(&f);
    return EXIT_SUCCESS;
}
