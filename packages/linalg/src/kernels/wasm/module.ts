/** Decodes, compiles and instantiates the module. */

/** Decodes a module (base64); returns `undefined` if the engine lacks WebAssembly or the instructions that it uses. */
export function decodeModule(base64: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = decodeBase64(base64)
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytes) ? bytes : undefined
}

/** Returns the exports of a new instance of the module on a memory. */
export const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): WebAssembly.Exports =>
  new WebAssembly.Instance(module, { env: { memory } }).exports

/** Decodes base64 by what the engine offers, else in a loop: a callback for each byte takes milliseconds when cold. */
export function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64)
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

declare global {
  interface Uint8ArrayConstructor {
    /** From ES2026; absent in older engines. */
    fromBase64?(base64: string): Uint8Array<ArrayBuffer>
  }
}
