function test_interrupt()
% Ctrl-C while the library works: Octave goes on behind the call as behind any other that is interrupted.
volume = mod(reshape(int16(1:200 * 200 * 100), [200 200 100]) * 7, 97);
extract = @() radiomics_extract(volume, true(size(volume)), [1 1 1], '', 'progress', @strike);
strike(-1);
start = tic();
unwind_protect
    extract();
    disp('went on to the end');
unwind_protect_cleanup
    printf('struck %d, after %d s\n', strike([]), floor(toc(start)));
end_unwind_protect
end

function answer = strike(done)
% Sends the signal from the first progress on, once.
persistent struck
answer = false;
if isempty(done)
    answer = struck;
elseif done < 0
    struck = false;
elseif ~struck
    struck = true;
    system(sprintf('kill -INT %d', getpid()));
end
end
