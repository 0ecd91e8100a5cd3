// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// WebKitGTK's MiniBrowser through WebKitWebDriver, in a virtual screen. Playwright and Puppeteer do not
// drive it, and the WebDriver clients on npm need Node 22, so this speaks the protocol
// (https://www.w3.org/TR/webdriver2/): the few commands that the tests use.

import { type ChildProcess, spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { EnginePage, FIND } from "./engine_page";

/** The key of an element's number in the protocol. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const START_MS = 60_000;

export class WebKit extends EnginePage {
  readonly #driver: ChildProcess;
  readonly #session: string;

  private constructor(driver: ChildProcess, session: string) {
    super();
    this.#driver = driver;
    this.#session = session;
  }

  static async start(): Promise<WebKit> {
    const port = await freePort();
    // In a process group of its own, so that the screen and the browser end with it.
    const driver = spawn(
      "xvfb-run",
      [
        "--auto-servernum",
        "--server-args=-screen 0 1280x1024x24",
        "WebKitWebDriver",
        `--port=${port}`,
      ],
      { detached: true, stdio: "ignore", env: environment() },
    );
    // Also where the tests are stopped.
    const end = (): void => kill(driver);
    process.once("exit", end);
    driver.once("exit", () => process.off("exit", end));
    const root = `http://127.0.0.1:${port}`;
    try {
      await answering(`${root}/status`);
      const { sessionId } = (await send("POST", `${root}/session`, {
        capabilities: { alwaysMatch: { browserName: "MiniBrowser" } },
      })) as { sessionId: string };
      return new WebKit(driver, `${root}/session/${sessionId}`);
    } catch (error) {
      kill(driver);
      throw error;
    }
  }

  async open(url: string): Promise<void> {
    await this.#send("POST", "/url", { url });
  }

  async run<T>(script: string, ...args: unknown[]): Promise<T> {
    return (await this.#send("POST", "/execute/sync", { script, args })) as T;
  }

  async click(selector: string): Promise<void> {
    const found = await this.run<Record<string, string> | null>(
      `${FIND}; const found = find(document, arguments[0]);
       found?.scrollIntoView({ block: "center" });
       return found`,
      selector,
    );
    const element = found?.[ELEMENT];
    if (element === undefined) throw new Error(`There is no ${selector}`);
    await this.#send("POST", `/element/${element}/click`, {});
  }

  async stop(): Promise<void> {
    try {
      await this.#send("DELETE", "");
    } finally {
      kill(this.#driver);
    }
  }

  #send(method: string, command: string, body?: object): Promise<unknown> {
    return send(method, `${this.#session}${command}`, body);
  }
}

/** Without a locale, WebKit's language is "C", which is none. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, LANG: "en_US.UTF-8", LC_ALL: "", LIBGL_ALWAYS_SOFTWARE: "1" };
}

async function send(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`WebKitWebDriver: ${error}: ${message}`);
}

async function answering(url: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const answered = await send("GET", url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (Date.now() > deadline) throw new Error("WebKitWebDriver does not start");
    await setTimeout(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function kill({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid);
}
