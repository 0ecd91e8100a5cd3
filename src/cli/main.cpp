// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The `ganvas` command: parses the command line, runs the subcommand, and prints errors as one
// line.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "base/joined.h"
#include "cli/commands.h"
#include "cli/text.h"

namespace {

using namespace ganvas::cli;

/// Wraps long option descriptions, which CLI11 does not.
class WrappedHelp : public CLI::Formatter {
 public:
  WrappedHelp() { label("REQUIRED", "(required)"); }
  std::string make_option_desc(const CLI::Option* option) const override {
    constexpr std::size_t kWidth = 68;  // leaves room for the option names within 100 columns
    return wrapped(option->get_description(), kWidth);
  }
};

int refuse(const std::string& message) {
  std::fprintf(stderr, "ganvas: %s\n", one_line(message).c_str());
  return kRefused;
}

int refuse_for_memory() {
  std::fputs("ganvas: out of memory\n", stderr);  // without a string, for which there may be none
  return kRefused;
}

std::terminate_handler usual_end = nullptr;

/// Ends the process where memory is short within a function of a library that may not throw.
[[noreturn]] void end() {
  try {
    if (const std::exception_ptr error = std::current_exception()) std::rethrow_exception(error);
  } catch (const std::bad_alloc&) {
    std::_Exit(refuse_for_memory());
  } catch (...) {  // is told as usual
  }
  usual_end();
  std::abort();
}

/// The first argument that ganvas itself does not know; empty where a command was given.
std::string unknown_argument(const CLI::App& app) {
  const auto rest = app.remaining();
  return app.get_subcommands().empty() && !rest.empty() ? rest.front() : "";
}

std::string message_of(const CLI::App& app, const CLI::ParseError& error) {
  const std::string unknown = unknown_argument(app);
  if (unknown.starts_with('-')) return "unknown option '" + unknown + "' (see ganvas --help)";
  if (!unknown.empty()) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands(nullptr))
      names.push_back(command->get_name());
    return "unknown command '" + unknown + "'; known commands: " + ganvas::joined(names);
  }
  const auto chosen = app.get_subcommands();
  const std::string of = chosen.empty() ? "" : " " + chosen.front()->get_name();
  return std::string(error.what()) + " (see ganvas" + of + " --help)";
}

int run(int argc, char** argv) {
  CLI::App app(
      "Train generative adversarial networks on small pictures and draw samples from them.",
      "ganvas");
  app.formatter(std::make_shared<WrappedHelp>());
  app.set_version_flag("--version", "ganvas " GANVAS_VERSION, "Print the version and exit");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.require_subcommand(1);
  app.footer(
      "Each command has its own help, with examples: ganvas train --help\n"
      "Exit codes: 0 success, 2 error (one line on standard error gives the reason),\n"
      "130 interrupted (and saved).");
  Action action;
  add_train_command(app, action);
  add_pictures_command(app, action);
  add_sample_command(app, action);
  add_eval_command(app, action);
  add_info_command(app, action);
  add_export_command(app, action);
  add_convert_command(app, action);
  add_train_judge_command(app, action);

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    if (unknown_argument(app).empty()) return app.exit(help_or_version);
    return refuse(message_of(app, help_or_version));
  } catch (const CLI::ParseError& error) {
    return refuse(message_of(app, error));
  }
  const ganvas::Result<int> exit_code = action();
  if (!exit_code) return refuse(exit_code.error().message);
  const bool printed = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (exit_code.value() == kSuccess && !printed) {
    return refuse("cannot write to standard output");
  }
  return exit_code.value();
}

}  // namespace

int main(int argc, char** argv) {
  usual_end = std::set_terminate(end);
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    return refuse_for_memory();
  } catch (const std::exception& error) {
    return refuse(error.what());
  }
}
