// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Overlapping choices in Explore: the result or failure of an earlier one does not affect a later one.

import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connectGanvas, type GanvasClient } from "../client/training_client";
import { dataFile } from "../data_files.mjs";
import { GanvasError } from "../engine/errors";
import { Explorer } from "../ui/explore/explorer";
import { loadingWords } from "../ui/explore/model_names";
import type { AppController } from "../ui/state/app_controller";
import { describe as modelOf } from "../ui/state/models";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { MODULES_URL } from "./real_assets";

type Bytes = Uint8Array<ArrayBuffer>;

const MODELS = new URL("../../assets/models/", import.meta.url);
let client: GanvasClient;

beforeEach(async () => {
  vi.stubGlobal("document", { baseURI: "http://localhost/" });
  const createWorker = () => new ChannelWorker(serveTraining);
  client = await connectGanvas({ tier: "simd", threads: 1, baseUrl: MODULES_URL, createWorker });
});

afterEach(() => {
  vi.unstubAllGlobals();
  ChannelWorker.endAll();
});

/** Answers each request with a stream that the test controls. */
function fetchByHand(): Map<string, ReadableStreamDefaultController<Bytes>> {
  const streams = new Map<string, ReadableStreamDefaultController<Bytes>>();
  vi.stubGlobal("fetch", async (url: string | URL) => {
    const body = new ReadableStream<Bytes>({
      start: (stream) => void streams.set(String(url).replace(/.*\//, ""), stream),
    });
    return new Response(body);
  });
  return streams;
}

/** A file whose bytes arrive when the test says so. */
function slowFile(name: string): { file: File; arrive(bytes: Bytes): void } {
  let arrive = (_: Bytes): void => {};
  const content = new Promise<ArrayBuffer>((resolve) => {
    arrive = (bytes) => resolve(bytes.buffer);
  });
  return { file: { name, size: 1000, arrayBuffer: () => content } as File, arrive };
}

function explorer(training: object | null = null, link: string | null = null): Explorer {
  const state = { settings: { preset: "quick" }, view: "train", problems: [] };
  const store = { state, patch: () => {} };
  const page = { search: "", write: () => {}, link };
  const assetUrl = (path: string): string => new URL(path, "http://localhost/").href;
  const controller = { client, training, store, page, assetUrl };
  return new Explorer(controller as unknown as AppController);
}

const modelBytes = async (name: string): Promise<Bytes> =>
  new Uint8Array(await readFile(new URL(`${name}.safetensors`, MODELS)));
const someTime = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

describe("a later choice", () => {
  it("continues loading when an earlier file is not a model", async () => {
    fetchByHand();
    const made = explorer();
    made.wake();
    const { file, arrive } = slowFile("holiday.jpg");
    const opened = made.openFile(file);
    void made.useModel("seed");
    await someTime();
    arrive(new Uint8Array(1000));
    await opened;
    expect(made.state.loading.status).toBe("loading");
    expect(made.state.refused).toBeNull();
  });

  it("of a file stays when an earlier, slower file has been read", async () => {
    fetchByHand();
    const made = explorer();
    made.wake();
    const [slow, quick] = [slowFile("dcgan.safetensors"), slowFile("seed.safetensors")];
    const opened = [made.openFile(slow.file), made.openFile(quick.file)];
    quick.arrive(await modelBytes("seed"));
    await opened[1];
    slow.arrive(await modelBytes("dcgan"));
    await opened[0];
    expect(made.state.file?.name).toBe("seed.safetensors");
    expect(made.state.loading.status).toBe("idle");
    expect((await made.state.model?.session.config())?.preset).toBe("seed");
  });

  it("stays ready after reports of an earlier download", async () => {
    const streams = fetchByHand();
    const made = explorer();
    made.wake();
    await someTime();
    const chosen = made.useModel("seed");
    await someTime();
    streams.get("seed.safetensors.gz")?.enqueue(await modelBytes("seed"));
    streams.get("seed.safetensors.gz")?.close();
    await chosen;
    expect(made.state.loading.status).toBe("idle");
    streams
      .get("conditional.safetensors.gz")
      ?.enqueue((await modelBytes("conditional")).slice(0, 9));
    await someTime();
    expect(made.state.loading.status).toBe("idle");
    expect(made.state.model?.name).toBe("seed");
  });
});

describe("what fails", () => {
  it("is said of the network, the run or the answer that it is", async () => {
    vi.stubGlobal("fetch", async () => new Response(null, { status: 404 }));
    const made = explorer();
    const words = () => loadingWords(made.state.loads).failed;
    made.wake();
    await made.useModel("seed");
    expect(made.state.loading.status).toBe("failed");
    expect(words()).toBe("The pretrained network could not be loaded.");
    await made.openFile(new File([await modelBytes("seed")], "seed.safetensors"));
    made.failed(new GanvasError("out_of_memory", ""));
    expect(made.state.loading.status).toBe("failed");
    expect(words()).toBe("The network could not answer.");
    const gone = explorer({
      run: { config: () => Promise.reject(new GanvasError("no_image", "")) },
    });
    gone.wake();
    await gone.useModel("run");
    expect(gone.state.loading.status).toBe("failed");
    expect(loadingWords(gone.state.loads).failed).toBe("Your run could not be opened.");
  });
});

describe("a network that is not the one that was published with the page", () => {
  const ENTRY = "./assets/index-12345678.js";

  /** The error of Explore after a network and the site's page arrive so. */
  async function errorOf(index: string, link: string | null) {
    const script = { getAttribute: () => ENTRY };
    vi.stubGlobal("document", { baseURI: "http://localhost/", querySelector: () => script });
    vi.stubGlobal("fetch", async (url: string) =>
      url === "index.html" ? new Response(index) : new Response("another network"),
    );
    const made = explorer(null, link);
    made.wake();
    await made.useModel("seed");
    const { loading } = made.state;
    return loading.status === "failed" ? loading.error.code : loading.status;
  }

  const SITE = "http://localhost/";
  const SAME = `<script type="module" src="${ENTRY}">`;
  const LATER = SAME.replace("12345678", "87654321");

  it("is of another version where the site has a later build, and else damaged", async () => {
    expect(await errorOf(LATER, SITE)).toBe("build_mismatch");
    expect(await errorOf(SAME, SITE)).toBe("malformed");
  });

  it("is damaged in an element, whose page's builds are not the site's", async () => {
    expect(await errorOf(LATER, null)).toBe("malformed");
  });
});

describe("a model", () => {
  it("is conditional where its generator takes the class, whatever its discriminator does", async () => {
    const layers = [
      { type: "flatten" },
      { type: "linear", out_features: 1 },
      { type: "sigmoid" },
    ] as const;
    const session = await client.createSession({ preset: "quick", discriminator: { layers } });
    expect(await modelOf("run", session)).toMatchObject({ conditional: true, judges: true });
    const plain = await client.createSession({ preset: "seed" });
    expect(await modelOf("run", plain)).toMatchObject({ conditional: false, judges: true });
  });
});

describe("the digits to compare with", () => {
  it("are the first of each class, as the networks take them", async () => {
    vi.stubGlobal("fetch", async (url: string | URL) => {
      const [folder = "", name = ""] = String(url).split("/").slice(-2);
      const file = await dataFile(folder, name);
      return new Response(file && new Uint8Array(file), { status: file ? 200 : 404 });
    });
    const made = explorer();
    await made.loadJudges();
    const { digits } = made.state;
    const values = digits.status === "ready" ? digits.value : [];
    expect(values).toHaveLength(10);
    for (const digit of values) {
      expect(Math.min(...digit)).toBe(-1);
      expect(Math.max(...digit)).toBe(1);
    }
  });
});
