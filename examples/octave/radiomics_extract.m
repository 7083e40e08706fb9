function result = radiomics_extract(volume, mask, spacing, settings, varargin)
%RADIOMICS_EXTRACT  Features of one or several regions of a volume.
%
%   result = radiomics_extract(volume, mask, spacing)
%   result = radiomics_extract(volume, mask, spacing, settings)
%   result = radiomics_extract(volume, mask, spacing, settings, name, value, ...)
%
%   volume    an array of up to three dimensions of any numeric class. Its rows run along y, its columns along x and its
%             slices along z, as images do in MATLAB and Octave; 'axes' says so where they do not. Nothing is copied,
%             except int64 and uint64, which become double.
%   mask      the region: a logical array of the size of the volume; a numeric one (not zero is inside, or see 'label'
%             and 'threshold'); linear indices as find() gives them; or a struct with one of the fields
%                contours   a cell of N x 3 matrices: closed planar contours, points x, y, z in patient mm; with
%                           inside ('even_odd', 'union', 'winding'), slices ('nearest', 'skip_beyond',
%                           'refuse_beyond') and tolerance
%                indices    linear indices; with occupancy, the fraction of each voxel, and threshold
%                runs       an N x 2 matrix: linear index of the first voxel, number of voxels
%             A cell of such forms is several regions.
%   spacing   voxel spacing [x y z] in mm, in this order whatever 'axes' is; or a struct with the fields spacing and, for
%             contours, origin (centre of the first voxel, mm) and direction (3 x 3, columns are the axes).
%   settings  '' for the defaults, the name of a preset (radiomics_presets), a struct with nested fields
%             (s.resample.spacing_mm = [2 2 2]) or a cell of pairs ({'resample.spacing_mm', [2 2 2]}). A field or key
%             'preset' names a preset that the others change. See radiomics_options.
%
%   Names and values:
%     'axes'       the axis of each array dimension: 'yxz' (default), 'xyz' for arrays as NIfTI readers give them, ...
%     'flip'       axes along which the array runs backwards, such as 'z' or 'yz'. The first voxel of the grid is then
%                  the last of the array.
%     'label'      the region is where the mask equals this number; several numbers are several regions
%     'threshold'  the mask holds fractions: inside from this one up; integers count in parts of their class's largest
%     'slope', 'intercept'   intensity = slope * voxel + intercept
%     'threads'    1 (default), or more, or 0 for all cores; the values have the same bits
%     'features'   only these: a cell of families, feature names, IBSI codes or tags
%     'progress'   true to print, or a function handle: answer = f(done) is a logical true to stop. Ctrl-C stops
%                  either way.
%
%   result has the fields tags, names, codes (IBSI), filters (the filtered image of
%   each feature, empty for the unfiltered one; a tag is unique in its image), values, statuses - a row for each feature and a column for each
%   region -, summary (voxel counts and grids of each region), settings (every option as it was used), version,
%   numerics_version, and table: a table where the program has them (MATLAB), a struct array with the same fields
%   elsewhere (Octave). A value that is NaN has its reason in statuses.
%
%   Errors have identifiers 'radiomics:<name>', such as radiomics:unknown_option.
if nargin < 4
    settings = '';
end
if nargin < 3
    error('radiomics:invalid_argument', 'radiomics_extract needs a volume, a mask and a spacing');
end
options = read_options(struct('axes', 'yxz', 'flip', '', 'label', [], 'threshold', [], 'slope', 1, ...
    'intercept', 0, 'threads', 1, 'features', {{}}, 'progress', false), varargin);
volume = read_numbers(volume, 'the volume');
layout = read_layout(size(volume), options);
layout.slope = options.slope;
layout.intercept = options.intercept;
grid = read_grid(spacing, layout);
regions = read_regions(mask, layout, options);
plan = read_settings(settings, options.features);
host = struct('threads', options.threads, 'progress', read_progress(options.progress));

[columns, values, statuses, summary, used] = ...
    radiomics_mex('extract', volume, layout, grid, regions, plan, host);

result = struct();
result.tags = {columns.tag}';
result.names = {columns.name}';
result.codes = {columns.ibsi_code}';
result.filters = {columns.filter}';
result.values = values;
result.statuses = statuses;
result.summary = summary;
result.table = make_table(columns, values, statuses);
result.settings = used;
made = radiomics_mex('version');
result.version = made.version;
result.numerics_version = made.numerics_version;
wrong = find(~strcmp({summary.status}, 'ok'));
if ~isempty(wrong)
    warning('radiomics:some_regions', 'no values for region %s: %s', num2str(wrong(1)), summary(wrong(1)).status);
end
end
