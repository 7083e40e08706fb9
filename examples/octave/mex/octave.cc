/* Ctrl-C and exceptions of Octave.
 *
 * Octave interrupts by a C++ exception, thrown from whatever it runs next, a progress function too, and no trap of the
 * C interface catches it. It must not cross the library's frames: it is held here and thrown again behind them.
 */
#include <exception>
#include <utility>

#include <octave/quit.h>

extern "C" {
#include "octave.h"
}

static std::exception_ptr held;

int octave_is_interrupted(void) { return held || octave_interrupt_state > 0; }

mxArray *octave_call(mxArray **call, mxArray **answer)
{
    try {
        return mexCallMATLABWithTrap(1, answer, 2, call, "feval");
    } catch (...) {
        held = std::current_exception();
        *answer = nullptr;
        return nullptr;
    }
}

void octave_pass_on_interrupt(void)
{
    if (held) {
        std::exception_ptr thrown;
        std::swap(thrown, held);
        std::rethrow_exception(thrown);
    }
    octave_quit();
}
