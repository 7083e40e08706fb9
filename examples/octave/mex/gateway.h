/* What the files of the gateway share.
 *
 * Every piece of memory is taken with mxMalloc or mxCalloc, that of the library's objects and its workspace too: the host
 * program gives it back when a call ends by an error, so no path leaks, and none needs a clean-up of its own.
 */
#ifndef RADIOMICS_GATEWAY_H
#define RADIOMICS_GATEWAY_H

#include <mex.h>

#include "radiomics.h"

/* Ends the call with error('radiomics:<name of the status>', message). */
void fail(radiomics_status status, const char *format, ...);
/* Does so with the library's words when a call of the library did not answer RADIOMICS_OK. */
void check(radiomics_status status, const radiomics_diagnostic *diagnostic);

/* Readers of arguments: what is wrong ends the call and names `what`. */
const mxArray *field(const mxArray *from, const char *name);
char *text(const mxArray *from, const char *what);
double scalar(const mxArray *from, const char *what);
uint32_t counting(const mxArray *from, const char *what);
void reals(const mxArray *from, double *out, size_t count, const char *what);
uint32_t word(const mxArray *from, const char *const *words, size_t count, const char *what);
uint32_t dtype(const mxArray *from, const char *what);
size_t data_bytes(const mxArray *from);

/* The library's structs from structs of the host program; see arguments.c for their fields. */
void read_grid(const mxArray *from, radiomics_grid *grid);
void read_strides(const mxArray *from, int64_t *strides, int64_t *start);
void read_image(const mxArray *data, const mxArray *layout, const radiomics_grid *grid, radiomics_image *image);
void read_region(const mxArray *from, radiomics_region *region);
radiomics_plan *read_plan(const mxArray *from, radiomics_diagnostic *diagnostic);

/* Tables for the host program. */
mxArray *version_table(void);
mxArray *feature_table(void);
mxArray *option_table(void);
mxArray *preset_table(void);
mxArray *column_table(const radiomics_plan *plan);
mxArray *setting_table(const radiomics_plan *plan);
mxArray *summary_table(const radiomics_summary *summaries, size_t count);
mxArray *drawing_table(const radiomics_drawing *drawing);
mxArray *status_words(const uint8_t *statuses, size_t rows, size_t columns);

/* Progress: what a call of the library is watched with. */
typedef struct watch {
    mxArray *call[2]; /* the function of the user and its argument, or NULL */
    mxArray *trouble; /* the error of that function */
} watch;
void watch_begin(watch *watch, const mxArray *function, radiomics_host *host);
void watch_end(watch *watch, radiomics_status status);

/* The two commands that compute. */
void command_extract(int nlhs, mxArray *plhs[], int nrhs, const mxArray *prhs[]);
void command_mask(int nlhs, mxArray *plhs[], int nrhs, const mxArray *prhs[]);

#endif
