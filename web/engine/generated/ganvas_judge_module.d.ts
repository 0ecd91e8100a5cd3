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

export interface Judge {
  setReal(_0: Uint8Array): null | { error: { code: string; message: string } };
  setTraining(_0: Uint8Array): null | { error: { code: string; message: string } };
  add(_0: Float32Array, _1: Uint8Array): number | { error: { code: string; message: string } };
  reset(): void;
  quality(): { count: number; digitFid: number; precision: number | null; recall: number; classShares: Float64Array<ArrayBuffer>; classEntropy: number; meanConfidence: number; confident: number; classAccuracy: number | null; diversity: number; clarity: number; collapse: "unclear" | "healthy" | "narrowing" | "collapsed" } | { error: { code: string; message: string } };
  opinions(_0: Float32Array): { classes: Uint8Array<ArrayBuffer>; confidences: Float32Array<ArrayBuffer> } | { error: { code: string; message: string } };
  nearest(_0: Float32Array): { indices: Uint32Array<ArrayBuffer>; distances: Float32Array<ArrayBuffer> } | { error: { code: string; message: string } };
  delete(): void;
}

export interface PictureJudge {
  quality(_0: Float32Array): { count: number; pictures: number; nearest: { samples: number; real: number; spread: number }; copies: { samples: number; real: number; spread: number }; density: { samples: number; real: number; spread: number }; coverage: { samples: number; real: number; spread: number }; diversity: { samples: number; real: number; spread: number }; verdict: "unlike" | "collapsed" | "memorised" | "narrowing" | "healthy" } | { error: { code: string; message: string } };
  nearest(_0: Float32Array): { indices: Uint32Array<ArrayBuffer>; distances: Float32Array<ArrayBuffer> } | { error: { code: string; message: string } };
  delete(): void;
}

interface EmbindModule {
  Judge: {};
  createJudge(_0: Uint8Array): Judge | { error: { code: string; message: string } };
  PictureJudge: {};
  createPictureJudge(_0: Uint8Array, _1: number, _2: number): PictureJudge | { error: { code: string; message: string } };
}

export type MainModule = WasmModule & typeof RuntimeExports & EmbindModule;
export default function MainModuleFactory (options?: unknown): Promise<MainModule>;
