/* What the program lends: progress and threads. Part of radiomics.hpp. */
#ifndef RADIOMICS_HOST_HPP
#define RADIOMICS_HOST_HPP

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>

#include "radiomics.h"
#include "radiomics/status.hpp"
#include "radiomics/view.hpp"

namespace radiomics {

/** A task of the library: call it once with each index. It may be called on any thread. */
class Task {
public:
    Task(radiomics_task task, void* context) noexcept : task_(task), context_(context) {}
    void operator()(std::size_t index) const noexcept { task_(context_, index); }

private:
    radiomics_task task_;
    void* context_;
};

/** What the program lends to a call: progress and threads. By default neither. */
class Host {
public:
    /** Told how much is done, from 0 to 1; a callable that returns bool goes on with true and cancels with false. */
    template <class F>
    Host& on_progress(F told)
    {
        progress_ = [told = std::move(told)](double done) mutable -> bool {
            if constexpr (std::is_void_v<decltype(told(done))>) {
                told(done);
                return true;
            } else {
                return static_cast<bool>(told(done));
            }
        };
        return *this;
    }
    /** Threads of the library; 0 for one on each core. */
    Host& with_threads(std::uint32_t count) noexcept
    {
        run_ = RADIOMICS_RUN_THREADS;
        threads_ = count;
        return *this;
    }
    /**
     * Threads of the program, `count` of them: `run(n, task)` calls `task(i)` once for each i below n, on any threads
     * and in any order, and returns when all have returned, also when it throws. One that returns bool says with false
     * that it could not.
     */
    template <class F>
    Host& with_pool(std::uint32_t count, F run)
    {
        run_ = RADIOMICS_RUN_HOST;
        threads_ = count;
        parallel_for_ = [run = std::move(run)](std::size_t tasks, const Task& task) mutable -> bool {
            if constexpr (std::is_void_v<decltype(run(tasks, task))>) {
                run(tasks, task);
                return true;
            } else {
                return static_cast<bool>(run(tasks, task));
            }
        };
        return *this;
    }

    /** The host for the time of one call of the C interface. What a callback throws is kept until the call is over. */
    class Call {
    public:
        explicit Call(const Host& host) noexcept : host_(host), c_(detail::sized<radiomics_host>())
        {
            if (host.progress_) {
                c_.progress = progress;
                c_.progress_context = this;
            }
            c_.run = host.run_;
            c_.threads = host.threads_;
            if (host.parallel_for_) {
                c_.parallel_for = parallel_for;
                c_.parallel_context = this;
            }
        }
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;

        const radiomics_host* c() const noexcept { return &c_; }
        /** Throws again what a callback threw. */
        void finish()
        {
#if RADIOMICS_EXCEPTIONS
            if (thrown_)
                std::rethrow_exception(std::exchange(thrown_, nullptr));
#endif
        }

    private:
        template <class F>
        std::int32_t guarded(F call) noexcept
        {
#if RADIOMICS_EXCEPTIONS
            try {
                return call() ? 0 : 1;
            } catch (...) {
                if (!taken_.test_and_set())
                    thrown_ = std::current_exception();
                return 1;
            }
#else
            return call() ? 0 : 1;
#endif
        }
        static std::int32_t progress(void* context, double done) noexcept
        {
            Call& call = *static_cast<Call*>(context);
            return call.guarded([&] { return call.host_.progress_(done); });
        }
        static std::int32_t parallel_for(void* context, std::size_t count, radiomics_task task,
                                         void* task_context) noexcept
        {
            Call& call = *static_cast<Call*>(context);
            return call.guarded([&] { return call.host_.parallel_for_(count, Task(task, task_context)); });
        }

        const Host& host_;
        radiomics_host c_;
#if RADIOMICS_EXCEPTIONS
        std::atomic_flag taken_ = ATOMIC_FLAG_INIT;
        std::exception_ptr thrown_;
#endif
    };

private:
    std::function<bool(double)> progress_;
    std::function<bool(std::size_t, const Task&)> parallel_for_;
    std::uint32_t run_ = RADIOMICS_RUN_SERIAL;
    std::uint32_t threads_ = 0;
};

}  // namespace radiomics

#endif
