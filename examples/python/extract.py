"""The C interface from Python with nothing but ctypes.

    cargo build --release -p radiomics-ffi
    RADIOMICS_LIBRARY=target/release/libradiomics.so python3 examples/python/extract.py

Arrays of the array module, NumPy or any other buffer are read in place.
"""

import ctypes as c
import os
import sys
from array import array

U8, I16, F64 = 1, 4, 8
REGION_MASK, REGION_CONTOURS = 1, 8
SOME_REGIONS = 103


class Struct(c.Structure):
    """A struct of the interface: it knows its size, and everything not given is 0."""

    def __init__(self, **fields):
        super().__init__(struct_size=c.sizeof(type(self)), **fields)


class Diagnostic(Struct):
    _fields_ = [("struct_size", c.c_size_t), ("status", c.c_int32), ("region", c.c_int32), ("needed", c.c_uint64),
                ("given", c.c_uint64), ("field", c.c_char * 96), ("message", c.c_char * 512)]


class Grid(Struct):
    _fields_ = [("struct_size", c.c_size_t), ("shape", c.c_int64 * 3), ("spacing", c.c_double * 3),
                ("origin", c.c_double * 3), ("direction", c.c_double * 9), ("slice_positions", c.c_void_p),
                ("slice_count", c.c_size_t)]


class Image(Struct):
    _fields_ = [("struct_size", c.c_size_t), ("grid", c.POINTER(Grid)), ("data", c.c_void_p), ("data_bytes", c.c_size_t),
                ("dtype", c.c_uint32), ("reserved", c.c_uint32), ("strides", c.c_int64 * 3), ("start", c.c_int64),
                ("slope", c.c_double), ("intercept", c.c_double)]


class Region(Struct):
    _fields_ = [("struct_size", c.c_size_t), ("kind", c.c_uint32), ("dtype", c.c_uint32), ("data", c.c_void_p),
                ("data_bytes", c.c_size_t), ("strides", c.c_int64 * 3), ("start", c.c_int64), ("label", c.c_double),
                ("threshold", c.c_double), ("bit_order", c.c_uint32), ("index_base", c.c_uint32), ("order", c.c_uint32),
                ("occupancy_dtype", c.c_uint32), ("occupancy", c.c_void_p), ("occupancy_bytes", c.c_size_t),
                ("contour_sizes", c.c_void_p), ("contour_count", c.c_size_t), ("inside_rule", c.c_uint32),
                ("slice_rule", c.c_uint32), ("slice_tolerance", c.c_double)]


class Column(Struct):
    _fields_ = [("struct_size", c.c_size_t), ("feature_id", c.c_uint32), ("reserved", c.c_uint32),
                ("name", c.c_char * 128), ("tag", c.c_char * 128), ("filter", c.c_char * 128), ("title", c.c_char * 128),
                ("ibsi_code", c.c_char * 16), ("aggregation_code", c.c_char * 16), ("aggregation", c.c_char * 48),
                ("family", c.c_char * 48), ("unit", c.c_char * 48)]


Progress = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_double)


class Host(Struct):
    _fields_ = [("struct_size", c.c_size_t), ("progress", Progress), ("progress_context", c.c_void_p),
                ("run", c.c_uint32), ("threads", c.c_uint32), ("parallel_for", c.c_void_p),
                ("parallel_context", c.c_void_p)]


class RadiomicsError(Exception):
    pass


class Radiomics:
    """The library, with the settings of a preset and further options by key."""

    def __init__(self, library, preset=None, **options):
        self.library = lib = c.CDLL(library)
        # Pointers that come back as results must be declared; those that go in are converted by the calls.
        lib.radiomics_status_name.restype = c.c_char_p
        lib.radiomics_plan_columns.restype = c.c_size_t
        lib.radiomics_plan_columns.argtypes = [c.c_void_p]
        self.diagnostic = Diagnostic()
        settings = c.c_void_p()
        self.plan = c.c_void_p()
        name = preset.encode() if preset else None
        self.check(lib.radiomics_settings_create(name, None, c.c_size_t(0), c.byref(settings), c.byref(self.diagnostic)))
        try:
            for key, value in options.items():
                text = str(value).lower() if isinstance(value, bool) else str(value)
                self.check(lib.radiomics_settings_set(settings, key.replace("__", ".").encode(), text.encode(),
                                                      c.byref(self.diagnostic)))
            self.check(lib.radiomics_plan_create(settings, None, c.c_size_t(0), None, c.c_size_t(0), c.byref(self.plan),
                                                 c.byref(self.diagnostic)))
        finally:
            lib.radiomics_settings_destroy(settings)

    def __del__(self):
        if getattr(self, "plan", None):
            self.library.radiomics_plan_destroy(self.plan)

    def check(self, status):
        if status != 0:
            name = self.library.radiomics_status_name(c.c_int32(status)).decode()
            raise RadiomicsError(f"{name}: {self.diagnostic.message.decode()}")

    def columns(self):
        """Tags of the columns, enumerated from the library."""
        column = Column()
        for index in range(self.library.radiomics_plan_columns(self.plan)):
            self.check(self.library.radiomics_plan_column(self.plan, c.c_size_t(index), c.byref(column),
                                                          c.byref(self.diagnostic)))
            yield column.tag.decode()

    def extract(self, image, region, progress=None):
        """A value for each column, NaN where its status says why."""
        count = self.library.radiomics_plan_columns(self.plan)
        values, statuses = (c.c_double * count)(), (c.c_uint8 * count)()
        callback = Progress(lambda _, done: int(bool(progress(done)))) if progress else Progress()
        host = Host(progress=callback)
        self.check(self.library.radiomics_extract(self.plan, c.byref(image), c.byref(region), c.byref(host), None,
                                                  c.c_size_t(0), values, statuses, c.c_size_t(count), None,
                                                  c.byref(self.diagnostic)))
        return dict(zip(self.columns(), zip(values, statuses)))

    def mask(self, grid, region):
        """A mask of the region: a byte for each voxel, x fastest."""
        mask = (c.c_uint8 * (grid.shape[0] * grid.shape[1] * grid.shape[2]))()
        self.check(self.library.radiomics_region_mask(c.byref(grid), c.byref(region), None, None, None, c.c_size_t(0),
                                                      mask, c.c_size_t(len(mask)), None, c.byref(self.diagnostic)))
        return mask


def in_place(buffer):
    """Address and length in bytes of an array that Python holds."""
    view = memoryview(buffer).cast("B")
    return c.addressof((c.c_char * len(view)).from_buffer(view)), len(view)


def image_of(grid, voxels, dtype):
    data, size = in_place(voxels)
    image = Image(grid=c.pointer(grid), data=data, data_bytes=size, dtype=dtype)
    image.lives_on = grid, voxels  # An address keeps nothing alive.
    return image


def contours_of(points, sizes):
    """Closed contours: points x, y, z in mm one after the other, and how many each contour has."""
    data, size = in_place(points)
    sizes_at, sizes_bytes = in_place(sizes)
    region = Region(kind=REGION_CONTOURS, dtype=F64, data=data, data_bytes=size, contour_sizes=sizes_at,
                    contour_count=sizes_bytes // 4)
    region.lives_on = points, sizes
    return region


def main():
    side = 24
    grid = Grid(shape=(side, side, side), spacing=(1.0, 1.0, 2.0))
    voxels = array("h", ((x * x + 3 * y * z) % 90 for z in range(side) for y in range(side) for x in range(side)))
    # A square on each of eight slices.
    points, sizes = array("d"), array("I")
    for z in range(8, 16):
        for x, y in ((4.2, 4.2), (19.8, 4.2), (19.8, 19.8), (4.2, 19.8)):
            points.extend((x, y, 2.0 * z))
        sizes.append(4)
    region = contours_of(points, sizes)
    radiomics = Radiomics(os.environ["RADIOMICS_LIBRARY"], preset="ibsi-c")
    print(sum(radiomics.mask(grid, region)), "voxels")
    heard = []
    values = radiomics.extract(image_of(grid, voxels, I16), region, heard.append)
    for tag, (value, status) in values.items():
        print(f"{tag:28} {value:22.15g} {status}")
    try:
        radiomics.extract(image_of(grid, voxels, I16), region, lambda done: True)
    except RadiomicsError as error:
        print(error)
    return 0 if heard else 1


if __name__ == "__main__":
    sys.exit(main())
