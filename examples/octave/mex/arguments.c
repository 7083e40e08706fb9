/* Arguments of the host program as structs of the library. Arrays are pointed to where they lie. */
#include <string.h>

#include "gateway.h"

#define BAD RADIOMICS_ERROR_INVALID_ARGUMENT

/* A field of a struct, NULL when it is missing or empty. */
const mxArray *field(const mxArray *from, const char *name)
{
    const mxArray *found;
    if (from == NULL || !mxIsStruct(from) || mxGetNumberOfElements(from) != 1)
        fail(BAD, "a struct with the field %s is expected", name);
    found = mxGetField(from, 0, name);
    return found == NULL || mxIsEmpty(found) ? NULL : found;
}

char *text(const mxArray *from, const char *what)
{
    char *out;
    if (from == NULL || !mxIsChar(from))
        fail(BAD, "%s must be a text", what);
    out = mxArrayToString(from);
    if (out == NULL)
        fail(BAD, "%s is no text that can be read", what);
    return out;
}

static int is_real(const mxArray *from)
{
    return from != NULL && (mxIsNumeric(from) || mxIsLogical(from)) && !mxIsComplex(from) && !mxIsSparse(from);
}

double scalar(const mxArray *from, const char *what)
{
    if (!is_real(from) || mxGetNumberOfElements(from) != 1)
        fail(BAD, "%s must be a number", what);
    return mxGetScalar(from);
}

uint32_t counting(const mxArray *from, const char *what)
{
    const double x = scalar(from, what);
    if (!(x >= 0 && x <= 4294967295.0) || x != (double)(uint32_t)x)
        fail(BAD, "%s is %g: a whole number from 0 up is expected", what, x);
    return (uint32_t)x;
}

void reals(const mxArray *from, double *out, size_t count, const char *what)
{
    if (from == NULL || !mxIsDouble(from) || !is_real(from) || mxGetNumberOfElements(from) != count)
        fail(BAD, "%s must be %d numbers of class double", what, (int)count);
    memcpy(out, mxGetData(from), count * sizeof *out);
}

uint32_t word(const mxArray *from, const char *const *words, size_t count, const char *what)
{
    char *given;
    uint32_t at;
    if (from == NULL)
        return 0;
    given = text(from, what);
    for (at = 0; at < count; at++)
        if (strcmp(given, words[at]) == 0)
            return at;
    fail(BAD, "%s is '%s', which is none of its words", what, given);
    return 0;
}

uint32_t dtype(const mxArray *from, const char *what)
{
    if (!is_real(from))
        fail(BAD, "%s must be a full array of real numbers or logicals", what);
    switch (mxGetClassID(from)) {
    case mxLOGICAL_CLASS:
    case mxUINT8_CLASS: return RADIOMICS_U8;
    case mxINT8_CLASS: return RADIOMICS_I8;
    case mxUINT16_CLASS: return RADIOMICS_U16;
    case mxINT16_CLASS: return RADIOMICS_I16;
    case mxUINT32_CLASS: return RADIOMICS_U32;
    case mxINT32_CLASS: return RADIOMICS_I32;
    case mxUINT64_CLASS: return RADIOMICS_U64;
    case mxINT64_CLASS: return RADIOMICS_I64;
    case mxSINGLE_CLASS: return RADIOMICS_F32;
    case mxDOUBLE_CLASS: return RADIOMICS_F64;
    default: fail(BAD, "%s is of class %s: a numeric class or logical is expected", what, mxGetClassName(from));
    }
    return 0;
}

size_t data_bytes(const mxArray *from)
{
    return mxGetNumberOfElements(from) * mxGetElementSize(from);
}

/* Fields shape, spacing, and where not empty origin, direction, slice_positions. */
void read_grid(const mxArray *from, radiomics_grid *grid)
{
    double shape[3];
    const mxArray *positions;
    int axis;
    memset(grid, 0, sizeof *grid);
    grid->struct_size = sizeof *grid;
    reals(field(from, "shape"), shape, 3, "the shape");
    for (axis = 0; axis < 3; axis++) {
        if (!(shape[axis] >= 0 && shape[axis] <= 9e15))
            fail(BAD, "the shape holds %g: a count is expected", shape[axis]);
        grid->shape[axis] = (int64_t)shape[axis];
    }
    reals(field(from, "spacing"), grid->spacing, 3, "the spacing");
    if (field(from, "origin"))
        reals(field(from, "origin"), grid->origin, 3, "the origin");
    if (field(from, "direction"))
        reals(field(from, "direction"), grid->direction, 9, "the direction");
    positions = field(from, "slice_positions");
    if (positions != NULL) {
        if (!mxIsDouble(positions) || !is_real(positions))
            fail(BAD, "slice_positions must be numbers of class double");
        grid->slice_positions = mxGetData(positions);
        grid->slice_count = mxGetNumberOfElements(positions);
    }
}

/* Fields strides, start: in elements, along x, y, z. */
void read_strides(const mxArray *from, int64_t *strides, int64_t *start)
{
    double steps[3], first;
    int axis;
    reals(field(from, "strides"), steps, 3, "strides");
    reals(field(from, "start"), &first, 1, "start");
    for (axis = 0; axis < 3; axis++) {
        if (!(steps[axis] >= -9e15 && steps[axis] <= 9e15))
            fail(BAD, "a stride is %g", steps[axis]);
        strides[axis] = (int64_t)steps[axis];
    }
    if (!(first >= 0 && first <= 9e15))
        fail(BAD, "start is %g", first);
    *start = (int64_t)first;
}

/* The layout has strides, start, slope, intercept. */
void read_image(const mxArray *data, const mxArray *layout, const radiomics_grid *grid, radiomics_image *image)
{
    memset(image, 0, sizeof *image);
    image->struct_size = sizeof *image;
    image->grid = grid;
    image->dtype = dtype(data, "the volume");
    image->data = mxGetData(data);
    image->data_bytes = data_bytes(data);
    read_strides(layout, image->strides, &image->start);
    image->slope = scalar(field(layout, "slope"), "the slope");
    image->intercept = scalar(field(layout, "intercept"), "the intercept");
    /* The library reads a slope of 0 as 1. */
    if (image->slope == 0)
        fail(BAD, "the slope is 0: every intensity would be the same");
}

/* Words of the host program in the order of the library's numbers. */
static const char *const KINDS[] = {"", "mask", "label", "fraction", "bits", "indices", "runs", "rows", "contours"};
static const char *const ORDERS[] = {"xyz", "yxz", "zyx", "xzy", "yzx", "zxy"};
static const char *const INSIDE[] = {"even_odd", "union", "winding"};
static const char *const SLICES[] = {"nearest", "skip_beyond", "refuse_beyond"};
#define COUNT(words) (sizeof(words) / sizeof *(words))

/* Fields kind, data; mask, label, fraction: layout; label; threshold; indices, runs: order, occupancy; contours: sizes,
 * inside, slices, tolerance. */
void read_region(const mxArray *from, radiomics_region *region)
{
    const mxArray *data = field(from, "data");
    memset(region, 0, sizeof *region);
    region->struct_size = sizeof *region;
    region->kind = word(field(from, "kind"), KINDS, COUNT(KINDS), "the kind of a region");
    region->dtype = RADIOMICS_F64;
    if (data != NULL) {
        region->dtype = dtype(data, "a region");
        region->data = mxGetData(data);
        region->data_bytes = data_bytes(data);
    }
    if (field(from, "threshold"))
        region->threshold = scalar(field(from, "threshold"), "the threshold");
    switch (region->kind) {
    case RADIOMICS_REGION_LABEL:
        region->label = scalar(field(from, "label"), "the label"); /* fall through */
    case RADIOMICS_REGION_MASK:
    case RADIOMICS_REGION_FRACTION:
        read_strides(field(from, "layout"), region->strides, &region->start);
        break;
    case RADIOMICS_REGION_INDICES:
    case RADIOMICS_REGION_RUNS:
        region->index_base = 1;
        region->order = word(field(from, "order"), ORDERS, COUNT(ORDERS), "the order");
        if (field(from, "occupancy")) {
            const mxArray *parts = field(from, "occupancy");
            region->occupancy_dtype = dtype(parts, "the occupancy");
            region->occupancy = mxGetData(parts);
            region->occupancy_bytes = data_bytes(parts);
        }
        break;
    case RADIOMICS_REGION_CONTOURS: {
        const mxArray *sizes = field(from, "sizes");
        if (sizes != NULL) {
            if (mxGetClassID(sizes) != mxUINT32_CLASS)
                fail(BAD, "the sizes of contours must be of class uint32");
            region->contour_sizes = mxGetData(sizes);
            region->contour_count = mxGetNumberOfElements(sizes);
        }
        region->inside_rule = word(field(from, "inside"), INSIDE, COUNT(INSIDE), "inside");
        region->slice_rule = word(field(from, "slices"), SLICES, COUNT(SLICES), "slices");
        if (field(from, "tolerance"))
            region->slice_tolerance = scalar(field(from, "tolerance"), "the tolerance");
        break;
    }
    default: fail(BAD, "this kind of region cannot be handed over from an array");
    }
}

/* A plan from a struct: preset, pairs (a cell of keys and texts, 2 x n), selectors (a cell). */
radiomics_plan *read_plan(const mxArray *from, radiomics_diagnostic *diagnostic)
{
    const mxArray *pairs = field(from, "pairs"), *chosen = field(from, "selectors"), *preset = field(from, "preset");
    const size_t settings_bytes = radiomics_settings_bytes(), plan_bytes = radiomics_plan_bytes();
    const size_t count = chosen ? mxGetNumberOfElements(chosen) : 0;
    void *storage = mxMalloc(settings_bytes);
    const char **selectors = mxCalloc(count + 1, sizeof *selectors);
    radiomics_settings *settings = NULL;
    radiomics_plan *plan = NULL;
    radiomics_status status;
    size_t i;
    if ((pairs && (!mxIsCell(pairs) || mxGetM(pairs) != 2)) || (chosen && !mxIsCell(chosen)))
        fail(BAD, "settings and selectors come as cells");
    check(radiomics_settings_create(preset ? text(preset, "the preset") : NULL, storage, settings_bytes, &settings,
                                    diagnostic),
          diagnostic);
    for (i = 0; pairs && i < mxGetN(pairs); i++) {
        char *key = text(mxGetCell(pairs, 2 * i), "the key of a setting");
        char *value = text(mxGetCell(pairs, 2 * i + 1), key);
        check(radiomics_settings_set(settings, key, value, diagnostic), diagnostic);
        mxFree(value);
        mxFree(key);
    }
    for (i = 0; i < count; i++)
        selectors[i] = text(mxGetCell(chosen, i), "a selector");
    status = radiomics_plan_create(settings, selectors, count, mxMalloc(plan_bytes), plan_bytes, &plan, diagnostic);
    radiomics_settings_destroy(settings);
    check(status, diagnostic);
    for (i = 0; i < count; i++)
        mxFree((void *)selectors[i]);
    mxFree(selectors);
    mxFree(storage);
    return plan;
}
