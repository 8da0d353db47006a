/**
 * The engine's `AbortSignal`, in a form that TypeScript accepts without the types of DOM or Node too: there nothing can be
 * passed, since none can be made.
 */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } } ? Known : never
