"""The CT phantom through the C interface: contours in, mask and features of IBSI configuration C out.

    ct_phantom.py FOLDER

FOLDER holds voxels.i16, points.f64, sizes.u32 and grid.txt (shape, spacing, origin); mask.u8 and values.txt are written.
"""

import os
import sys
from array import array
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "examples" / "python"))
from extract import I16, Grid, Radiomics, contours_of, image_of  # noqa: E402


def read(path, code):
    out = array(code)
    out.frombytes(path.read_bytes())
    return out


folder = Path(sys.argv[1])
numbers = (folder / "grid.txt").read_text().split()
grid = Grid(shape=tuple(map(int, numbers[:3])), spacing=tuple(map(float, numbers[3:6])),
            origin=tuple(map(float, numbers[6:9])))
region = contours_of(read(folder / "points.f64", "d"), read(folder / "sizes.u32", "I"))
radiomics = Radiomics(os.environ["RADIOMICS_LIBRARY"], preset="ibsi-c", diagnostics=True)
(folder / "mask.u8").write_bytes(bytes(radiomics.mask(grid, region)))
values = radiomics.extract(image_of(grid, read(folder / "voxels.i16", "h"), I16), region)
lines = (f"{tag} {value.hex()} {status}\n" for tag, (value, status) in values.items())
(folder / "values.txt").write_text("".join(lines))
