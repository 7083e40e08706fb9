/* Plans, and extraction with them. Part of radiomics.hpp. */
#ifndef RADIOMICS_PLAN_HPP
#define RADIOMICS_PLAN_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include "radiomics.h"
#include "radiomics/grid.hpp"
#include "radiomics/handle.hpp"
#include "radiomics/host.hpp"
#include "radiomics/image.hpp"
#include "radiomics/region.hpp"
#include "radiomics/results.hpp"
#include "radiomics/settings.hpp"
#include "radiomics/status.hpp"
#include "radiomics/tables.hpp"
#include "radiomics/view.hpp"

namespace radiomics {

/** Checked settings with fixed columns. It never changes: any number of threads may extract with one. */
class Plan {
public:
    /** With selectors (a family, a feature name, an IBSI code, a tag) only the columns that one of them names. */
    static Expected<Plan> create(const Settings& settings, Span<const char* const> selectors = {})
    {
        return create_in({}, settings, selectors);
    }
    /** The same in memory of the program, radiomics_plan_bytes() of it, that must outlive the plan. */
    static Expected<Plan> create_in(Span<std::byte> storage, const Settings& settings,
                                    Span<const char* const> selectors = {})
    {
        Plan made;
        Status status;
        if (!status.from(radiomics_plan_create(settings.c(), selectors.data(), selectors.size(), storage.data(),
                                               storage.size(), made.handle_.out(), status.out())))
            return status;
        return made;
    }

    /** Number of values for each region. */
    std::size_t size() const noexcept { return radiomics_plan_columns(c()); }
    /** The columns, in the order of the values. The plan must stay where its handle is: alive. */
    auto columns() const noexcept
    {
        const auto at = [plan = c()](std::size_t index, Column* column) {
            return radiomics_plan_column(plan, index, column, nullptr);
        };
        return detail::Table<Column, decltype(at)>(size(), at);
    }
    /** The text of an option as it stands in the plan. */
    Expected<std::string> setting(const char* key) const
    {
        return detail::text([&](char* buffer, std::size_t bytes, std::size_t* needed, radiomics_diagnostic* out) {
            return radiomics_plan_setting(c(), key, buffer, bytes, needed, out);
        });
    }

    /** Bytes of workspace for these regions. */
    Expected<std::size_t> workspace_bytes(const Grid& grid, Span<const Region> regions, const Host& host = {}) const
    {
        Host::Call call(host);
        Status status;
        std::size_t bytes = 0;
        status.from(radiomics_workspace_bytes(c(), &grid, regions.data(), regions.size(), call.c(), &bytes,
                                              status.out()));
        call.finish();
        if (!status)
            return status;
        return bytes;
    }
    /** Bytes of workspace for any region inside a box, or of the whole grid. */
    Expected<std::size_t> workspace_bytes_for(const Grid& grid, const Box* within = nullptr,
                                              const Host& host = {}) const
    {
        Host::Call call(host);
        Status status;
        std::size_t bytes = 0;
        Box whole = detail::sized<Box>();
        for (std::size_t axis = 0; axis < 3; axis++)
            whole.shape[axis] = grid.shape[axis];
        if (!status.from(radiomics_workspace_bytes_for_box(c(), &grid, within != nullptr ? within : &whole, call.c(),
                                                           &bytes, status.out())))
            return status;
        return bytes;
    }

    /**
     * Computes every column for one region into memory of the program. `values` has size() entries, `statuses` as many
     * or none, `summary` may be null. With a workspace nothing is allocated.
     */
    Status extract_into(const Image& image, const Region& region, Span<double> values,
                        Span<std::uint8_t> statuses = {}, Summary* summary = nullptr, const Host& host = {},
                        Span<std::byte> workspace = {}) const
    {
        Status status;
        if (!statuses.empty() && statuses.size() != values.size())
            return refused(values);
        const radiomics_image c_image = image.c();
        Host::Call call(host);
        status.from(radiomics_extract(c(), &c_image, &region, call.c(), workspace.data(), workspace.size(),
                                      values.data(), statuses.data(), values.size(), summary, status.out()));
        call.finish();
        return status;
    }
    /** The same for several regions: `values` has size() entries for each, region by region. */
    Status extract_into(const Image& image, Span<const Region> regions, Span<double> values,
                        Span<std::uint8_t> statuses = {}, Span<Summary> summaries = {}, const Host& host = {},
                        Span<std::byte> workspace = {}) const
    {
        Status status;
        if ((!statuses.empty() && statuses.size() != values.size()) ||
            (!summaries.empty() && summaries.size() != regions.size()))
            return refused(values);
        const radiomics_image c_image = image.c();
        Host::Call call(host);
        status.from(radiomics_extract_regions(c(), &c_image, regions.data(), regions.size(), call.c(),
                                              workspace.data(), workspace.size(), values.data(), statuses.data(),
                                              values.size(), summaries.data(), status.out()));
        call.finish();
        return status;
    }
    /** Computes every column for one region. */
    Expected<Result> extract(const Image& image, const Region& region, const Host& host = {},
                             Span<std::byte> workspace = {}) const
    {
        Result result;
        result.values.resize(size());
        result.statuses.resize(size());
        const Status status =
            extract_into(image, region, result.values, result.statuses, &result.summary, host, workspace);
        if (!status)
            return status;
        return result;
    }
    /** Computes every column for several regions. When only some fail there are results: look at their status. */
    Expected<Results> extract_all(const Image& image, Span<const Region> regions, const Host& host = {},
                                  Span<std::byte> workspace = {}) const
    {
        Results results;
        results.columns = size();
        results.values.resize(size() * regions.size());
        results.statuses.resize(size() * regions.size());
        results.summaries.resize(regions.size(), detail::sized<Summary>());
        results.status = extract_into(image, regions, results.values, results.statuses, results.summaries, host,
                                      workspace);
        if (!results.status && results.status.code() != RADIOMICS_ERROR_SOME_REGIONS)
            return results.status;
        return results;
    }
    const radiomics_plan* c() const noexcept { return handle_.get(); }

private:
    /** Views of different lengths: found here, because the C interface is told one length. */
    static Status refused(Span<double> values) noexcept
    {
        for (double& value : values)
            value = std::numeric_limits<double>::quiet_NaN();
        Status status;
        status.from(RADIOMICS_ERROR_OUTPUT_LENGTH);
        return status;
    }
    Plan() noexcept = default;
    detail::Handle<radiomics_plan, radiomics_plan_destroy> handle_;
};

}  // namespace radiomics

#endif
