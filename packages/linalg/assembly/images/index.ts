/**
 * The entry of the module for images, which is apart from the main one so that only who uses images loads it. Its instances work on
 * the memories of the main module, and have no data of their own: `build.mjs` checks that.
 */
export * from './exports.generated'
export { setScratch } from './scratch'
