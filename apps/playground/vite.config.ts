import { defineConfig } from 'vite'

/** A folder of files that any static host can serve, at any address. */
export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    // Every browser that runs the page supports module preload; the content security policy forbids what the polyfill does.
    modulePreload: { polyfill: false },
    // Nothing is inlined: the content security policy allows the page's own files only, not data URLs.
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
})
