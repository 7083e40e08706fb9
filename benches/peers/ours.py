"""This library through its C interface."""
import os
import sys
from array import array
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "examples" / "python"))
from extract import I16, REGION_MASK, U8, Grid, Radiomics, Region, image_of, in_place  # noqa: E402

PACKAGE = None


def prepare(image, mask, bins):
    def voxels(path, code):
        data = Path(path).read_bytes()
        out = array(code)
        out.frombytes(data[352:])
        return out, tuple(array("h", data[42:48]))

    cells, shape = voxels(image, "h")
    flags, _ = voxels(mask, "B")
    grid = Grid(shape=shape, spacing=(1.0, 1.0, 1.0))
    data, size = in_place(flags)
    region = Region(kind=REGION_MASK, dtype=U8, data=data, data_bytes=size)
    region.lives_on = flags
    view = image_of(grid, cells, I16)
    library = Radiomics(os.environ["RADIOMICS_LIBRARY"], discretise__bin_count=bins, morphology__spatial=False,
                        morphology__mvee=True)
    return lambda: {tag: value for tag, (value, _) in library.extract(view, region).items()}
