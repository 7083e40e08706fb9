/* Where voxels lie in the patient. Part of radiomics.hpp. */
#ifndef RADIOMICS_GRID_HPP
#define RADIOMICS_GRID_HPP

#include <array>
#include <cstddef>
#include <cstdint>

#include "radiomics.h"
#include "radiomics/view.hpp"

namespace radiomics {

/** A voxel grid. */
struct Grid : radiomics_grid {
    Grid(std::array<std::int64_t, 3> voxels, std::array<double, 3> millimetres) noexcept
        : radiomics_grid(detail::sized<radiomics_grid>())
    {
        for (std::size_t axis = 0; axis < 3; axis++) {
            shape[axis] = voxels[axis];
            spacing[axis] = millimetres[axis];
        }
    }
    /** The centre of the first voxel. */
    Grid& with_origin(std::array<double, 3> point) noexcept
    {
        for (std::size_t axis = 0; axis < 3; axis++)
            origin[axis] = point[axis];
        return *this;
    }
    /** The matrix whose columns are the axes of the grid, row by row. */
    Grid& with_direction(std::array<double, 9> matrix) noexcept
    {
        for (std::size_t i = 0; i < 9; i++)
            direction[i] = matrix[i];
        return *this;
    }
    /** Irregular slices, for drawing only. The positions must outlive the grid. */
    Grid& with_slices(Span<const double> positions) noexcept
    {
        slice_positions = positions.data();
        slice_count = positions.size();
        return *this;
    }
};

}  // namespace radiomics

#endif
