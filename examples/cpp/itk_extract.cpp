// Reads an image and a label map with ITK and extracts every label, without copying a voxel: the library reads ITK's
// buffers, with the spacing, origin and direction that ITK holds. The table is written as CSV.
//
//     itk_extract image.nii.gz labels.nii.gz [preset]
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <itkImage.h>
#include <itkImageFileReader.h>
#include <itkImageIOFactory.h>

#include "radiomics.hpp"

namespace {

/** A volume of any voxel type: the object that owns the buffer, and where the buffer lies. */
struct Volume {
    itk::ImageBase<3>::Pointer owner;
    const void* data = nullptr;
    std::size_t bytes = 0;
    std::uint32_t dtype = 0;
    std::set<double> labels;
};

template <class T>
Volume read_as(const std::string& path, bool labels)
{
    using Voxels = itk::Image<T, 3>;
    auto reader = itk::ImageFileReader<Voxels>::New();
    reader->SetFileName(path);
    reader->Update();
    typename Voxels::Pointer image = reader->GetOutput();
    image->DisconnectPipeline();
    const auto count = static_cast<std::size_t>(image->GetBufferedRegion().GetNumberOfPixels());
    const T* data = image->GetBufferPointer();
    Volume volume{image.GetPointer(), data, count * sizeof(T), radiomics::detail::dtype<T>(), {}};
    if (labels) {
        T last{};
        for (std::size_t i = 0; i < count; i++)
            if (data[i] != last) {
                last = data[i];
                if (last != T{})
                    volume.labels.insert(static_cast<double>(last));
            }
    }
    return volume;
}

Volume read(const std::string& path, bool labels)
{
    auto io = itk::ImageIOFactory::CreateImageIO(path.c_str(), itk::ImageIOFactory::FileModeEnum::ReadMode);
    if (io.IsNull())
        throw std::runtime_error(path + ": ITK cannot read it");
    io->SetFileName(path);
    io->ReadImageInformation();
    if (io->GetNumberOfComponents() != 1)
        throw std::runtime_error(path + ": its voxels are not single numbers");
    using Type = itk::IOComponentEnum;
    switch (io->GetComponentType()) {
    case Type::UCHAR: return read_as<unsigned char>(path, labels);
    case Type::CHAR: return read_as<signed char>(path, labels);
    case Type::USHORT: return read_as<unsigned short>(path, labels);
    case Type::SHORT: return read_as<short>(path, labels);
    case Type::UINT: return read_as<unsigned int>(path, labels);
    case Type::INT: return read_as<int>(path, labels);
    case Type::FLOAT: return read_as<float>(path, labels);
    default: return read_as<double>(path, labels);
    }
}

radiomics::Grid grid_of(const itk::ImageBase<3>& image)
{
    const auto size = image.GetBufferedRegion().GetSize();
    const auto spacing = image.GetSpacing();
    const auto origin = image.GetOrigin();
    const auto direction = image.GetDirection();
    std::array<double, 9> matrix{};
    for (unsigned row = 0; row < 3; row++)
        for (unsigned column = 0; column < 3; column++)
            matrix[3 * row + column] = direction(row, column);
    radiomics::Grid grid({static_cast<std::int64_t>(size[0]), static_cast<std::int64_t>(size[1]),
                          static_cast<std::int64_t>(size[2])},
                         {spacing[0], spacing[1], spacing[2]});
    grid.with_origin({origin[0], origin[1], origin[2]}).with_direction(matrix);
    return grid;
}

/** Whether voxels lie at the same places: within a hundredth of a voxel at the origin, as file formats round. */
bool same_grid(const itk::ImageBase<3>& a, const itk::ImageBase<3>& b)
{
    bool same = a.GetBufferedRegion() == b.GetBufferedRegion();
    for (unsigned i = 0; i < 3; i++) {
        const double spacing = a.GetSpacing()[i];
        same = same && std::abs(b.GetSpacing()[i] - spacing) <= 1e-4 * spacing;
        same = same && std::abs(b.GetOrigin()[i] - a.GetOrigin()[i]) <= 1e-2 * spacing;
        for (unsigned j = 0; j < 3; j++)
            same = same && std::abs(b.GetDirection()(i, j) - a.GetDirection()(i, j)) <= 1e-4;
    }
    return same;
}

void run(int argc, char** argv)
{
    const Volume volume = read(argv[1], false), map = read(argv[2], true);
    if (!same_grid(*volume.owner, *map.owner))
        throw std::runtime_error("the image and the label map lie on different grids");

    const auto settings = radiomics::Settings::create(argc > 3 ? argv[3] : nullptr).or_throw();
    const auto plan = radiomics::Plan::create(settings).or_throw();
    const radiomics::Image image(grid_of(*volume.owner), volume.data, volume.bytes, volume.dtype);
    std::vector<radiomics::Region> regions;
    for (const double label : map.labels)
        regions.push_back(radiomics::Region::labelled(map.data, map.bytes, map.dtype, label));

    const auto results = plan.extract_all(image, regions).or_throw();
    if (!results.status)
        std::fprintf(stderr, "%s\n", results.status.message());
    std::printf("label,tag,ibsi_code,value,status\n");
    std::size_t region = 0;
    for (const double label : map.labels) {
        std::size_t i = 0;
        for (const radiomics::Column& column : plan.columns()) {
            std::printf("%.17g,%s,%s,%.17g,%s\n", label, column.tag, column.ibsi_code, results.values_of(region)[i],
                        radiomics::value_status_name(results.statuses_of(region)[i]).c_str());
            i++;
        }
        region++;
    }
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 3 || argc > 4) {
        std::fprintf(stderr, "usage: itk_extract IMAGE LABELS [PRESET]\n");
        return 2;
    }
    try {
        run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
