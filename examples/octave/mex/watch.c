/* Progress and Ctrl-C.
 *
 * No error, exception or jump may cross the library's frames. So the function of the user is called with a trap, and in
 * Octave the interrupt signal is taken away from Octave while the library works: it only sets a flag, which ends the
 * work, and is passed on to Octave once the library has returned. MATLAB is asked whether the user pressed Ctrl-C;
 * it acts upon it by itself after the call.
 */
#include <signal.h>

#include "gateway.h"

static volatile sig_atomic_t interrupted;
/* How many calls of the library are under way: a progress function may itself extract. */
static int depth;

#ifdef HAVE_OCTAVE

/* What Octave's OCTAVE_QUIT for C does: acts upon signals that were caught, by an exception. */
extern volatile sig_atomic_t octave_signal_caught;
extern void octave_handle_signal(void);

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

static void (*handler)(int);
#ifdef _WIN32
static void take_signal(void) { handler = signal(SIGINT, on_interrupt); }
static void give_back_signal(void) { signal(SIGINT, handler); }
#else
static struct sigaction before;
static void take_signal(void)
{
    struct sigaction ours = {0};
    ours.sa_handler = on_interrupt;
    sigemptyset(&ours.sa_mask);
    ours.sa_flags = SA_RESTART;
    sigaction(SIGINT, &ours, &before);
    handler = before.sa_flags & SA_SIGINFO ? SIG_IGN : before.sa_handler;
}
static void give_back_signal(void) { sigaction(SIGINT, &before, NULL); }
#endif

static int is_interrupted(void) { return interrupted; }

/* The handler is called, not the signal raised: Octave blocks the signal on this thread and has another one take it. */
static void pass_on_interrupt(void)
{
    if (handler != SIG_DFL && handler != SIG_IGN && handler != SIG_ERR)
        handler(SIGINT);
    if (octave_signal_caught) {
        octave_signal_caught = 0;
        octave_handle_signal();
    }
}

#else /* MATLAB */

static void take_signal(void) {}
static void give_back_signal(void) {}
static void pass_on_interrupt(void) {}
#ifdef RADIOMICS_WITH_LIBUT
/* Not documented, but exported by libut since R2006. */
extern bool utIsInterruptPending(void);
static int is_interrupted(void) { return interrupted = utIsInterruptPending(); }
#else
static int is_interrupted(void) { return 0; }
#endif

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
    watched->trouble = mexCallMATLABWithTrap(1, &answer, 2, watched->call, "feval");
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
    if (depth++ == 0) {
        interrupted = 0;
        take_signal();
    }
}

void watch_end(watch *watched, radiomics_status status)
{
    if (--depth == 0)
        give_back_signal();
    if (watched->call[1] != NULL)
        mxDestroyArray(watched->call[1]);
    if (depth == 0 && interrupted)
        pass_on_interrupt();
    if (status == RADIOMICS_ERROR_CANCELLED && watched->trouble != NULL)
        fail(status, "the progress function failed");
}
