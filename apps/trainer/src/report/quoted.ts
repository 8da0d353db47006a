/** A path, or another text, as a word on the command line. */
export const quoted = (word: string): string =>
  /^[\w./\\:@%+=,-]+$/.test(word) ? word : JSON.stringify(word)
