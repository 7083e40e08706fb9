/* What an extraction gives. Part of radiomics.hpp. */
#ifndef RADIOMICS_RESULTS_HPP
#define RADIOMICS_RESULTS_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include "radiomics.h"
#include "radiomics/status.hpp"
#include "radiomics/view.hpp"

namespace radiomics {

/** What an extraction gives for one region. */
struct Result {
    std::vector<double> values;
    std::vector<std::uint8_t> statuses;
    Summary summary = detail::sized<Summary>();
};

/** What an extraction gives for several regions: values region by region, `columns` of each. */
struct Results {
    std::size_t columns = 0;
    std::vector<double> values;
    std::vector<std::uint8_t> statuses;
    std::vector<Summary> summaries;
    /** Not well when some regions failed: their summaries say which, and their values are NaN. */
    Status status;

    Span<const double> values_of(std::size_t region) const noexcept
    {
        return Span<const double>(values).part(region * columns, columns);
    }
    Span<const std::uint8_t> statuses_of(std::size_t region) const noexcept
    {
        return Span<const std::uint8_t>(statuses).part(region * columns, columns);
    }
};

}  // namespace radiomics

#endif
