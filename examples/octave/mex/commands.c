/* The two commands that compute: features of regions, and the mask of a region. */
#include "gateway.h"

/* radiomics_mex('extract', volume, layout, grid, regions, settings, host) gives
 * [columns, values, status words, summaries, settings]. `regions` is a cell, `host` has threads and progress. */
void command_extract(int nlhs, mxArray *plhs[], int nrhs, const mxArray *prhs[])
{
    radiomics_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
    radiomics_host host = {.struct_size = sizeof host};
    radiomics_grid grid;
    radiomics_image image;
    radiomics_plan *plan;
    radiomics_region *regions;
    radiomics_summary *summaries;
    radiomics_status status;
    size_t count, columns, bytes = 0, i;
    uint8_t *statuses;
    void *workspace;
    mxArray *values;
    watch watched;
    (void)nrhs;

    if (!mxIsCell(prhs[4]) || mxIsEmpty(prhs[4]))
        fail(RADIOMICS_ERROR_INVALID_ARGUMENT, "regions come in a cell");
    read_grid(prhs[3], &grid);
    read_image(prhs[1], prhs[2], &grid, &image);
    count = mxGetNumberOfElements(prhs[4]);
    regions = mxCalloc(count, sizeof *regions);
    summaries = mxCalloc(count, sizeof *summaries);
    for (i = 0; i < count; i++) {
        read_region(mxGetCell(prhs[4], (mwIndex)i), &regions[i]);
        summaries[i].struct_size = sizeof *summaries;
    }
    host.run = RADIOMICS_RUN_THREADS;
    host.threads = counting(field(prhs[6], "threads"), "threads");
    plan = read_plan(prhs[5], &diagnostic);
    columns = radiomics_plan_columns(plan);

    /* With regions that are wrong the extraction itself says which. */
    if (radiomics_workspace_bytes(plan, &grid, regions, count, &host, &bytes, &diagnostic) != RADIOMICS_OK)
        bytes = 0;
    workspace = bytes > 0 ? mxMalloc(bytes) : NULL;
    values = mxCreateDoubleMatrix((mwSize)columns, (mwSize)count, mxREAL);
    statuses = mxCalloc(columns * count + 1, 1);

    watch_begin(&watched, field(prhs[6], "progress"), &host);
    status = radiomics_extract_regions(plan, &image, regions, count, &host, workspace, bytes, mxGetData(values),
                                       statuses, columns * count, summaries, &diagnostic);
    watch_end(&watched, status);
    /* One region that is wrong is an error; of several the others have their values. */
    if (status != RADIOMICS_ERROR_SOME_REGIONS)
        check(status, &diagnostic);
    else if (count == 1)
        check(summaries[0].status, &diagnostic);

    plhs[0] = column_table(plan);
    if (nlhs > 1)
        plhs[1] = values;
    if (nlhs > 2)
        plhs[2] = status_words(statuses, columns, count);
    if (nlhs > 3)
        plhs[3] = summary_table(summaries, count);
    if (nlhs > 4)
        plhs[4] = setting_table(plan);
    radiomics_plan_destroy(plan);
}

/* radiomics_mex('mask', grid, region, host) gives [mask, drawing]: a logical array (x, y, z). */
void command_mask(int nlhs, mxArray *plhs[], int nrhs, const mxArray *prhs[])
{
    radiomics_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
    radiomics_drawing drawing = {.struct_size = sizeof drawing};
    radiomics_host host = {.struct_size = sizeof host};
    radiomics_grid grid;
    radiomics_region region;
    radiomics_status status;
    mwSize shape[3];
    size_t bytes;
    void *workspace;
    watch watched;
    int axis;
    (void)nrhs;

    read_grid(prhs[1], &grid);
    read_region(prhs[2], &region);
    for (axis = 0; axis < 3; axis++)
        shape[axis] = (mwSize)grid.shape[axis];
    bytes = 16 * (size_t)grid.shape[2] + 7;
    workspace = mxMalloc(bytes);
    plhs[0] = mxCreateLogicalArray(3, shape);
    watch_begin(&watched, field(prhs[3], "progress"), &host);
    /* A logical is a byte, 0 or 1, as the library writes it. */
    status = radiomics_region_mask(&grid, &region, NULL, &host, workspace, bytes, mxGetData(plhs[0]),
                                   mxGetNumberOfElements(plhs[0]), &drawing, &diagnostic);
    watch_end(&watched, status);
    check(status, &diagnostic);
    if (nlhs > 1)
        plhs[1] = drawing_table(&drawing);
    mxFree(workspace);
}
