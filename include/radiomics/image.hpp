/* Voxels of the program, read in place. Part of radiomics.hpp. */
#ifndef RADIOMICS_IMAGE_HPP
#define RADIOMICS_IMAGE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "radiomics.h"
#include "radiomics/grid.hpp"
#include "radiomics/view.hpp"

namespace radiomics {

/** An image: voxels of the program on a grid, read in place. They must outlive it; the grid is copied. */
class Image {
public:
    template <class C>
    Image(const Grid& grid, const C& voxels) noexcept
        : Image(grid, std::data(voxels), std::size(voxels) * sizeof(detail::Element<C>),
                detail::dtype<detail::Element<C>>())
    {
    }
    /** For voxels whose type is known at run time: RADIOMICS_U8... */
    Image(const Grid& grid, const void* data, std::size_t bytes, std::uint32_t dtype) noexcept
        : grid_(grid), image_(detail::sized<radiomics_image>())
    {
        image_.data = data;
        image_.data_bytes = bytes;
        image_.dtype = dtype;
    }
    /** Steps from voxel to voxel along x, y, z, and the index of the first voxel. */
    Image& with_strides(std::array<std::int64_t, 3> strides, std::int64_t start = 0) noexcept
    {
        for (std::size_t axis = 0; axis < 3; axis++)
            image_.strides[axis] = strides[axis];
        image_.start = start;
        return *this;
    }
    /** intensity = slope * voxel + intercept */
    Image& rescaled(double slope, double intercept) noexcept
    {
        image_.slope = slope;
        image_.intercept = intercept;
        return *this;
    }
    const Grid& grid() const noexcept { return grid_; }
    /** For the C interface; it points into this image. */
    radiomics_image c() const noexcept
    {
        radiomics_image image = image_;
        image.grid = &grid_;
        return image;
    }

private:
    Grid grid_;
    radiomics_image image_;
};

}  // namespace radiomics

#endif
