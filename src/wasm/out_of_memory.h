// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a module does when operator new finds no memory: it throws a JavaScript error named
// OutOfMemory, from which web/engine/errors.ts makes the code out_of_memory. The module remains
// usable. Large blocks are freed first where they can be: see AllocationScope.
#pragma once

#include <emscripten/em_js.h>
#include <emscripten/stack.h>

#include <cstdint>
#include <new>

#include "tensor/allocation_scope.h"

extern "C" void _emscripten_stack_restore(std::uintptr_t);  // of the compiler's runtime

EM_JS(void, ganvas_throw_out_of_memory, (), {
  throw Object.assign(new Error("There is not enough memory for this."), {name : "OutOfMemory"});
});

namespace ganvas::wasm {

inline void throw_when_out_of_memory() {
  std::set_new_handler([] {
    // The error passes C++ functions without unwinding them, and all of them end: the calls of the
    // bindings come from JavaScript, and never within each other.
    AllocationScope::abandon_all();
    _emscripten_stack_restore(emscripten_stack_get_base());
    ganvas_throw_out_of_memory();
  });
}

}  // namespace ganvas::wasm
