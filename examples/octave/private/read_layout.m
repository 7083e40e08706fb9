function layout = read_layout(shape, options)
% Where the voxel of a grid lies in an array: steps along x, y, z and the place of the first one.
bad = 'radiomics:invalid_argument';
shape = double(shape(:)');
if numel(shape) < 2 || numel(shape) > 3
    error(bad, 'the array has %d dimensions: up to 3 are expected', numel(shape));
end
if numel(shape) == 2
    shape(3) = 1;
end
axes = options.axes;
if ~ischar(axes) || numel(axes) ~= 3 || ~strcmp(sort(axes(:)'), 'xyz')
    error(bad, 'axes must name x, y and z once each, such as ''yxz'' or ''xyz''');
end
flip = options.flip;
if ~(ischar(flip) || isempty(flip)) || any(~ismember(flip, 'xyz'))
    error(bad, 'flip must be letters of x, y and z, such as ''z''');
end
[~, dim_of_axis] = ismember('xyz', axes);
[~, axis_of_dim] = ismember(axes, 'xyz');
steps = [1, shape(1), shape(1) * shape(2)];
layout = struct();
layout.order = axes(:)';
layout.dims = shape;
layout.shape = shape(dim_of_axis);
layout.axis_of_dim = axis_of_dim;
layout.flipped = ismember('xyz', flip);
layout.strides = steps(dim_of_axis);
layout.start = sum(layout.strides(layout.flipped) .* max(layout.shape(layout.flipped) - 1, 0));
layout.strides(layout.flipped) = -layout.strides(layout.flipped);
end
