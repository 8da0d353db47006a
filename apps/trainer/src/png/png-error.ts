/** What is wrong with a PNG, in words that go on after its name: `is no PNG`. */
export class PngError extends Error {
  override readonly name = 'PngError'
}
