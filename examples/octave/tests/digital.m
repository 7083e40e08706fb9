function digital(folder)
% The digital phantom of the IBSI, x fastest, as values.csv beside it.
result = radiomics_extract(read(folder, 'voxels.i16', 'int16'), read(folder, 'mask.u8', 'uint8'), [2 2 2], ...
    {'preset', 'ibsi-digital', 'diagnostics', true}, 'axes', 'xyz');
write_values(folder, result);
end

function array = read(folder, name, class)
file = fopen(fullfile(folder, name));
array = reshape(fread(file, Inf, ['*', class]), [5 4 4]);
fclose(file);
end
