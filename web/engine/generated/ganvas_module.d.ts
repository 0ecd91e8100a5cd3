// TypeScript bindings for emscripten-generated code.  Automatically generated at compile time.
declare namespace RuntimeExports {
    const HEAPF32: any;
    const HEAPF64: any;
    const HEAP_DATA_VIEW: any;
    const HEAP8: any;
    const HEAPU8: any;
    const HEAP16: any;
    const HEAPU16: any;
    const HEAP32: any;
    const HEAPU32: any;
    const HEAP64: any;
    const HEAPU64: any;
}
interface WasmModule {
}

type EmbindString = ArrayBuffer|Uint8Array|Uint8ClampedArray|Int8Array|string;
interface EmbindModule {
  createSession(_0: EmbindString, _1: number): number | { error: { code: string; message: string } };
  deleteSession(_0: number): void;
  setData(_0: number, _1: Uint8Array, _2: Uint8Array): null | { error: { code: string; message: string } };
  setPoints(_0: number, _1: Float32Array): null | { error: { code: string; message: string } };
  train(_0: number, _1: number): { step: number; epoch: number; imagesSeen: number; lossD: number; lossG: number; dReal: number; dFake: number; history: Float32Array<ArrayBuffer> } | { error: { code: string; message: string } };
  advanceHalf(_0: number): { step: number; epoch: number; imagesSeen: number; lossD: number; lossG: number; dReal: number; dFake: number; history: Float32Array<ArrayBuffer> } | { error: { code: string; message: string } };
  adjust(_0: number, _1: number, _2: number, _3: number, _4: number): null | { error: { code: string; message: string } };
  flow(_0: number, _1: number): { noise: Float32Array<ArrayBuffer>; real: Float32Array<ArrayBuffer>; fake: Float32Array<ArrayBuffer>; realLabels: Uint8Array<ArrayBuffer>; fakeLabels: Uint8Array<ArrayBuffer>; dReal: Float32Array<ArrayBuffer>; dFake: Float32Array<ArrayBuffer>; dFakeOfG: Float32Array<ArrayBuffer> };
  networks(_0: number): string;
  tensor(_0: number, _1: boolean, _2: number, _3: boolean): Float32Array<ArrayBuffer> | { error: { code: string; message: string } };
  activations(_0: number, _1: boolean, _2: number, _3: number, _4: number): Float32Array<ArrayBuffer> | { error: { code: string; message: string } };
  sample(_0: number, _1: number, _2: number, _3: Uint8Array): Float32Array<ArrayBuffer> | { error: { code: string; message: string } };
  ask(_0: number, _1: number, _2: Float32Array, _3: Uint8Array, _4: Uint8Array, _5: Float32Array, _6: number): Float32Array<ArrayBuffer> | { shape: number[]; values: Float32Array<ArrayBuffer> }[] | { error: { code: string; message: string } };
  drawLatents(_0: number, _1: number, _2: number): Float32Array<ArrayBuffer> | { error: { code: string; message: string } };
  walk(_0: number, _1: Float32Array, _2: number, _3: number): Float32Array<ArrayBuffer> | { error: { code: string; message: string } };
  invert(_0: number, _1: Float32Array, _2: number, _3: number, _4: number, _5: number, _6: Float32Array): null | { error: { code: string; message: string } };
  runInversion(_0: number, _1: number): { steps: number; done: boolean; error: number; label: number; latent: Float32Array<ArrayBuffer>; sample: Float32Array<ArrayBuffer> } | null;
  save(_0: number): Uint8Array<ArrayBuffer> | { error: { code: string; message: string } };
  load(_0: number, _1: Uint8Array): null | { error: { code: string; message: string } };
  config(_0: number): string;
  state(_0: number): { step: number; epoch: number; imagesSeen: number; hasData: boolean; canTrain: boolean; flopsPerStep: number; nextHalf: 'discriminator' | 'generator'; inStep: boolean };
  checkConfig(_0: EmbindString): string;
  drawPoints(_0: EmbindString, _1: number, _2: number): Float32Array<ArrayBuffer> | { error: { code: string; message: string } };
  buildInfo(): { tier: string; fma: boolean; threads: boolean; version: string };
  maddIsFused(): boolean;
}

export type MainModule = WasmModule & typeof RuntimeExports & EmbindModule;
export default function MainModuleFactory (options?: unknown): Promise<MainModule>;
