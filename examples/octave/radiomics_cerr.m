function [featureS, result] = radiomics_cerr(scanArray3M, mask3M, grid, settings, varargin)
%RADIOMICS_CERR  Features of a scan and a structure as CERR holds them, under CERR's names.
%
%   featureS = radiomics_cerr(scanArray3M, mask3M, {xValsV, yValsV, zValsV})
%   featureS = radiomics_cerr(scanArray3M, mask3M, [dx dy dz], settings, name, value, ...)
%   [featureS, result] = radiomics_cerr(...)
%
%   scanArray3M   rows x columns x slices, as getScanArray gives it
%   mask3M        an array of this size, as getUniformStr or rasterToMask give it; or struct('contours', {{...}}) with
%                 N x 3 matrices of points in CERR's coordinates (cm), which needs the values of the grid
%   grid          the voxels' coordinates in cm as getScanXYZVals gives them - y falls from the first row on -, or the
%                 voxel spacing in cm
%   settings      as for radiomics_extract: lengths are in mm there
%
%   Names and values: 'ctOffset', which is taken off the array (scanInfo(1).CTOffset; default 0), and the names of
%   radiomics_extract except 'axes', 'flip' and 'intercept'.
%
%   featureS.Original.firstOrderS, shapeS, glcmFeatS.AvgS, glcmFeatS.CombS, rlmFeatS.AvgS, rlmFeatS.CombS, szmFeatS,
%   ngtdmFeatS and ngldmFeatS hold CERR's fields, of three-dimensional textures; a filtered image has a field of its own
%   beside Original. The names are CERR's, the values follow the IBSI's conventions, in mm: featureS.convention is
%   'IBSI', and featureS.tags and featureS.units have the IBSI tag and the unit of every field. radiomics_cerr_names.csv
%   is the table. A field is there when the settings ask for its feature. result is what radiomics_extract gives.
if nargin < 4
    settings = '';
end
options = cellfun(@as_chars, varargin, 'UniformOutput', false);
offset = 0;
if mod(numel(options), 2) ~= 0 || ~all(cellfun(@ischar, options(1:2:end)))
    error('radiomics:invalid_argument', 'names and values come in pairs');
end
taken = find(strcmp(options(1:2:end), 'ctOffset'));
if ~isempty(taken)
    offset = double(options{2 * taken(end)});
    options([2 * taken - 1, 2 * taken]) = [];
end
if any(ismember(options(1:2:end), {'axes', 'flip', 'intercept'}))
    error('radiomics:invalid_argument', 'axes, flip and intercept are fixed for arrays of CERR');
end
if ~isscalar(offset)
    error('radiomics:invalid_argument', 'ctOffset must be a number');
end
[spacing, mask3M] = from_cerr(grid, mask3M, size(scanArray3M));
% CERR's y and z run against the patient's: a row further is y rising, a slice further is z falling.
result = radiomics_extract(scanArray3M, mask3M, spacing, settings, options{:}, ...
    'axes', 'yxz', 'flip', 'z', 'intercept', -offset);
featureS = to_cerr(result);
end

function featureS = to_cerr(result)
names = read_cerr_names();
columns = result.table;
if ~isstruct(columns)
    columns = table2struct(columns);
end
places = {'', {}; '_3D', {}; '_3D_avg', {'AvgS'}; '_3D_comb', {'CombS'}};
featureS = struct('convention', 'IBSI', 'tags', struct(), 'units', struct());
for at = 1:numel(columns)
    one = columns(at);
    image = 'Original';
    if ~isempty(one.filter)
        image = regexprep(['F_', one.filter], '\W', '_');
    end
    for row = find(strcmp(names.tag, one.name))'
        suffix = find(strcmp(places(:, 1), one.tag(numel(one.name) + 1:end)));
        if isempty(suffix)
            continue
        end
        path = [{image}, names.struct(row), places{suffix, 2}, names.field(row)];
        featureS = setfield(featureS, path{:}, result.values(at, :));
        featureS.tags = setfield(featureS.tags, path{:}, one.tag);
        featureS.units = setfield(featureS.units, path{:}, one.unit);
    end
end
end
