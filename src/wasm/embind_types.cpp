// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The basic types of our bindings, and Embind's entry points. In the place of Embind's own library,
// which also registers wide strings and every kind of array, and names types with printf. A type
// that is missing here is an error when a module starts, or when a call first uses it.
#include <emscripten/bind.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

namespace {

namespace internal = emscripten::internal;

internal::InitFunc* bindings = nullptr;

enum class TypedArray { uint8 = 1, uint32 = 5, float32 = 6, float64 = 7 };  // as in embind.js

template <typename T>
void register_integer(const char* name) {
  internal::_embind_register_integer(internal::TypeID<T>::get(), name, sizeof(T),
                                     std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
}

template <typename T>
void register_view(TypedArray array) {
  internal::_embind_register_memory_view(internal::TypeID<emscripten::memory_view<T>>::get(),
                                         static_cast<unsigned>(array), "view");
}

}  // namespace

extern "C" {

/// The name of a type that is not registered.
const char* __getTypeName(const std::type_info*) {
  return strdup("?");
}

void _embind_initialize_bindings() {
  for (const internal::InitFunc* binding = bindings; binding; binding = binding->next)
    binding->init_func();
}

void _embind_register_bindings(internal::InitFunc* binding) {
  binding->next = bindings;
  bindings = binding;
}

/// Resumes a coroutine, which the bindings do not have.
void _emval_coro_resume(emscripten::val::awaiter*, emscripten::EM_VAL) {}

}  // extern "C"

EMSCRIPTEN_BINDINGS(ganvas_types) {
  internal::_embind_register_void(internal::TypeID<void>::get(), "void");
  internal::_embind_register_bool(internal::TypeID<bool>::get(), "bool", true, false);
  register_integer<int>("int");
  register_integer<std::size_t>("unsigned long");
  internal::_embind_register_float(internal::TypeID<float>::get(), "float", sizeof(float));
  internal::_embind_register_float(internal::TypeID<double>::get(), "double", sizeof(double));
  internal::_embind_register_std_string(internal::TypeID<std::string>::get(), "std::string");
  internal::_embind_register_emval(internal::TypeID<emscripten::val>::get());
  register_view<std::uint8_t>(TypedArray::uint8);
  register_view<std::uint32_t>(TypedArray::uint32);
  register_view<float>(TypedArray::float32);
  register_view<double>(TypedArray::float64);
}
