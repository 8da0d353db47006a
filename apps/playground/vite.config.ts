import { defineConfig } from 'vite'

/** A folder of files that any static host can serve, at whatever address it stands. */
export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    // What is preloaded is so by every browser that runs this; the polyfill would fetch, which the page forbids itself.
    modulePreload: { polyfill: false },
    // Nothing inlined: the content security policy lets the page's own files in, and no data.
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
})
