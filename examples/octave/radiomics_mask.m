function [mask, drawing] = radiomics_mask(region, shape, spacing, varargin)
%RADIOMICS_MASK  The mask of a region in any form that radiomics_extract takes: contours in mm above all.
%
%   mask = radiomics_mask(struct('contours', {{points1, points2}}), size(volume), grid)
%   [mask, drawing] = radiomics_mask(region, shape, spacing, name, value, ...)
%
%   shape     the size of the array whose mask it is to be
%   spacing   as for radiomics_extract; here the struct may also have slice_positions: rising positions of the slices
%             along z in mm, relative to the origin, where they are not evenly spaced
%
%   Names and values: 'axes', 'flip', 'label', 'threshold', 'progress' as for radiomics_extract.
%
%   mask is a logical array of the given size, drawing a struct that says what became of the contours.
options = read_options(struct('axes', 'yxz', 'flip', '', 'label', [], 'threshold', [], 'progress', false), varargin);
layout = read_layout(shape, options);
grid = read_grid(spacing, layout);
regions = read_regions(region, layout, options);
if numel(regions) ~= 1
    error('radiomics:invalid_argument', 'radiomics_mask makes the mask of one region, not of %d', numel(regions));
end
host = struct('progress', read_progress(options.progress));
[mask, drawing] = radiomics_mex('mask', grid, regions{1}, host);
for axis = find(layout.flipped)
    mask = flip(mask, axis);
end
mask = permute(mask, layout.axis_of_dim);
end
