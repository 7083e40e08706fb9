/* The gateway from MATLAB and GNU Octave to the library: its commands. The functions beside it (.m) are its only callers;
 * what they hand over is checked here all the same.
 *
 *     radiomics_mex('version' | 'features' | 'options' | 'presets')
 *     radiomics_mex('columns', settings)
 *     radiomics_mex('extract', volume, layout, grid, regions, settings, host)
 *     radiomics_mex('mask', grid, region, host)
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gateway.h"

void fail(radiomics_status status, const char *format, ...)
{
    char id[64], message[RADIOMICS_MESSAGE_BYTES + RADIOMICS_FIELD_BYTES];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    snprintf(id, sizeof id, "radiomics:%s", radiomics_status_name(status));
    mexErrMsgIdAndTxt(id, "%s", message);
}

void check(radiomics_status status, const radiomics_diagnostic *diagnostic)
{
    if (status != RADIOMICS_OK)
        fail(status, "%s", diagnostic->message[0] ? diagnostic->message : radiomics_status_name(status));
}

static mxArray *columns(const mxArray *settings)
{
    radiomics_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
    radiomics_plan *plan = read_plan(settings, &diagnostic);
    mxArray *table = column_table(plan);
    radiomics_plan_destroy(plan);
    return table;
}

void mexFunction(int nlhs, mxArray *plhs[], int nrhs, const mxArray *prhs[])
{
    char command[16] = "";
    /* The structs of this file's header must be those of the library that was found. */
    if (radiomics_version_number() / 1000 != RADIOMICS_VERSION_NUMBER / 1000)
        fail(RADIOMICS_ERROR_UNSUPPORTED, "the gateway is built for radiomics %s, the library found is %s",
             RADIOMICS_VERSION, radiomics_version());
    if (nrhs < 1 || !mxIsChar(prhs[0]) || mxGetString(prhs[0], command, sizeof command) != 0)
        fail(RADIOMICS_ERROR_INVALID_ARGUMENT, "the first argument is a command");
    if (strcmp(command, "version") == 0 && nrhs == 1)
        plhs[0] = version_table();
    else if (strcmp(command, "features") == 0 && nrhs == 1)
        plhs[0] = feature_table();
    else if (strcmp(command, "options") == 0 && nrhs == 1)
        plhs[0] = option_table();
    else if (strcmp(command, "presets") == 0 && nrhs == 1)
        plhs[0] = preset_table();
    else if (strcmp(command, "columns") == 0 && nrhs == 2)
        plhs[0] = columns(prhs[1]);
    else if (strcmp(command, "extract") == 0 && nrhs == 7)
        command_extract(nlhs, plhs, nrhs, prhs);
    else if (strcmp(command, "mask") == 0 && nrhs == 4)
        command_mask(nlhs, plhs, nrhs, prhs);
    else
        fail(RADIOMICS_ERROR_INVALID_ARGUMENT, "there is no command '%s' with %d arguments", command, nrhs - 1);
}
