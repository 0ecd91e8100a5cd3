// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<ganvas-samples model="dcgan" rows="4" seed="7">`: samples of a trained generator, drawn when the
// element comes into view.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import type { GanvasClient } from "../../client/training_client";
import { parseWhole } from "../../config/settings";
import { PRETRAINED } from "../../config/supply";
import { asGanvasError, GanvasError } from "../../engine/errors";
import { type ReadOptions, readResource } from "../../engine/resource";
import { baseStyles } from "../elements/base_styles";
import type { GanvasSamplesElement } from "../elements/element_types";
import { send, sendError } from "../elements/events";
import { RootElement } from "../elements/root_element";
import { rootStyles } from "../elements/theme_styles";
import type { Pictures } from "../pixels/pixel_colors";
import { folderUrl } from "../platform/asset_url";
import { formatBytes } from "../platform/format";
import { getLocale } from "../platform/i18n";
import { loadModel } from "../state/models";
import { readPretrained } from "../state/pretrained";
import { IDLE, type Loading, STARTING } from "../state/store";
import { withEngine } from "./engine_pool";
import "../elements/image_grid";
import "../elements/load_notice";

const MAX_ROWS = 32;
const MAX_SEED = 2 ** 32 - 1;
/** Drawing begins a little before the element is seen. */
const AHEAD = "200px";

export class GanvasSamples extends RootElement implements GanvasSamplesElement {
  static override properties = {
    model: { reflect: true },
    rows: { reflect: true },
    columns: { reflect: true },
    seed: { reflect: true },
    assets: { reflect: true },
    engine: { reflect: true },
    loading: { state: true },
  };

  static override styles = [
    baseStyles,
    rootStyles,
    css`
      gv-load-notice {
        padding: 0.75rem;
      }
    `,
  ];

  declare model: string | null;
  declare rows: string | number | null;
  declare columns: string | number | null;
  declare seed: string | number | null;
  declare assets: string | null;
  declare engine: string | null;
  declare loading: Loading<Pictures>;
  /** Number of the latest drawing; earlier ones are dropped. */
  #drawing = 0;
  /** Ends what the latest drawing loads. */
  #download = new AbortController();
  readonly #sight = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#draw();
    },
    { rootMargin: AHEAD },
  );

  constructor() {
    super();
    this.model = null;
    this.rows = null;
    this.columns = null;
    this.seed = null;
    this.assets = null;
    this.engine = null;
    this.loading = IDLE;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.loading.status === "idle") this.#sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight.disconnect();
  }

  protected override attributesChanged(names: ReadonlySet<string>): void {
    const drawn = this.loading.status !== "idle";
    const ours = ["model", "rows", "columns", "seed", "assets", "engine"];
    if (!drawn || !ours.some((name) => names.has(name))) return;
    if (this.isConnected) return void this.#draw();
    // Drawn when it comes into view again.
    this.#drawing += 1;
    this.loading = IDLE;
  }

  override render() {
    const { loading } = this;
    const model = this.#model;
    return html`<div lang=${getLocale()}>
      <gv-load-notice .loading=${loading} .amount=${formatBytes} doing=${msg("Loading the pretrained network")}
        failed=${msg(str`The samples of the model “${model}” could not be drawn.`)}
        @retry=${() => void this.#draw()}></gv-load-notice>
      ${
        loading.status === "ready"
          ? html`<gv-image-grid .pictures=${loading.value} .shape=${this.#shape}
              label=${msg(str`Samples of the model “${model}”`)}></gv-image-grid>`
          : nothing
      }
    </div>`;
  }

  /** The content policy forbids style attributes, but scripts can set style properties. */
  override updated(): void {
    const grid = this.renderRoot.querySelector("gv-image-grid");
    const { columns, rows } = this.#shape;
    if (grid !== null) grid.style.aspectRatio = `${columns} / ${rows}`;
  }

  #shape = { columns: 0, rows: 0 };

  get #model(): string {
    return this.model ?? "conditional";
  }

  async #draw(): Promise<void> {
    this.#sight.disconnect();
    this.#drawing += 1;
    const drawing = this.#drawing;
    this.#download.abort();
    this.#download = new AbortController();
    const { signal } = this.#download;
    const show = (loading: Loading<Pictures>): void => {
      if (drawing === this.#drawing) this.loading = loading;
    };
    show(STARTING);
    try {
      const columns = this.#whole("columns", { least: 1, most: MAX_ROWS, usual: 10 });
      const rows = this.#whole("rows", { least: 1, most: MAX_ROWS, usual: 4 });
      const seed = this.#whole("seed", { least: 0, most: MAX_SEED, usual: 1 });
      const weights = await this.#weights({
        signal,
        onProgress: ({ loaded: done, total: all }) => show({ status: "loading", done, all }),
      });
      show({ status: "loading", done: weights.length, all: null });
      const baseUrl = this.engine === null ? null : folderUrl(this.engine);
      const { values, info } = await withEngine(baseUrl, signal, async (client) => ({
        values: await samplesOf(client, weights, { count: columns * rows, seed }),
        info: client.info,
      }));
      if (drawing !== this.#drawing) return;
      this.#shape = { columns, rows };
      const size = values.length / (columns * rows);
      show({ status: "ready", value: { values, size, off: -1, on: 1 } });
      send(this, "ganvas-ready", info);
    } catch (thrown) {
      const error = asGanvasError(thrown);
      if (drawing !== this.#drawing) return;
      show({ status: "failed", error });
      sendError(this, error);
    }
  }

  #weights(options: Omit<ReadOptions, "sha256">): Promise<Uint8Array<ArrayBuffer>> {
    const name = PRETRAINED.find((each) => each === this.#model);
    if (name !== undefined) {
      const folder = folderUrl(this.assets);
      return readPretrained(name, (path) => new URL(path, folder).href, options);
    }
    return readResource(this.#modelAddress(), options);
  }

  #modelAddress(): string {
    try {
      return new URL(this.#model, document.baseURI).href;
    } catch {
      throw new GanvasError("not_found", `"${this.#model}" is neither a model nor an address.`);
    }
  }

  #whole(
    name: "rows" | "columns" | "seed",
    { least, most, usual }: { least: number; most: number; usual: number },
  ): number {
    const text = this[name];
    const value = text === null ? usual : parseWhole(String(text), least, most);
    if (value !== null) return value;
    const line = `${name}="${text}" is not a whole number from ${least} to ${most}.`;
    throw new GanvasError("invalid_argument", line);
  }
}

async function samplesOf(
  client: GanvasClient,
  weights: Uint8Array<ArrayBuffer>,
  options: { readonly count: number; readonly seed: number },
): Promise<Float32Array<ArrayBuffer>> {
  const { session } = await loadModel(client, "file", weights);
  const values = await session.sample(options);
  await session.dispose();
  return values;
}

customElements.define("ganvas-samples", GanvasSamples);
