function test_progress()
% Progress rises from call to call, a logical true stops, and an error in the function does too.
[volume, mask, spacing] = ball();
wanted = radiomics_extract(volume, mask, spacing, 'ibsi-c');
printed = evalc('radiomics_extract(volume, mask, spacing, ''ibsi-c'', ''progress'', true);');
assert(~isempty(strfind(printed, 'radiomics: 100 %')));
% Work that takes a while: an answer at the end of it has nothing to stop.
[x, y, z] = meshgrid(1:60, 1:70, 1:50);
long = int16(mod(7 * x + 3 * y .* z, 97));
inside = x + y + z > 40;
seen(-1);
result = radiomics_extract(long, inside, spacing, 'ibsi-c', 'progress', @seen);
same(result, radiomics_extract(long, inside, spacing, 'ibsi-c'), 'with progress');
steps = seen([]);
assert(numel(steps) > 3 && all(diff(steps) >= 0) && steps(1) >= 0 && steps(end) <= 1);
for threads = [1 2]
    for part = [-1 0.05]
        fails('radiomics:cancelled', '', @() radiomics_extract(long, inside, spacing, 'ibsi-c', ...
            'progress', @(done) done > part, 'threads', threads));
    end
end
fails('radiomics:cancelled', '', @() radiomics_extract(volume, mask, spacing, 'ibsi-c', ...
    'progress', @(done) error('not today')));
assert(~isempty(strfind(lastwarn(), 'not today')));
% A number is no answer: fprintf gives how much it printed.
evalc('same(radiomics_extract(volume, mask, spacing, ''ibsi-c'', ''progress'', @(d) fprintf(''%g\n'', d)), wanted, ''n'')');
% A progress function may extract.
inner = @(done) isempty(radiomics_extract(volume, mask, spacing, '', 'features', {'statistics'}).values);
same(radiomics_extract(volume, mask, spacing, 'ibsi-c', 'progress', inner), wanted, 'within one another');
end

function steps = seen(done)
persistent list
if isempty(done)
    steps = list;
elseif done < 0
    list = [];
else
    list(end + 1) = done;
    steps = false;
end
end
