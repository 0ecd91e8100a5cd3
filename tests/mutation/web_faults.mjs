// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Small faults of the page's TypeScript for mutate_web.mjs. By file below web/: the text that stands there once, and what a
// mistake would have put in its place. Each passes tsc, and does something else than the right code.

/** @type {Readonly<Record<string, readonly (readonly [right: string, wrong: string])[]>>} */
export const FAULTS = {
  "calls/channel.ts": [
    ["if (mayStart && this.#ended === null)", "if (mayStart)"],
    ["for (const message of this.#early) this.#worker.postMessage(message, []);", ""],
    ["if (signal?.aborted) return Promise", "if (onProgress && signal?.aborted) return Promise"],
    ["[...args.slice(0, -1), data]", "[...args, data]"],
    ['signal?.addEventListener("abort", this.#abort);', ""],
  ],
  "calls/heartbeat.ts": [
    ["Math.max(LEAST_BEATS, GENEROSITY * this.#longest)", "Math.min(LEAST_BEATS, GENEROSITY * this.#longest)"],
    ['if (globalThis.document?.visibilityState === "hidden") return;', ""],
  ],
  "calls/second_start.ts": [
    ["if (thrown !== stalled) throw thrown;", ""],
    ["channel.end(asGanvasError(thrown));", ""],
    ["    wait();\n    onProgress(", "    onProgress("],
  ],
  "calls/server.ts": [
    ["?.shift()?.()", "?.pop()?.()"],
    ["if (outcome instanceof Promise && !call.watched)", "if (outcome instanceof Promise)"],
  ],
  "client/judge_client.ts": [["        onProgress: heard,\n", ""]],
  "client/quality_watch.ts": [
    ["coreToSpare ? ms : ms + judgedMs", "coreToSpare ? ms + judgedMs : ms"],
    ["if (!stopped) onQuality(", "onQuality("],
  ],
  "client/training_client.ts": [
    ["    this.terminate();\n", ""],
    ["          onProgress: heard,\n", ""],
    ["[...new Set([set.pixels.buffer, set.labels.buffer])]", "[set.pixels.buffer]"],
  ],
  "config/classes.ts": [
    ["String(index)", "String(index + 1)"],
    ["(classes === 0 || classes === DIGITS)", "classes === DIGITS"],
  ],
  "config/draft.ts": [
    ["...otherOptimizers(defaults, changes), ...changes", "...changes, ...otherOptimizers(defaults, changes)"],
    ["same && changed.length > 0 &&", "same &&"],
    ['?? "", name.slice(2))', '?? "", name)'],
  ],
  "config/fields.ts": [
    ["value < range.below", "value <= range.below"],
    ['text.trim() === "" ? Number.NaN : Number(text)', "Number(text)"],
  ],
  "config/hyper_parameters.ts": [
    ['if (points !== undefined && data === undefined) changes["data"] = "drawn";', ""],
    ["text === (changes[name] ?? defaults[name])", "text === defaults[name]"],
    ['text === "true" || text === "false" ? text === "true" : text', 'text === "true" ? true : text'],
  ],
  "config/layer_text.ts": [
    ["values.length < required ||", "values.length < required - 1 ||"],
    ["values[i] ?? field.default ?? field.range.least", "values[i] || field.default || field.range.least"],
  ],
  "config/point_text.ts": [
    ["(MOST_POINTS * 2 * 4) / 3", "(MOST_POINTS * 4) / 3"],
    ["if (binary.length % 2 !== 0) return null;", ""],
  ],
  "config/presets.ts": [["run.pictures?.classes ?? 10", "run.pictures?.classes || 10"]],
  "config/problem_place.ts": [["Number(place[2])", "Number(place[2]) + 1"]],
  "config/run_identity.ts": [["classes > 0 && isConditional(preset)", "classes > 0 || isConditional(preset)"]],
  "config/settings.ts": [["value >= least && value <= greatest", "value > least && value <= greatest"]],
  "engine/addresses.ts": [["new URL(address, from).href", "new URL(address).href"]],
  "engine/adjustment.ts": [['  "label_smoothing",\n  "instance_noise",\n', '  "instance_noise",\n  "label_smoothing",\n']],
  "engine/crc32.ts": [["return ~value >>> 0;", "return ~value;"]],
  "engine/errors.ts": [['"truncated", "malformed", "wasm_failed"]', '"malformed", "wasm_failed"]']],
  "engine/idx.ts": [
    ["if (checked === available) await input.expectEnd();", ""],
    ["if (sum === sums[first / SUMMED_ITEMS]) continue;", "if (sums.includes(sum)) continue;"],
  ],
  "engine/inflate.ts": [["if (size > maxSize)", "if (size >= maxSize)"]],
  "engine/inspection.ts": [
    ["outputs[sample * width]", "outputs[sample * width + width - 1]"],
    ["isTheLosses ? index - 1 : index", "index"],
  ],
  "engine/judge.ts": [["digits.slice()", "digits"]],
  "engine/loader.ts": [
    ["Math.max(2, features.processors - 1)", "features.processors - 1"],
    ["failure ??= asGanvasError(thrown);", "failure = asGanvasError(thrown);"],
  ],
  "engine/mnist.ts": [
    ["    both.abort();\n    throw", "    throw"],
    ["if (options.signal?.aborted) abort();", ""],
  ],
  "engine/picture_decoding.ts": [
    ['start.startsWith("WEBP", 8)', 'start.startsWith("WEBP", 4)'],
    ["file[at + 9] === 4", "file[at + 8] === 4"],
    ["if (isScan && !hasEnd(file, at))", "if (isScan && !hasEnd(file, 0))"],
  ],
  "engine/png.ts": [
    ["(sample * 255 + 32895) >>> 16", "sample >>> 8"],
    ["transparency?.[sample] ?? 255", "transparency?.[sample] ?? 0"],
    ["matches === 3 ? 0 : 255", "matches > 0 ? 0 : 255"],
  ],
  "engine/png_rows.ts": [
    ["toUp <= toCorner ? up : corner", "toUp < toCorner ? up : corner"],
    ["Math.max(1, (channels * depth) >> 3)", "(channels * depth) >> 3"],
  ],
  "engine/resource.ts": [
    ["encoded || !Number.isFinite(length)", "encoded && !Number.isFinite(length)"],
    ["return read(true);", "return read(false);"],
    ["if (!isGzip(bytes)) return bytes;", "if (!isGzip(bytes) || total !== null) return bytes;"],
    ["      flush: tell,\n", ""],
    ['?.startsWith("text/html")', ' === "text/html"'],
  ],
  "engine/sample_shape.ts": [["shape[1] === side && shape[2] === side", "shape[1] === side"]],
  "engine/session.ts": [["lossD: lossD ?? this.#losses.lossD, lossG", "lossD, lossG"]],
  "engine/undecoded.ts": [["width < 1 || height < 1", "width < 1 && height < 1"]],
  "engine/zip.ts": [
    ["header.getUint16(26, true) + header.getUint16(28, true)", "header.getUint16(26, true)"],
    ["bytes.length !== entry.size || crc32", "bytes.length !== entry.size && crc32"],
  ],
  "lessons/chapters.ts": [["String(chapter.index + 1)", "String(chapter.index)"]],
  "lessons/experiment_run.ts": [
    ['METRICS.indexOf("dFake")', 'METRICS.indexOf("dReal")'],
    ["values[Math.floor(values.length / 2)]", "values[Math.ceil(values.length / 2)]"],
  ],
  "lessons/step_record.ts": [
    ["ofLossG: probability - 1", "ofLossG: 1 - probability"],
    ["clamp(place, 0, bins - 1)", "clamp(place, 0, bins)"],
  ],
  "pytorch_script/augmentation.ts": [["(2 * saturation - 1)", "(saturation - 1)"]],
  "pytorch_script/checkpoints.ts": [
    ['["exp_avg", "exp_avg_sq"]', '["exp_avg"]'],
    ["max(0, 1 - schedule_", "max(0, schedule_"],
  ],
  "pytorch_script/data.ts": [['"start = 4 + 4 * len(shape)"', '"start = 8 + 4 * len(shape)"']],
  "pytorch_script/optimizers.ts": [["ofGen !== undefined && ofGen === ofDisc", "ofGen !== undefined"]],
  "pytorch_script/python.ts": [["Number.isInteger(value) ? `${value}.0` : printNumber(value)", "printNumber(value)"]],
  "pytorch_script/script.ts": [["examples % config.batch_size === 1;", "examples % config.batch_size === 0;"]],
  "pytorch_script/training.ts": [["1 - label_smoothing)", "label_smoothing)"]],
  "service_worker/answer.ts": [
    [' && request.mode !== "navigate"', ""],
    ['if (!integrity.split(" ").includes(itsIntegrity)) return;', "if (integrity !== itsIntegrity) return;"],
    [".catch(() => undefined)", ""],
  ],
  "service_worker/isolated.ts": [["([name]) => !response.headers.has(name),", "() => true,"]],
  "service_worker/kept_files.ts": [["if (!before) await caches.delete(CODE_NAME + BUILD);", ""]],
  "service_worker/requests.ts": [[" || !url.startsWith(scope)", ""]],
  "single_file/seven_bits.mjs": [
    ["if (at < length) write((bits << (7 - count)) & 127);", ""],
    ['["\\0", "\\r", "<"]', '["\\0", "<"]'],
  ],
  "ui/app/announcements.ts": [
    ["        told.add(error);\n", ""],
    ["if (live.numbers === numbers) return;", ""],
  ],
  "ui/app/embed_code.ts": [['replaceAll(\'"\', "&quot;")', 'replaceAll("\'", "&quot;")']],
  "ui/app/parameters.ts": [["!GLOBAL.test(name) && !OF_FILES.includes(name)", "!GLOBAL.test(name)"]],
  "ui/benchmark/benchmark.ts": [
    ["Math.min(MAX_THREADS, Math.floor(processors / 2))", "Math.min(MAX_THREADS, processors)"],
    ["if (cell.engine !== engine) end();", ""],
  ],
  "ui/charts/curve_data.ts": [["return sum / total;", "return sum;"]],
  "ui/charts/loss_scale.ts": [["reference * 1.5) * 1.05", "reference * 1.5)"]],
  "ui/explore/choice.ts": [["value.toFixed(4)", "value.toFixed(2)"]],
  "ui/explore/latents.ts": [["(1 - t) * normA + t * normB", "normA"]],
  "ui/explore/nearest.ts": [
    ["state.error < (this.found?.error", "state.error > (this.found?.error"],
    ["      if (stops !== this.#stops) return;\n", ""],
  ],
  "ui/explore/explorer.ts": [
    ["if (opened !== this.#files || client !== this.#client)", "if (opened !== this.#files && client !== this.#client)"],
  ],
  "ui/explore/unseen_digits.ts": [["p / 127.5 - 1", "p / 255"]],
  "ui/pictures/chosen_files.ts": [["path.slice(top.length + 1)", "path.slice(top.length)"]],
  "ui/pictures/drawings.ts": [["(1 - ink) * 127.5", "(1 + ink) * 127.5"]],
  "ui/pictures/set_parts.ts": [["part.indexes.length < most", "part.indexes.length <= most"]],
  "ui/pictures/sheet.ts": [["if (work === this.#work) this.current = sheet;", "this.current = sheet;"]],
  "ui/pixels/drawing.ts": [["fitted.left + side / 2 - centre.x", "fitted.left - side / 2 + centre.x"]],
  "ui/pixels/grey_scale.ts": [["(LEVELS - 1) / (on - off || 1)", "LEVELS / (on - off || 1)"]],
  "ui/pixels/grid_layout.ts": [["row * columns + column", "column * columns + row"]],
  "ui/pixels/pixel_colors.ts": [["(of(1) & 0xff00) | (of(2) & 0xff0000)", "(of(2) & 0xff00) | (of(1) & 0xff0000)"]],
  "ui/pixels/weight_pictures.ts": [["values[pixel * inner + unit]", "values[unit * inner + pixel]"]],
  "ui/plane/coverage.ts": [["NEIGHBOURS + 1", "NEIGHBOURS"]],
  "ui/plane/layers.ts": [["(score - low) / half - 1", "(score - low) / half"]],
  "ui/plane/plane.ts": [["ArrowUp: [0, KEY_STEP]", "ArrowUp: [0, -KEY_STEP]"]],
  "ui/plane/plane_watch.ts": [["scores?.at(-1)", "scores?.at(0)"]],
  "ui/plane/point_pictures.ts": [["* IMAGE_SIDE - 0.5", "* IMAGE_SIDE"]],
  "ui/plane/strokes.ts": [["2 * Math.floor((index * painted) / kept)", "2 * index"]],
  "ui/platform/format.ts": [
    ["bytes < 1e6 ?", "bytes < 1e3 ?"],
    ["const least = 10 ** -digits;", "const least = 10 ** -(digits + 1);"],
    ["text.length > most ?", "text.length >= most ?"],
  ],
  "ui/platform/latest.ts": [
    ["if (!this.#busy) void", "if (!this.#busy || this.#next !== null) void"],
    ["    this.#question = question;\n", ""],
  ],
  "ui/platform/link.ts": [['.replaceAll("%2C", ",")', ""]],
  "ui/script/line_differences.ts": [["at(i + 1, j) >= at(i, j + 1)", "at(i + 1, j) < at(i, j + 1)"]],
  "ui/state/address.ts": [
    ["isOwn ? MAX_PICTURES : MAX_EXAMPLES", "isOwn ? MAX_EXAMPLES : MAX_PICTURES"],
    ["speed = defaultSpeed(preset), hidden } = found;", "hidden } = found;\n  const speed = found.speed ?? defaultSpeed(preset);"],
    [
      "{ ...removed, ...identity, pictures: pictures?.id || null, ...changes }",
      "{ ...identity, pictures: pictures?.id || null, ...changes, ...removed }",
    ],
  ],
  "ui/state/curves.ts": [
    ["value * steps", "value / steps"],
    ["Math.min(stride, left)", "stride"],
  ],
  "ui/state/digit_files.ts": [["examples <= IN_SHORT_FILE", "examples < IN_SHORT_FILE"]],
  "ui/state/film.ts": [
    ["index % 2 === 0", "index % 2 === 1"],
    ["this.#snapshots = this.until(step);", ""],
  ],
  "ui/state/history_csv.ts": [["digits < 10", "digits < 9"]],
  "ui/state/models.ts": [
    ["conditional: takesClasses(config.generator.layers)", "conditional: takesClasses(config.discriminator.layers)"],
  ],
  "ui/state/rehearsal.ts": [
    ["      await run.dispose();\n", ""],
    ["connection?.saveData === true || ", ""],
  ],
  "ui/state/run_settings.ts": [["    await run.dispose();\n    throw", "    throw"]],
  "ui/state/saved_runs/checkpoint_header.ts": [["length > file.length - LENGTH_BYTES", "length > file.length"]],
  "ui/state/saved_runs/held_names.ts": [["    own.delete(this);\n", ""]],
  "ui/state/saved_runs/tab_lock.ts": [["name.slice(PREFIXES[kind].length)", "name"]],
  "ui/state/set_file.ts": [["? `${shape[0]},`", "? `${shape[0]}`"]],
  "ui/state/step_history.ts": [
    ["step - this.#first + 1", "step - this.#first"],
    ["(rows - index * PART_ROWS) * METRIC_COLUMNS", "(rows - index) * METRIC_COLUMNS"],
  ],
  "ui/state/store.ts": [
    ["if (this.#together > 0) return;", ""],
    ["const TOGETHER_MS = 50;", "const TOGETHER_MS = 5000;"],
  ],
  "ui/state/training.ts": [
    ["if (goesOn && wish === this.#wish)", "if (goesOn)"],
    ["playing && !pausing;", "playing;"],
    ["return this.#preparation === preparation && this.#provideData(preparation);", "return false;"],
  ],
  "ui/state/training_digits.ts": [
    ["this.#loaded.examples >= examples", "this.#loaded.examples > examples"],
    ["const before = this.#loaded;\n      this.#loaded = loaded;", "this.#loaded = loaded;\n      const before = this.#loaded;"],
  ],
  "ui/train/film/video_planes.ts": [["(b - luma) / 1.8556, (r - luma) / 1.5748", "(r - luma) / 1.5748, (b - luma) / 1.8556"]],
  "ui/train/health.ts": [
    ["!penalised && dReal - dFake < BLIND", "!penalised && dFake - dReal < BLIND"],
    ["slice(-bins)", "slice(0, bins)"],
    ["steps * updates >= decay", "steps * updates > decay"],
  ],
  "ui/train/step_diagram/diagram_layout.ts": [["y: centre - h / 2", "y: centre"]],
  "ui/words/layer_words.ts": [['kind === "whole"\n', 'kind === "real"\n']],
  "worker/clock.ts": [["steps * 2, MAX_SLICE_STEPS", "MAX_SLICE_STEPS"]],
  "worker/drawing.ts": [["seed: seed + slice", "seed"]],
  "worker/judge_server.ts": [["(indices[0] ?? 0) * image.length", "(indices[0] ?? 0)"]],
  "worker/player.ts": [
    ["1000 / (inHalves ? 2 * pace : pace)", "1000 / pace"],
    ["{ ...this.#last, history: new Float32Array(0) }", "this.#last"],
    ["    this.#taken = false;\n", ""],
  ],
  "worker/rate_meter.ts": [["this.#marks[1]?.at ?? at", "this.#marks[0]?.at ?? at"]],
  "worker/training_server.ts": [["PREVIEW_IMAGES * size", "PREVIEW_IMAGES"]],
  "worker/training_session.ts": [
    ["set.labels.subarray(0, count)", "set.labels"],
    ["await playing.ended.catch(ignore);", "void playing.ended.catch(ignore);"],
    ["this.#session.state().inStep ? null : this.#session.save()", "this.#session.save()"],
  ],
};
