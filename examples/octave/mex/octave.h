/* What only Octave needs; see octave.cc. */
#ifndef RADIOMICS_GATEWAY_OCTAVE_H
#define RADIOMICS_GATEWAY_OCTAVE_H

#include <mex.h>

/* Whether the user pressed Ctrl-C, or an exception is held. */
int octave_is_interrupted(void);
/* feval(call[0], call[1]) with one answer, and its error or NULL. An exception is held, and there is no answer then. */
mxArray *octave_call(mxArray **call, mxArray **answer);
/* Throws what is held, or acts upon Ctrl-C; returns when there is neither. */
void octave_pass_on_interrupt(void);

#endif
