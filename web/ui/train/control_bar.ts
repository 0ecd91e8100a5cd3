// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-control-bar>`: play, step and reset, speed, settings, and progress.

import { msg, str } from "@lit/localize";
import { css, html, nothing, svg } from "lit";
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

const runsIcon = icon(
  svg`<path d="M5.5 3.5h9M4 6.5h12" /><rect x="3" y="9.5" width="14" height="7.5" rx="1.5" />`,
);
/** Slider positions from 1 step per second to MAX_SPEED; one more position means no limit. */
const PACES = 60;

export class ControlBar extends TrainingElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        gap: 0.75rem 1.5rem;
        align-items: center;
        min-height: var(--control-height);
      }

      .buttons,
      .speed {
        display: flex;
        gap: 0.5rem;
        align-items: center;
      }

      #play {
        min-width: 6.75rem;
      }

      #half {
        padding-inline: 0.625rem;
      }

      .half b {
        color: var(--ink-soft);
        font-weight: 400;
      }

      .half b.turn {
        color: var(--ink);
        font-weight: 700;
        text-decoration: underline;
        text-underline-offset: 0.2em;
      }

      #reset {
        border-radius: var(--radius-small) 0 0 var(--radius-small);
      }

      #reseed {
        margin-left: calc(-0.5rem - 1px);
        padding-inline: 0.625rem;
        border-radius: 0 var(--radius-small) var(--radius-small) 0;
      }

      .speed span {
        min-width: 5.5rem;
        white-space: nowrap;
      }

      input[type="range"] {
        width: 7rem;
      }

      dl {
        display: flex;
        gap: 1.375rem;
        margin-left: auto;
      }

      dt {
        white-space: nowrap;
        line-height: 1.2;
      }

      dd {
        min-width: 3.25em;
        font-weight: 600;
        line-height: 1.3;
      }

      .dialogs {
        display: flex;
        margin-right: -0.875rem;
      }

      #code b {
        font: 600 0.875em ui-monospace, monospace;
        letter-spacing: -0.1em;
      }

      @container (min-width: 900px) and (max-width: 1439px) {
        :is(#code, #runs) span {
          display: none;
        }
      }

      /* A long name is cut off before anything else. */
      .dialogs,
      #settings {
        min-width: 0;
      }

      #settings span {
        overflow: hidden;
        text-overflow: ellipsis;
      }

      @container (max-width: 1199px) {
        .wide {
          display: none;
        }
      }

      @container (min-width: 900px) and (max-width: 1199px) {
        :host {
          gap: 1rem;
        }

        .images {
          display: none;
        }

        input[type="range"] {
          width: 5rem;
        }
      }

      @container (max-width: 899px) {
        :host {
          display: grid;
          gap: 0.75rem;
        }

        .buttons {
          display: grid;
          grid-auto-flow: column;
          grid-auto-columns: auto;
        }

        .speed {
          display: grid;
          grid-template-columns: auto 1fr auto;
        }

        input[type="range"] {
          width: 100%;
          min-height: 2.75rem;
        }

        #play {
          min-width: 0;
        }

        button {
          min-height: 3rem;
        }

        dl {
          justify-content: space-between;
          margin: 0;
          padding: 0.625rem 0;
          border-block: 1px solid var(--line);
        }

        .dialogs {
          flex-direction: row-reverse;
          justify-content: space-between;
          margin-inline: -0.875rem;
        }
      }

      @container (max-width: 389px) {
        .buttons button {
          gap: 0.25em;
          padding-inline: 0.5rem;
        }
      }
    `,
  ];

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
    if (pausing) return html`${pauseIcon}${msg("Pausing…")}`;
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
        ${this.controller.page.link === null ? nothing : this.#renderRuns()}
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

  /** An app in another page saves nothing there. */
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
