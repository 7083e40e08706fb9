function test_memory()
% Calls that end well, by an error or by a stop give back what they took: the process does not grow.
[x, y, z] = meshgrid(1:40, 1:50, 1:30);
volume = int16(mod(7 * x + 3 * y .* z, 97));
mask = x + y + z > 40;
once = radiomics_extract(volume, mask, [1 1 1], 'ibsi-c');
% Each round takes the workspace twice or more, so that a leak of one of them in each would show.
bytes = once.summary.workspace_bytes;
assert(bytes > 4e5);
rounds = 100;
for turn = 1:2 * rounds
    if turn == rounds
        before = resident();
    end
    fails('radiomics:cancelled', '', @() radiomics_extract(volume, mask, [1 1 1], 'ibsi-c', 'progress', @(d) true));
    fails('radiomics:unknown_option', '', @() radiomics_extract(volume, mask, [1 1 1], {'preset', 'ibsi-c', 'x', 1}));
    fails('radiomics:invalid_data', '', @() radiomics_extract(volume, {[1; 2e6]}, [1 1 1], 'ibsi-c'));
    radiomics_extract(volume, find(mask), [1 1 1], 'ibsi-c', 'features', {'statistics'});
end
growth = resident() - before;
assert(growth < rounds * bytes / 10, sprintf('grown by %g bytes', growth));
end

function bytes = resident()
% Resident memory of this process, 0 where it cannot be known.
bytes = 0;
if exist('/proc/self/status', 'file')
    found = regexp(fileread('/proc/self/status'), 'VmRSS:\s+(\d+) kB', 'tokens', 'once');
    bytes = 1024 * str2double(found{1});
end
end
