function test_interrupt()
% Ctrl-C while the library works: Octave goes on behind the call as behind any other that is interrupted.
volume = mod(reshape(int16(1:300 * 300 * 150), [300 300 150]) * 7, 97);
% From outside, a while after the work has begun: system() itself would hold the signal back.
system(sprintf('(sleep 0.4; kill -INT %d) >/dev/null 2>&1 &', getpid()));
furthest(0);
unwind_protect
    radiomics_extract(volume, true(size(volume)), [1 1 1], '', 'progress', @furthest);
    disp('went on to the end');
unwind_protect_cleanup
    if furthest([]) < 1
        disp('stopped on the way');
    end
end_unwind_protect
end

function answer = furthest(done)
persistent reached
if isempty(done)
    answer = reached;
else
    reached = done;
    answer = false;
end
end
