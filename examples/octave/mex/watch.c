/* Progress and Ctrl-C.
 *
 * No error, exception or jump may cross the library's frames. So the function of the user is called with a trap, and
 * Octave's interrupt, which is an exception, ends the work first and is passed on once the library has returned. MATLAB
 * is asked whether the user pressed Ctrl-C; it acts upon it by itself after the call.
 */
#include "gateway.h"

/* How many calls of the library are under way: a progress function may itself extract. */
static int depth;

#ifdef HAVE_OCTAVE

#include "octave.h"

static int is_interrupted(void) { return octave_is_interrupted(); }
static mxArray *call_function(mxArray **call, mxArray **answer) { return octave_call(call, answer); }
static void pass_on_interrupt(void) { octave_pass_on_interrupt(); }

#else /* MATLAB */

#ifdef RADIOMICS_WITH_LIBUT
/* Not documented, but exported by libut since R2006. */
extern bool utIsInterruptPending(void);
static int is_interrupted(void) { return utIsInterruptPending(); }
#else
static int is_interrupted(void) { return 0; }
#endif
static mxArray *call_function(mxArray **call, mxArray **answer)
{
    return mexCallMATLABWithTrap(1, answer, 2, call, "feval");
}
static void pass_on_interrupt(void) {}

#endif

/* A function of the user answers true to stop; nothing, or false, to go on. */
static int32_t on_progress(void *context, double done)
{
    watch *watched = context;
    mxArray *answer = NULL;
    int32_t stop = 0;
    if (is_interrupted())
        return 1;
    if (watched->call[0] == NULL)
        return 0;
    *(double *)mxGetData(watched->call[1]) = done;
    watched->trouble = call_function(watched->call, &answer);
    if (watched->trouble != NULL)
        return 1;
    if (answer != NULL) {
        stop = !mxIsEmpty(answer) && (mxIsNumeric(answer) || mxIsLogical(answer)) && mxGetScalar(answer) != 0;
        mxDestroyArray(answer);
    }
    return stop || is_interrupted();
}

void watch_begin(watch *watched, const mxArray *function, radiomics_host *host)
{
    watched->trouble = NULL;
    watched->call[0] = watched->call[1] = NULL;
    if (function != NULL) {
        if (!mxIsClass(function, "function_handle"))
            fail(RADIOMICS_ERROR_INVALID_ARGUMENT, "progress must be a function handle");
        watched->call[0] = (mxArray *)function;
        watched->call[1] = mxCreateDoubleScalar(0);
    }
    host->progress = on_progress;
    host->progress_context = watched;
    depth++;
}

void watch_end(watch *watched, radiomics_status status)
{
    depth--;
    if (watched->call[1] != NULL)
        mxDestroyArray(watched->call[1]);
    if (depth == 0)
        pass_on_interrupt();
    if (status == RADIOMICS_ERROR_CANCELLED && watched->trouble != NULL)
        fail(status, "the progress function failed");
}
