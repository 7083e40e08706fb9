function regions = read_regions(given, layout, options)
% Regions in any form as structs for the gateway, in a cell.
bad = 'radiomics:invalid_argument';
if ~iscell(given)
    given = {given};
end
if isempty(given)
    error(bad, 'there is no region');
end
if ~isempty(options.label) && ~isempty(options.threshold)
    error(bad, 'a mask has labels or fractions: ''label'' and ''threshold'' exclude each other');
end
regions = {};
for at = 1:numel(given)
    one = given{at};
    if isstruct(one)
        regions{end + 1} = read_struct(one, layout);
    elseif isequal(size_of(one), layout.dims) && (isnumeric(one) || islogical(one))
        regions = [regions, read_array(one, layout, options)];
    elseif isnumeric(one) && (isvector(one) || isempty(one)) && isempty(options.label) && isempty(options.threshold)
        regions{end + 1} = read_indices(struct('kind', 'indices'), one, layout);
    else
        error(bad, 'the mask is a %s array of size %s: the size of the volume is %s', ...
            class(one), mat2str(size(one)), mat2str(layout.dims));
    end
end
end

function shape = size_of(array)
shape = size(array);
if numel(shape) == 2
    shape(3) = 1;
end
end

function regions = read_array(mask, layout, options)
region = struct('kind', 'mask', 'data', read_numbers(mask, 'the mask'), ...
    'layout', struct('strides', layout.strides, 'start', layout.start));
if ~isempty(options.label)
    if ~isnumeric(options.label)
        error('radiomics:invalid_argument', 'the label must be a number');
    end
    regions = cell(1, numel(options.label));
    region.kind = 'label';
    for at = 1:numel(options.label)
        region.label = double(options.label(at));
        regions{at} = region;
    end
    return
end
if ~isempty(options.threshold)
    region.kind = 'fraction';
    region.threshold = positive(options.threshold);
end
regions = {region};
end

function region = read_struct(given, layout)
bad = 'radiomics:invalid_argument';
if numel(given) ~= 1
    error(bad, 'a region is one struct; several regions come in a cell');
end
form = intersect({'contours', 'indices', 'runs'}, fieldnames(given));
if numel(form) ~= 1
    error(bad, 'a region that is a struct has one of the fields contours, indices, runs');
end
more = struct('contours', {{'inside', 'slices', 'tolerance'}}, 'indices', {{'occupancy', 'threshold'}}, 'runs', {{}});
form = form{1};
unknown = setdiff(fieldnames(given), [{form}, more.(form)]);
if ~isempty(unknown)
    error(bad, 'a region with %s has no field ''%s''', form, unknown{1});
end
region = struct('kind', form);
for name = intersect(more.(form), fieldnames(given))
    region.(name{1}) = given.(name{1});
end
if isfield(region, 'threshold')
    region.threshold = positive(region.threshold);
end
switch form
    case 'contours'
        region = read_contours(region, given.contours);
    case 'indices'
        region = read_indices(region, given.indices, layout);
    case 'runs'
        if any(layout.flipped)
            error(bad, 'runs are not taken with ''flip''');
        end
        if ~isempty(given.runs) && size(given.runs, 2) ~= 2
            error(bad, 'runs must be an N x 2 matrix');
        end
        region = read_indices(region, given.runs', layout);
end
end

function threshold = positive(threshold)
% The library reads 0 as its default.
if ~isnumeric(threshold) || numel(threshold) ~= 1 || ~(threshold > 0)
    error('radiomics:invalid_argument', 'the threshold must be a number above 0');
end
threshold = double(threshold);
end

function region = read_indices(region, indices, layout)
% Indices are counted as the array lies: in the order of its dimensions.
if ~any(strcmp(class(indices), {'double', 'uint32', 'int32', 'uint64', 'int64'}))
    error('radiomics:invalid_argument', 'indices are of class %s: double, (u)int32 or (u)int64 is expected', ...
        class(indices));
end
if any(layout.flipped) && ~isempty(indices)
    indices = double(indices);
    if any(indices(:) < 1) || any(indices(:) > prod(layout.dims)) || any(indices(:) ~= round(indices(:)))
        error('radiomics:invalid_data', 'an index lies outside of the array of %d voxels', prod(layout.dims));
    end
    place = cell(1, 3);
    [place{:}] = ind2sub(layout.dims, indices);
    for axis = find(layout.flipped)
        dim = find(layout.axis_of_dim == axis);
        place{dim} = layout.dims(dim) + 1 - place{dim};
    end
    indices = sub2ind(layout.dims, place{:});
end
region.data = indices;
region.order = layout.order;
end

function region = read_contours(region, contours)
if ~iscell(contours)
    contours = {contours};
end
sizes = zeros(1, numel(contours), 'uint32');
for at = 1:numel(contours)
    points = contours{at};
    if ~isnumeric(points) || ~isreal(points) || (~isempty(points) && size(points, 2) ~= 3) || ndims(points) > 2
        error('radiomics:invalid_argument', 'contour %d is of size %s: an N x 3 matrix of points is expected', ...
            at, mat2str(size(points)));
    end
    sizes(at) = size(points, 1);
    contours{at} = double(points)';
end
region.data = [contours{:}];
region.sizes = sizes;
end
