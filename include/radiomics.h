/*
 * radiomics: image biomarkers to the letter of the Image Biomarker Standardisation Initiative (IBSI).
 *
 * Made by cbindgen from ffi/src; do not edit. docs/c-api.md is the page to read first.
 */

#ifndef RADIOMICS_H
#define RADIOMICS_H

#include <stddef.h>
#include <stdint.h>
/** Version of this header; radiomics_version() is that of the library that is loaded. */
#define RADIOMICS_VERSION "0.1.0"
#define RADIOMICS_VERSION_MAJOR 0
#define RADIOMICS_VERSION_MINOR 1
#define RADIOMICS_VERSION_PATCH 0
/** major * 1000000 + minor * 1000 + patch */
#define RADIOMICS_VERSION_NUMBER 1000
/** Moves whenever any value may change. */
#define RADIOMICS_NUMERICS_VERSION 1


/** Bytes of the texts in a diagnostic, with the zero at the end. */
#define RADIOMICS_FIELD_BYTES 96

/** Bytes of a message, with the zero at the end. */
#define RADIOMICS_MESSAGE_BYTES 512

/** Bytes of a short text in a description, with the zero at the end. */
#define RADIOMICS_CODE_BYTES 16

/** Bytes of a word in a description. */
#define RADIOMICS_WORD_BYTES 48

/** Bytes of a name in a description. */
#define RADIOMICS_NAME_BYTES 128

/** Bytes of a sentence in a description. */
#define RADIOMICS_TEXT_BYTES 512

/** Unsigned bytes. */
#define RADIOMICS_U8 1

/** Signed bytes. */
#define RADIOMICS_I8 2

/** Unsigned 16-bit integers. */
#define RADIOMICS_U16 3

/** Signed 16-bit integers. */
#define RADIOMICS_I16 4

/** Unsigned 32-bit integers. */
#define RADIOMICS_U32 5

/** Signed 32-bit integers. */
#define RADIOMICS_I32 6

/** Single precision. */
#define RADIOMICS_F32 7

/** Double precision. */
#define RADIOMICS_F64 8

/** Unsigned 64-bit integers; for indices and runs only. */
#define RADIOMICS_U64 9

/** Signed 64-bit integers; for indices and runs only. */
#define RADIOMICS_I64 10

/** Every voxel of an array that is not zero. NaN is outside. */
#define RADIOMICS_REGION_MASK 1

/** Every voxel of an array that equals `label`: one object of a label image. */
#define RADIOMICS_REGION_LABEL 2

/**
 * Every voxel of an array of fractions whose fraction is at least `threshold`. Integers count in parts of the largest one
 * of their type: 255 of RADIOMICS_U8 is 1.
 */
#define RADIOMICS_REGION_FRACTION 3

/** Every bit that is set; `strides` and `start` count bits, `dtype` is RADIOMICS_U8. */
#define RADIOMICS_REGION_BITS 4

/**
 * Linear indices of voxels, as `find` gives them, of type RADIOMICS_U32, I32, U64, I64 or F64; `index_base` and
 * `order` say how they are counted. With `occupancy` only those whose fraction is at least `threshold`.
 */
#define RADIOMICS_REGION_INDICES 5

/** Pairs (linear index of the first voxel, number of voxels), of the types of indices. */
#define RADIOMICS_REGION_RUNS 6

/** Fours (x, y, z, number of voxels) along the fastest axis of `order`, of the types of indices. */
#define RADIOMICS_REGION_ROWS 7

/**
 * Closed planar contours: points x, y, z in patient millimetres of type RADIOMICS_F64, one contour after the other;
 * `contour_sizes` says how many points each has.
 */
#define RADIOMICS_REGION_CONTOURS 8

/** x fastest, z slowest: (x, y, z) in Fortran and MATLAB, [z][y][x] in C, NIfTI, ITK. */
#define RADIOMICS_ORDER_XYZ 0

/** y fastest: MATLAB arrays whose rows run along y, as in CERR and matRad. */
#define RADIOMICS_ORDER_YXZ 1

/** z fastest: [x][y][z] in C, (x, y, z) in NumPy. */
#define RADIOMICS_ORDER_ZYX 2

/** x fastest, then z, then y. */
#define RADIOMICS_ORDER_XZY 3

/** y fastest, then z, then x. */
#define RADIOMICS_ORDER_YZX 4

/** z fastest, then x, then y. */
#define RADIOMICS_ORDER_ZXY 5

/** The bit of value 1 comes first: DICOM, C++'s vector<bool>. */
#define RADIOMICS_BITS_LOW_FIRST 0

/** The bit of value 128 comes first: NumPy's packbits. */
#define RADIOMICS_BITS_HIGH_FIRST 1

/**
 * A voxel is inside when its centre is, by the crossing number over all contours of its slice: contours within contours
 * are holes. The rule of the IBSI reference masks, and the default.
 */
#define RADIOMICS_INSIDE_EVEN_ODD 0

/** A voxel is inside when its centre is in at least one contour of its slice. */
#define RADIOMICS_INSIDE_UNION 1

/** A voxel is inside when the contours of its slice wind around its centre: holes turn the other way round. */
#define RADIOMICS_INSIDE_WINDING 2

/** A contour counts for the nearest slice. The rule of the IBSI reference masks, and the default. */
#define RADIOMICS_SLICE_NEAREST 0

/** As nearest, but a contour further from it than `slice_tolerance` of the slice distance is left out, and counted. */
#define RADIOMICS_SLICE_SKIP_BEYOND 1

/** As nearest, but a contour further from it than `slice_tolerance` of the slice distance is an error. */
#define RADIOMICS_SLICE_REFUSE_BEYOND 2

/**
 * Each slice takes the contours of the plane nearest to it, if that lies within `slice_tolerance` millimetres: for contours
 * that were drawn on another grid, as those of a CT on a PET.
 */
#define RADIOMICS_SLICE_NEAREST_PLANE 3

/** Everything on the thread that makes the call. */
#define RADIOMICS_RUN_SERIAL 0

/** Threads of the library, started and joined within the call. */
#define RADIOMICS_RUN_THREADS 1

/** Threads of the host, through `parallel_for`. */
#define RADIOMICS_RUN_HOST 2

/** The names of the codes. */
typedef enum radiomics_status_code {
    /** Done. */
    RADIOMICS_OK = 0,
    /** A pointer that must point somewhere is NULL. */
    RADIOMICS_ERROR_NULL_POINTER = 1,
    /** The `struct_size` of a struct is no size it can have, or an unknown tail is not zero. */
    RADIOMICS_ERROR_STRUCT_SIZE = 2,
    /** An argument or a setting does not hold what it must. */
    RADIOMICS_ERROR_INVALID_ARGUMENT = 3,
    /** No option has this key. */
    RADIOMICS_ERROR_UNKNOWN_OPTION = 4,
    /** No column of the plan answers to a selector. */
    RADIOMICS_ERROR_UNKNOWN_FEATURE = 5,
    /** The workspace is smaller than announced; the diagnostic says how much is needed. */
    RADIOMICS_ERROR_WORKSPACE_TOO_SMALL = 6,
    /** An output array has not the length that the plan asks for. */
    RADIOMICS_ERROR_OUTPUT_LENGTH = 7,
    /** A text is not UTF-8 or has no end. */
    RADIOMICS_ERROR_TEXT = 8,
    /** A buffer for a text is too small; the diagnostic says how much is needed. */
    RADIOMICS_ERROR_BUFFER_TOO_SMALL = 9,
    /** A pointer is not aligned for what it points to. */
    RADIOMICS_ERROR_MISALIGNED = 10,
    /** Memory that is written overlaps memory that is read. */
    RADIOMICS_ERROR_OVERLAP = 11,
    /** An index lies beyond the end of a table. */
    RADIOMICS_ERROR_INDEX = 12,
    /** A pointer is not, or no longer, a handle of this kind. */
    RADIOMICS_ERROR_HANDLE = 13,
    /** This build of the library cannot do it (no heap or no threads). */
    RADIOMICS_ERROR_UNSUPPORTED = 14,
    /** The image, its grid or a region does not hold what it must. */
    RADIOMICS_ERROR_INVALID_DATA = 100,
    /** The sizes are so large that the memory they need cannot be addressed. */
    RADIOMICS_ERROR_TOO_LARGE = 101,
    /** The slices are not evenly spaced: a region can be drawn on such a grid, features are not defined on it. */
    RADIOMICS_ERROR_IRREGULAR_GRID = 102,
    /** Some of several regions failed: their summaries say why. The others have their values. */
    RADIOMICS_ERROR_SOME_REGIONS = 103,
    /** The progress callback answered to stop. */
    RADIOMICS_ERROR_CANCELLED = 200,
    /** The memory that the library was asked to take is not to be had. */
    RADIOMICS_ERROR_OUT_OF_MEMORY = 201,
    /** The host's parallel_for answered with an error. */
    RADIOMICS_ERROR_HOST = 202,
    /** A fault of this library; please report it. */
    RADIOMICS_ERROR_INTERNAL = 900,
} radiomics_status_code;

/**
 * Why a value is as it is: what stands in an array of value statuses. Below 10 there is a value, from 10 on it is NaN.
 * Codes are pinned; more may come.
 */
typedef enum radiomics_value_status {
    /** The value follows from the definition. */
    RADIOMICS_VALUE_OK = 0,
    /** A degenerate case to which the IBSI manual assigns this value. */
    RADIOMICS_VALUE_OK_BY_CONVENTION = 1,
    /** The region holds no voxel. */
    RADIOMICS_VALUE_EMPTY_REGION = 10,
    /** Re-segmentation removed every voxel of the region. */
    RADIOMICS_VALUE_EMPTY_INTENSITY_MASK = 11,
    /** The region has too few voxels for this feature. */
    RADIOMICS_VALUE_TOO_FEW_VOXELS = 12,
    /** No pair of voxels lies at the asked distance and direction inside the region. */
    RADIOMICS_VALUE_NO_NEIGHBOURS = 13,
    /** The definition divides by a quantity that is zero here. */
    RADIOMICS_VALUE_ZERO_DENOMINATOR = 14,
    /** All intensities are equal and the definition divides by their spread. */
    RADIOMICS_VALUE_ZERO_VARIANCE = 15,
    /** The region has no extent in at least one direction. */
    RADIOMICS_VALUE_FLAT_REGION = 16,
    /** There is one grey level, and the definition compares a level with its neighbours. */
    RADIOMICS_VALUE_TOO_FEW_LEVELS = 17,
    /** The region holds NaN or infinite intensities and no range removes them. */
    RADIOMICS_VALUE_NON_FINITE_INTENSITY = 20,
    /** Without discretisation, the intensities are not integer grey levels from 1 up. */
    RADIOMICS_VALUE_NOT_GREY_LEVELS = 21,
    /** Discretisation gives more grey levels than the plan allows. */
    RADIOMICS_VALUE_TOO_MANY_LEVELS = 22,
    /** The result does not fit a finite floating point number. */
    RADIOMICS_VALUE_OVERFLOW = 30,
    /** An iteration stopped before its stated bound was reached. */
    RADIOMICS_VALUE_NOT_CONVERGED = 31,
    /** The host cancelled the extraction. */
    RADIOMICS_VALUE_CANCELLED = 40,
    /** The extraction failed before this column was computed. */
    RADIOMICS_VALUE_NOT_COMPUTED = 41,
} radiomics_value_status;

/** A plan: checked settings with their columns. Opaque and immutable; any number of threads may use one at a time. */
typedef struct radiomics_plan radiomics_plan;

/** Settings: every option with its value. Opaque; one thread at a time may change it. */
typedef struct radiomics_settings radiomics_settings;

/**
 * What every call answers: 0 when it did its work, otherwise one of `radiomics_status_code`.
 *
 * 1 to 99: the call is wrong. 100 to 199: the image or a region is. 200 to 299: the run ended early. 900: a fault of
 * this library. Codes are pinned; more may come.
 */
typedef int32_t radiomics_status;

/** One feature of the library. */
typedef struct radiomics_feature {
    /** `sizeof(radiomics_feature)`, set by the caller. */
    size_t struct_size;
    /** Pinned number. */
    uint32_t id;
    /** 0. */
    uint32_t reserved;
    /** Pinned name. */
    char name[RADIOMICS_NAME_BYTES];
    /** IBSI tag without aggregation. */
    char tag[RADIOMICS_NAME_BYTES];
    /** Title for readers. */
    char title[RADIOMICS_NAME_BYTES];
    /** IBSI code; empty for diagnostics. */
    char ibsi_code[RADIOMICS_CODE_BYTES];
    /** Name of the family. */
    char family[RADIOMICS_WORD_BYTES];
    /** Title of the family. */
    char family_title[RADIOMICS_NAME_BYTES];
    /** Unit. */
    char unit[RADIOMICS_WORD_BYTES];
} radiomics_feature;

/** One option of the settings. */
typedef struct radiomics_option {
    /** `sizeof(radiomics_option)`, set by the caller. */
    size_t struct_size;
    /** Its key. */
    char key[RADIOMICS_NAME_BYTES];
    /** What its text holds: `bool`, `real`, `word`... */
    char kind[RADIOMICS_WORD_BYTES];
    /** Unit; empty without one. */
    char unit[RADIOMICS_WORD_BYTES];
    /** The default, as text. */
    char default_value[RADIOMICS_NAME_BYTES];
    /** What is allowed. */
    char range[RADIOMICS_TEXT_BYTES];
    /** What it does. */
    char help[RADIOMICS_TEXT_BYTES];
} radiomics_option;

/** One preset: settings under a name. */
typedef struct radiomics_preset {
    /** `sizeof(radiomics_preset)`, set by the caller. */
    size_t struct_size;
    /** Its name, for radiomics_settings_create. */
    char name[RADIOMICS_NAME_BYTES];
    /** What it is for. */
    char title[RADIOMICS_TEXT_BYTES];
} radiomics_preset;

/**
 * Details of a call that did not answer 0. It belongs to the caller, who may pass NULL instead. Every call that takes
 * one fills it, also when all went well: then `status` is 0 and the texts are empty.
 */
typedef struct radiomics_diagnostic {
    /** `sizeof(radiomics_diagnostic)`, set by the caller. */
    size_t struct_size;
    /** What the call answered. */
    int32_t status;
    /** Which of several regions it is about; -1 when it is about none. */
    int32_t region;
    /** How much is needed where something is too small: bytes of a workspace or buffer, length of an array. Otherwise 0. */
    uint64_t needed;
    /** How much was given then. */
    uint64_t given;
    /** The argument, dotted from the outside in: `image.data`, `resample.spacing_mm`. Empty when it is about none. */
    char field[RADIOMICS_FIELD_BYTES];
    /** A sentence for people: the field, its value, and what was expected. */
    char message[RADIOMICS_MESSAGE_BYTES];
} radiomics_diagnostic;

/** A column of a plan: a feature, how it is aggregated, with which parameter, on which image. */
typedef struct radiomics_column {
    /** `sizeof(radiomics_column)`, set by the caller. */
    size_t struct_size;
    /** Pinned number of the feature. */
    uint32_t feature_id;
    /** 0. */
    uint32_t reserved;
    /** Name of the feature with its parameter: `cm_joint_max`, `ivh_v25`. */
    char name[RADIOMICS_NAME_BYTES];
    /** IBSI tag: the name with its aggregation, `cm_joint_max_3D_comb`. Unique in an image of the plan. */
    char tag[RADIOMICS_NAME_BYTES];
    /** Name of the filtered image it is computed on; empty for the unfiltered one. */
    char filter[RADIOMICS_NAME_BYTES];
    /** Title of the feature for readers. */
    char title[RADIOMICS_NAME_BYTES];
    /** IBSI code of the feature; empty for diagnostics. */
    char ibsi_code[RADIOMICS_CODE_BYTES];
    /** IBSI code of the aggregation. */
    char aggregation_code[RADIOMICS_CODE_BYTES];
    /** Words for the aggregation as the IBSI tables have them; empty for diagnostics. */
    char aggregation[RADIOMICS_WORD_BYTES];
    /** Name of the family. */
    char family[RADIOMICS_WORD_BYTES];
    /** Unit. */
    char unit[RADIOMICS_WORD_BYTES];
} radiomics_column;

/**
 * A voxel grid. Lengths are in millimetres, x, y, z are the axes of the grid.
 *
 * With an unrotated direction and origin 0, only `struct_size`, `shape` and `spacing` need to be set.
 */
typedef struct radiomics_grid {
    /** `sizeof(radiomics_grid)`. */
    size_t struct_size;
    /** Voxels along x, y, z; at least 1 each. */
    int64_t shape[3];
    /** Distance between voxel centres along x, y, z. */
    double spacing[3];
    /** Centre of the voxel (0, 0, 0) in patient coordinates. */
    double origin[3];
    /**
     * The 3 x 3 matrix whose columns are the unit vectors of the axes in patient coordinates, row by row, as ITK holds
     * it. All 0 means the axes of the patient.
     */
    double direction[9];
    /**
     * NULL for evenly spaced slices. Otherwise `shape[2]` rising positions in mm of the slices along the z axis,
     * relative to the origin: contours can be drawn on such a grid, features are refused.
     */
    const double *slice_positions;
    /** Number of slice positions; 0 with NULL. */
    size_t slice_count;
} radiomics_grid;

/**
 * A region on the grid of the image it is used with. `kind` says in which form the host holds it and which fields count;
 * the others are 0. It is read in place and never written.
 */
typedef struct radiomics_region {
    /** `sizeof(radiomics_region)`. */
    size_t struct_size;
    /** One of RADIOMICS_REGION_*. */
    uint32_t kind;
    /** Type of an element of `data`: RADIOMICS_U8... */
    uint32_t dtype;
    /** The buffer. */
    const void *data;
    /** Its length in bytes; no access goes beyond it. */
    size_t data_bytes;
    /**
     * MASK, LABEL, FRACTION, BITS: steps from voxel to voxel along x, y, z as in an image. All 0 means x fastest, then y,
     * then z without gaps.
     */
    int64_t strides[3];
    /** MASK, LABEL, FRACTION, BITS: index of the voxel (0, 0, 0). */
    int64_t start;
    /** LABEL: the label, not 0. */
    double label;
    /** FRACTION and occupancy: the smallest fraction that is inside, up to 1; 0 means 0.5. */
    double threshold;
    /** BITS: RADIOMICS_BITS_*. */
    uint32_t bit_order;
    /** INDICES, RUNS, ROWS: what the first voxel is called, 0 or 1. */
    uint32_t index_base;
    /** INDICES, RUNS, ROWS: in which order voxels are counted, RADIOMICS_ORDER_*. */
    uint32_t order;
    /** INDICES: type of `occupancy`, RADIOMICS_U8 to RADIOMICS_F64. */
    uint32_t occupancy_dtype;
    /** INDICES: the fraction of each voxel that is inside, or NULL. */
    const void *occupancy;
    /** INDICES: length of `occupancy` in bytes. */
    size_t occupancy_bytes;
    /** CONTOURS: number of points of each contour. */
    const uint32_t *contour_sizes;
    /** CONTOURS: number of contours. */
    size_t contour_count;
    /** CONTOURS: RADIOMICS_INSIDE_*. */
    uint32_t inside_rule;
    /** CONTOURS: RADIOMICS_SLICE_*. */
    uint32_t slice_rule;
    /**
     * CONTOURS: for RADIOMICS_SLICE_*_BEYOND a fraction of the distance between slices, for
     * RADIOMICS_SLICE_NEAREST_PLANE millimetres.
     */
    double slice_tolerance;
} radiomics_region;

/** A box of voxels of a grid. */
typedef struct radiomics_box {
    /** `sizeof(radiomics_box)`, set by the caller. */
    size_t struct_size;
    /** First voxel along x, y, z. */
    int64_t start[3];
    /** Voxels along x, y, z; all 0 for an empty region. */
    int64_t shape[3];
} radiomics_box;

/**
 * Told how much of the work is done, from 0 to 1. Answer 0 to go on, anything else to stop: the call then ends within
 * 50 ms with RADIOMICS_ERROR_CANCELLED. It is called every few milliseconds, never by two threads at once, and, unless
 * `parallel_for` is used, only on the thread that made the call. It must return normally: no longjmp, no exception.
 */
typedef int32_t (*radiomics_progress)(void *context,
                                      double done);

/** A task of the library: call it with the `task_context` that came with it and an index. */
typedef void (*radiomics_task)(void *task_context,
                               size_t index);

/**
 * Runs `task(task_context, i)` once for each i from 0 to `count` - 1 on threads of the host, in any order, and returns
 * when all have returned. Answer 0, or anything else when it could not: the call then ends with RADIOMICS_ERROR_HOST.
 * Either way no task may begin after it has returned: `task_context` is gone then.
 */
typedef int32_t (*radiomics_parallel_for)(void *context,
                                          size_t count,
                                          radiomics_task task,
                                          void *task_context);

/**
 * Services of the host. NULL in its place, or all 0 behind `struct_size`: no progress, one thread, that of the call.
 * Results have the same bits for every way to run and every number of threads.
 */
typedef struct radiomics_host {
    /** `sizeof(radiomics_host)`. */
    size_t struct_size;
    /** Progress, or NULL. */
    radiomics_progress progress;
    /** Handed to `progress`. */
    void *progress_context;
    /** RADIOMICS_RUN_SERIAL, RADIOMICS_RUN_THREADS or RADIOMICS_RUN_HOST. */
    uint32_t run;
    /**
     * For RADIOMICS_RUN_THREADS how many threads, 0 for one on each core; for RADIOMICS_RUN_HOST how many the host has,
     * at least 1. Memory grows with it.
     */
    uint32_t threads;
    /** For RADIOMICS_RUN_HOST. */
    radiomics_parallel_for parallel_for;
    /** Handed to `parallel_for`. */
    void *parallel_context;
} radiomics_host;

/**
 * What became of a region that was made into a mask. Counts of contours and slices are about the whole grid; they are 0
 * for regions that are not held as contours.
 */
typedef struct radiomics_drawing {
    /** `sizeof(radiomics_drawing)`, set by the caller. */
    size_t struct_size;
    /** Voxels inside, in the box. */
    uint64_t voxels;
    /** Contours that count for a slice. */
    uint64_t contours_used;
    /** Contours off the grid along z. */
    uint64_t contours_outside;
    /** Contours that the slice rule left out as too far from any slice. */
    uint64_t contours_between;
    /** Contours of fewer than three points or without extent along x or y. */
    uint64_t contours_degenerate;
    /** Used contours that reach beyond the grid along x or y, and were cut there. */
    uint64_t contours_clipped;
    /** Slices that have contours. */
    uint64_t slices_used;
    /** Slices without contours between the first and the last that have some: nothing is interpolated. */
    uint64_t slices_missing;
    /** Slices that have contours of several planes: these were drawn on slices that lie closer than those of the grid. */
    uint64_t slices_shared;
    /** The largest distance of a used contour from its slice in mm. */
    double largest_distance;
} radiomics_drawing;

/** An image: `intensity = slope * voxel + intercept`. It is read in place and never written. */
typedef struct radiomics_image {
    /** `sizeof(radiomics_image)`. */
    size_t struct_size;
    /** Where the voxels lie. */
    const struct radiomics_grid *grid;
    /** The buffer. */
    const void *data;
    /** Its length in bytes; no access goes beyond it. */
    size_t data_bytes;
    /** Type of a voxel: RADIOMICS_U8 to RADIOMICS_F64. */
    uint32_t dtype;
    /** 0. */
    uint32_t reserved;
    /**
     * Steps from voxel to voxel along x, y, z, counted in voxels; negative steps walk backwards. All 0 means x fastest,
     * then y, then z without gaps.
     */
    int64_t strides[3];
    /** Index in the buffer of the voxel (0, 0, 0): not 0 where a step is negative or the image is part of a larger one. */
    int64_t start;
    /** Slope; 0 means 1. */
    double slope;
    /** Intercept. */
    double intercept;
} radiomics_image;

/** Voxel counts and grids of one region, to compare before any value. */
typedef struct radiomics_summary {
    /** `sizeof(radiomics_summary)`, set by the caller. */
    size_t struct_size;
    /** How this region ended: RADIOMICS_OK, or why all its values are NaN. */
    radiomics_status status;
    /** Grey levels N_g after discretisation; 0 where there are none. */
    uint32_t grey_levels;
    /** Voxels of the region as given. */
    uint64_t region_voxels;
    /** Voxels of the morphological mask on the grid of the features. */
    uint64_t morphological_voxels;
    /** Voxels that re-segmentation left. */
    uint64_t intensity_voxels;
    /** Extent of the grid on which the features are computed. */
    uint64_t grid_shape[3];
    /** Spacing of that grid in mm. */
    double grid_spacing[3];
    /** Bytes of workspace this region took. */
    uint64_t workspace_bytes;
} radiomics_summary;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/** The version of the library that is loaded: `0.1.0`. Compare with RADIOMICS_VERSION, that of the header. */
const char *radiomics_version(void);

/**
 * The version of the library that is loaded as a number: major * 1000000 + minor * 1000 + patch, like
 * RADIOMICS_VERSION_NUMBER.
 */
uint32_t radiomics_version_number(void);

/** Moves whenever any value may change. Keep it beside stored values. */
uint32_t radiomics_numerics_version(void);

/**
 * The name of a code, for logs: `workspace_too_small`. A number that is no code gives "unknown". Never NULL; the text
 * lasts as long as the library is loaded.
 */
const char *radiomics_status_name(radiomics_status status);

/** Number of features. */
size_t radiomics_feature_count(void);

/** Describes a feature. */
radiomics_status radiomics_feature_at(size_t index,
                                      struct radiomics_feature *feature);

/** Number of options. */
size_t radiomics_option_count(void);

/** Describes an option. */
radiomics_status radiomics_option_at(size_t index,
                                     struct radiomics_option *option);

/** Number of presets. */
size_t radiomics_preset_count(void);

/** Describes a preset. */
radiomics_status radiomics_preset_at(size_t index,
                                     struct radiomics_preset *preset);

/**
 * Writes the word for a value status, as it stands in tables, into `buffer`, and its length with the zero at the end
 * into `needed`; like radiomics_settings_get. A number that is no value status gives RADIOMICS_ERROR_INDEX.
 */
radiomics_status radiomics_value_status_name(uint8_t status,
                                             char *buffer,
                                             size_t buffer_bytes,
                                             size_t *needed);

/** Bytes of storage that radiomics_settings_create takes, at any address. */
size_t radiomics_settings_bytes(void);

/**
 * Makes settings with every option at its default, or with those of a preset.
 *
 * `preset` is the name of a preset or NULL. `storage` is memory of the caller, `storage_bytes` long, that must outlive
 * the settings; with NULL the library takes memory from the heap. End them with radiomics_settings_destroy either way.
 */
radiomics_status radiomics_settings_create(const char *preset,
                                           void *storage,
                                           size_t storage_bytes,
                                           struct radiomics_settings **settings,
                                           struct radiomics_diagnostic *diagnostic);

/** Sets an option from its text: `resample.spacing_mm` to `2,2,2`. When it is refused, nothing changes. */
radiomics_status radiomics_settings_set(struct radiomics_settings *settings,
                                        const char *key,
                                        const char *value,
                                        struct radiomics_diagnostic *diagnostic);

/**
 * Writes the text of an option into `buffer`, such that setting it again changes nothing, and its length with the zero
 * at the end into `needed`. With `buffer_bytes` 0 only the length is asked for; `needed` may be NULL otherwise.
 */
radiomics_status radiomics_settings_get(const struct radiomics_settings *settings,
                                        const char *key,
                                        char *buffer,
                                        size_t buffer_bytes,
                                        size_t *needed,
                                        struct radiomics_diagnostic *diagnostic);

/** Ends settings. Plans made from them live on. NULL is allowed. */
radiomics_status radiomics_settings_destroy(struct radiomics_settings *settings);

/** Bytes of storage that radiomics_plan_create takes, at any address. */
size_t radiomics_plan_bytes(void);

/**
 * Checks settings and fixes the columns.
 *
 * With `selector_count` above 0 the plan keeps the columns that any selector names: a family, a feature name, an IBSI code
 * or a tag, as radiomics_plan_column shows them. `storage` is memory of the caller, `storage_bytes` long, that must
 * outlive the plan; with NULL the library takes memory from the heap. End it with radiomics_plan_destroy either way.
 */
radiomics_status radiomics_plan_create(const struct radiomics_settings *settings,
                                       const char *const *selectors,
                                       size_t selector_count,
                                       void *storage,
                                       size_t storage_bytes,
                                       struct radiomics_plan **plan,
                                       struct radiomics_diagnostic *diagnostic);

/** Number of columns: of values for each region. 0 for NULL or a pointer that is no plan. */
size_t radiomics_plan_columns(const struct radiomics_plan *plan);

/** Describes the column that value number `index` of a region belongs to. */
radiomics_status radiomics_plan_column(const struct radiomics_plan *plan,
                                       size_t index,
                                       struct radiomics_column *column,
                                       struct radiomics_diagnostic *diagnostic);

/** Writes the text of an option as it stands in the plan; like radiomics_settings_get. */
radiomics_status radiomics_plan_setting(const struct radiomics_plan *plan,
                                        const char *key,
                                        char *buffer,
                                        size_t buffer_bytes,
                                        size_t *needed,
                                        struct radiomics_diagnostic *diagnostic);

/** Ends a plan. NULL is allowed. */
radiomics_status radiomics_plan_destroy(struct radiomics_plan *plan);

/**
 * Finds a box that holds a region: the smallest one, or for contours one that may be a voxel larger. The shape of an
 * empty region's box is 0, 0, 0. The slices of the grid may be irregular.
 */
radiomics_status radiomics_region_box(const struct radiomics_grid *grid,
                                      const struct radiomics_region *region,
                                      struct radiomics_box *found,
                                      struct radiomics_diagnostic *diagnostic);

/**
 * Makes a mask of a region in any form: a byte for each voxel of a box of the grid, x fastest, 1 inside and 0 outside.
 *
 * `within` is the box, or NULL for the whole grid; `mask_bytes` is the number of its voxels. The slices of the grid may
 * be irregular. `host` is NULL or what the host lends: only its progress is used. Contours take 16 bytes of workspace
 * for each slice of the grid and 7 bytes more; with `workspace` NULL the library takes memory for the time of the call.
 * `drawing` may be NULL. When the answer is not RADIOMICS_OK, the mask is all 0.
 */
radiomics_status radiomics_region_mask(const struct radiomics_grid *grid,
                                       const struct radiomics_region *region,
                                       const struct radiomics_box *within,
                                       const struct radiomics_host *host,
                                       void *workspace,
                                       size_t workspace_bytes,
                                       uint8_t *mask,
                                       size_t mask_bytes,
                                       struct radiomics_drawing *drawing,
                                       struct radiomics_diagnostic *diagnostic);

/**
 * Bytes of workspace with which radiomics_extract runs these regions, one after the other, without taking any memory:
 * the largest of the regions counts. `host` as in the extraction; masks are searched for their extent, and its progress
 * can stop that.
 */
radiomics_status radiomics_workspace_bytes(const struct radiomics_plan *plan,
                                           const struct radiomics_grid *grid,
                                           const struct radiomics_region *regions,
                                           size_t region_count,
                                           const struct radiomics_host *host,
                                           size_t *bytes,
                                           struct radiomics_diagnostic *diagnostic);

/**
 * Bytes of workspace with which radiomics_extract runs any region inside a box of a grid, in whatever form it comes:
 * for a host that takes its memory before it knows the region. Contours are inside with all their points. `host` as in
 * the extraction; its `struct_size`, `run` and `threads` count.
 */
radiomics_status radiomics_workspace_bytes_for_box(const struct radiomics_plan *plan,
                                                   const struct radiomics_grid *grid,
                                                   const struct radiomics_box *within,
                                                   const struct radiomics_host *host,
                                                   size_t *bytes,
                                                   struct radiomics_diagnostic *diagnostic);

/**
 * Computes every column of a plan for one region.
 *
 * `host` is NULL or what the host lends. `workspace` has the bytes that radiomics_workspace_bytes announces, at any
 * address and with any contents, and then nothing is allocated; with NULL the library takes memory for the time of the
 * call. `values` and `value_statuses` have `length` entries: radiomics_plan_columns. `value_statuses` may be NULL; a
 * value without a status below 10 is NaN. `summary` may be NULL.
 *
 * When the answer is not RADIOMICS_OK, all values are NaN.
 */
radiomics_status radiomics_extract(const struct radiomics_plan *plan,
                                   const struct radiomics_image *image,
                                   const struct radiomics_region *region,
                                   const struct radiomics_host *host,
                                   void *workspace,
                                   size_t workspace_bytes,
                                   double *values,
                                   uint8_t *value_statuses,
                                   size_t length,
                                   struct radiomics_summary *summary,
                                   struct radiomics_diagnostic *diagnostic);

/**
 * Computes every column of a plan for several regions of one image.
 *
 * `regions` is an array of `region_count` structs of one `struct_size`, `summaries` NULL or as many. `values` and
 * `value_statuses` have `length` entries: `region_count` times radiomics_plan_columns, region by region.
 *
 * With `summaries` a region that is wrong does not keep the others from their values: its own are NaN, its summary has
 * the status, and the answer is RADIOMICS_ERROR_SOME_REGIONS with a diagnostic of the first such region. Without
 * them it fails the call. After any other error all values are NaN.
 */
radiomics_status radiomics_extract_regions(const struct radiomics_plan *plan,
                                           const struct radiomics_image *image,
                                           const struct radiomics_region *regions,
                                           size_t region_count,
                                           const struct radiomics_host *host,
                                           void *workspace,
                                           size_t workspace_bytes,
                                           double *values,
                                           uint8_t *value_statuses,
                                           size_t length,
                                           struct radiomics_summary *summaries,
                                           struct radiomics_diagnostic *diagnostic);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* RADIOMICS_H */
