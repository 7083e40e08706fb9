/* Regions made into boxes and masks. Part of radiomics.hpp. */
#ifndef RADIOMICS_DRAW_HPP
#define RADIOMICS_DRAW_HPP

#include <cstddef>
#include <cstdint>

#include "radiomics.h"
#include "radiomics/grid.hpp"
#include "radiomics/host.hpp"
#include "radiomics/region.hpp"
#include "radiomics/status.hpp"
#include "radiomics/view.hpp"

namespace radiomics {

/** A box that holds a region. */
inline Expected<Box> box_of(const Grid& grid, const Region& region) noexcept
{
    Status status;
    Box box = detail::sized<Box>();
    if (!status.from(radiomics_region_box(&grid, &region, &box, status.out())))
        return status;
    return box;
}

/** Makes a mask of a region: a byte for each voxel of a box, or of the whole grid, x fastest. */
inline Status draw(const Grid& grid, const Region& region, Span<std::uint8_t> mask, const Box* within = nullptr,
                   Drawing* drawing = nullptr, const Host& host = {}, Span<std::byte> workspace = {})
{
    Host::Call call(host);
    Status status;
    status.from(radiomics_region_mask(&grid, &region, within, call.c(), workspace.data(), workspace.size(),
                                      mask.data(), mask.size(), drawing, status.out()));
    call.finish();
    return status;
}

}  // namespace radiomics

#endif
