// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The JavaScript module of the core: sessions (see session.h) and functions without one. Those that
// fail return {error: {code, message}}, which the JavaScript package throws.
#include <string>

#include "data/distributions.h"
#include "io/config_report.h"
#include "kernels/simd.h"
#include "wasm/exploration.h"
#include "wasm/out_of_memory.h"
#include "wasm/session.h"
#include "wasm/values.h"

namespace {

using namespace ganvas::wasm;
using ganvas::ErrorCode;

EMSCRIPTEN_DECLARE_VAL_TYPE(BuildInfo)

constexpr int kMaxPoints = 1 << 20;

/// A method of Session as a function that takes the address from createSession() first. Embind's
/// classes would do the same with 3 kB more JavaScript, gzipped.
template <auto kMethod, typename = decltype(kMethod)>
struct Call;
template <auto kMethod, typename Outcome, typename... Arguments>
struct Call<kMethod, Outcome (Session::*)(Arguments...)> {
  static Outcome run(std::uintptr_t session, Arguments... arguments) {
    return (reinterpret_cast<Session*>(session)->*kMethod)(arguments...);
  }
};
template <auto kMethod, typename Outcome, typename... Arguments>
struct Call<kMethod, Outcome (Session::*)(Arguments...) const> {
  static Outcome run(std::uintptr_t session, Arguments... arguments) {
    return (reinterpret_cast<const Session*>(session)->*kMethod)(arguments...);
  }
};

template <auto kMethod>
void register_call(const char* name) {
  emscripten::function(name, &Call<kMethod>::run);
}

void delete_session(std::uintptr_t session) {
  delete reinterpret_cast<Session*>(session);
}

BuildInfo build_info() {
  val object = val::object();
  object.set("tier", std::string(GANVAS_MODULE_TIER));
  object.set("fma", ganvas::kFusedMultiplyAdd);
#if defined(GANVAS_THREADS)
  object.set("threads", true);
#else
  object.set("threads", false);
#endif
  object.set("version", std::string(GANVAS_VERSION));
  return BuildInfo(object);
}

/// See io/config_report.h.
std::string check_config(const std::string& config_json) {
  return ganvas::check_config_json(config_json);
}

/// points (count, 2) of a named distribution, in [-1, 1].
FloatsOutcome draw_points(const std::string& name, double seed, int count) {
  if (!is_seed(seed)) return FloatsOutcome(failure(invalid_seed()));
  if (count < 1 || count > kMaxPoints) {
    return FloatsOutcome(
        failure({ErrorCode::invalid_argument,
                 "drawPoints() draws 1 to " + std::to_string(kMaxPoints) + " points"}));
  }
  const auto points = ganvas::draw_points(name, static_cast<std::uint64_t>(seed), count);
  if (!points) return FloatsOutcome(failure(points.error()));
  return copied_floats(points.value());
}

/// Whether madd() rounds once on this machine. Relaxed SIMD allows both, but the bits of a run
/// depend on it.
bool madd_is_fused() {
  // (1 + 2^-12)^2 - (1 + 2^-11) is exactly 2^-24, or 0 if the square is rounded first.
  volatile float factor = 1 + 0x1p-12f;  // volatile: computed at run time
  const ganvas::Vec<float> a(static_cast<float>(factor));
  return ganvas::madd(a, a, ganvas::Vec<float>(-(1 + 0x1p-11f))).get(0) == 0x1p-24f;
}

}  // namespace

EMSCRIPTEN_BINDINGS(ganvas) {
  throw_when_out_of_memory();
  register_exploration_types();
  declare_type<Bytes>("Uint8Array");
  declare_type<Floats>("Float32Array");
  declare_type<BuildInfo>("{ tier: string; fma: boolean; threads: boolean; version: string }");
  declare_type<State>(
      "{ step: number; epoch: number; imagesSeen: number; hasData: boolean; canTrain: boolean; "
      "flopsPerStep: number; nextHalf: 'discriminator' | 'generator'; inStep: boolean }");
  declare_type<SessionOutcome>("number | " GANVAS_TS_FAILURE);
  declare_type<NothingOutcome>("null | " GANVAS_TS_FAILURE);
  declare_type<BytesOutcome>("Uint8Array<ArrayBuffer> | " GANVAS_TS_FAILURE);
  declare_type<FloatsOutcome>("Float32Array<ArrayBuffer> | " GANVAS_TS_FAILURE);
  declare_type<MetricsOutcome>(
      "{ step: number; epoch: number; imagesSeen: number; lossD: number; lossG: number; dReal: "
      "number; "
      "dFake: number; history: Float32Array<ArrayBuffer> } | " GANVAS_TS_FAILURE);
  declare_type<Flow>(
      "{ noise: Float32Array<ArrayBuffer>; real: Float32Array<ArrayBuffer>; fake: "
      "Float32Array<ArrayBuffer>; realLabels: Uint8Array<ArrayBuffer>; fakeLabels: "
      "Uint8Array<ArrayBuffer>; dReal: Float32Array<ArrayBuffer>; dFake: "
      "Float32Array<ArrayBuffer>; dFakeOfG: Float32Array<ArrayBuffer> }");

  emscripten::function("createSession", &Session::create);
  emscripten::function("deleteSession", &delete_session);
  register_call<&Session::set_data>("setData");
  register_call<&Session::set_points>("setPoints");
  register_call<&Session::train>("train");
  register_call<&Session::advance_half>("advanceHalf");
  register_call<&Session::adjust>("adjust");
  register_call<&Session::flow>("flow");
  register_call<&Session::networks>("networks");
  register_call<&Session::tensor>("tensor");
  register_call<&Session::activations>("activations");
  register_call<&Session::sample>("sample");
  register_call<&Session::ask>("ask");
  register_call<&Session::draw_latents>("drawLatents");
  register_call<&Session::walk>("walk");
  register_call<&Session::invert>("invert");
  register_call<&Session::run_inversion>("runInversion");
  register_call<&Session::save>("save");
  register_call<&Session::load>("load");
  register_call<&Session::config>("config");
  register_call<&Session::state>("state");
  emscripten::function("checkConfig", &check_config);
  emscripten::function("drawPoints", &draw_points);
  emscripten::function("buildInfo", &build_info);
  emscripten::function("maddIsFused", &madd_is_fused);
}
