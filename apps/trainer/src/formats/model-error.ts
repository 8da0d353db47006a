/** What is wrong with weights that come from elsewhere, in words that go on after the file's name and a colon. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}
