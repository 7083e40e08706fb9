/* Structs of the library as structs of the host program. Names come from the library alone. */
#include "gateway.h"

/* Makes a column of structs. */
static mxArray *table(size_t rows, const char **fields, int count)
{
    return mxCreateStructMatrix((mwSize)rows, 1, count, fields);
}

static void put(mxArray *table, size_t row, int at, mxArray *value)
{
    mxSetFieldByNumber(table, (mwIndex)row, at, value);
}

static void put_text(mxArray *table, size_t row, int at, const char *value)
{
    put(table, row, at, mxCreateString(value));
}

static void put_number(mxArray *table, size_t row, int at, double value)
{
    put(table, row, at, mxCreateDoubleScalar(value));
}

#define COUNT(fields) ((int)(sizeof(fields) / sizeof *(fields)))

mxArray *version_table(void)
{
    const char *fields[] = {"version", "version_number", "numerics_version"};
    mxArray *out = table(1, fields, COUNT(fields));
    put_text(out, 0, 0, radiomics_version());
    put_number(out, 0, 1, radiomics_version_number());
    put_number(out, 0, 2, radiomics_numerics_version());
    return out;
}

mxArray *feature_table(void)
{
    const char *fields[] = {"id", "name", "tag", "title", "ibsi_code", "family", "family_title", "unit"};
    const size_t count = radiomics_feature_count();
    mxArray *out = table(count, fields, COUNT(fields));
    size_t i;
    for (i = 0; i < count; i++) {
        radiomics_feature feature = {.struct_size = sizeof feature};
        if (radiomics_feature_at(i, &feature) != RADIOMICS_OK)
            fail(RADIOMICS_ERROR_INTERNAL, "feature %d", (int)i);
        put_number(out, i, 0, feature.id);
        put_text(out, i, 1, feature.name);
        put_text(out, i, 2, feature.tag);
        put_text(out, i, 3, feature.title);
        put_text(out, i, 4, feature.ibsi_code);
        put_text(out, i, 5, feature.family);
        put_text(out, i, 6, feature.family_title);
        put_text(out, i, 7, feature.unit);
    }
    return out;
}

mxArray *option_table(void)
{
    const char *fields[] = {"key", "kind", "unit", "default_value", "range", "help"};
    const size_t count = radiomics_option_count();
    mxArray *out = table(count, fields, COUNT(fields));
    size_t i;
    for (i = 0; i < count; i++) {
        radiomics_option option = {.struct_size = sizeof option};
        if (radiomics_option_at(i, &option) != RADIOMICS_OK)
            fail(RADIOMICS_ERROR_INTERNAL, "option %d", (int)i);
        put_text(out, i, 0, option.key);
        put_text(out, i, 1, option.kind);
        put_text(out, i, 2, option.unit);
        put_text(out, i, 3, option.default_value);
        put_text(out, i, 4, option.range);
        put_text(out, i, 5, option.help);
    }
    return out;
}

mxArray *preset_table(void)
{
    const char *fields[] = {"name", "title"};
    const size_t count = radiomics_preset_count();
    mxArray *out = table(count, fields, COUNT(fields));
    size_t i;
    for (i = 0; i < count; i++) {
        radiomics_preset preset = {.struct_size = sizeof preset};
        if (radiomics_preset_at(i, &preset) != RADIOMICS_OK)
            fail(RADIOMICS_ERROR_INTERNAL, "preset %d", (int)i);
        put_text(out, i, 0, preset.name);
        put_text(out, i, 1, preset.title);
    }
    return out;
}

mxArray *column_table(const radiomics_plan *plan)
{
    const char *fields[] = {"name",        "tag",    "filter", "title", "ibsi_code", "aggregation_code",
                            "aggregation", "family", "unit"};
    const size_t count = radiomics_plan_columns(plan);
    mxArray *out = table(count, fields, COUNT(fields));
    radiomics_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
    size_t i;
    for (i = 0; i < count; i++) {
        radiomics_column column = {.struct_size = sizeof column};
        check(radiomics_plan_column(plan, i, &column, &diagnostic), &diagnostic);
        put_text(out, i, 0, column.name);
        put_text(out, i, 1, column.tag);
        put_text(out, i, 2, column.filter);
        put_text(out, i, 3, column.title);
        put_text(out, i, 4, column.ibsi_code);
        put_text(out, i, 5, column.aggregation_code);
        put_text(out, i, 6, column.aggregation);
        put_text(out, i, 7, column.family);
        put_text(out, i, 8, column.unit);
    }
    return out;
}

mxArray *setting_table(const radiomics_plan *plan)
{
    const size_t count = radiomics_option_count();
    mxArray *out = mxCreateCellMatrix((mwSize)count, 2);
    radiomics_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
    size_t i;
    for (i = 0; i < count; i++) {
        radiomics_option option = {.struct_size = sizeof option};
        size_t needed = 0;
        char *value;
        if (radiomics_option_at(i, &option) != RADIOMICS_OK)
            fail(RADIOMICS_ERROR_INTERNAL, "option %d", (int)i);
        check(radiomics_plan_setting(plan, option.key, NULL, 0, &needed, &diagnostic), &diagnostic);
        value = mxCalloc(needed + 1, 1);
        check(radiomics_plan_setting(plan, option.key, value, needed, NULL, &diagnostic), &diagnostic);
        mxSetCell(out, (mwIndex)i, mxCreateString(option.key));
        mxSetCell(out, (mwIndex)(count + i), mxCreateString(value));
        mxFree(value);
    }
    return out;
}

static mxArray *three(double a, double b, double c)
{
    mxArray *out = mxCreateDoubleMatrix(1, 3, mxREAL);
    double *data = mxGetData(out);
    data[0] = a, data[1] = b, data[2] = c;
    return out;
}

mxArray *summary_table(const radiomics_summary *summaries, size_t count)
{
    const char *fields[] = {"status",           "region_voxels", "morphological_voxels",
                            "intensity_voxels", "grey_levels",   "grid_shape",
                            "grid_spacing",     "workspace_bytes"};
    mxArray *out = table(count, fields, COUNT(fields));
    size_t i;
    for (i = 0; i < count; i++) {
        const radiomics_summary *s = &summaries[i];
        put_text(out, i, 0, radiomics_status_name(s->status));
        put_number(out, i, 1, (double)s->region_voxels);
        put_number(out, i, 2, (double)s->morphological_voxels);
        put_number(out, i, 3, (double)s->intensity_voxels);
        put_number(out, i, 4, (double)s->grey_levels);
        put(out, i, 5, three((double)s->grid_shape[0], (double)s->grid_shape[1], (double)s->grid_shape[2]));
        put(out, i, 6, three(s->grid_spacing[0], s->grid_spacing[1], s->grid_spacing[2]));
        put_number(out, i, 7, (double)s->workspace_bytes);
    }
    return out;
}

mxArray *drawing_table(const radiomics_drawing *drawing)
{
    const char *fields[] = {"voxels",
                            "contours_used",
                            "contours_outside",
                            "contours_between",
                            "contours_degenerate",
                            "contours_clipped",
                            "slices_used",
                            "slices_missing",
                            "slices_shared",
                            "largest_distance"};
    mxArray *out = table(1, fields, COUNT(fields));
    put_number(out, 0, 0, (double)drawing->voxels);
    put_number(out, 0, 1, (double)drawing->contours_used);
    put_number(out, 0, 2, (double)drawing->contours_outside);
    put_number(out, 0, 3, (double)drawing->contours_between);
    put_number(out, 0, 4, (double)drawing->contours_degenerate);
    put_number(out, 0, 5, (double)drawing->contours_clipped);
    put_number(out, 0, 6, (double)drawing->slices_used);
    put_number(out, 0, 7, (double)drawing->slices_missing);
    put_number(out, 0, 8, (double)drawing->slices_shared);
    put_number(out, 0, 9, drawing->largest_distance);
    return out;
}

mxArray *status_words(const uint8_t *statuses, size_t rows, size_t columns)
{
    mxArray *out = mxCreateCellMatrix((mwSize)rows, (mwSize)columns);
    size_t i;
    for (i = 0; i < rows * columns; i++) {
        char name[RADIOMICS_WORD_BYTES];
        if (radiomics_value_status_name(statuses[i], name, sizeof name, NULL) != RADIOMICS_OK)
            fail(RADIOMICS_ERROR_INTERNAL, "value status %d", (int)statuses[i]);
        mxSetCell(out, (mwIndex)i, mxCreateString(name));
    }
    return out;
}
