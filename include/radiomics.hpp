/*
 * radiomics for C++17 and later: the C interface of radiomics.h with owners, views and results.
 *
 * Nothing here throws or takes memory by itself, but for the calls that return vectors and strings. It builds with
 * -fno-exceptions; with exceptions, `or_throw` turns a result into its value or a radiomics::Exception, and what a
 * callback of the program throws ends the call and is thrown again when the library has returned.
 */
#ifndef RADIOMICS_HPP
#define RADIOMICS_HPP

#include "radiomics/draw.hpp"
#include "radiomics/grid.hpp"
#include "radiomics/handle.hpp"
#include "radiomics/host.hpp"
#include "radiomics/image.hpp"
#include "radiomics/plan.hpp"
#include "radiomics/region.hpp"
#include "radiomics/results.hpp"
#include "radiomics/settings.hpp"
#include "radiomics/status.hpp"
#include "radiomics/tables.hpp"
#include "radiomics/view.hpp"
#include "radiomics.h"

#endif
