// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Loops over the images of a batch. One channel of one block counts as an image (of kLanes
// samples).
#pragma once

#include <cstddef>

#include "kernels/thread_pool.h"
#include "tensor/batch_layout.h"

namespace ganvas {

/// Calls work(image index) for every channel of every block, in parallel.
template <typename Work>
void for_each_image(BatchLayout layout, int channels, ThreadPool& pool, const Work& work) {
  pool.parallel_for(layout.blocks() * channels, 4, [&](int begin, int end) {
    for (int image = begin; image < end; ++image) work(static_cast<std::ptrdiff_t>(image));
  });
}

}  // namespace ganvas
