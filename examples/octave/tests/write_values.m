function write_values(folder, result)
% tag,value,status with every digit.
file = fopen(fullfile(folder, 'values.csv'), 'w');
fprintf(file, 'tag,value,status\n');
for at = 1:numel(result.tags)
    fprintf(file, '%s,%.17g,%s\n', result.tags{at}, result.values(at), result.statuses{at});
end
fclose(file);
end
