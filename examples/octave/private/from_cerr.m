function [spacing, region] = from_cerr(grid, region, shape)
% A grid and contours of CERR (cm, y and z against the patient's) in patient mm.
bad = 'radiomics:invalid_argument';
contours = isstruct(region) && isfield(region, 'contours');
if ~iscell(grid)
    if contours
        error(bad, 'contours need the values of the grid: {xValsV, yValsV, zValsV}');
    end
    if ~isnumeric(grid)
        error(bad, 'the grid of a scan is {xValsV, yValsV, zValsV} or the spacing, in cm');
    end
    spacing = struct('spacing', to_mm(double(grid(:)')));
    return
end
if numel(grid) ~= 3
    error(bad, 'the grid of a scan is {xValsV, yValsV, zValsV} or the spacing, in cm');
end
if numel(shape) == 2
    shape(3) = 1;
end
names = {'xValsV', 'yValsV', 'zValsV'};
steps = zeros(1, 3);
counts = shape([2 1 3]);
signs = [1 -1 1];
for axis = 1:3
    values = double(grid{axis}(:)');
    if numel(values) ~= counts(axis) || numel(values) < 2
        error(bad, '%s has %d values: the array has %d, and two are needed', names{axis}, numel(values), counts(axis));
    end
    each = signs(axis) * diff(values);
    steps(axis) = mean(each);
    words = {'rise', 'fall'};
    if ~all(each > 0)
        error(bad, '%s must %s', names{axis}, words{1 + (signs(axis) < 0)});
    end
    % Coordinates as DICOM texts have them are rounded; a thousandth of a voxel is more than that.
    if any(abs(each - steps(axis)) > 1e-3 * steps(axis))
        error('radiomics:irregular_grid', '%s are not evenly spaced', names{axis});
    end
end
origin = [grid{1}(1), -grid{2}(1), -grid{3}(end)];
spacing = struct('spacing', to_mm(steps), 'origin', to_mm(double(origin)));
if contours
    region.contours = region.contours(:)';
    for at = 1:numel(region.contours)
        points = region.contours{at};
        if ~isempty(points) && size(points, 2) == 3
            region.contours{at} = to_mm(double(points) .* [1 -1 -1]);
        end
    end
end
end

function mm = to_mm(cm)
% Rounded to a millionth of a micrometre: a spacing in mm that was divided by ten comes back as it was.
mm = round(cm * 1e10) / 1e9;
end
