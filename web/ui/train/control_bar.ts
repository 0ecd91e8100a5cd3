// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-control-bar>`: play, step and reset, speed, settings, and progress.

import { msg, str } from "@lit/localize";
import { html, nothing, svg } from "lit";
import { defaultSpeed, isOfPoints } from "../../config/presets";
import { baseStyles } from "../elements/base_styles";
import {
  diceIcon,
  icon,
  pauseIcon,
  playIcon,
  resetIcon,
  settingsIcon,
  stepIcon,
} from "../elements/icons";
import { TrainingElement } from "../elements/training_element";
import { formatCount, formatFixed } from "../platform/format";
import { MAX_SPEED, writeSettings } from "../state/address";
import { controlBarStyles } from "./control_bar_styles";

const runsIcon = icon(
  svg`<path d="M5.5 3.5h9M4 6.5h12" /><rect x="3" y="9.5" width="14" height="7.5" rx="1.5" />`,
);
/** Slider positions from 1 step per second to MAX_SPEED; one more position means no limit. */
const PACES = 60;

export class ControlBar extends TrainingElement {
  static override styles = [baseStyles, controlBarStyles];

  protected override subscriptions() {
    return [this.controller.live.subscribe(() => this.requestUpdate())];
  }

  override render() {
    return html`
      <h1 class="unseen">${msg("Training")}</h1>
      ${this.#renderButtons()} ${this.#renderSpeed()} ${this.#renderNumbers()}
      ${this.#renderDialogs()}
    `;
  }

  /**
   * Acts on a key of the Train view.
   * @param key in lower case
   * @returns whether it is one
   */
  press(key: string, shift: boolean): boolean {
    switch (key) {
      case " ":
        this.training.toggle();
        break;
      case "s":
        void this.training.step();
        break;
      case "h":
        void this.training.advanceHalf();
        break;
      case "r":
        if (shift) reseed(this.controller);
        else void this.training.reset();
        break;
      case "c":
        this.#open("code");
        break;
      case "arrowleft":
      case "arrowright":
        this.#scrub(key === "arrowleft" ? -1 : 1);
        break;
      default:
        return false;
    }
    return true;
  }

  #open(dialog: "settings" | "code" | "runs"): void {
    this.dispatchEvent(new Event(dialog, { bubbles: true, composed: true }));
  }

  /** Moves by one snapshot of the film; after the last one comes the live run. */
  #scrub(by: number): void {
    const last = this.training.film.length - 1;
    const frame = Math.max(0, (this.state.frame ?? last) + by);
    this.controller.store.patch({ frame: frame >= last ? null : frame });
  }

  #renderButtons() {
    const { digits } = this.state;
    const ready = this.training.canTrain;
    const waiting = digits.status === "loading";
    return html`
      <div class="buttons" role="group" aria-label=${msg("Training")}>
        <button id="play" class="primary" title=${msg("Space")} ?disabled=${!ready}
          @click=${() => this.training.toggle()}>
          ${this.#renderPlay()}
        </button>
        <button id="step" title="S" ?disabled=${!ready} @click=${() => void this.training.step()}>
          ${stepIcon}${msg("Step")}
        </button>
        ${this.state.hidden.has("diagram") ? this.#renderHalf(ready) : nothing}
        <button id="reset" title="R" ?disabled=${waiting} @click=${() => void this.training.reset()}>
          ${resetIcon}${msg("Reset")}
        </button>
        <button id="reseed" ?disabled=${waiting} aria-label=${msg("Reset with a new seed")}
          title=${msg("Reset with a new seed (Shift+R)")} @click=${() => reseed(this.controller)}>
          ${diceIcon}
        </button>
      </div>
    `;
  }

  #renderPlay() {
    const { playing, pausing } = this.state;
    if (pausing) return html`${pauseIcon}${msg("Pausing …")}`;
    return playing ? html`${pauseIcon}${msg("Pause")}` : html`${playIcon}${msg("Play")}`;
  }

  /**
   * Shown if the step diagram is hidden, which has these buttons too; the next network is in bold
   * ink.
   */
  #renderHalf(ready: boolean) {
    const next = this.state.nextHalf;
    const name = (network: "discriminator" | "generator", letter: string) =>
      html`<b class=${network === next ? "turn" : ""}>${letter}</b>`;
    return html`
      <button id="half" title=${msg("Half a step (H)")} ?disabled=${!ready}
        @click=${() => void this.training.advanceHalf()}>
        ½ <span class="half">${name("discriminator", "D")}${name("generator", "G")}</span>
      </button>
    `;
  }

  #renderSpeed() {
    const { speed } = this.state;
    const text = speed === null ? msg("full speed") : msg(str`${formatCount(speed)} steps/s`);
    return html`
      <div class="speed small">
        <label for="speed">${msg("Speed")}</label>
        <input id="speed" type="range" min="0" max=${PACES + 1} step="1"
          .value=${String(placeOf(speed))} aria-valuetext=${text} @input=${this.#pace} />
        <span class="soft number">${text}</span>
      </div>
    `;
  }

  #renderNumbers() {
    const { numbers, stepsPerSecond } = this.controller.live;
    const { playing, settings } = this.state;
    const epochs = (numbers?.imagesSeen ?? 0) / settings.examples;
    const entry = (id: string, name: string, value: string, kind = "") => html`
      <div class=${kind}>
        <dt class="small soft">${name}</dt>
        <dd class="number" id=${id}>${value}</dd>
      </div>
    `;
    return html`
      <dl>
        ${entry("steps", msg("Steps"), formatCount(numbers?.step ?? 0))}
        ${entry("images", isOfPoints(settings.preset) ? msg("Points seen") : msg("Images seen"), formatCount(numbers?.imagesSeen ?? 0), "images")}
        ${entry("epoch", msg("Epoch"), formatFixed(epochs, 1), "wide")}
        ${entry("rate", msg("Steps/s"), playing ? formatRate(stepsPerSecond) : "–")}
      </dl>
    `;
  }

  /** Buttons for dialogs that the page's frame opens. */
  #renderDialogs() {
    const { preset, seed, changes } = this.state.settings;
    const changed = Object.keys(changes).length > 0 ? "*" : "";
    const words = msg(str`${preset + changed}, seed ${String(seed)}`);
    return html`
      <div class="dialogs">
        ${this.controller.page.keeps ? this.#renderRuns() : nothing}
        <button id="code" class="quiet" aria-haspopup="dialog" aria-label=${msg("As code")}
          title=${msg("Show this run as code (C)")}
          ?disabled=${this.state.engine.status !== "ready"} @click=${() => this.#open("code")}>
          <b aria-hidden="true">&lt;/&gt;</b><span>${msg("As code")}</span>
        </button>
        <button id="settings" class="quiet number" aria-haspopup="dialog"
          aria-label=${msg(str`Settings: ${preset + changed}, seed ${String(seed)}`)}
          title=${msg("Settings")} @click=${() => this.#open("settings")}>
          ${settingsIcon}<span>${words}</span>
        </button>
      </div>
    `;
  }

  #renderRuns() {
    const { keeping } = this.state;
    const title =
      keeping.status === "saved"
        ? msg(str`Saved runs. This one is saved up to step ${formatCount(keeping.step)}.`)
        : msg("Saved runs");
    return html`<button id="runs" class="quiet" aria-haspopup="dialog" aria-label=${msg("Saved runs")}
      title=${title} @click=${() => this.#open("runs")}>
      ${runsIcon}<span>${msg("Runs")}</span>
    </button>`;
  }

  #pace(event: Event): void {
    const speed = speedAt(Number((event.target as HTMLInputElement).value));
    const byDefault = speed === defaultSpeed(this.state.settings.preset);
    this.controller.page.write({ speed: byDefault ? null : String(speed ?? "max") });
    void this.training.setSpeed(speed);
  }
}

/** Restarts the run with a new seed and writes it to the address. */
function reseed(controller: TrainingElement["controller"]): void {
  const seed = crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
  const settings = { ...controller.store.state.settings, seed };
  writeSettings(controller.page, settings);
  void controller.training?.applySettings(settings);
}

function speedAt(place: number): number | null {
  return place > PACES ? null : Math.round(MAX_SPEED ** (place / PACES));
}

function placeOf(speed: number | null): number {
  return speed === null ? PACES + 1 : Math.round((Math.log(speed) / Math.log(MAX_SPEED)) * PACES);
}

function formatRate(stepsPerSecond: number): string {
  return stepsPerSecond < 10 ? formatFixed(stepsPerSecond, 1) : formatCount(stepsPerSecond);
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-control-bar": ControlBar;
  }
}

customElements.define("gv-control-bar", ControlBar);
